"""What pages show while a replay runs: what was known at its clock, nothing from ahead of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from vigil.replaying import Replaying
    from vigil.snapshot import Snapshot

# A past is worked out from every claim there is. Of the server's time no more than a fifth goes
# into that: with many claims the board follows the clock in larger steps.
_SHARE: Final = 5


class Replayed:
    """The board at a replay's clock, made anew only when the clock has passed another article.

    Where nothing in the store became known after the clock, the board is that of the present: so
    it is while a replay goes on for the first time, and costs nothing then. After a jump back, in
    a loop, or beside articles from elsewhere that came later, it is the board as it was known.
    """

    def __init__(
        self, as_known_at: Callable[[datetime], Snapshot], *, clock: Callable[[], datetime]
    ) -> None:
        """Show boards.

        Args:
            as_known_at: Gives the board of a moment.
            clock: The time of the screen.
        """
        self._as_known_at = as_known_at
        self._clock = clock
        self._shown: Snapshot | None = None
        self._of: tuple[object, ...] = ()
        self._read_at: datetime | None = None
        self._cost = 0.0

    def board(self, present: Snapshot, replay: Replaying | None) -> Snapshot:
        """Return what pages show.

        Raises:
            VigilError: The store does not answer.
        """
        if replay is None or not replay.on or not _ahead(present, replay.clock):
            self._shown = None
            return present
        of = (present.version, replay.corpus, replay.position)
        if self._shown is None or (of != self._of and self._affordable()):
            began = self._clock()
            past = self._as_known_at(replay.clock)
            # A past knows only articles with claims; the replay knows how many it has given.
            self._shown = replace(past, articles=replay.position)
            self._of, self._read_at = of, self._clock()
            self._cost = (self._read_at - began).total_seconds()
        return self._shown

    def _affordable(self) -> bool:
        if self._read_at is None:
            return True
        passed = (self._clock() - self._read_at).total_seconds()
        # Of a clock that was set back nothing is known.
        return not 0 <= passed < _SHARE * self._cost


def _ahead(present: Snapshot, clock: datetime) -> bool:
    """Whether something became known after the clock; the newest item stands first."""
    return bool(present.feed) and present.feed[0].seen_at > clock
