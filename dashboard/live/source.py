"""One reader for all viewers: the version on a fixed beat, the rest only when it moved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING, Final, Protocol

from vigil.errors import VigilError
from vigil.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from vigil.estimate import Bucket
    from vigil.snapshot import Evidence

# Seconds. One small GET for all viewers together: cheaper than more pulses of every page, and
# with a pulse of a second a change is on every screen within two.
INTERVAL: Final = 0.45
_KEPT_EVIDENCE: Final = 512  # buckets whose sentences are kept for the next viewer


class SnapshotReader(Protocol):
    """What is read through: ``dashboard.reader.Reader``."""

    def version(self) -> int:
        """Return the store's version."""

    def read(self, *, first_day: date | None = None, last_day: date | None = None) -> Snapshot:
        """Return all the store knows in the window."""

    def evidence(self, bucket: Bucket) -> tuple[Evidence, ...]:
        """Return the claims behind a bucket."""


@dataclass(frozen=True, slots=True)
class State:
    """What is known now, and whether it is still true.

    Attributes:
        snapshot: The last one that could be read, or None if there never was one.
        read_at: When the store last answered, or None if it never did.
        stale_since: When the store stopped answering, or None while it answers.
        problem: What went wrong, in words; "" while nothing is.
    """

    snapshot: Snapshot | None = None
    read_at: datetime | None = None
    stale_since: datetime | None = None
    problem: str = ""


class Source:
    """The one holder of the last snapshot; safe to ask from many threads.

    Whoever asks first after the interval polls for all; the others get what is known meanwhile
    and never wait for a store that does not answer.
    """

    def __init__(
        self,
        reader: SnapshotReader,
        *,
        clock: Callable[[], datetime],
        interval: float = INTERVAL,
    ) -> None:
        self._reader = reader
        self._clock = clock
        self._interval = interval
        self._polling = Lock()
        self._asked_at: datetime | None = None
        self._state = State()
        self._evidence: dict[Bucket, tuple[int, tuple[Evidence, ...]]] = {}

    def state(self) -> State:
        """Return what is known, polling the store when that is due."""
        if self._due() and self._polling.acquire(blocking=self._asked_at is None):
            try:
                if self._due():
                    self._state = self._poll()
                    self._asked_at = self._clock()
            finally:
                self._polling.release()
        return self._state

    def evidence(self, bucket: Bucket) -> tuple[Evidence, ...]:
        """Return the claims behind a bucket as of the snapshot that is shown.

        Raises:
            VigilError: The store does not answer and the claims are not known from before.
        """
        snapshot = self._state.snapshot
        version = snapshot.version if snapshot else -1
        known = self._evidence.get(bucket)
        if known and known[0] == version:
            return known[1]
        found = self._reader.evidence(bucket)
        if len(self._evidence) >= _KEPT_EVIDENCE:
            self._evidence = {}
        self._evidence[bucket] = (version, found)
        return found

    def _due(self) -> bool:
        if self._asked_at is None:
            return True
        return (self._clock() - self._asked_at).total_seconds() >= self._interval

    def _poll(self) -> State:
        before = self._state
        try:
            version = self._reader.version()
            moved = before.snapshot is None or before.snapshot.version != version
            snapshot = self._reader.read() if moved else before.snapshot
        except VigilError as error:
            since = before.stale_since or self._clock()
            return replace(before, stale_since=since, problem=str(error))
        return State(snapshot=snapshot, read_at=self._clock())
