"""Two periods of one view side by side: their totals with ranges, their days, their cities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from dashboard.charts.cumulative import highest_of
from dashboard.charts.reach import Reach, added, reaches
from dashboard.charts.tally import PlaceTotal, Tally, tally
from dashboard.charts.words import day_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.charts.tally import Filters
    from vigil.snapshot import Snapshot

Scale = Literal["days", "sum"]


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days; None for no limit on that side."""

    first: date | None
    last: date | None

    def ordered(self) -> Period:
        """Return the period with its first day first."""
        if self.first and self.last and self.first > self.last:
            return Period(self.last, self.first)
        return self

    @property
    def text(self) -> str:
        """``24 Feb 2022``, ``21 Jan 2021 to 2 Feb 2021``, ``all days``."""
        if self.first == self.last:
            return day_text(self.first) if self.first else "all days"
        if self.first is None or self.last is None:
            edge, day = ("since", self.first) if self.first else ("until", self.last)
            return f"{edge} {day_text(day)}" if day else "all days"
        return f"{day_text(self.first)} to {day_text(self.last)}"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two periods.

    Attributes:
        period: As it was asked for.
        tally: Its sums.
        days: The range of each of its days that has a figure.
        total: Its total with its range.
        length: How many days it has; where it has no limit, from its first to its last figure.
    """

    period: Period
    tally: Tally
    days: Mapping[date, Reach]
    total: Reach
    length: int

    @property
    def read(self) -> int:
        """How many of its days have a figure."""
        return len(self.days)


@dataclass(frozen=True, slots=True)
class Pair:
    """A city, or what has no city in a country, in both periods; None where it has no figure.

    Attributes:
        code: Place code; a country's means the part that its cities do not explain.
        name: The place's name.
        city: Whether it is a city.
        sides: Its totals in both periods.
    """

    code: str
    name: str
    city: bool
    sides: tuple[PlaceTotal | None, PlaceTotal | None]

    @property
    def largest(self) -> int:
        """The larger of its figures."""
        return max(side.best for side in self.sides if side)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two periods; the figures of ``pairs`` add up to the total of each.

    Attributes:
        sides: The period of the view, and the one beside it.
        pairs: Cities, those with the largest figure in either period first; then the parts that
            have no city, in the same order.
    """

    sides: tuple[Side, Side]
    pairs: tuple[Pair, ...]

    def highest(self, scale: Scale) -> int:
        """Return what both charts of days have room for: the highest day, or the larger total."""
        if scale == "sum":
            return max(highest_of(side.days) for side in self.sides)
        return max((day.total for side in self.sides for day in side.tally.days), default=1)


def compare(snapshot: Snapshot, filters: Filters, a: Period, b: Period) -> Comparison:
    """Return two periods of a view; its own days are those of the periods, all else is filtered."""
    sides = _side(snapshot, filters, a), _side(snapshot, filters, b)
    one, other = (side.tally for side in sides)
    return Comparison(
        sides,
        (
            *_pairs(one.cities, other.cities, city=True),
            *_pairs(one.unspecified, other.unspecified, city=False),
        ),
    )


def _side(snapshot: Snapshot, filters: Filters, period: Period) -> Side:
    asked = replace(filters, first=period.first, last=period.last)
    days = reaches(snapshot, asked)
    return Side(period, tally(snapshot, asked), days, added(days.values()), _length(period, days))


def _length(period: Period, days: Mapping[date, Reach]) -> int:
    first = period.first or min(days, default=None)
    last = period.last or max(days, default=None)
    return max(0, (last - first).days + 1) if first and last else 0


def _pairs(one: Iterable[PlaceTotal], other: Iterable[PlaceTotal], *, city: bool) -> list[Pair]:
    ours, theirs = ({place.code: place for place in places} for places in (one, other))
    names = {code: place.name for code, place in {**ours, **theirs}.items()}
    pairs = [
        Pair(code, name, city, (ours.get(code), theirs.get(code))) for code, name in names.items()
    ]
    return sorted(pairs, key=lambda pair: (-pair.largest, pair.name, pair.code))
