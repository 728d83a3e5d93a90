"""How long things took: how many of them within each bound, since the process started."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from threading import Lock
from typing import Final

# Seconds. A change is to be on a screen within two; a corpus that is caught up with takes hours.
BOUNDS: Final = (0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0, 1_800.0, 7_200.0)


@dataclass(frozen=True, slots=True)
class Counted:
    """What a spread has counted.

    Attributes:
        within: Of each of ``BOUNDS`` how many took no longer, then how many there were at all.
        seconds: How long all of them took together.
    """

    within: tuple[int, ...]
    seconds: float


class Spread:
    """Counts durations; safe to add to and to ask from several threads."""

    def __init__(self) -> None:
        self._each = [0] * (len(BOUNDS) + 1)
        self._seconds = 0.0
        self._lock = Lock()

    def add(self, seconds: float) -> None:
        """Count one that took so long; one that took less than nothing took nothing."""
        took = max(0.0, seconds)
        with self._lock:
            self._each[bisect_left(BOUNDS, took)] += 1
            self._seconds += took

    def counted(self) -> Counted:
        """Return what was counted so far."""
        with self._lock:
            each, seconds = tuple(self._each), self._seconds
        within = tuple(sum(each[: number + 1]) for number in range(len(each)))
        return Counted(within, round(seconds, 3))
