"""What changed since an hour ago and at the newest item: worked out beside the pulse of pages."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Final, Protocol

from dashboard.earlier import Since
from vigil.article import BEFORE_ALL
from vigil.errors import VigilError

if TYPE_CHECKING:
    from concurrent.futures import Future

    from vigil.snapshot import Snapshot

log = logging.getLogger(__name__)

HOUR: Final = timedelta(hours=1)
# Live, "the last hour" is the clock's. Where the newest item is older than this, what is shown is
# of another time, and its last hour is the one before that item.
LIVE: Final = timedelta(days=2)
# Seconds a page waits for the answer; what takes longer is shown with the pulse after it.
_WAIT: Final = 0.15
# The store is asked again after so many times as long as it took to answer.
_PAUSES: Final = 4
_MICROSECOND: Final = timedelta(microseconds=1)


class Reads(Protocol):
    """What is read through: ``dashboard.earlier.EarlierReader``."""

    def since(self, moment: datetime, snapshot: Snapshot) -> Since | None:
        """Return what changed since a moment."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed lately, as of one version of the store.

    Attributes:
        hour: Since an hour before ``until``; None where too much came to tell.
        until: The moment the hour ends: the clock's, or that of the newest item (aware).
        live: Whether it is the clock's.
        item: Since just before the newest item; None where that cannot be told.
    """

    hour: Since | None
    until: datetime
    live: bool
    item: Since | None


class ChangesHolder:
    """Keeps the newest answer for all viewers; safe to ask from many threads."""

    def __init__(self, reader: Reads) -> None:
        self._reader = reader
        self._lock = Lock()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="changes")
        self._running: Future[None] | None = None
        self._key: tuple[object, ...] | None = None
        self._due = 0.0
        self._closed = False
        self._known: Changes | None = None

    def changes(self, snapshot: Snapshot, now: datetime) -> Changes | None:
        """Return what changed lately; None until it is known for the first time.

        Nearly always of this very snapshot. On a day of tens of thousands of claims it takes
        seconds to know, and is that much older then; a page never waits for it.

        Args:
            snapshot: What is shown.
            now: The time of the screen, or of the replay that is shown.
        """
        newest = max((item.seen_at for item in snapshot.feed), default=BEFORE_ALL)
        if newest <= BEFORE_ALL:
            return None
        live = now - newest < LIVE
        until = now.replace(second=0, microsecond=0) if live else newest
        running = self._start((snapshot.stamp, until), snapshot, newest, until, live=live)
        if running:
            wait([running], _WAIT)
        return self._known

    def close(self) -> None:
        """End the work in hand; what is known stays."""
        with self._lock:
            self._closed = True
        self._pool.shutdown()

    def _start(
        self,
        key: tuple[object, ...],
        snapshot: Snapshot,
        newest: datetime,
        until: datetime,
        *,
        live: bool,
    ) -> Future[None] | None:
        """Begin to ask the store where the answer is another one by now, and nobody asks yet."""
        with self._lock:
            idle = self._running is None or self._running.done()
            if self._closed or key == self._key or not idle or monotonic() < self._due:
                return None
            self._running = self._pool.submit(self._ask, key, snapshot, newest, until, live)
            return self._running

    def _ask(
        self,
        key: tuple[object, ...],
        snapshot: Snapshot,
        newest: datetime,
        until: datetime,
        live: bool,  # handed on by the pool
    ) -> None:
        began = monotonic()
        try:
            hour = self._reader.since(until - HOUR, snapshot)
            item = self._reader.since(newest - _MICROSECOND, snapshot)
        except VigilError as error:
            # Whoever looks at the page is told by the watch that the store does not answer.
            log.info("what changed lately is not known: %s", error)
        else:
            self._known, self._key = Changes(hour, until, live, item), key
        self._due = monotonic() + _PAUSES * (monotonic() - began)
