"""Find the city a story plays in: what its title, its dateline and its lead name, if it is one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from consumers.extractor.place_locative import JOINT, is_agents, is_locative
from consumers.extractor.scene import (
    OF_COUNTRY,
    OTHERS,
    OUTSIDE,
    is_capital,
    scenes,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consumers.extractor.passage import Page
    from consumers.extractor.places import PlaceMention
    from consumers.extractor.sentences import Sentence
    from vigil.place import Place

_LEAD: Final = 3  # sentences of prose that say what a story is about
_SHARE: Final = 0.6  # of what is said of cities, for a story to be one city's
_ENOUGH: Final = 1.5  # weight: said once in the lead as where it happened, or named there and below
_NAMED: Final = 0.5  # the weight of a name that is no "in X"
_THEME: Final = 0.5  # of a country that is spoken of, but not as where it happened
_TWICE: Final = 2.0  # titles and leads weigh twice as much
_PRINTED: Final = {False: 1.0, True: 0.75}  # a dateline; a capital may stand for its country
_BEFORE: Final = 20  # characters: room for "outside of"
_OPENS: Final = 3  # characters: a quotation mark before the first word
_LOCAL: Final = re.compile(
    r"(?:['\u2019]s)?,?\s+(?:[\w-]+\s+){0,2}(?:police|protest\w*|rall\w+|marche?s?|demonstrat\w+|clashes|"
    r"cent(?:er|re)|streets?|squares?|mayor|students|court|university|district|residents)\b",
    re.IGNORECASE,
)
_NO_SCENE: Final = re.compile(r"\s(?:News|Times|Post|Agency|embassy|Embassy|time|talks|summit)\b")


def home_city(page: Page, index: int) -> Place | None:
    """Return the city in which the section of a sentence plays, or None where it is wider.

    A story is one city's if it names hardly another, and tells of that city more often than of
    what happened in, or all over, the country.
    """
    start, end, _ = page.section(index)
    return page.once(("home city", start), lambda: _city_of(page, start, end))


def _city_of(page: Page, start: int, end: int) -> Place | None:
    opening = _opening(page, start, end)
    lead = opening[-1].end if opening else start
    heads = _in_heads(page, opening)
    cities: dict[Place, float] = defaultdict(float)
    wide: dict[str | None, float] = defaultdict(float)
    last = -1  # where the city before ended
    for mention in scenes(page, start, end):
        if _NO_SCENE.match(page.cleaned, mention.end):
            continue
        weight = _TWICE if mention.start < lead else 1.0
        if mention.place.scope == "city":
            if last < 0 or not JOINT.fullmatch(page.cleaned, last, mention.start):
                cities[mention.place] += weight * _part(page, mention, heads)
            last = mention.end
        elif mention.place.scope == "country":
            wide[mention.place.country] += weight * _wide_part(page, mention)
    if not cities:
        return None
    city, most = max(cities.items(), key=itemgetter(1))
    enough = most >= _ENOUGH and most >= _SHARE * sum(cities.values()) and most > wide[city.country]
    return city if enough else None


def _part(page: Page, mention: PlaceMention, heads: set[int]) -> float:
    """Return how much of its weight a mention of a city has: all if it says where it was."""
    if page.dateline is mention:
        return _PRINTED[is_capital(mention.place)]
    if OTHERS.match(page.cleaned, mention.end) or OUTSIDE.search(
        page.cleaned, max(0, mention.start - _BEFORE), mention.start
    ):
        return 0.0  # "in Moscow and 30 other cities", "police from outside Moscow"
    if is_locative(page, mention):
        return 1.0
    if mention.start not in heads:
        return _NAMED
    # a title may say "Moscow" for the government
    local = not is_capital(mention.place) or _LOCAL.match(page.cleaned, mention.end)
    return 1.0 if local else _NAMED


def _opening(page: Page, start: int, end: int) -> list[Sentence]:
    """Return the first sentences of prose of a section, with the titles before them."""
    starts = page.once("starts of sentences", lambda: [each.start for each in page.sentences])
    found: list[Sentence] = []
    prose = 0
    for number in range(bisect_left(starts, start), len(starts)):
        sentence = page.sentences[number]
        if prose == _LEAD or sentence.start >= end:
            break
        found.append(sentence)
        prose += not sentence.heading
    return found


def _in_heads(page: Page, opening: Sequence[Sentence]) -> set[int]:
    """Return where the places of the titles start, and the one that opens a sentence of prose."""
    found: set[int] = set()
    for sentence in opening:
        mentions = page.places_in(sentence.start, sentence.end)
        if sentence.heading:
            found.update(m.start for m in mentions)
        else:
            found.update(m.start for m in mentions[:1] if m.start - sentence.start < _OPENS)
    return found


def _wide_part(page: Page, mention: PlaceMention) -> float:
    """Return how much of its weight a mention of a country has against a city of it."""
    if mention.form == "demonym" or OF_COUNTRY.match(page.cleaned, mention.end):
        return 0.0
    if is_agents(page, mention):
        return 0.0
    return 1.0 if is_locative(page, mention) else _THEME
