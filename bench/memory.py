"""The memory of the services after 1,000, 10,000 and 100,000 articles, which is to stay flat."""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from random import Random
from string import ascii_lowercase
from typing import TYPE_CHECKING, Final

from bench import texts
from bench.figure import Figure
from bench.soak import resident
from consumers.aggregator.service import GROUP as AGGREGATE
from consumers.extractor.service import GROUP as EXTRACT
from dashboard.reader import Reader
from vigil import admin, broker, topics, wire
from vigil.article import Article, article_id, revision_of
from vigil.cli.local import local_pipeline
from vigil.settings import Settings
from vigil.store import make_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kafka import KafkaProducer

    from vigil.cli.local import Local

SIZES: Final = (1_000, 10_000, 100_000)
_ONE_IN: Final = 20
_LENGTH: Final = 1_000  # characters: of the usual 4,000 these many would take three times as long
_REACH: Final = 0.9  # at most a ninth more than after the first thousand
_A_TURN: Final = 500
_AHEAD: Final = 2_000  # as many wait at any time, so that what is read ahead is the same throughout
_A_DAY: Final = 4  # articles with claims: no day grows long, as one that everybody writes of does
_CITIES: Final = ("Moscow", "Minsk", "Tbilisi", "Istanbul", "Tehran", "Paris", "London", "Almaty")
_FIRST: Final = datetime(2018, 1, 1, 18, tzinfo=UTC)
_LOOK_SECONDS: Final = 0.1  # nobody tells when: asked again, until a deadline
_PATIENCE: Final = 300.0


def figures() -> list[Figure]:
    """Return how much memory extractor and aggregator hold, the same two all along."""
    held: dict[str, list[float]] = defaultdict(list)
    with local_pipeline(Settings()) as local, broker.producing(local.settings) as producer:
        stream = Stream(local, producer)
        for size in SIZES:
            stream.go_on_to(size)
            for process in local.services:
                held[process.name].append(resident(process.popen.pid))
        _check(local)
    how = (
        f"resident memory in one run, articles of {_LENGTH:,} characters of which one in "
        f"{_ONE_IN} makes a claim, each with words of its own; beside {SIZES[0]:,} articles"
    )
    return [
        Figure(f"{name}, memory at {size:,}", now, "MiB", some[0] / now, _REACH, how)
        for name, some in held.items()
        for size, now in list(zip(SIZES, some, strict=True))[1:]
    ]


def articles() -> Iterator[Article]:
    """Yield news without end, one in twenty of it with a claim, and new words in all of it."""
    usual = cycle(texts.ordinary(_A_TURN))
    for number, one in enumerate(usual):
        chance = Random(number)  # noqa: S311  # the same articles in every run
        day = _FIRST + timedelta(days=number // _ONE_IN // _A_DAY)
        text = f"{one.text[:_LENGTH]}\n\nArticle {number} of {_word(chance)}."
        if number % _ONE_IN == 0:
            text = f"{_claim(number, day, chance)}\n\n{text}"
        url = f"https://northline.example/{number}"
        yield replace(
            one, id=article_id(url=url, text=text), text=text, published=day, seen_at=day, url=url,
            outlet="Northline", revision=revision_of(text=text, published=day, outlet="Northline"),
        )  # fmt: skip


def _claim(number: int, day: datetime, chance: Random) -> str:
    city, figure = _CITIES[number // _ONE_IN % len(_CITIES)], chance.randrange(20, 3_000)
    return (
        f"In {city}, {figure:,} people were detained on {day.day} {day:%B %Y} during the rally at "
        f"the {_word(chance)} bridge, police said."
    )


def _word(chance: Random) -> str:
    return "".join(chance.choices(ascii_lowercase, k=8)).capitalize()


class Stream:
    """Articles on their way through both services, never more than a few of them ahead."""

    def __init__(self, local: Local, producer: KafkaProducer) -> None:
        self._local = local
        self._producer = producer
        self._articles = articles()
        self._sent = 0

    def go_on_to(self, size: int) -> None:
        """Send until there were so many; return when both services are done with them."""
        while self._sent < size:
            for one in islice(self._articles, min(_A_TURN, size - self._sent)):
                key, value = one.id.encode(), wire.encode_article(one)
                self._producer.send(topics.ARTICLES.name, key=key, value=value)
                self._sent += 1
            self._wait(EXTRACT, topics.ARTICLES, self._sent - _AHEAD)
        self._wait(EXTRACT, topics.ARTICLES, size)
        self._wait(AGGREGATE, topics.CLAIMS, size)

    def _wait(self, group: str, topic: topics.Topic, wanted: int) -> None:
        deadline = time.monotonic() + _PATIENCE
        while self._done(group, topic) < wanted:
            self._local.check()
            if time.monotonic() > deadline:
                message = f"{group} did not handle {wanted:,} messages in {_PATIENCE:.0f} s"
                raise TimeoutError(message)
            time.sleep(_LOOK_SECONDS)

    def _done(self, group: str, topic: topics.Topic) -> int:
        settings = self._local.settings
        return sum(admin.committed(settings, group=group, topic=topic).values())


def _check(local: Local) -> None:
    """See that claims were made and counted, or the memory tells nothing.

    Raises:
        RuntimeError: There are fewer figures than there were days written about.
    """
    last = SIZES[-1] // _ONE_IN
    days = [(_FIRST + timedelta(days=one)).date() for one in (0, last // _A_DAY - 1)]
    shown = Reader(make_store(local.settings)).read(first_day=days[0], last_day=days[1])
    if len(shown.estimates) < last // 2:
        message = f"only {len(shown.estimates):,} figures of {last:,} articles with claims"
        raise RuntimeError(message)
