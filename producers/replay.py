"""A corpus as if it were happening: articles to Kafka by one clock that all can see and stop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from producers.files import read
from producers.player import Player, player
from producers.schedule import corpus_id, in_order, moments_of, schedule, stretches
from vigil.article import Article
from vigil.errors import VigilError
from vigil.pace import DEFAULT
from vigil.replay_clock import ReplayClock
from vigil.replaying import Replaying, State

if TYPE_CHECKING:
    from pathlib import Path

    from producers.files import SeenAt
    from producers.refusal import Refusal
    from producers.schedule import Undated
    from vigil.pace import Pace

# Between two words of the clock: what is asked is done within a fifth of a second.
TICK_SECONDS: Final = 0.2
_LEAST_SECONDS: Final = 0.02  # articles that come closer together are sent together
_BACK_OFF: Final = (0.2, 0.5, 1.0, 2.0, 5.0)  # waits for servers that do not answer; then the last


@dataclass(frozen=True, slots=True)
class Corpus:
    """The articles of a replay in their order.

    Attributes:
        name: What it is called, for people.
        articles: At least one.
        id: Tells them, in this order, from all others.
        moments: When each was published.
        days: Stretches of days with articles, each its first day and how many.
    """

    name: str
    articles: tuple[Article, ...]
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
        send: Returns once Kafka has all of these articles; what it raises can be tried again.
        now: Seconds of a clock that never goes back.
        wait: Waits so many seconds, or less.
        report: Told where it stands, and what is wrong, "" where nothing is.
        at_end: Called once, when every article was sent.
        stay: Whether it waits for more to be asked after its end.
    """

    corpus: Corpus
    player: Player
    applied: int
    clock: ReplayClock
    send: Callable[[Sequence[Article]], None]
    now: Callable[[], float]
    wait: Callable[[float], None]
    report: Callable[[Replaying, str], None] = lambda _replay, _problem: None
    at_end: Callable[[], None] = lambda: None
    stay: bool = False
    _failures: int = field(default=0, init=False)

    def run(self) -> Player:
        """Replay to the end, or until it is stopped; the clock is given up at last.

        Servers that are away are waited for: the clock stands meanwhile.

        Raises:
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
        3. Articles count as sent once Kafka has acknowledged them, which is said a turn later:
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
            self.send(self.corpus.articles[due.start : due.stop])
            self.player = self.player.acknowledged(due.stop)
            if due.stop == self.player.total:
                self.at_end()
        self.report(self.told(), "")
        return self._until_due()

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
    seen_at: SeenAt,
    undated: Undated,
    refuse: Callable[[Refusal], None],
) -> Corpus | None:
    """Return all articles in the order they were published; None where there is none.

    Args:
        paths: Files and folders.
        name: What the corpus is called.
        seen_at: When an article became known, from its publication.
        undated: Where articles without a date come.
        refuse: Told what cannot be read.
    """
    found = []
    for item in read(paths, seen_at=seen_at):
        if isinstance(item, Article):
            found.append(item)
        else:
            refuse(item)
    articles = in_order(found, undated=undated)
    if not articles:
        return None
    moments = moments_of(articles)
    days = stretches(moments)
    return Corpus(name, tuple(articles), corpus_id(articles), tuple(moments), days)


def resumed(
    corpus: Corpus, found: Replaying | None, *, pace: Pace | None, now: float
) -> Player | None:
    """Return the replay that stood there, where it stood; None where there is none to go on with.

    One that came to its end is none, nor one of other articles. One that died while it was paused
    is paused.

    Args:
        corpus: What is to be replayed.
        found: The replay before this one.
        pace: How fast; None for as fast as it went.
        now: Seconds of a clock that never goes back.
    """
    if found is None or found.corpus != corpus.id or found.at_end:
        return None
    plan = schedule(corpus.moments, pace or found.pace)
    sent = min(found.sent, len(corpus.articles))
    back = player(plan, now=now, position=found.position, sent=sent, clock=found.clock)
    state: State = "paused" if found.state == "paused" else "playing"
    return replace(back, state=state, loop=found.loop)


def begun(corpus: Corpus, *, pace: Pace | None, now: float) -> Player:
    """Return the replay of a corpus at its beginning."""
    return player(schedule(corpus.moments, pace or DEFAULT), now=now)
