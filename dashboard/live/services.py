"""What services say, and what they could not handle: read once a second for all viewers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from vigil.errors import VigilError

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

# Seconds. Services speak once a second, and every page is drawn once a second.
INTERVAL: Final = 0.9


@dataclass(frozen=True, slots=True)
class Said(Generic[T]):
    """What was read, as far as it is known.

    Attributes:
        known: The last that could be read.
        read_at: When that was (aware), None if it never could.
        problem: Why it cannot be read now; "" while it can.
    """

    known: tuple[T, ...] = ()
    read_at: datetime | None = None
    problem: str = ""


class Board(Generic[T]):
    """The one holder of something that is read; safe to ask from many threads.

    Whoever asks first after the interval reads for all; the others get what is known meanwhile
    and never wait for a store that does not answer.
    """

    def __init__(
        self,
        read: Callable[[], tuple[T, ...]],
        *,
        clock: Callable[[], datetime],
        problem: Callable[[], str] = lambda: "",
    ) -> None:
        """Hold what is read.

        Args:
            read: Reads it.
            clock: The time of the screen.
            problem: Why the store, just asked, did not answer, so that it is left alone; else "".
        """
        self._read_anew = read
        self._clock = clock
        self._problem = problem
        self._reading = Lock()
        self._asked_at: datetime | None = None
        self._said: Said[T] = Said()

    def said(self) -> Said[T]:
        """Return what is known, reading when that is due."""
        if self._due() and self._reading.acquire(blocking=False):
            try:
                self._said = self._read()
                self._asked_at = self._clock()
            finally:
                self._reading.release()
        return self._said

    def _due(self) -> bool:
        asked_at = self._asked_at  # first: another thread may set it while the clock is read
        if asked_at is None:
            return True
        passed = (self._clock() - asked_at).total_seconds()
        return not 0 <= passed < INTERVAL  # of a clock that was set back nothing is known

    def _read(self) -> Said[T]:
        if problem := self._problem():
            return replace(self._said, problem=problem)
        try:
            return Said(self._read_anew(), self._clock())
        except VigilError as error:
            return replace(self._said, problem=str(error))
