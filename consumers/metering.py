"""What a consumer counts of its own work, for the health view: pure numbers, no servers."""

from __future__ import annotations

import os
import socket
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING

from vigil.reports import (
    RATE_SECONDS,
    SENT_AT,
    WAIT_SECONDS,
    WAITS_KEPT,
    Batch,
    ServiceReport,
)
from vigil.spread import Counted, Spread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kafka.consumer.fetcher import ConsumerRecord

_DIGITS = 16  # of milliseconds since 1970, for longer than anybody will measure


@dataclass(frozen=True, slots=True)
class Measured:
    """All that a meter reads since its start.

    Attributes:
        report: What the health view is told.
        messages: Topic -> how many were handled and committed.
        dead: Topic -> how many of its messages were put to the dead letters.
        retries: How often a batch was tried again.
        waits: How long articles were on their way to here.
        batches: How long batches took.
    """

    report: ServiceReport
    messages: Mapping[str, int]
    dead: Mapping[str, int]
    retries: int
    waits: Counted
    batches: Counted


class Meter:
    """Counts what the loop does; told by the loop's thread, asked by the one that reports."""

    def __init__(
        self,
        service: str,
        *,
        instance: str | None = None,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        """Begin to count.

        Args:
            service: What the consumer is called.
            instance: Which one it is; left out, this machine and process.
            now: The clock (aware).
        """
        self._now = now or (lambda: datetime.now(UTC))
        began = self._now()
        name = instance or f"{socket.gethostname()}:{os.getpid()}"
        self._said = ServiceReport(service, name, began, began)
        self._ahead: dict[str, int] | None = None
        self._in_hand: dict[str, int] = {}
        self._totals: dict[str, int] = {}
        self._counts: deque[tuple[datetime, str, int]] = deque()
        self._waits: deque[tuple[datetime, int]] = deque(maxlen=WAITS_KEPT)
        self._messages: Counter[str] = Counter()
        self._dead: Counter[str] = Counter()
        self._retries = 0
        self._spread, self._batches = Spread(), Spread()
        self._lock = Lock()

    def behind(self, ahead: Mapping[str, int] | None) -> None:
        """Take how many messages of each topic the loop has yet to be given; None: not known."""
        with self._lock:
            self._ahead = None if ahead is None else dict(ahead)

    def takes(self, messages: Mapping[str, int]) -> None:
        """A batch is in hand from now on: so many messages of each topic."""
        with self._lock:
            self._in_hand = dict(messages)
            if self._ahead is not None:
                for topic, number in messages.items():
                    self._ahead[topic] = max(0, self._ahead.get(topic, 0) - number)
            self._said = replace(self._said, busy_since=self._now())

    def retries(self, problem: str) -> None:
        """The batch in hand failed and is tried again."""
        with self._lock:
            self._retries += 1
            self._said = replace(self._said, state="retrying", problem=problem)

    def buries(self, topic: str) -> None:
        """A message of a topic was put to the dead letters."""
        with self._lock:
            self._dead[topic] += 1

    def handled(self, messages: int) -> None:
        """The batch in hand is done and committed."""
        self.counts("messages", messages)
        with self._lock:
            now = self._now()
            since = self._said.busy_since or now
            self._messages.update(self._in_hand)
            self._in_hand = {}
            batch = Batch(messages, round((now - since).total_seconds(), 3), now)
            self._batches.add(batch.seconds)
            self._said = replace(
                self._said, state="running", problem="", busy_since=None, batch=batch
            )

    def counts(self, what: str, number: int) -> None:
        """Add to what is counted."""
        with self._lock:
            self._totals[what] = self._totals.get(what, 0) + number
            self._counts.append((self._now(), what, number))
            self._forget()

    def waited(self, sent_ms: Iterable[int]) -> None:
        """Take when articles were sent that have got as far as this service now."""
        now = self._now()
        at = round(now.timestamp() * 1000)
        waits = [max(0, at - sent) for sent in sent_ms]
        for wait in waits:
            self._spread.add(wait / 1000)
        with self._lock:
            self._waits.extend((now, wait) for wait in waits)

    def ends(self, problem: str = "") -> None:
        """It is over, and why where it should not be."""
        with self._lock:
            self._said = replace(self._said, state="stopped", problem=problem, busy_since=None)

    def report(self) -> ServiceReport:
        """Return what there is to say now."""
        with self._lock:
            now = self._now()
            self._forget()
            seconds = min(RATE_SECONDS, max(1.0, (now - self._said.started_at).total_seconds()))
            counted = dict.fromkeys(self._totals, 0)
            for _, what, number in self._counts:
                counted[what] += number
            newest = now - timedelta(seconds=WAIT_SECONDS)
            return replace(
                self._said,
                at=now,
                lag=self._lag(),
                totals=dict(self._totals),
                rates={what: round(number / seconds, 3) for what, number in counted.items()},
                waits_ms=tuple(wait for when, wait in self._waits if when >= newest),
            )

    def measured(self) -> Measured:
        """Return all that was counted since the start, and what there is to say now."""
        report = self.report()
        with self._lock:
            messages, dead, retries = dict(self._messages), dict(self._dead), self._retries
        waits, batches = self._spread.counted(), self._batches.counted()
        return Measured(report, messages, dead, retries, waits, batches)

    def _lag(self) -> dict[str, int] | None:
        if self._ahead is None:
            return None
        topics = sorted({*self._ahead, *self._in_hand})
        return {one: self._ahead.get(one, 0) + self._in_hand.get(one, 0) for one in topics}

    def _forget(self) -> None:
        before = self._now() - timedelta(seconds=RATE_SECONDS)
        while self._counts and self._counts[0][0] < before:
            self._counts.popleft()


def sent_header(record: ConsumerRecord) -> list[tuple[str, bytes]]:
    """Return the headers of a message that is made of a record of topic ``articles``."""
    return [(SENT_AT, str(record.timestamp).encode())] if record.timestamp else []


def sent_ms(records: Iterable[ConsumerRecord]) -> Iterable[int]:
    """Yield when the articles behind some messages were sent; of those that say so."""
    for record in records:
        text = next((value for name, value in record.headers if name == SENT_AT), b"")
        if text and text.isdigit() and len(text) < _DIGITS:
            yield int(text)
