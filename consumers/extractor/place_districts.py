"""Bring quarters home: a district, a township or a suburb inside a city stands for that city."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from consumers.extractor.gazetteer import Candidate, Index
    from consumers.extractor.place_choice import Found
    from consumers.extractor.place_scan import Words

_CITY = 300_000  # smaller towns have no quarters that a gazetteer lists as towns
_LARGER = 4  # times as many people as its quarter
_TOWN = 1_000_000  # of this size on it is a city of its own
_CLOSE = 5_000  # people on a square kilometre: how far a city of a population reaches
_DEGREE = 111.2  # kilometres of latitude
_WIDER = 1.5  # times as far where the text itself speaks of a district
# Cities whose suburbs are communes of their own, close to the centre: here only a word tells.
_COMMUNES = frozenset({"US", "CA", "FR", "BE", "CH", "BR", "PH", "PS", "IL"})


def merge(words: Words, index: Index, found: Sequence[Found]) -> None:
    """Give quarters the city around them, where the article names it or says "district".

    GeoNames lists quarters among towns and does not tell which is which. A town in the same
    first-order division, no farther off than a city of that size reaches, is taken for one.
    """
    cities: dict[tuple[str | None, str], dict[str, Candidate]] = defaultdict(dict)
    for item in found:
        if item.choice and _is_city(item.choice):
            place = item.choice.place
            cities[place.country, item.choice.division][place.key] = item.choice
    known: dict[tuple[str, bool], Candidate | None] = {}
    for item in found:
        choice = item.choice
        if choice is None or not _may_be_quarter(item, choice, index):
            continue
        if _is_town(words, index, item):
            continue
        said = is_quarter(words, index, item.run.first, item.run.last)
        key = f"{choice.place.country}|{choice.place.key}", said
        if key not in known:
            near = cities[choice.place.country, choice.division].values()
            wide = index.large.get(choice.place.country or "", ())
            known[key] = _around(choice, wide if said else near, said=said)
        item.choice = known[key] or choice


def _around(quarter: Candidate, cities: Iterable[Candidate], *, said: bool) -> Candidate | None:
    """Return the largest of some cities that reaches as far as a quarter, if one does."""
    around = [each for each in cities if _within(quarter, each, said=said)]
    return max(around, key=lambda each: each.weight, default=None)


def is_quarter(words: Words, index: Index, first: int, last: int) -> bool:
    """Say whether the words around a name make it a quarter: "Pallabi thana", "the area of X"."""
    lists = index.words
    if words.spaced(last - 1) and words.at(last) in lists["quarters"]:
        return True
    before = words.at(first - 1)
    if not words.spaced(first - 1) or before not in {"of", "under"}:
        return False
    return words.at(first - 2) in lists["quarters"]


def _is_city(choice: Candidate) -> bool:
    return choice.place.scope == "city" and choice.weight >= _CITY and choice.form == "name"


def _may_be_quarter(item: Found, choice: Candidate, index: Index) -> bool:
    return (
        choice.place.scope == "city"
        and choice.form == "name"
        and choice.weight < _TOWN
        and not choice.capital
        and choice.place.geoname not in index.curated
        and not item.pin
    )


def _is_town(words: Words, index: Index, item: Found) -> bool:
    """Say whether the text calls it a town: "the town of X"."""
    first = item.run.first
    head = words.at(first - 2) if words.at(first - 1) == "of" else words.at(first - 1)
    return head in index.words["towns"]


def _within(quarter: Candidate, city: Candidate, *, said: bool) -> bool:
    one, other = quarter.place, city.place
    if one.country != other.country or one.geoname == other.geoname:
        return False
    if city.weight < _LARGER * quarter.weight or (one.country in _COMMUNES and not said):
        return False
    if quarter.division != city.division and not said:
        return False
    reach = math.sqrt(city.weight / _CLOSE / math.pi) * (_WIDER if said else 1)
    return distance(quarter, city) <= reach


def distance(one: Candidate, other: Candidate) -> float:
    """Return the kilometres between two places, infinite where one has no coordinates."""
    a, b = one.place, other.place
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return math.inf
    east = (a.longitude - b.longitude) * math.cos(math.radians(a.latitude))
    return _DEGREE * math.hypot(a.latitude - b.latitude, east)
