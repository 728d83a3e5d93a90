"""Days with data -> episodes: the stretches of calendar worth drawing, with breaks between."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

# Three weeks without a reading end an episode: weekly protests stay one, separate waves do not.
QUIET_DAYS: Final = 21


@dataclass(frozen=True, slots=True)
class Episode:
    """A stretch of days, both ends included and both with data."""

    first: date
    last: date

    @property
    def length(self) -> int:
        """Days from first to last, both counted."""
        return (self.last - self.first).days + 1

    @property
    def label(self) -> str:
        """``21-25 Sep 2022`` with an en dash, the parts that both ends share said once."""
        first, last = self.first, self.last
        if first == last:
            return f"{first.day} {first:%b} {first.year}"
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day}\N{EN DASH}{last.day} {last:%b} {last.year}"
        start = f"{first.day} {first:%b}" + ("" if first.year == last.year else f" {first.year}")
        return f"{start} \N{EN DASH} {last.day} {last:%b} {last.year}"

    def days(self) -> list[date]:
        """Return every day of the stretch, with and without data."""
        return [self.first + timedelta(days=number) for number in range(self.length)]


def episodes(days: Iterable[date]) -> tuple[Episode, ...]:
    """Return the episodes that hold the days, in order."""
    found: list[Episode] = []
    for day in sorted(set(days)):
        if found and (day - found[-1].last).days <= QUIET_DAYS:
            found[-1] = Episode(found[-1].first, day)
        else:
            found.append(Episode(day, day))
    return tuple(found)
