"""Snapshot and filters -> the range of each day's total, and of the total of a view."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from dashboard.charts.tally import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from dashboard.charts.tally import Filters
    from vigil.estimate import Estimate
    from vigil.snapshot import Snapshot


class Reach(NamedTuple):
    """A sum with its range; ``high`` is None where it is open upward."""

    low: int
    best: int
    high: int | None


def reaches(snapshot: Snapshot, filters: Filters) -> dict[date, Reach]:
    """Return the total of each day that has one, with its range; ``best`` is ``DayTotal.total``.

    A country's day is the larger of its own figure and the sum of its cities, and so is its floor.
    Its ceiling is the highest that any of them says; it is open upward where that one is open
    which sets the total. What is below it may be open ("300 or more" in a city of a country with
    1,667) and says nothing new of the total.
    """
    found = counted(snapshot, filters)
    whole: dict[tuple[date, str], list[Reach]] = defaultdict(list)
    for at, cities in _by_country_day(found.cities).items():
        whole[at].append(added(_reach(one) for one in cities))
    for at, wider in _by_country_day(found.wider).items():
        whole[at] += [_reach(one) for one in wider]
    days: dict[date, list[Reach]] = defaultdict(list)
    for (day, _), rivals in whole.items():
        days[day].append(_day(rivals))
    return {day: added(days[day]) for day in sorted(days)}


def added(parts: Iterable[Reach]) -> Reach:
    """Return the sum of figures with their ranges."""
    some = list(parts)
    highs = [one.high for one in some]
    return Reach(
        low=sum(one.low for one in some),
        best=sum(one.best for one in some),
        high=None if None in highs else sum(high for high in highs if high is not None),
    )


def running(days: Mapping[date, Reach]) -> dict[date, Reach]:
    """Return what each day brings the total to, with its range."""
    so_far, found = Reach(0, 0, 0), {}
    for day in sorted(days):
        so_far = added([so_far, days[day]])
        found[day] = so_far
    return found


def _day(rivals: Sequence[Reach]) -> Reach:
    best = max(one.best for one in rivals)
    low = max(one.low for one in rivals)
    if any(one.high is None for one in rivals if one.best == best):
        return Reach(low, best, None)
    return Reach(low, best, max(one.high for one in rivals if one.high is not None))


def _reach(estimate: Estimate) -> Reach:
    return Reach(estimate.low, estimate.best, estimate.high)


def _by_country_day(estimates: Iterable[Estimate]) -> dict[tuple[date, str], list[Estimate]]:
    groups: dict[tuple[date, str], list[Estimate]] = defaultdict(list)
    for one in estimates:
        day, place = one.bucket.day, one.bucket.place
        if day is not None and place is not None and place.country is not None:
            groups[day, place.country].append(one)
    return groups
