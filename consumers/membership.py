"""Says that a member of a group waits to be let in, which Kafka's client does in silence."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

# A group comes together within a few seconds, unless one of its members is in a long batch.
_SAY_AFTER: Final = 30.0
_SAY_AGAIN: Final = 60.0


class Membership:
    """Watches whether a consumer is in its group: until it is, it is given nothing to read."""

    def __init__(
        self, group: str, inside: Callable[[], bool], *, clock: Callable[[], float]
    ) -> None:
        """Watch a consumer.

        Args:
            group: Its group.
            inside: Returns whether it is in.
            clock: Returns seconds since whenever.
        """
        self._group = group
        self._inside = inside
        self._clock = clock
        self._out: float | None = None  # since when
        self._due = 0.0
        self._said = False

    def look(self) -> bool:
        """Return whether it is in; say that it is out where it has been for long, and in again."""
        now = self._clock()
        inside = self._inside()
        if inside:
            if self._said and self._out is not None:
                log.info("in group %s after %.0f s", self._group, now - self._out)
            self._out, self._said = None, False
        elif self._out is None:
            self._out, self._due = now, now + _SAY_AFTER
        elif now >= self._due:
            log.warning(
                "not in group %s for %.0f s, and given nothing to read: Kafka waits for another "
                "member of it that is busy, does not answer, or put this one out again (is "
                "VIGIL_SESSION_TIMEOUT_MS shorter than this machine stands still at times?)",
                self._group,
                now - self._out,
            )
            self._said, self._due = True, now + _SAY_AGAIN
        return inside
