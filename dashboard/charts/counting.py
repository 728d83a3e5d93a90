"""Which estimates the sums of a view are made of, so that nothing is added twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from vigil.estimate import Estimate, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vigil.place import Place

CountryDay = tuple[str, date]


@dataclass(frozen=True, slots=True)
class Counted:
    """The estimates behind the sums of a view.

    Attributes:
        cities: Those of cities that enter the sums.
        wider: Those of countries and regions.
        beyond: Country-day -> what its figure has beyond the sum of its cities.
        aside: Undated, cumulative and placeless ones.
    """

    cities: tuple[Estimate, ...]
    wider: tuple[Estimate, ...]
    beyond: Mapping[CountryDay, int]
    aside: tuple[Estimate, ...]


def count(kept: Iterable[Estimate], *, cities_only: bool) -> Counted:
    """Return which of the estimates of a view its sums are made of.

    Args:
        kept: Those that pass the filters.
        cities_only: Whether only cities are asked for: no country's figure stands beside them.
    """
    everything = list(kept)
    dated = [one for one in everything if is_dated(one)]
    cities = _cities(dated)
    return Counted(
        cities=tuple(cities),
        wider=tuple(one for one in dated if place_of(one).scope != "city"),
        beyond={} if cities_only else _beyond(dated, cities),
        aside=tuple(one for one in everything if not is_dated(one)),
    )


def is_dated(estimate: Estimate) -> bool:
    """Return whether an estimate may enter a sum: it has a day and a country."""
    place = estimate.bucket.place
    return estimate.bucket.day is not None and place is not None and place.country is not None


def _cities(dated: list[Estimate]) -> list[Estimate]:
    """Return the cities that enter the sums.

    People known only by name are among those somebody counted for the country: where a country's
    figure has no room for them, their cities stay out of that day.
    """
    wider = _wider(dated)
    cities = [one for one in dated if place_of(one).scope == "city"]
    sums = _sums(cities)
    return [
        one
        for one in cities
        if one.rule != Rule.NAMED
        or sums[country_day(one)] <= wider.get(country_day(one), sums[country_day(one)])
    ]


def _beyond(dated: list[Estimate], cities: list[Estimate]) -> dict[CountryDay, int]:
    """Country-day -> what its figure has beyond the sum of its cities."""
    sums = _sums(cities)
    beyond = {at: best - sums.get(at, 0) for at, best in _wider(dated).items()}
    return {at: part for at, part in beyond.items() if part > 0}


def _wider(dated: list[Estimate]) -> dict[CountryDay, int]:
    """Country-day -> the largest figure of the country or one of its regions."""
    wider: dict[CountryDay, int] = defaultdict(int)
    for estimate in dated:
        if place_of(estimate).scope != "city":
            at = country_day(estimate)
            wider[at] = max(wider[at], estimate.best)
    return dict(wider)


def _sums(cities: list[Estimate]) -> dict[CountryDay, int]:
    sums: dict[CountryDay, int] = defaultdict(int)
    for estimate in cities:
        sums[country_day(estimate)] += estimate.best
    return dict(sums)


def country_day(estimate: Estimate) -> CountryDay:
    """Return the country and the day of a dated estimate."""
    country, day = place_of(estimate).country, estimate.bucket.day
    if country is None or day is None:
        raise _not_dated(estimate)
    return country, day


def place_of(estimate: Estimate) -> Place:
    """Return the place of an estimate that has one."""
    if estimate.bucket.place is None:
        raise _not_dated(estimate)
    return estimate.bucket.place


def _not_dated(estimate: Estimate) -> ValueError:
    return ValueError(f"an estimate without place or day has no part in a sum: {estimate.bucket}")
