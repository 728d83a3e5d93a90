"""A watched folder: each file is sent once it is complete, and has a receipt once Kafka has it."""

from __future__ import annotations

import os
import time
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from producers.drop import Drop, bring_back, content_of, finish_meta, set_aside, write_receipt
from producers.files import as_published, read_file
from producers.memory import Part
from producers.meta import META_SUFFIX
from producers.outbox import Outbox, Sent
from producers.refusal import Refusal, shown
from producers.walk import ARCHIVES, REASON_SUFFIX, suffix_of, walk
from vigil import topics

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from threading import Event

    from producers.memory import Memory
    from vigil.article import Article

# What one receipt lists; of a file with more, the rest is counted.
_MOST_LISTED = 1_000


@dataclass(frozen=True, slots=True)
class Places:
    """Where files come from and go to.

    Attributes:
        folder: What is watched, with all folders in it.
        quarantine: Where files go that cannot be sent.
        done: Where files go that were; None: they stay, with their receipt beside them.
    """

    folder: Path
    quarantine: Path
    done: Path | None = None

    def within(self, place: Path, path: Path) -> Path:
        """Return the folder in another place that stands for the one a file is in."""
        return place / path.parent.relative_to(self.folder)


@dataclass(slots=True)
class Taken:
    """What came of a file.

    Attributes:
        file: Its path, as one line of text.
        sent: How many articles of it Kafka has now.
        again: How many it had before, word for word.
        reasons: Why something of it was refused; then it is in quarantine.
        at: Where it stands now, None where it changed while it was read and will be read again.
        articles: Id, revision, partition and offset of each article, the first thousand.
    """

    file: str
    sent: int = 0
    again: int = 0
    reasons: list[str] = field(default_factory=list)
    at: Path | None = None
    articles: list[dict[str, object]] = field(default_factory=list)


@dataclass(slots=True)
class _Job:
    """A file that is being sent, and how many of its articles are still on their way."""

    drop: Drop
    taken: Taken
    flying: int = 0
    read: bool = False


class Watcher:
    """Takes what is complete in a folder, as often as it is told to look.

    For each file, in this order: Kafka acknowledges all its articles; the receipt is written; the
    file is moved, where it is to be; this is remembered. A crash between two of them repeats
    work and loses none, and what is sent twice the ledger takes once.
    """

    def __init__(
        self,
        places: Places,
        outbox: Outbox,
        memory: Memory,
        *,
        settle: float = 1.0,
        live: bool = False,
        tell: Callable[[Taken], None] = lambda _: None,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Watch with parts that stay open.

        Args:
            places: The folders.
            outbox: The way to Kafka.
            memory: What was sent before.
            settle: For how many seconds a file has not changed when it is complete.
            live: Whether an article is known from when its file came, and not as published.
            tell: Called with what came of each file.
            now: The clock, in seconds since 1970.
        """
        self._places = places
        self._outbox = outbox
        self._memory = memory
        self._settle = settle
        self._live = live
        self._tell = tell
        self._now = now
        self._flight: deque[tuple[_Job, Article]] = deque()
        self._flying: set[tuple[str, str]] = set()

    def look(self, stopping: Event) -> int:
        """Take every file that is complete; return how many are not yet.

        Raises:
            BrokerError: Kafka was silent for longer than the outbox waits, or refused for good.
            WatchError: A receipt cannot be written, or a file not moved.
        """
        incomplete = 0
        for drop in self._drops():
            if stopping.is_set():
                break
            if self._memory.knows(os.fsencode(drop.path), drop.stamp):
                continue
            if drop.complete(now=self._now(), settle=self._settle):
                self._take(drop)
            else:
                incomplete += 1
        while self._flight:
            self._land()
        self._memory.commit()
        return incomplete

    def _drops(self) -> Iterator[Drop]:
        places = self._places
        without = [place for place in (places.quarantine, places.done) if place]
        for path in walk(places.folder, without=without):
            if isinstance(path, Refusal):
                self._lone_meta(path)
            elif drop := Drop.at(path):
                yield drop

    def _take(self, drop: Drop) -> None:
        job = _Job(drop, Taken(shown(drop.path)))
        came = datetime.fromtimestamp(drop.came_at, UTC)
        seen_at = (lambda _: came) if self._live else as_published
        # Nothing describes what is in an archive but itself.
        content = "" if suffix_of(drop.path) in ARCHIVES else content_of(drop.path)
        for number, item in enumerate(read_file(drop.path, seen_at=seen_at)):
            if isinstance(item, Refusal):
                self._refuse(job, item)
            elif content:
                self._send_named(job, item, Part(os.fsencode(drop.path), number, content))
            else:
                self._send(job, item)
            while self._outbox.full or self._outbox.ready:
                self._land()
        job.read = True
        if not job.flying:
            self._finish(job)

    def _send_named(self, job: _Job, article: Article, part: Part) -> None:
        """Send an article under the id it had before its meta file came."""
        named = self._memory.sent_as(part, article)
        self._memory.name(part, article, named)
        self._send(job, named)

    def _send(self, job: _Job, article: Article) -> None:
        name = (article.id, article.revision)
        while name in self._flying:  # the same text in two files, dropped together
            self._land()
        if known := self._memory.position(article):
            job.taken.again += 1
            _list(job.taken, article, *known)
            return
        refusal = self._outbox.put(article)
        if refusal:
            self._refuse(job, refusal)
            return
        self._flight.append((job, article))
        self._flying.add(name)
        job.flying += 1

    def _land(self) -> None:
        """Wait for the oldest article on its way."""
        outcome = self._outbox.take()
        job, article = self._flight.popleft()
        self._flying.discard((article.id, article.revision))
        job.flying -= 1
        if isinstance(outcome, Sent):
            job.taken.sent += 1
            _list(job.taken, article, outcome.partition, outcome.offset)
            self._memory.remember(article, outcome.partition, outcome.offset)
        else:
            self._refuse(job, outcome)
        if job.read and not job.flying:
            self._finish(job)

    def _refuse(self, job: _Job, refusal: Refusal) -> None:
        if len(job.taken.reasons) < _MOST_LISTED:
            part = refusal.path.removeprefix(job.taken.file).lstrip(":#")
            job.taken.reasons.append(f"{part}: {refusal.reason}" if part else refusal.reason)

    def _finish(self, job: _Job) -> None:
        drop, places, taken = job.drop, self._places, job.taken
        after = Drop.at(drop.path)
        if after is None or after.stamp != drop.stamp:
            taken.reasons.clear()  # it changed under us: the next look reads it anew
        elif taken.reasons:
            word = self._word(drop, taken)
            aside = places.within(places.quarantine, drop.path)
            taken.at = set_aside(drop, aside, word, suffix=REASON_SUFFIX)
        elif places.done:
            aside = places.within(places.done, drop.path)
            taken.at = set_aside(drop, aside, self._word(drop, taken))
        else:
            write_receipt(drop, drop.path.parent, self._word(drop, taken))
            taken.at = drop.path
            self._memory.handled(os.fsencode(drop.path), drop.stamp)
        self._tell(taken)

    def _word(self, drop: Drop, taken: Taken) -> dict[str, object]:
        """Return what is written beside a file."""
        when = datetime.fromtimestamp(self._now(), UTC).isoformat(timespec="seconds")
        word: dict[str, object] = {
            "file": shown_name(drop.path),
            "meta_file": drop.described,
            "at": when,
            "topic": topics.ARTICLES.name,
            "sent": taken.sent,
            "sent_before": taken.again,
            "articles": taken.articles,
        }
        if taken.reasons:
            return word | {"reasons": taken.reasons}
        return word | {"claims": "vigil export --claims has them, by the article's id"}

    def _lone_meta(self, refusal: Refusal) -> None:
        """Leave a meta file alone, whose article may still come; move it where that has gone."""
        if not refusal.path.endswith(META_SUFFIX):
            return
        meta = self._places.folder / refusal.path
        for place in (self._places.quarantine, self._places.done):
            if place and meta.exists() and finish_meta(meta, self._places.within(place, meta)):
                return


def retry(places: Places) -> tuple[int, list[Path]]:
    """Move what is in quarantine back into the folder.

    Returns:
        How many files, and those that stay because another has their name.

    Raises:
        WatchError: One cannot be moved.
    """
    moved, left = 0, []
    for path in walk(places.quarantine) if places.quarantine.is_dir() else ():
        if isinstance(path, Refusal):
            continue
        if bring_back(path, places.folder / path.parent.relative_to(places.quarantine)):
            moved += 1
        else:
            left.append(path)
    return moved, left


def shown_name(path: Path) -> str:
    """Return the name of a file as one line of text."""
    return shown(path).rpartition("/")[2]


def _list(taken: Taken, article: Article, partition: int, offset: int) -> None:
    if len(taken.articles) < _MOST_LISTED:
        taken.articles.append(
            {
                "article": article.id,
                "revision": article.revision,
                "partition": partition,
                "offset": offset,
            }
        )
