"""Two extractors beside one: how much faster the same stream is read."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from bench import texts
from bench.figure import Figure
from consumers.extractor.service import GROUP
from vigil import admin, broker, keys, reports, topics, wire
from vigil.article import article_id, revision_of
from vigil.cli.local import service_env
from vigil.embedded import embedded
from vigil.processes import spawn
from vigil.settings import Settings
from vigil.store import make_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigil.article import Article
    from vigil.processes import Process

_ARTICLES: Final = 800  # a turn
_WARM: Final = 150  # before the clock starts: every member has read some
_TURNS: Final = 2
_REACH: Final = 1.8
_LOOK_SECONDS: Final = 0.1  # nobody tells when: asked again, until a deadline
_PATIENCE: Final = 300.0


def figures() -> list[Figure]:
    """Return how many articles two extractors read a second beside one, in turns."""
    with tempfile.TemporaryDirectory(prefix="vigil-bench-") as name:
        folder = Path(name)
        with embedded(Settings(), folder) as settings:
            broker.ensure_topics(settings)
            stream = _Stream(settings)
            with _extractor(settings, folder, "one"):
                stream.wait_for_members(1)
                alone = [stream.rate() for _ in range(_TURNS)]
                with _extractor(settings, folder, "other"):
                    stream.wait_for_members(2)
                    both = [stream.rate() for _ in range(_TURNS)]
    how = f"{_ARTICLES} articles of the usual length, median of {_TURNS} turns; beside one, "
    cores = os.cpu_count() or 1
    return [
        Figure(
            "two extractors", median(both), "articles/s", median(both) / median(alone), _REACH,
            how + f"on a machine of {cores} cores that carries the broker, too",
        )
    ]  # fmt: skip


class _Stream:
    """Articles on their way to the extractors, and how many of them are done."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._store = make_store(settings)
        self._articles = _endless()
        self._sent = 0

    def wait_for_members(self, count: int) -> None:
        """Wait until so many extractors have a share of the topic.

        Raises:
            TimeoutError: They have not.
        """
        deadline = time.monotonic() + _PATIENCE
        while self._members() < count:
            if time.monotonic() > deadline:
                message = f"{count} extractors were not at work after {_PATIENCE:.0f} s"
                raise TimeoutError(message)
            time.sleep(_LOOK_SECONDS)

    def _members(self) -> int:
        fields: Any = self._store.hgetall(keys.SERVICES)
        return sum(one.lag is not None for one in reports.parse(fields))

    def rate(self) -> float:
        """Send a turn's articles; return how many a second were read once all was running."""
        with broker.producing(self._settings) as producer:
            for one in islice(self._articles, _WARM + _ARTICLES):
                key, value = one.id.encode(), wire.encode_article(one)
                producer.send(topics.ARTICLES.name, key=key, value=value)
        before = self._sent
        self._sent += _WARM + _ARTICLES
        first, began = self._wait(before + _WARM)
        last, ended = self._wait(self._sent)
        return (last - first) / (ended - began)

    def _wait(self, wanted: int) -> tuple[int, float]:
        """Wait until so many are done; return how many were, and when."""
        deadline = time.monotonic() + _PATIENCE
        while True:
            done = sum(admin.committed(self._settings, group=GROUP, topic=topics.ARTICLES).values())
            now = time.monotonic()
            if done >= wanted:
                return done, now
            if now > deadline:
                message = f"{wanted - done} articles were not read in {_PATIENCE:.0f} s"
                raise TimeoutError(message)
            time.sleep(_LOOK_SECONDS)


def _endless() -> Iterator[Article]:
    """Yield the bundled corpus again and again, each article another one."""
    for number, one in enumerate(cycle(texts.corpus())):
        text = f"{texts.of_usual_length(one).text}\n\nArticle {number} of its day."
        revision = revision_of(text=text, published=one.published, outlet=one.outlet)
        yield type(one)(
            id=article_id(url=None, text=text), revision=revision, seen_at=one.seen_at, text=text,
            published=one.published, outlet=one.outlet,
        )  # fmt: skip


@contextmanager
def _extractor(settings: Settings, folder: Path, name: str) -> Iterator[Process]:
    command = [sys.executable, "-m", "vigil", "extract"]
    process = spawn(f"extractor-{name}", command, folder=folder, env=service_env(settings))
    try:
        yield process
    finally:
        process.stop()
