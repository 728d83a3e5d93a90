"""A filter of log lines that lets the same message of a talkative library through now and then."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

# What differs between two messages that say the same: how long it waits, a port of its own side.
_CHANGING: Final = re.compile(r"(?<![\w.])\d+\.\d+(?![\w.])|\d{5,}")
_MOST: Final = 200  # messages that are remembered: they are few, unless something is very wrong


@dataclass(slots=True)
class _Said:
    at: float
    left_out: int = 0


class Thinning(logging.Filter):
    """Passes a message of a logger, or of one below it, on once in some seconds.

    The next that is passed on says how many like it were left out. Lines of others all pass.
    """

    def __init__(self, logger: str, *, seconds: float, clock: Callable[[], float]) -> None:
        """Thin out what ``logger`` says; ``clock`` returns seconds since whenever."""
        super().__init__(logger)
        self._seconds = seconds
        self._clock = clock
        self._said: dict[tuple[str, int, str], _Said] = {}
        self._lock = Lock()  # every client of Kafka logs from threads of its own

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether the line is to be written, with how many were not in its message."""
        if not super().filter(record):
            return True
        message = record.getMessage()
        key = (record.name, record.levelno, _CHANGING.sub("#", message))
        with self._lock:
            now = self._clock()
            before = self._said.get(key)
            if before and now - before.at < self._seconds:
                before.left_out += 1
                return False
            if len(self._said) >= _MOST:
                self._said.clear()
            self._said[key] = _Said(now)
        if before and before.left_out:
            record.msg = f"{message} ({before.left_out} more like it in {now - before.at:.0f} s)"
            record.args = None
        return True
