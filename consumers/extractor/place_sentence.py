"""Choose the place of a claim among those its own sentence names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from consumers.extractor import place_pointers as pointers
from consumers.extractor import place_rulers as rulers
from consumers.extractor import place_wide as wide
from consumers.extractor.place_home import home_city
from consumers.extractor.place_locative import is_locative
from consumers.extractor.scene import (
    LOOKS_BACK,
    NATION,
    country_of,
    home_country,
    last_group,
    pick,
    scenes,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consumers.extractor.passage import Page, Spot
    from consumers.extractor.places import PlaceMention
    from vigil.claim import PlaceBasis
    from vigil.place import Place

    Chosen = tuple[Place, PlaceBasis]

_ASIDE: Final = re.compile(
    r"[,\s](?:who|whose|which|whom)\s|\b(?:against|over|to (?:protest|mark|demand)|marking|"
    r"protesting|demanding|calling for|commemorat\w+|opposing|condemn\w*|because of|accused of|"
    r"charged with|in response to|on suspicion|suspected)\s|, one of (?:\w+ ){1,3}"
)
# Behind these a part of the figure is told: "442 people, including 266 in Minsk".
_PART: Final = re.compile(
    r"\b(?:including|among them|of (?:them|whom|these|those)|"
    r"with (?=\d|(?:more|at least|about|some|around|over|most|many|the|half|\w+ of|"
    r"one|two|three|four|"
    r"five|six|seven|eight|nine|ten|dozens|hundreds|another)\b))",
    re.I,
)
_PART_ENDS: Final = re.compile(
    r"[^\d;]{3,120},\s(?:during|at|in|on|outside|near|when|after|following|for)\s"
)
_MOSTLY: Final = re.compile(
    r"(?:\b(?:most|many|half|the (?:vast )?majority|the bulk)(?: of (?:them|those|these|whom))?"
    r"|\b(?:mostly|mainly|largely|chiefly|primarily)) in (?:the )?(?:\w+ ){0,2}\Z",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(r"[,;]\s+(?:and|but|while|whereas)\s|;\s", re.IGNORECASE)
# "three were arrested at a gate and another surrendered in Reno"
_ANOTHER_DID: Final = re.compile(
    r"\sand (?:another|others|a (?:second|third|fourth))\s(?:\w+\s){0,2}?(?:was|were|had|\w+ed)\s"
)
_OTHER_DEED: Final = re.compile(r"\band (?:\w+ly |have |had )?\w+ed\b|;")
_ITEM: Final = range(5)  # characters of "Moscow \u2014 1,000": an item of a list, no dateline


def in_sentence(page: Page, spot: Spot) -> Chosen | None:
    """Return the place the sentence of a claim gives it, and whether that rests on context."""
    sentence = page.sentences[spot.sentence]
    mentions = [
        m
        for m in scenes(page, sentence.start, sentence.end)
        if (spot.start - m.end in _ITEM or not is_dateline(page, m))
        and not wide.began_in(page, spot, m)
    ]
    own = [
        m
        for m in mentions
        if not _is_aside(page, spot, m)
        and not _ANOTHER_DID.search(page.cleaned, spot.end, max(spot.end, m.start))
    ]
    said = pointers.where(page, spot, own) or rulers.government(page, spot, own)
    if said := said or pointers.there(page, spot, own):
        return said, "sentence"
    near = [m for m in own if spot.end <= m.start < spot.right]
    police = rulers.police_of_city(page, spot, own)
    if near and (
        _opens_clause(page, spot, own, near[0])
        or (police and _OTHER_DEED.search(page.cleaned, spot.end, near[0].start))
    ):
        near = []
    place = pick(page, [m for m in near if is_locative(page, m)])
    if place and _is_mostly(page, spot, near[0]):
        place = country_of(place.country) or place
    if place:
        return _of_title(page, spot, place, own) or (place, "sentence")
    if pointers.says_there(page, spot):
        return None
    if pointers.in_street(page, spot) and not _before(page, spot, own):
        city = home_city(page, spot.sentence)
        return (city, "context") if city else None
    if police:
        return police, "sentence"
    return _farther(page, spot, own, mentions) if mentions else None


def _before(page: Page, spot: Spot, mentions: Sequence[PlaceMention]) -> list[PlaceMention]:
    """Return the places told between the number before a figure and the figure."""
    return [m for m in mentions if spot.left <= m.start < spot.start and is_locative(page, m)]


def _is_mostly(page: Page, spot: Spot, mention: PlaceMention) -> bool:
    """Say whether a city has most of a figure, which is of more: "40, most of them in Lyon"."""
    mostly = _MOSTLY.search(page.cleaned, spot.end, mention.start)
    return mention.place.scope == "city" and mostly is not None


def _of_title(
    page: Page, spot: Spot, place: Place, mentions: Sequence[PlaceMention]
) -> Chosen | None:
    """Return the city of a story whose title tells the country only: "40 held in Georgia rally"."""
    if place.scope != "country" or not page.sentences[spot.sentence].heading:
        return None
    if any(m.form == "phrase" for m in mentions):
        return None
    city = _narrowed(page, spot, place, mentions)
    return (city, "context") if city and city.country == place.country else None


def _opens_clause(
    page: Page, spot: Spot, mentions: Sequence[PlaceMention], later: PlaceMention
) -> bool:
    """Say whether the place before a figure is its own, and the one behind of another clause.

    "In Tasmania, nine were arrested at a gate, and a group in Adelaide painted a bank".
    """
    if not _CLAUSE.search(page.cleaned, spot.end, later.start):
        return False
    return any(m.place.scope in {"city", "region"} for m in _before(page, spot, mentions))


def is_dateline(page: Page, mention: PlaceMention) -> bool:
    """Say whether a mention is the dateline: where it was written, and the last resort."""
    return page.dateline is not None and page.dateline.start == mention.start


def _farther(
    page: Page, spot: Spot, own: Sequence[PlaceMention], mentions: Sequence[PlaceMention]
) -> Chosen | None:
    """Return the place from before the figure or behind the next, or named in any other way."""
    behind = [m for m in own if m.start >= spot.end]
    parts = [m for m in behind if _is_part(page.cleaned, spot.end, m.start)]
    for stretch in (
        _of_clause(page, spot, [m for m in own if spot.left <= m.start < spot.start]),
        [m for m in behind if m not in parts],
        [m for m in own if m.start < spot.start],
    ):
        placed: Sequence[PlaceMention] = [m for m in stretch if is_locative(page, m)]
        if spot.left > page.sentences[spot.sentence].start:
            placed = last_group(page, placed)  # what comes first is the figure's before it
        place = pick(page, placed)
        if place:
            return place, "sentence"
    if parts and all(m in parts for m in own):
        return None
    police = rulers.police(page, spot, own)
    named = rulers.city_of_force(page, spot, own) or police
    named = named or _named(page, spot, [m for m in own if m not in parts])
    if named and named.scope != "country":
        return named, "sentence"
    narrowed = _narrowed(page, spot, named, own)
    if narrowed and (police is None or police.country == narrowed.country):
        return narrowed, "context"
    here = pointers.here(page, spot)
    if here:
        return here, "dateline"
    aside = [m for m in mentions if m not in own and is_locative(page, m)]
    place = (
        pick(page, [m for m in aside if named and _inside(m, named)][:1])
        or named
        or pick(page, aside[:1])
        or pick(page, _of_country(mentions)[:1])
    )
    return (place, "sentence") if place else None


def _is_part(text: str, start: int, end: int) -> bool:
    """Say whether a place is told of a part: not "40, including a poet, at a rally in X"."""
    part = _PART.search(text, start, end)
    return part is not None and _PART_ENDS.match(text, part.end(), end) is None


def _of_clause(page: Page, spot: Spot, before: list[PlaceMention]) -> list[PlaceMention]:
    """Return those of the places before a figure that its own clause names, if it names any.

    "It is not known how many were held in Lyon, but across the country 400 were".
    """
    ends = [match.end() for match in _CLAUSE.finditer(page.cleaned, spot.left, spot.start)]
    own = [m for m in before if ends and m.start >= ends[-1] and is_locative(page, m)]
    return own or before


def _inside(mention: PlaceMention, country: Place) -> bool:
    """Say whether a mention is of a place in a country: where "Cuban police" held somebody."""
    return mention.place.scope in {"city", "region"} and mention.place.country == country.country


def _is_aside(page: Page, spot: Spot, mention: PlaceMention) -> bool:
    """Say whether a mention stands in a clause of its own, behind the figure and its cue."""
    after = max(spot.end, min(spot.cue_end, mention.start))
    return mention.start > after and bool(_ASIDE.search(page.cleaned[after : mention.start]))


def _named(page: Page, spot: Spot, mentions: Sequence[PlaceMention]) -> Place | None:
    """Return the place that fits what the article is about, however it is put: a city first."""
    home = home_country(page, spot.sentence)
    fitting = [m for m in mentions if home in {None, m.place.country}]
    cities = [m for m in fitting if m.place.scope == "city"]
    cities = cities or [m for m in fitting if m.place.scope == "region" and m.form == "name"]
    named = [m for m in mentions if m.place.scope == "country" and m.form == "name"]
    return pick(page, (cities or fitting or named or _of_country(mentions))[:1])


def _of_country(mentions: Sequence[PlaceMention]) -> list[PlaceMention]:
    """Return the mentions that tell of a country, by its name or its people."""
    return [m for m in mentions if m.place.scope == "country"]


def _narrowed(
    page: Page, spot: Spot, named: Place | None, own: Sequence[PlaceMention]
) -> Place | None:
    """Return the city meant where a sentence names countries, but not as where it was.

    "Police held 30 near the Russian embassy", "rallies against the invasion of Iraq".
    """
    city = pointers.generic(page, spot, named.country if named else None)
    if city or spot.many_cities:
        return city
    sentence = page.sentences[spot.sentence]
    aside = _ASIDE.search(page.cleaned, spot.end, sentence.end)
    text = page.cleaned[sentence.start : aside.start() if aside else sentence.end]
    if NATION.search(text) or LOOKS_BACK.search(text):
        return None
    if rulers.rule(page, spot, own):
        return None
    seat = pointers.parliament(page, spot) or pointers.ahead(page, spot)
    city = home_city(page, spot.sentence)
    its_own = city and named and named.country == city.country
    if pointers.after_nation(page, spot):
        return seat
    many = pointers.is_a_people(page, spot, own) or not pointers.one_event(page, spot)
    if its_own and many and not pointers.after_city(page, spot):
        return seat  # "Egyptian police held dozens to prevent protests": anywhere in it
    return city or seat
