"""The address of a wall -> what hangs there: the room, the window of days, the turning of views."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from dashboard.charts.selection import without_sources
from dashboard.charts.tally import Filters, tally
from dashboard.charts.theme import DARK, LIGHT, Theme, enlarged
from dashboard.views.state import from_query

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vigil.snapshot import Snapshot

# Seconds. Faster than this nobody can read a view.
FASTEST: Final = 5
_SLOWEST: Final = 3_600
_MOST_DAYS: Final = 36_525
_DIGITS: Final = 9  # more are never read, however many a stranger sends


@dataclass(frozen=True, slots=True)
class Hanging:
    """What an address asks of a wall.

    Attributes:
        filters: Kind, country, and the days where they are said by date.
        days: How many days back from the newest day with a figure, or None for no such limit.
        rotate: Seconds each view stays, or 0 for all views at once.
        light: Whether the room is light.
    """

    filters: Filters
    days: int | None = None
    rotate: int = 0
    light: bool = False

    @property
    def theme(self) -> Theme:
        """Colours of the room; type of 24 pixels and more, larger where a view stands alone."""
        palette = LIGHT if self.light else DARK
        return enlarged(
            palette, label_px=32 if self.rotate else 26, tick_px=28 if self.rotate else 24
        )


def hanging(query: Mapping[str, str]) -> Hanging:
    """Return what an address asks for; what makes no sense there is taken for not asked."""
    rotate = _whole(query.get("rotate", ""), _SLOWEST)
    return Hanging(
        filters=without_sources(from_query(query)),
        days=_whole(query.get("days", ""), _MOST_DAYS) or None,
        rotate=max(FASTEST, rotate) if rotate else 0,
        light=query.get("theme") == "light",
    )


def window(asked: Hanging, snapshot: Snapshot) -> Filters:
    """Return the filters with the days counted back from the newest day that has a figure.

    From that day and not from today: what is shown then moves only with what is known, in a replay
    of years ago as well as live, and the wall says its days in words.
    """
    if asked.days is None:
        return asked.filters
    known = tally(snapshot, replace(asked.filters, first=None)).days
    if not known:
        return asked.filters
    last = known[-1].day
    first = last - timedelta(days=asked.days - 1)
    said = asked.filters.first
    return replace(asked.filters, first=max(first, said) if said else first, last=last)


def _whole(text: str, most: int) -> int:
    """Return a whole number from 1 to ``most``, or 0 for anything else."""
    if text.isascii() and text.isdigit() and len(text) <= _DIGITS:
        return min(int(text), most)
    return 0
