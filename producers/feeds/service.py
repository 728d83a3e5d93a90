"""The loop of ``vigil feed``: threads ask feeds, one sends what they find and writes it down."""

from __future__ import annotations

import logging
import queue
import random
import threading
from collections import deque
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from producers.feeds.errors import FetchError, Stopped
from producers.feeds.poll import Found, Polled
from producers.outbox import Sent
from producers.refusal import Refusal
from vigil import topics
from vigil.sources import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from producers.feeds.lists import Listed
    from producers.feeds.memory import Memory
    from producers.feeds.poll import Poller
    from producers.outbox import Outbox

    Event = Found | Refusal | Polled

log = logging.getLogger("vigil.feed")

# Pages take seconds and hosts are asked one at a time: so many feeds are read side by side.
THREADS = 8
# What was found and waits for the broker; beyond it the threads wait.
_WAITING = 16
_LONGEST_PAUSE_SECONDS = 6 * 3600.0
_GLANCE_SECONDS = 0.2


@dataclass(slots=True)
class Tally:
    """What came of everything so far."""

    rounds: int = 0
    sent: int = 0
    unread: int = 0
    broken: set[str] = field(default_factory=set)

    def __str__(self) -> str:
        unread = f", {self.unread:,} pages could not be read" if self.unread else ""
        broken = f", {len(self.broken):,} broken" if self.broken else ""
        return f"{self.rounds:,} feeds asked{broken}, {self.sent:,} articles sent{unread}"


class Service:
    """Reads feeds until told to stop, or each of them once."""

    def __init__(
        self,
        poller: Poller,
        memory: Memory,
        outbox: Outbox,
        *,
        interval: float,
        now: Callable[[], datetime],
        stopping: threading.Event,
        sent: Callable[[Found], None] = lambda _: None,
        refused: Callable[[Refusal], None] = lambda _: None,
        told: Callable[[Source], None] = lambda _: None,
    ) -> None:
        """Read with ``poller``, send with ``outbox``.

        Args:
            poller: Asks one feed.
            memory: What is remembered.
            outbox: Articles on their way.
            interval: Seconds from one round of a feed to the next.
            now: The clock.
            stopping: Set by whoever wants it to end.
            sent: Told of each article once the broker has it.
            refused: Told of each page that could not be read.
            told: Told how a source does, after each of its rounds.
        """
        self.tally = Tally()
        self._poller, self._memory, self._outbox = poller, memory, outbox
        self._interval = interval
        self._now = now
        self._stopping = stopping
        self._sent, self._refused, self._told = sent, refused, told
        self._events: queue.Queue[Event] = queue.Queue(_WAITING)
        self._work: queue.SimpleQueue[Listed] = queue.SimpleQueue()
        self._flying: deque[Found] = deque()

    def run(self, feeds: Sequence[Listed], *, once: bool) -> Tally:
        """Ask the feeds, each at its time; with ``once`` each one time, and end.

        Raises:
            BrokerUnavailable: Kafka was silent for too long.
            BrokerError: It refused for good.
        """
        waiting = {feed.name: feed for feed in feeds}
        busy: set[str] = set()
        for number in range(min(THREADS, len(feeds))):
            # Ended with the process: a site that dawdles shall not keep it.
            threading.Thread(target=self._worker, name=f"feed-{number}", daemon=True).start()
        while not self._stopping.is_set() and (waiting or busy):
            for name in [name for name in waiting if self._is_due(name, once=once)]:
                busy.add(name)
                self._work.put(waiting.pop(name))
            if once:
                self._leave_alone(waiting)
            event = self._next()
            if isinstance(event, Polled):
                busy.discard(event.feed.name)
                if not once:
                    waiting[event.feed.name] = event.feed
        self._settle()
        return self.tally

    def _is_due(self, name: str, *, once: bool) -> bool:
        known = self._memory.feed(name)
        return known.due <= self._now().timestamp() or (once and not known.failures)

    def _leave_alone(self, waiting: dict[str, Listed]) -> None:
        """Say of feeds that failed before that it is too early to ask again."""
        for name in waiting:
            left = self._memory.feed(name).due - self._now().timestamp()
            log.warning("left alone for another %.0f s: it failed before: %s", left, name)
            self.tally.broken.add(name)
        waiting.clear()

    def _next(self) -> Event | None:
        """Take one event and do what follows from it; None where there is none for a while."""
        try:
            event = self._events.get(timeout=_GLANCE_SECONDS)
        except queue.Empty:
            self._settle()
            return None
        if isinstance(event, Found):
            self._send(event)
        elif isinstance(event, Refusal):
            self.tally.unread += 1
            self._refused(event)
        else:
            self._settle()  # what is told of a source includes what it has sent
            self._judge(event)
        return event

    def _send(self, found: Found) -> None:
        self._memory.offered(found.page.item.link, found.article.revision)
        refusal = self._outbox.put(found.article)
        if refusal:
            self._give_up(found, refusal)
        else:
            self._flying.append(found)
        while self._outbox.full or self._outbox.ready:
            self._take()

    def _settle(self) -> None:
        while self._flying:
            self._take()

    def _take(self) -> None:
        outcome = self._outbox.take()
        found = self._flying.popleft()
        if isinstance(outcome, Sent):
            link = found.page.item.link
            self._memory.sent(found.feed.name, link, found.article.revision, found.validators)
            self._memory.looked(link, self._now())
            self.tally.sent += 1
            log.debug(
                "sent %s", link,
                extra={
                    "topic": topics.ARTICLES.name,
                    "partition": outcome.partition,
                    "offset": outcome.offset,
                },
            )  # fmt: skip
            self._sent(found)
        else:
            self._give_up(found, outcome)

    def _give_up(self, found: Found, refusal: Refusal) -> None:
        self._memory.failed(found.page, self._now(), lasting=True, retry_after=None)
        self.tally.unread += 1
        self._refused(Refusal(found.page.item.link, refusal.reason))

    def _judge(self, polled: Polled) -> None:
        """Write down when to ask a feed again, and tell how it does."""
        name, error, now = polled.feed.name, polled.error, self._now()
        before = self._memory.feed(name)
        failures = before.failures + 1 if error else 0
        pause = pause_after(failures, self._interval, error.retry_after if error else None)
        self._memory.asked(name, due=now.timestamp() + pause, failures=failures, now=now)
        self.tally.rounds += 1
        (self.tally.broken.add if error else self.tally.broken.discard)(name)
        if error:
            log.warning("%s: %s", name, error)
        elif polled.new or polled.unread:
            log.info(
                "%s: %s new, %s pages read, %s not", name, polled.new, polled.read, polled.unread
            )
        self._told(
            Source(
                url=name,
                title=polled.feed.outlet or before.title,
                asked_at=now,
                due_at=now + timedelta(seconds=pause),
                ok_at=before.well if error else now,
                error=str(error) if error else None,
                error_at=now if error else None,
                failures=failures,
                trouble=_trouble(polled),
                seen=before.seen,
                sent=before.sent,
                newest_at=before.newest,
            )
        )

    def _worker(self) -> None:
        while not self._stopping.is_set():
            feed = self._work.get()
            try:
                for event in self._poller.poll(feed):
                    self._events.put(event)
            except Stopped:
                return
            except Exception as error:
                if self._stopping.is_set():
                    return  # what it writes to is closed already
                # A page that nobody thought of must not end the reading of all others.
                log.exception("reading %s failed", feed.name)
                reason = FetchError(f"reading it failed ({type(error).__name__}); see the log")
                self._events.put(Polled(feed, reason))


def pause_after(failures: int, interval: float, retry_after: float | None = None) -> float:
    """Return the seconds to the next round: longer after each failure, and never all at once.

    A tenth more or less spreads feeds that were started together; after failures it is anything
    from half the pause on, so that a site that was down is not asked by all at its return.
    """
    if not failures:
        return interval * random.uniform(0.95, 1.05)  # noqa: S311  # no secret
    longest = max(_LONGEST_PAUSE_SECONDS, interval)
    pause = min(interval * 2.0 ** min(failures - 1, 32), longest)
    return max(pause * random.uniform(0.5, 1.0), retry_after or 0.0)  # noqa: S311  # likewise


def _trouble(polled: Polled) -> str | None:
    if not polled.unread:
        return None
    total = polled.read + polled.unread
    return f"{polled.unread:,} of {total:,} pages could not be read; the last: {polled.reason}"
