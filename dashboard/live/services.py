"""What services say, read once a second for all viewers together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING, Final, Protocol

from vigil.errors import VigilError
from vigil.reports import ServiceReport

if TYPE_CHECKING:
    from collections.abc import Callable


# Seconds. Services speak once a second, and every page is drawn once a second.
INTERVAL: Final = 0.9


class Reads(Protocol):
    """What is read through: ``dashboard.services.ServicesReader``."""

    def read(self) -> tuple[ServiceReport, ...]:
        """Return what every instance said last."""


@dataclass(frozen=True, slots=True)
class Said:
    """What services said, as far as it is known.

    Attributes:
        reports: The last that could be read.
        read_at: When that was (aware), None if it never could.
        problem: Why it cannot be read now; "" while it can.
    """

    reports: tuple[ServiceReport, ...] = ()
    read_at: datetime | None = None
    problem: str = ""


class Services:
    """The one holder of what services said; safe to ask from many threads.

    Whoever asks first after the interval reads for all; the others get what is known meanwhile
    and never wait for a store that does not answer.
    """

    def __init__(self, reader: Reads, *, clock: Callable[[], datetime]) -> None:
        self._reader = reader
        self._clock = clock
        self._reading = Lock()
        self._asked_at: datetime | None = None
        self._said = Said()

    def said(self) -> Said:
        """Return what is known, reading when that is due."""
        if self._due() and self._reading.acquire(blocking=False):
            try:
                self._said = self._read()
                self._asked_at = self._clock()
            finally:
                self._reading.release()
        return self._said

    def _due(self) -> bool:
        if self._asked_at is None:
            return True
        return (self._clock() - self._asked_at).total_seconds() >= INTERVAL

    def _read(self) -> Said:
        try:
            return Said(self._reader.read(), self._clock())
        except VigilError as error:
            return replace(self._said, problem=str(error))
