"""Snapshot and filters -> the sums a page shows, which add up whichever way they are cut."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dashboard.charts.counting import Counted, count, country_day, place_of
from dashboard.charts.selection import chosen
from vigil import period as periods
from vigil.claim import AuthorityKind, Bound, Kind
from vigil.estimate import Estimate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from vigil.period import Period
    from vigil.place import Place
    from vigil.snapshot import Snapshot

    CountryDay = tuple[str, date]


@dataclass(frozen=True, slots=True)
class Filters:
    """What a viewer asked for.

    Attributes:
        kind: What is counted.
        country: ISO 3166-1 alpha-2, or None for all.
        first: First day, or None for no limit.
        last: Last day, included, or None.
        cities: Place codes (``place_code``), sorted; none means all of them.
        authority_kinds: Kinds of authority, sorted; with ``authorities``, whose figures are shown.
        authorities: Names of authorities, sorted.
        outlets: Outlets one of which printed the figure, sorted.
        bounds: How the figure is put, sorted.
        printed: How many outlets printed the figure, at least.
        text: What ``dashboard.charts.search`` looks for. Sentences are not in a snapshot: whoever
            reads them narrows it before it is summed up (``dashboard.views.searching``).
    """

    kind: Kind = "detention"
    country: str | None = None
    first: date | None = None
    last: date | None = None
    cities: tuple[str, ...] = ()
    authority_kinds: tuple[AuthorityKind, ...] = ()
    authorities: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    bounds: tuple[Bound, ...] = ()
    printed: int = 1
    text: str = ""


@dataclass(frozen=True, slots=True)
class PlaceTotal:
    """One place over the days of the window.

    ``high`` is None where one of the days is open upward.
    """

    code: str
    name: str
    country: str | None
    latitude: float | None
    longitude: float | None
    low: int
    best: int
    high: int | None
    days: int


@dataclass(frozen=True, slots=True)
class DayTotal:
    """One day: what has a city, and what the country's figure has beyond its cities.

    Attributes:
        day: Which day.
        cities: Sum over its cities.
        unspecified: What its countries' figures have beyond their cities.
        places: Place code -> figure of each city, sorted by code.
    """

    day: date
    cities: int
    unspecified: int
    places: tuple[tuple[str, int], ...] = ()

    @property
    def total(self) -> int:
        """Everything counted on that day."""
        return self.cities + self.unspecified


@dataclass(frozen=True, slots=True)
class Tally:
    """All sums of one view.

    ``total`` equals the sum over ``days``, and the sum over ``cities`` and ``unspecified``.

    Attributes:
        filters: What was asked for.
        total: Sum over country-days.
        cities: Cities, largest first.
        unspecified: The part of each country that its cities do not explain, largest first.
        days: Days with data, in order.
        aside: Undated, cumulative and placeless estimates: never part of a sum.
        until: The last day that anything can have been read of; None where that is not known.
    """

    filters: Filters
    total: int
    cities: tuple[PlaceTotal, ...]
    unspecified: tuple[PlaceTotal, ...]
    days: tuple[DayTotal, ...]
    aside: tuple[Estimate, ...]
    until: date | None = None


def place_code(place: Place) -> str:
    """Return a place's identity in one string fit for an address: ``RU:city:Moscow:524901``."""
    return f"{place.country or ''}:{place.scope}:{place.name}:{place.geoname or ''}"


def tally(snapshot: Snapshot, filters: Filters) -> Tally:
    """Return the sums of the estimates that pass the filters, as the authorities asked for say.

    A country's day is the larger of its own figure, the sum of its cities and the largest of its
    regions (regions overlap cities in a way that is not known, so they are never added).
    """
    found = counted(snapshot, filters)
    days = _days(found.cities, found.beyond)
    return Tally(
        filters=filters,
        total=sum(day.total for day in days),
        cities=_city_totals(found.cities),
        unspecified=_unspecified_totals(found.beyond, found.wider),
        days=days,
        aside=found.aside,
        until=snapshot.until,
    )


def total_of(estimates: Iterable[Estimate], filters: Filters) -> int:
    """Return the total of some country-days, each given whole: what ``tally`` makes of them."""
    found = _count(estimates, filters)
    return sum(one.best for one in found.cities) + sum(found.beyond.values())


def counted(snapshot: Snapshot, filters: Filters) -> Counted:
    """Return the estimates that the sums of a view are made of."""
    return _count(snapshot.estimates, filters)


def _count(estimates: Iterable[Estimate], filters: Filters) -> Counted:
    fitting = (chosen(one, filters) for one in estimates if passes(one, filters))
    return count([one for one in fitting if one], cities_only=bool(filters.cities))


def passes(estimate: Estimate, filters: Filters) -> bool:
    """Return whether an estimate is of the kind, the place and the time that are filtered for."""
    bucket = estimate.bucket
    if bucket.kind != filters.kind:
        return False
    if filters.country and (bucket.place is None or bucket.place.country != filters.country):
        return False
    if filters.cities and (bucket.place is None or place_code(bucket.place) not in filters.cities):
        return False
    return is_within(bucket.period or ((bucket.day, bucket.day) if bucket.day else None), filters)


def is_within(span: Period | None, filters: Filters) -> bool:
    """Return whether a day or a period meets the days that are filtered for; what has none does."""
    return span is None or periods.overlaps(span, filters.first, filters.last)


def _days(cities: Sequence[Estimate], beyond: Mapping[CountryDay, int]) -> tuple[DayTotal, ...]:
    known: dict[date, dict[str, int]] = defaultdict(dict)
    rest: dict[date, int] = defaultdict(int)
    for estimate in cities:
        known[country_day(estimate)[1]][place_code(place_of(estimate))] = estimate.best
    for (_, day), part in beyond.items():
        rest[day] += part
    return tuple(
        DayTotal(day, sum(places.values()), rest.get(day, 0), tuple(sorted(places.items())))
        for day in sorted({*known, *rest})
        for places in [known.get(day, {})]
    )


def _city_totals(cities: Iterable[Estimate]) -> tuple[PlaceTotal, ...]:
    groups: dict[str, list[Estimate]] = defaultdict(list)
    for estimate in cities:
        groups[place_code(place_of(estimate))].append(estimate)
    totals = (_place_total(place_of(group[0]), group) for group in groups.values())
    return _largest_first(totals)


def _place_total(place: Place, group: list[Estimate]) -> PlaceTotal:
    highs = [estimate.high for estimate in group]
    return PlaceTotal(
        code=place_code(place),
        name=place.name,
        country=place.country,
        latitude=place.latitude,
        longitude=place.longitude,
        low=sum(estimate.low for estimate in group),
        best=sum(estimate.best for estimate in group),
        high=None if None in highs else sum(high for high in highs if high is not None),
        days=len({estimate.bucket.day for estimate in group}),
    )


def _unspecified_totals(
    beyond: Mapping[CountryDay, int], dated: Iterable[Estimate]
) -> tuple[PlaceTotal, ...]:
    parts: dict[str, dict[date, int]] = defaultdict(dict)
    for (country, day), part in beyond.items():
        parts[country][day] = part
    names = _country_places(dated)
    totals = []
    for country, days in parts.items():
        best, place = sum(days.values()), names.get(country)
        name = place.name if place else country
        code = place_code(place) if place else f"{country}:country:{country}:"
        totals.append(PlaceTotal(code, name, country, None, None, best, best, best, len(days)))
    return _largest_first(totals)


def _country_places(dated: Iterable[Estimate]) -> dict[str, Place]:
    places = (place_of(estimate) for estimate in dated)
    return {place.country: place for place in places if place.scope == "country" and place.country}


def _largest_first(totals: Iterable[PlaceTotal]) -> tuple[PlaceTotal, ...]:
    return tuple(sorted(totals, key=lambda total: (-total.best, total.name, total.code)))
