"""One reader for all viewers: the version on a fixed beat, the rest only when it moved."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from dashboard.live.answers import Corrected, Past
from dashboard.live.replayed import Replayed
from vigil.errors import StoreUnavailable, VigilError
from vigil.replaying import Replaying
from vigil.reports import WAIT_SECONDS, WAITS_KEPT
from vigil.snapshot import Evidence, Snapshot
from vigil.spread import Spread

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import date

    from vigil.claim import Claim, ClaimSet
    from vigil.correction import Correction, Told
    from vigil.estimate import Bucket, Estimate
    from vigil.resolving.known import Step

# Seconds. One small GET for all viewers together: cheaper than more pulses of every page, and
# with a pulse of a second a change is on every screen within two.
INTERVAL: Final = 0.25
# A change that was looked for no longer ago tells how long changes take.
_LOOKING: Final = timedelta(seconds=3)
_KEPT: Final = 512  # answers about single numbers that are kept for the next viewer

_Answer = TypeVar("_Answer")


class SnapshotReader(Protocol):
    """What is read through: ``dashboard.reader.Reader``."""

    def version(self) -> int:
        """Return the store's version."""

    def read(self, *, first_day: date | None = None, last_day: date | None = None) -> Snapshot:
        """Return all the store knows in the window."""

    def as_known_at(
        self, moment: datetime, *, first_day: date | None = None, last_day: date | None = None
    ) -> Snapshot:
        """Return all the store knew in the window at a moment."""

    def evidence(self, bucket: Bucket) -> tuple[Evidence, ...]:
        """Return the claims behind a bucket."""

    def history(self, bucket: Bucket) -> tuple[Step, ...]:
        """Return how a bucket's figure came to be."""

    def sentences(self, articles: Collection[str]) -> Mapping[str, tuple[str, ...]]:
        """Return the sentences of the claims of articles."""

    def corrections(
        self, bucket: Bucket, *, known_at: datetime | None = None
    ) -> tuple[Correction, ...]:
        """Return what was corrected in a bucket."""

    def claims_told(self, told: Collection[Told]) -> Mapping[Told, tuple[ClaimSet, Claim]]:
        """Return the claims behind figures."""

    def estimate_at(self, bucket: Bucket, moment: datetime) -> Estimate | None:
        """Return what was shown for a bucket at a moment."""

    def evidence_at(self, bucket: Bucket, moment: datetime) -> tuple[Evidence, ...]:
        """Return the claims that stood behind a bucket at a moment."""


@dataclass(frozen=True, slots=True)
class State:
    """What is known now, and whether it is still true.

    Attributes:
        snapshot: The last one that could be read, or None if there never was one.
        read_at: When the store last answered, or None if it never did.
        stale_since: When the store stopped answering, or None while it answers.
        problem: What went wrong, in words; "" while nothing is.
        replay: The replay, whose clock the snapshot is of while it is on; None without any.
    """

    snapshot: Snapshot | None = None
    read_at: datetime | None = None
    stale_since: datetime | None = None
    problem: str = ""
    replay: Replaying | None = None

    @property
    def replaying(self) -> Replaying | None:
        """The replay whose clock pages show; None while they show the present."""
        return self.replay if self.replay and self.replay.on else None


class Source:
    """The one holder of the last snapshot; safe to ask from many threads.

    Whoever asks first after the interval polls for all; the others get what is known meanwhile
    and never wait for a store that does not answer.

    Attributes:
        delays: How long changes took from the store to here, since the start.
        polls: How often the store was asked, since the start.
        failed_polls: How often it could not be.
    """

    def __init__(
        self,
        reader: SnapshotReader,
        *,
        clock: Callable[[], datetime],
        interval: float = INTERVAL,
        replay: Callable[[], Replaying | None] = lambda: None,
        present: Callable[[], Snapshot] | None = None,
    ) -> None:
        self._reader = reader
        self._read = present or reader.read
        self._replay = replay
        self._replayed = Replayed(reader.as_known_at, clock=clock)
        self._present: Snapshot | None = None
        self._clock = clock
        self._interval = interval
        self._polling = Lock()
        self._asked_at: datetime | None = None
        self._state = State()
        self._kept: dict[tuple[object, ...], tuple[int, Any]] = {}
        self._delays: deque[tuple[datetime, int]] = deque(maxlen=WAITS_KEPT)
        self.delays = Spread()
        self.polls = self.failed_polls = 0
        self._sentences: tuple[int, dict[str, tuple[str, ...]]] = (-1, {})

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

    @property
    def problem(self) -> str:
        """Why the store did not answer when it was last asked, "" where it did; asks nobody.

        Who asks it for more at once waits seconds for nothing, each time: a page would fall silent.
        """
        return self._state.problem if self._state.stale_since else ""

    def delays_ms(self) -> tuple[int, ...]:
        """Return how long changes of the last five minutes took from the store to here.

        From the moment an aggregator began to write them until this server had read them; of the
        newest 200, and only of those that came while somebody looked.
        """
        after = self._clock() - timedelta(seconds=WAIT_SECONDS)
        return tuple(delay for when, delay in list(self._delays) if when >= after)

    def evidence(self, bucket: Bucket) -> tuple[Evidence, ...]:
        """Return the claims behind a bucket as of the snapshot that is shown.

        Raises:
            VigilError: The store does not answer and the claims are not known from before.
        """
        return self._once(("evidence", bucket), lambda: self._reader.evidence(bucket))

    def history(self, bucket: Bucket) -> tuple[Step, ...]:
        """Return how a bucket's figure came to be, as of the snapshot that is shown.

        Raises:
            VigilError: The store does not answer and the history is not known from before.
        """
        return self._once(("history", bucket), lambda: self._reader.history(bucket))

    def sentences(self, articles: Collection[str]) -> Mapping[str, tuple[str, ...]]:
        """Return the sentences of the claims of articles; each is read once for all viewers.

        Raises:
            VigilError: The store does not answer and some are not known from before.
        """
        version = self._version()
        if self._sentences[0] != version:
            self._sentences = (version, {})
        known = self._sentences[1]
        unread = [article for article in articles if article not in known]
        if unread:
            self._require_answers()
            found = self._reader.sentences(unread)
            known.update({article: found.get(article, ()) for article in unread})
        return known

    def corrected(self, bucket: Bucket, *, known_at: datetime | None = None) -> Corrected:
        """Return what was corrected in a bucket, by now or by a moment.

        Raises:
            VigilError: The store does not answer and the corrections are not known from before.
        """

        def read() -> Corrected:
            found = self._reader.corrections(bucket, known_at=known_at)
            told = {one for each in found for one in (each.was, each.now) if one}
            return Corrected(found, self._reader.claims_told(told) if told else {})

        return self._once(("corrected", bucket, known_at), read)

    def past(self, bucket: Bucket, moment: datetime) -> Past:
        """Return a number as it was known at a moment (aware), itself included.

        Raises:
            VigilError: The store does not answer and the past is not known from before.
        """

        def read() -> Past:
            estimate = self._reader.estimate_at(bucket, moment)
            return Past(estimate, self._reader.evidence_at(bucket, moment))

        return self._once(("past", bucket, moment), read)

    def _once(self, what: tuple[object, ...], read: Callable[[], _Answer]) -> _Answer:
        """Return an answer, read once for each version of the store."""
        version = self._version()
        known = self._kept.get(what)
        if known and known[0] == version:
            kept: _Answer = known[1]
            return kept
        self._require_answers()
        found = read()
        if len(self._kept) >= _KEPT:
            self._kept = {}
        self._kept[what] = (version, found)
        return found

    def _require_answers(self) -> None:
        if self.problem:
            raise StoreUnavailable(self.problem)

    def _version(self) -> int:
        snapshot = self._state.snapshot
        return snapshot.version if snapshot else -1

    def _due(self) -> bool:
        asked_at = self._asked_at  # first: another thread may set it while the clock is read
        if asked_at is None:
            return True
        passed = (self._clock() - asked_at).total_seconds()
        return not 0 <= passed < self._interval  # of a clock that was set back nothing is known

    def _poll(self) -> State:
        before = self._state
        self.polls += 1
        try:
            version = self._reader.version()
            moved = self._present is None or self._present.version != version
            if self._present is None or moved:
                self._present = self._read()
            self._present = self._present.dated(self._clock())
            # After the board: the clock is said before its articles go, so it is never behind them.
            replay = self._replay()
            snapshot = self._replayed.board(self._present, replay)
        except VigilError as error:
            self.failed_polls += 1
            since = before.stale_since or self._clock()
            return replace(before, stale_since=since, problem=str(error))
        now = self._clock()
        if moved and self._present.changed_at:
            self._note(before, now, self._present.changed_at)
        return State(snapshot=snapshot, read_at=now, replay=replay)

    def _note(self, before: State, now: datetime, changed_at: datetime) -> None:
        """Keep how long a change took, unless nobody had looked for it just before."""
        if before.read_at is None or before.stale_since or now - before.read_at >= _LOOKING:
            return
        delay = max(timedelta(0), now - changed_at)
        self._delays.append((now, round(delay.total_seconds() * 1000)))
        self.delays.add(delay.total_seconds())
