"""Files and archives to Kafka in one run that can be broken off at any point and resumed."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from producers.ahead import read_ahead
from producers.bulk import START, Part, read_archive
from producers.files import read_file
from producers.refusal import Refusal
from producers.walk import ARCHIVES, suffix_of, walk
from vigil.article import Article
from vigil.errors import BrokerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from producers.files import SeenAt
    from producers.outbox import Outbox
    from producers.positions import Positions

# How often a place is written down: so much is sent again at most, and changes nothing.
_KEEP_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Step:
    """One article or refusal, and how far its file was read with it.

    Attributes:
        item: What was read; None where there was nothing to send.
        path: The file; None where none was found.
        part: The record of the archive it was, None for a file that is one article.
        read: How many bytes of the file lie behind it.
    """

    item: Article | Refusal | None
    path: Path | None = None
    part: Part | None = None
    read: int = 0


@dataclass(slots=True)
class _Flying:
    step: Step
    outcome: Article | Refusal | None  # None: the broker has yet to answer


@dataclass(slots=True)
class Run:
    """What a run has done so far.

    Attributes:
        sent: Articles the broker has.
        archives: Archives that were begun.
    """

    sent: int = 0
    archives: list[Path] = field(default_factory=list)


def steps(
    paths: Sequence[Path],
    *,
    seen_at: SeenAt,
    positions: Positions | None,
    resumed: Callable[[Path, int], None] = lambda _path, _offset: None,
) -> Iterator[Step]:
    """Yield all that files and folders hold, archives from where an earlier run stood.

    Args:
        paths: Files and folders.
        seen_at: As for ``files.read``.
        positions: Where earlier runs stood; None: everything from its beginning.
        resumed: Told of an archive that is not begun at its beginning.
    """
    for named in paths:
        for path in walk(named):
            if isinstance(path, Refusal):
                yield Step(path)
            elif suffix_of(path) in ARCHIVES:
                start = positions.place(path) if positions else START
                if start != START:
                    resumed(path, start.offset)
                for part in read_archive(path, seen_at=seen_at, start=start):
                    yield Step(part.item, path, part, part.read)
            else:
                for item in read_file(path, seen_at=seen_at):
                    yield Step(item, path)


def run(
    todo: Iterable[Step],
    outbox: Outbox,
    *,
    positions: Positions | None,
    progress: Callable[[Step, Article | Refusal | None], None],
    clock: Callable[[], float] = time.monotonic,
) -> Run:
    """Send what is to be sent, in order, and write down how far each archive was sent.

    Args:
        todo: What ``steps`` yields; taken a few at a time, never all into memory.
        outbox: Articles on their way.
        positions: Where places are written down; None: nowhere.
        progress: Called for each step in order, once it is settled, with what came of it.
        clock: Seconds that never go back.

    Raises:
        BrokerUnavailable: Kafka was silent for too long.
        BrokerError: It refused for good. Both say how many articles were acknowledged before.
    """
    done, flight, keeper = Run(), deque[_Flying](), _Keeper(positions, clock)

    def settle() -> None:
        flying = flight.popleft()
        outcome = flying.outcome
        if outcome is None and flying.step.item is not None:
            taken = outbox.take()
            outcome = taken if isinstance(taken, Refusal) else taken.article
        if outcome is not None and not isinstance(outcome, Refusal):
            done.sent += 1
        keeper.note(flying.step, done)
        progress(flying.step, outcome)

    try:
        for step in read_ahead(todo, size=_size):
            outcome = step.item if isinstance(step.item, Refusal) else None
            if step.item is not None and not isinstance(step.item, Refusal):
                outcome = outbox.put(step.item)
            flight.append(_Flying(step, outcome))
            while flight and (_is_settled(flight[0]) or outbox.full or outbox.ready):
                settle()
        while flight:
            settle()
    except BrokerError as error:
        message = f"{error}; {done.sent:,} articles were acknowledged before"
        raise type(error)(message) from error
    finally:
        keeper.write()
    if positions:
        positions.forget(done.archives)
    return done


def _size(step: Step) -> int:
    return len(step.item.text) if isinstance(step.item, Article) else 0


def _is_settled(flying: _Flying) -> bool:
    return flying.outcome is not None or flying.step.item is None


class _Keeper:
    """Writes down the place in an archive now and then, and when another archive begins."""

    def __init__(self, positions: Positions | None, clock: Callable[[], float]) -> None:
        self._positions = positions
        self._clock = clock
        self._last: Step | None = None
        self._written_at = clock()

    def note(self, step: Step, done: Run) -> None:
        """Take in a step that is settled, after all before it."""
        if step.part is None or step.path is None:
            return
        if self._last is None or self._last.path != step.path:
            self.write()
            done.archives.append(step.path)
        self._last = step
        if self._clock() - self._written_at >= _KEEP_SECONDS:
            self.write()

    def write(self) -> None:
        """Write down the place of the last step, if there is one."""
        if self._positions and self._last and self._last.path and self._last.part:
            self._positions.keep(self._last.path, self._last.part.place)
        self._written_at = self._clock()
