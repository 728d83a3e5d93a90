"""Snapshot and filters -> the sums a page shows, which add up whichever way they are cut."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from vigil import period as periods
from vigil.claim import Kind
from vigil.estimate import Estimate, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    """

    kind: Kind = "detention"
    country: str | None = None
    first: date | None = None
    last: date | None = None
    cities: tuple[str, ...] = ()


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
    """

    filters: Filters
    total: int
    cities: tuple[PlaceTotal, ...]
    unspecified: tuple[PlaceTotal, ...]
    days: tuple[DayTotal, ...]
    aside: tuple[Estimate, ...]


def place_code(place: Place) -> str:
    """Return a place's identity in one string fit for an address: ``RU:city:Moscow:524901``."""
    return f"{place.country or ''}:{place.scope}:{place.name}:{place.geoname or ''}"


def tally(snapshot: Snapshot, filters: Filters) -> Tally:
    """Return the sums of the estimates that pass the filters.

    A country's day is the larger of its own figure, the sum of its cities and the largest of its
    regions (regions overlap cities in a way that is not known, so they are never added).
    """
    kept = [estimate for estimate in snapshot.estimates if _passes(estimate, filters)]
    dated = [estimate for estimate in kept if is_dated(estimate)]
    cities = _counted_cities(dated)
    beyond = {} if filters.cities else _unspecified(dated, cities)
    days = _days(cities, beyond)
    return Tally(
        filters=filters,
        total=sum(day.total for day in days),
        cities=_city_totals(cities),
        unspecified=_unspecified_totals(beyond, dated),
        days=days,
        aside=tuple(estimate for estimate in kept if not is_dated(estimate)),
    )


def is_dated(estimate: Estimate) -> bool:
    """Return whether an estimate may enter a sum: it has a day and a country."""
    place = estimate.bucket.place
    return estimate.bucket.day is not None and place is not None and place.country is not None


def _passes(estimate: Estimate, filters: Filters) -> bool:
    bucket = estimate.bucket
    if bucket.kind != filters.kind:
        return False
    if filters.country and (bucket.place is None or bucket.place.country != filters.country):
        return False
    if filters.cities and (bucket.place is None or place_code(bucket.place) not in filters.cities):
        return False
    span = bucket.period or ((bucket.day, bucket.day) if bucket.day else None)
    return span is None or periods.overlaps(span, filters.first, filters.last)


def _counted_cities(dated: list[Estimate]) -> list[Estimate]:
    """Return the cities that enter the sums.

    People known only by name are among those somebody counted for the country: where a country's
    figure has no room for them, their cities stay out of that day.
    """
    wider = _wider(dated)
    cities = [one for one in dated if _place(one).scope == "city"]
    sums = _sums(cities)
    return [
        one
        for one in cities
        if one.rule != Rule.NAMED
        or sums[_country_day(one)] <= wider.get(_country_day(one), sums[_country_day(one)])
    ]


def _unspecified(dated: list[Estimate], cities: list[Estimate]) -> dict[CountryDay, int]:
    """Country-day -> what its figure has beyond the sum of its cities."""
    sums = _sums(cities)
    beyond = {at: best - sums.get(at, 0) for at, best in _wider(dated).items()}
    return {at: part for at, part in beyond.items() if part > 0}


def _wider(dated: list[Estimate]) -> dict[CountryDay, int]:
    """Country-day -> the largest figure of the country or one of its regions."""
    wider: dict[CountryDay, int] = defaultdict(int)
    for estimate in dated:
        if _place(estimate).scope != "city":
            at = _country_day(estimate)
            wider[at] = max(wider[at], estimate.best)
    return dict(wider)


def _sums(cities: list[Estimate]) -> dict[CountryDay, int]:
    sums: dict[CountryDay, int] = defaultdict(int)
    for estimate in cities:
        sums[_country_day(estimate)] += estimate.best
    return dict(sums)


def _days(cities: list[Estimate], beyond: dict[CountryDay, int]) -> tuple[DayTotal, ...]:
    known: dict[date, dict[str, int]] = defaultdict(dict)
    rest: dict[date, int] = defaultdict(int)
    for estimate in cities:
        known[_country_day(estimate)[1]][place_code(_place(estimate))] = estimate.best
    for (_, day), part in beyond.items():
        rest[day] += part
    return tuple(
        DayTotal(day, sum(places.values()), rest.get(day, 0), tuple(sorted(places.items())))
        for day in sorted({*known, *rest})
        for places in [known.get(day, {})]
    )


def _city_totals(cities: list[Estimate]) -> tuple[PlaceTotal, ...]:
    groups: dict[str, list[Estimate]] = defaultdict(list)
    for estimate in cities:
        groups[place_code(_place(estimate))].append(estimate)
    totals = (_place_total(_place(group[0]), group) for group in groups.values())
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
    beyond: dict[CountryDay, int], dated: list[Estimate]
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
    places = (_place(estimate) for estimate in dated)
    return {place.country: place for place in places if place.scope == "country" and place.country}


def _largest_first(totals: Iterable[PlaceTotal]) -> tuple[PlaceTotal, ...]:
    return tuple(sorted(totals, key=lambda total: (-total.best, total.name, total.code)))


def _country_day(estimate: Estimate) -> CountryDay:
    country, day = _place(estimate).country, estimate.bucket.day
    if country is None or day is None:
        raise _not_dated(estimate)
    return country, day


def _place(estimate: Estimate) -> Place:
    if estimate.bucket.place is None:
        raise _not_dated(estimate)
    return estimate.bucket.place


def _not_dated(estimate: Estimate) -> ValueError:
    return ValueError(f"an estimate without place or day has no part in a sum: {estimate.bucket}")
