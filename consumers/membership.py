"""Says that a member of a group waits to be let in, which Kafka's client does in silence."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final

from kafka.structs import MemberState

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

# A group comes together within a few seconds, unless one of its members is in a long batch.
_SAY_AFTER: Final = 30.0
_SAY_AGAIN: Final = 60.0


class Membership:
    """Watches whether a consumer is in its group: until it is, it is given nothing to read."""

    def __init__(self, metadata: Callable[[], Any], *, clock: Callable[[], float]) -> None:
        """Watch a consumer.

        Args:
            metadata: Its ``group_metadata``.
            clock: Returns seconds since whenever.
        """
        self._metadata = metadata
        self._clock = clock
        self._in = clock()
        self._due = self._in + _SAY_AFTER

    def look(self) -> bool:
        """Return whether it is in; say that it is out where it has been for long, and in again."""
        now = self._clock()
        metadata = self._metadata()
        inside = bool(metadata.state == MemberState.STABLE)
        if inside:
            if self._due > self._in + _SAY_AFTER:
                log.info("in group %s after %.0f s", metadata.group_id, now - self._in)
            self._in = now
            self._due = now + _SAY_AFTER
        elif now >= self._due:
            log.warning(
                "not in group %s for %.0f s, and given nothing to read: Kafka waits for another "
                "member of it that is busy, does not answer, or put this one out again (is "
                "VIGIL_SESSION_TIMEOUT_MS shorter than this machine stands still at times?)",
                metadata.group_id,
                now - self._in,
            )
            self._due = now + _SAY_AGAIN
        return inside
