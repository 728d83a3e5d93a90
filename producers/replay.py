"""A corpus as if it were happening: articles to Kafka by one clock that all can see and stop."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final, Protocol

from producers.player import Player, player
from producers.refusal import Refusal
from producers.schedule import schedule, stretches
from producers.shelf import Shelf
from vigil.article import Article
from vigil.errors import ReadError, StoreUnavailable, VigilError
from vigil.pace import DEFAULT
from vigil.replay_clock import ReplayClock
from vigil.replaying import Replaying, State

if TYPE_CHECKING:
    from pathlib import Path

    from producers.schedule import Undated
    from vigil.pace import Pace

# Between two words of the clock: what is asked is done within a fifth of a second.
TICK_SECONDS: Final = 0.2
_LEAST_SECONDS: Final = 0.02  # articles that come closer together are sent together
# Waits for servers that do not answer and disks that are away; then the last. The clock is said
# between them, so none comes near its lease.
_BACK_OFF: Final = (0.2, 0.5, 1.0)

# Nobody is told of a broker that only takes a breath.
SILENT_SECONDS: Final = 2.0
SILENT: Final = "Kafka does not answer"


class ReplayEnded(VigilError):
    """A replay was ended by whoever may, before Kafka had what was on its way."""


class Articles(Protocol):
    """Articles that are read when they are taken."""

    def __getitem__(self, places: slice, /) -> Iterable[Article | Refusal]:
        """Return those with these numbers, the first first."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """The articles of a replay in their order.

    Attributes:
        name: What it is called, for people.
        articles: At least one; a slice reads them, or tells why one cannot be read any more.
        id: Tells them, in this order, from all others.
        moments: When each was published.
        days: Stretches of days with articles, each its first day and how many.
    """

    name: str
    articles: Articles
    id: str
    moments: tuple[datetime, ...]
    days: tuple[tuple[str, int], ...]


@dataclass(slots=True)
class Replayer:
    """One run of a replay, and the servers it talks to.

    Attributes:
        corpus: What is replayed.
        player: Where it stands.
        applied: The number of the last request that is in it.
        clock: The clock everybody sees; held.
        send: Returns once Kafka has all of these articles, and how many of them were refused; what
            it raises can be tried again.
        now: Seconds of a clock that never goes back.
        wait: Waits so many seconds, or less.
        report: Told where it stands, and what is wrong, "" where nothing is.
        at_end: Called once, when every article was sent.
        stay: Whether it waits for more to be asked after its end.
        refused: How many articles this run passed that could not be read or sent.
    """

    corpus: Corpus
    player: Player
    applied: int
    clock: ReplayClock
    send: Callable[[Iterable[Article | Refusal]], int]
    now: Callable[[], float]
    wait: Callable[[float], None]
    report: Callable[[Replaying, str], None] = lambda _replay, _problem: None
    at_end: Callable[[], None] = lambda: None
    stay: bool = False
    refused: int = field(default=0, init=False)
    _failures: int = field(default=0, init=False)

    def run(self) -> Player:
        """Replay to the end, or until it is stopped; the clock is given up at last.

        Servers and disks that are away are waited for: the clock stands meanwhile.

        Raises:
            ReplayEnded: It was ended while it waited for Kafka, which has not all of it.
            ReplayError: Another replay has taken the clock.
            BrokerError: Kafka refused an article for good.
        """
        try:
            while not self._ended():
                try:
                    pause = self._turn()
                    self._failures = 0
                except VigilError as error:
                    if not error.retriable:
                        raise
                    pause = _BACK_OFF[min(self._failures, len(_BACK_OFF) - 1)]
                    self._failures += 1
                    self.report(self.told(), str(error))
                self.wait(pause)
        finally:
            self._give_up()
        return self.player

    def kafka_silent(self, seconds: float, held: int) -> None:
        """Do what goes on while articles wait for Kafka: say so, keep the clock, hear requests.

        Args:
            seconds: How long it has been silent.
            held: How many articles wait for it.

        Raises:
            ReplayEnded: That was asked for.
        """
        silent = seconds >= SILENT_SECONDS
        self.report(self.told(), f"{SILENT} ({held:,} articles wait)" if silent else "")
        self.wait(0.0)
        with suppress(StoreUnavailable):  # the lease ends by itself; Kafka is what is waited for
            for one in self.clock.say(self.told(), applied=self.applied):
                self.applied = one.number
                if one.request:
                    self.player = self.player.asked(one.request)
        if self.player.state == "stopped":
            message = "ended while it waited for Kafka"
            raise ReplayEnded(message)

    def told(self) -> Replaying:
        """Return where it stands, as everybody sees it."""
        now = self.player
        return Replaying(
            corpus=self.corpus.id,
            name=self.corpus.name,
            state=now.state,
            pace=now.schedule.pace,
            loop=now.loop,
            position=now.position,
            sent=now.sent,
            total=now.total,
            clock=now.clock,
            first=now.schedule.first,
            last=now.schedule.last,
            seconds_left=now.seconds_left,
            days=self.corpus.days,
        )

    def _ended(self) -> bool:
        if self.player.state == "stopped":
            return True
        return self.player.done and not self.stay and not self.player.loop

    def _turn(self) -> float:
        """Do what is due; return how long nothing is.

        1. The clock is said before the articles go, so that nobody sees an article that the clock
           has not come to.
        2. What was asked is done and said, with its number, before anything else is.
        3. What is due is read for a moment only: a slow disk does not keep 1 and 2 waiting.
        4. Articles count as sent once Kafka has acknowledged them, which is said a turn later:
           after a crash between the two they are sent again, and count once.
        """
        self.player = self.player.advanced(self.now())
        asked = self.clock.say(self.told(), applied=self.applied)
        for one in asked:
            self.applied = one.number
            if one.request:
                self.player = self.player.asked(one.request)
        if asked:
            return 0.0
        due = self.player.due
        if due:
            taken = self._send(due)
            self.player = self.player.acknowledged(due.start + taken)
            if self.player.sent == self.player.total:
                self.at_end()
        self.report(self.told(), "")
        return self._until_due()

    def _send(self, due: range) -> int:
        """Send as many as can be read before the clock is to be said again; return how many."""
        taken, until = 0, self.now() + TICK_SECONDS

        def read() -> Iterator[Article | Refusal]:
            nonlocal taken
            try:
                for one in self.corpus.articles[due.start : due.stop]:
                    taken += 1
                    yield one
                    if self.now() >= until:
                        return
            except ReadError:
                if not taken:
                    raise  # else when it is its turn: those before it are sent once

        self.refused += self.send(read())
        return taken

    def _until_due(self) -> float:
        if self.player.due:
            return 0.0
        if self.player.state != "playing":
            return TICK_SECONDS
        return min(TICK_SECONDS, max(_LEAST_SECONDS, self.player.seconds_to_next))

    def _give_up(self) -> None:
        self.player = replace(self.player, state="stopped")
        try:
            self.clock.say(self.told(), applied=self.applied, give_up=True)
        except VigilError as error:  # the lease ends by itself, and what ended us is told
            self.report(self.told(), str(error))


def read_corpus(
    paths: Sequence[Path],
    *,
    name: str,
    kept: Path,
    undated: Undated,
    refuse: Callable[[Refusal], None],
    progress: Callable[[int], None] = lambda _: None,
) -> Corpus | None:
    """Return all articles in the order they were published; None where there is none.

    Their texts stay where they are until they are due: memory does not grow with them.

    Args:
        paths: Files and folders.
        name: What the corpus is called.
        kept: A folder for what was found out about them, so that it need not be again.
        undated: Where articles without a date come.
        refuse: Told what cannot be read.
        progress: Told how many more bytes were looked through.

    Raises:
        ReadError: The disk is full.
    """
    shelf = Shelf(kept, paths)
    shelf.look_through(refuse=refuse, progress=progress)
    known, moments = shelf.ordered(undated)
    if not moments:
        shelf.close()
        return None
    return Corpus(name, shelf, known, tuple(moments), stretches(moments))


def resumed(
    corpus: Corpus, found: Replaying | None, *, pace: Pace | None, now: float
) -> Player | None:
    """Return the replay that stood there, where it stood; None where there is none to go on with.

    One that sent everything and came to its end is none, nor one of other articles. One that died
    while it was paused is paused.

    Args:
        corpus: What is to be replayed.
        found: The replay before this one.
        pace: How fast; None for as fast as it went.
        now: Seconds of a clock that never goes back.
    """
    if found is None or found.corpus != corpus.id or found.complete:
        return None
    plan = schedule(corpus.moments, pace or found.pace)
    sent = min(found.sent, len(corpus.moments))
    back = player(plan, now=now, position=found.position, sent=sent, clock=found.clock)
    state: State = "paused" if found.state == "paused" else "playing"
    return replace(back, state=state, loop=found.loop)


def begun(corpus: Corpus, *, pace: Pace | None, now: float) -> Player:
    """Return the replay of a corpus at its beginning."""
    return player(schedule(corpus.moments, pace or DEFAULT), now=now)
