"""What was known at past moments, read once for all viewers and at a cost that is bounded."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from vigil.errors import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import date

    from vigil.claim import Kind
    from vigil.snapshot import Evidence, Snapshot

# Articles that speak in a window, at most: reading their past takes a second or two then.
MOST_HELD: Final = 10_000
# An answer stands for so many times as long as it took, however fast the store moves: looking
# back costs at most a tenth of one processor.
_REST: Final = 10
_KEPT: Final = 16  # answers; a past view is as large as a present one

_Answer = TypeVar("_Answer")


class PastReader(Protocol):
    """What is read through: ``dashboard.reader.Reader``."""

    def as_known_at(
        self, moment: datetime, *, first_day: date | None = None, last_day: date | None = None
    ) -> Snapshot:
        """Return all there was to show of a window of days at a past moment."""

    def moments(
        self, kind: Kind, *, first_day: date | None, last_day: date | None, most: int
    ) -> tuple[int, tuple[datetime, ...]]:
        """Return how many articles speak in a window, and when anything was learned."""

    def sentences_at(
        self, articles: Collection[str], moment: datetime
    ) -> Mapping[str, tuple[str, ...]]:
        """Return the sentences of the claims of articles as they were known at a past moment."""

    def claims_at(self, slot: str, moment: datetime) -> tuple[Evidence, ...]:
        """Return every claim that stood in a slot at a past moment."""


@dataclass(frozen=True, slots=True)
class History:
    """What there is to look back on in a window.

    Attributes:
        held: How many articles speak in it.
        moments: When anything became known, in order; none where the window holds too much.
    """

    held: int
    moments: tuple[datetime, ...]

    @property
    def too_much(self) -> bool:
        """Whether the window holds more than is looked back on."""
        return self.held > MOST_HELD


@dataclass(frozen=True, slots=True)
class _Kept:
    version: int
    since: datetime
    until: datetime
    answer: Any


class Lookback:
    """The one reader of the past for all viewers; safe to ask from many threads.

    One is read at a time. Whoever asks meanwhile gets what is known of it, however old: the past
    changes only by what becomes known late of it.
    """

    def __init__(
        self,
        reader: PastReader,
        *,
        clock: Callable[[], datetime],
        problem: Callable[[], str] = lambda: "",
    ) -> None:
        """Read the past.

        Args:
            reader: Reads it.
            clock: The time of the screen.
            problem: Why the store, just asked, did not answer, so that it is left alone; else "".
        """
        self._reader = reader
        self._clock = clock
        self._problem = problem
        self._reading = Lock()
        self._kept: OrderedDict[tuple[object, ...], _Kept] = OrderedDict()

    def history(self, version: int, kind: Kind, first: date | None, last: date | None) -> History:
        """Return what there is to look back on in a window of days, at a version of the store.

        Raises:
            VigilError: The store does not answer and nothing is known from before.
        """

        def read() -> History:
            return History(
                *self._reader.moments(kind, first_day=first, last_day=last, most=MOST_HELD)
            )

        return self._once(("history", kind, first, last), version, read)

    def snapshot(
        self, version: int, moment: datetime, first: date | None, last: date | None
    ) -> Snapshot:
        """Return what was known of a window of days at a moment (aware), itself included.

        Raises:
            VigilError: The store does not answer and nothing is known from before.
        """

        def read() -> Snapshot:
            return self._reader.as_known_at(moment, first_day=first, last_day=last)

        return self._once(("snapshot", moment, first, last), version, read)

    def sentences(
        self, version: int, moment: datetime, articles: Collection[str]
    ) -> Mapping[str, tuple[str, ...]]:
        """Return the sentences of the claims of articles as they were known at a moment (aware).

        Raises:
            VigilError: The store does not answer and they are not known from before.
        """
        wanted = frozenset(articles)

        def read() -> Mapping[str, tuple[str, ...]]:
            return self._reader.sentences_at(wanted, moment)

        return self._once(("sentences", moment, wanted), version, read)

    def claims(self, moment: datetime, slot: str) -> tuple[Evidence, ...]:
        """Return every claim that stood in a slot at a moment (aware); nobody keeps them.

        Raises:
            VigilError: The store does not answer.
        """
        with self._reading:
            self._require_answers()
            return self._reader.claims_at(slot, moment)

    def _once(self, what: tuple[object, ...], version: int, read: Callable[[], _Answer]) -> _Answer:
        kept: _Kept | None = self._kept.get(what)
        if kept is None or not self._stands(kept, version):
            kept = self._renewed(what, version, read, before=kept)
        answer: _Answer = kept.answer
        return answer

    def _renewed(
        self,
        what: tuple[object, ...],
        version: int,
        read: Callable[[], object],
        *,
        before: _Kept | None,
    ) -> _Kept:
        if not self._reading.acquire(blocking=before is None):
            return before or self._renewed(what, version, read, before=None)
        try:
            kept = self._kept.get(what)  # somebody else may have read it meanwhile
            if kept is None or not self._stands(kept, version):
                kept = self._kept[what] = self._read(version, read)
                self._kept.move_to_end(what)
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            return kept
        finally:
            self._reading.release()

    def _read(self, version: int, read: Callable[[], object]) -> _Kept:
        self._require_answers()
        began = self._clock()
        answer = read()
        ended = self._clock()
        return _Kept(version, began, ended + max(ended - began, timedelta(0)) * _REST, answer)

    def _require_answers(self) -> None:
        if problem := self._problem():
            raise StoreUnavailable(problem)

    def _stands(self, kept: _Kept, version: int) -> bool:
        return kept.version == version or kept.since <= self._clock() < kept.until
