"""Read which mentions of places tell where something happened, and what a section is about."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from consumers.extractor.place_locative import FROM, JOINT
from consumers.extractor.places import load_gazetteer
from consumers.extractor.scene_names import SPREAD, is_no_scene, is_no_subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from consumers.extractor.passage import Page
    from consumers.extractor.places import PlaceMention
    from consumers.extractor.sentences import Sentence
    from vigil.place import Place


OUTSIDE: Final = re.compile(r"\b(?:outside|beyond|away from)(?: of)?\s+$", re.IGNORECASE)

OTHERS: Final = re.compile(
    r"\s*,? and (?:in )?(?:its|the (?:country|nation)['\u2019]s|the) (?:[\w-]+ ){1,2}"
    r"(?:city|hub|town)\b(?! of)|"
    r"\s*,? and (?:in )?(?:\d+ |several |many |dozens of |other |unspecified )+(?"
    r":\w+ )?(?:cities|towns|regions|places|parts|provinces|states|districts|areas|locations|"
    r"villages|municipalities|counties|campuses)\b|\s*,? and elsewhere\b",
    re.IGNORECASE,
)

_INSIDE: Final = re.compile(r",?\s*(?:in (?:\w+ )?|the |of |capital |city )*\s*")
# "in Myanmar's second city of Mandalay", "the Siberian city of Tomsk": the name that follows.
OF_COUNTRY: Final = re.compile(
    r"(?:['\u2019]s?)?,?\s+(?:(?!and |or |while |but |in )[\w-]+ ){0,3}?"
    r"(?:cities|city|capital|towns?|village|port|suburb|region|province|state|republic)"
    r"(?: of|,)?\s+(?:the )?"
)

# Sentences that look back over a time of their own share no scene with their neighbours.
LOOKS_BACK: Final = re.compile(
    r"\b(?:since(?! (?:yesterday|morning|noon|dawn|midnight|mon|tue|wed|thu|fri|sat|"
    r"sun))|in recent (?:days|weeks|months|years)|(?:in|over|during) the (?:first|"
    r"past|last|previous|following) (?:\w+ )?(?:days|weeks|months|years)|over the "
    r"years|previously|in the past|"
    r"earlier (?:this|in the) (?:week|month|year)|last (?:year|month|week)|(?:this|"
    r"that) (?:year|month|week)|in (?:19|20)\d\d|to date|after the (?:election|coup|"
    r"invasion))\b",
    re.IGNORECASE,
)


# Words for more than one city.
NATION: Final = re.compile(
    r"\b(?:nationwide|(?:across|around|throughout|all over) the (?:country|nation)"
    r"|countrywide|coast to coast|(?:all|every) corners? of the country|"
    r"(?:both|other|several|many|various|dozens of) (?:\w+ ){0,2}(?:cities|"
    r"towns|regions)|in (?:city|town) cent(?:re|er)s)\b",
    re.I,
)


def country_of(code: str | None) -> Place | None:
    """Return the country with a code, if there is one."""
    return load_gazetteer().country(code) if code else None


def seat_of(code: str) -> Place | None:
    """Return the capital of the country with a code, if there is one."""
    return load_gazetteer().seat(code)


def is_capital(place: Place) -> bool:
    """Say whether a place is the capital of its country."""
    seat = load_gazetteer().seat(place.country) if place.country else None
    return seat is not None and (seat == place or seat.geoname == place.geoname)


def scenes(page: Page, start: int, end: int) -> list[PlaceMention]:
    """Return the places in a stretch that can be a scene, the names of wars left out."""
    return [m for m in page.places_in(start, end) if not is_no_scene(page, m)]


def pick(page: Page, mentions: Sequence[PlaceMention]) -> Place | None:
    """Return the place that mentions in one stretch agree on, the narrower of two that fit."""
    if not mentions:
        return None
    first = mentions[0]
    if first.form == "phrase" and OUTSIDE.search(
        page.cleaned[max(0, first.start - 20) : first.start]
    ):  # "outside the capital" is anywhere else
        return country_of(first.place.country) or first.place
    if SPREAD.match(page.cleaned, first.end) and FROM.search(
        page.cleaned[max(0, first.start - 40) : first.start]
    ):
        return country_of(first.place.country) or first.place
    places = [first.place]
    end = first.end
    joint = True
    for each in mentions[1:]:
        joint = joint and _joined(page.cleaned, end, each.start)
        if not joint:
            break
        places.append(each.place)
        end = each.end
    return _common(page, places, others=bool(OTHERS.match(page.cleaned[end : end + 60])))


def last_group(page: Page, mentions: Sequence[PlaceMention]) -> Sequence[PlaceMention]:
    """Return the last of several mentions, with those it is coordinated with."""
    first = len(mentions) - 1
    while first > 0 and _joined(page.cleaned, mentions[first - 1].end, mentions[first].start):
        first -= 1
    return mentions[max(first, 0) :]


def _joined(text: str, end: int, start: int) -> bool:
    """Say whether two mentions belong together: "in Lyon and Nice", "the town of X in Y"."""
    gap = text[end:start]
    return bool(JOINT.fullmatch(gap) or OF_COUNTRY.fullmatch(gap) or _INSIDE.fullmatch(gap))


def _common(page: Page, places: list[Place], *, others: bool) -> Place | None:
    cities = {place.name: place for place in places if place.scope == "city"}
    countries = {place.country for place in places}
    if len(countries) > 1:
        return places[0]
    if len(cities) > 1 and not others and (region := region_of(cities.values())):
        return region
    if len(cities) > 1 or (cities and others):
        return country_of(places[0].country) or places[0]
    if cities:
        return next(iter(cities.values()))
    regions = [place for place in places if place.scope == "region"]
    if len({place.name for place in regions}) > 1:
        return country_of(places[0].country) or places[0]
    return regions[0] if len(regions) == 1 else places[0]


def region_of(cities: Iterable[Place]) -> Place | None:
    """Return the region that holds all of some cities: of Dallas and Houston, Texas."""
    regions = {load_gazetteer().region(city) for city in cities}
    return regions.pop() if len(regions) == 1 else None


def set_scene(page: Page, mentions: Sequence[PlaceMention]) -> Place | None:
    """Return the place an earlier sentence sets: of several the dateline's or the commonest."""
    cities = {m.place for m in mentions if m.place.scope == "city"}
    if len(cities) <= 1 or pick(page, mentions) not in cities:
        return pick(page, mentions)
    if page.dateline and page.dateline.place in cities:
        return page.dateline.place
    times = page.once("times", lambda: Counter(m.place for m in page.places))
    return max((m.place for m in mentions if m.place in cities), key=lambda place: times[place])


def home_country(page: Page, index: int) -> str | None:
    """Return the code of the country a section is about, or None where it is about several."""
    start, end, first = page.section(index)
    return page.once(("home", start), lambda: _commonest(page, start, end, first))


def _commonest(page: Page, start: int, end: int, first: Sentence) -> str | None:
    weights: Counter[str] = Counter()
    for mention in page.places_in(start, end):
        if mention.place.country and not is_no_subject(page, mention):
            # a headline says what it is about
            weights[mention.place.country] += 4 if mention.start < first.end else 1
    if page.dateline and page.dateline.place.country and start <= page.dateline.start < end:
        weights[page.dateline.place.country] += 2
    if not weights:
        return None
    (code, most), *others = weights.most_common(2)
    return code if not others or most > others[0][1] else None
