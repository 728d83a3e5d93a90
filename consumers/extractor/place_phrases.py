"""Phrases that mean a whole country, the world, a capital or a region's seat without naming it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

from consumers.extractor.near import stretches
from vigil.place import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from consumers.extractor.gazetteer import Form, Index
    from consumers.extractor.place_choice import Context
    from consumers.extractor.places import PlaceMention

Mention = TypeVar("Mention")

_WORLD = Place("World", "world", None)
_PHRASE = re.compile(
    r"\b(?:"
    r"(?P<world>world-?wide|globally|(?:across|throughout|around|all over) the (?:world|globe))"
    r"|(?P<country>(?:from )?coast[- ]to[- ]coast"
    r"|nation-?wide|country-?wide|(?:across|throughout|around|all over"
    r"|all across|in all parts of|in (?:many|several|various|different|other) parts of"
    r"|the length and breadth of|up and down|(?:in|to|from) (?:all|every) corners? of)"
    r" (?:the|their|his|her|its|our) (?:whole |entire |vast )?(?:country|nation)(?!['\u2019]s))"
    r"|(?P<seat>(?:the|this|their) (?:regional|provincial|state|"
    r"(?:region|province|republic|state)['\u2019]s) capital(?: city)?(?!['\u2019]?\w))"
    r"|(?P<capital>(?:the|this|their) (?:(?:country|nation)['\u2019]s )?capital(?: city)?"
    r"(?!['\u2019]?\w| (?:punishment|gains?|of |letters?|offences?|crimes?|markets?|controls?"
    r"|expenditure|hill)))"
    r")\b",
    re.IGNORECASE,
)
# What no phrase can do without; no pattern that ignores case is searched for as fast as this one.
_HINT = re.compile(
    r"world|World|WORLD|glob|Glob|GLOB|countr|Countr|COUNTR|nation|Nation|NATION"
    r"|capital|Capital|CAPITAL|coast|Coast"
)
_AROUND = 80  # characters: no phrase is longer
_CAPITAL = re.compile(
    r"\scapital(?: city)?(?! (?:punishment|gains?|markets?|controls?))\b", re.IGNORECASE
)
_APPOSITION = re.compile(
    r"[\s,(\u2013\u2014-]*(?:(?:city )?of |city |then |now )?(?:the )?", re.IGNORECASE
)
_WORDS = 50  # characters: "the capital city of Russia's southern "
_CAPITAL_OF = re.compile(
    r"\b(?:the |its )?capital(?: city)? of (?:the )?(?:[A-Z]\w+['\u2019]s? )?(?:[a-z]+ern )?$"
)
_ITS_CAPITAL = re.compile(r"['\u2019]s? (?:regional )?capital(?: city)?\b")
# "pro-Palestinian" speaks of no country, "the longest globally" and "known worldwide" of no place.
_STAND = re.compile(r"\b(?:pro|anti)[-\u2010\u2011\u2013]$", re.IGNORECASE)
_RANKED = re.compile(
    r"\b(?:(?!protest|arrest)[a-z]{3,}est|one of the|most|known|famous|renowned|ranked)\b"
    r"[^.,;]{0,30}$",
    re.IGNORECASE,
)
_HEADS = re.compile(
    r"(?:, [A-Z][a-z]+)?"
    r"(?:,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)(?:,? \d{4})?)?"
    r"(?: \([^()\n]{1,40}\))?\.?\s?(?:\u2014|\u2013|--|- |:)"
)
_LOOK_BACK = 12  # mentions: what was last spoken of is what "the country" means
_RECENT = 6
_SOON = 24  # characters: "the capital of Minsk", "the capital, Kyiv"
_OWN_WEIGHT = {"country": 1.0, "region": 0.8, "city": 0.8, "world": 0.0}


def find(
    text: str,
    mentions: Sequence[PlaceMention],
    index: Index,
    context: Context,
    *,
    make: Callable[[int, int, Place, Form], PlaceMention],
) -> list[PlaceMention]:
    """Return the phrases, each with the country the text before it speaks of.

    ``mentions`` are those found by name, sorted; a phrase whose country is unknown is left out.
    """
    found = []
    spoken = [m for m in mentions if not _STAND.search(text, max(0, m.start - 6), m.start)]
    starts = [m.start for m in spoken]
    for match in _phrases(text):
        place = _meaning(match, spoken, starts, index, context)
        if place is not None:
            found.append(make(match.start(), match.end(), place, "phrase"))
    for n, mention in enumerate(mentions):
        if mention.place.scope in {"country", "region"} and mention.form == "name":
            span = _capital_of(text, n, mentions)
            seat = _seat(mention.place, index)
            if span and seat:
                found.append(make(*span, seat, "phrase"))
        if mention.form == "demonym" and (capital := _CAPITAL.match(text, mention.end)):
            seat = index.seat(mention.place.country or "")
            named = _named(text, n + 1, capital.end(), mentions)
            if seat and mention.place.scope == "country" and not named:
                found.append(make(mention.start, capital.end(), seat, "phrase"))
    return found


def _phrases(text: str) -> Iterator[re.Match[str]]:
    hints = (match.span() for match in _HINT.finditer(text))
    for start, end in stretches(hints, reach=_AROUND, length=len(text)):
        yield from _PHRASE.finditer(text, start, end)


def _meaning(
    match: re.Match[str],
    mentions: Sequence[PlaceMention],
    starts: list[int],
    index: Index,
    context: Context,
) -> Place | None:
    if match.lastgroup == "world":
        before = match.string[max(0, match.start() - _WORDS) : match.start()]
        return None if _RANKED.search(before) else _WORLD
    n = bisect_left(starts, match.start())
    country = country_at(n, mentions, context)
    if country is None:
        return None
    if match.lastgroup == "country":
        return index.country(country)
    if _named(match.string, n, match.end(), mentions):
        return None
    if match.lastgroup == "seat":
        return _last_seat(n, mentions, index)
    return _seat_meant(match, mentions[:n], index, country)


def _seat_meant(
    match: re.Match[str], mentions: Sequence[PlaceMention], index: Index, country: str
) -> Place | None:
    """Return what "the capital" means: the one named last, "the country's capital" its own."""
    if "'s" in match[0].replace("\u2019", "'"):
        return index.seat(country)
    last = _last_capital(len(mentions), mentions, index)
    if last is None or (last.country != country and _only_heads(match.string, last, mentions)):
        return index.seat(country)
    return last


def _capital_of(text: str, n: int, mentions: Sequence[PlaceMention]) -> tuple[int, int] | None:
    """Return where "the capital of X" or "X's capital" stands, if no name of it follows."""
    mention = mentions[n]
    before = _CAPITAL_OF.search(text, max(0, mention.start - _WORDS), mention.start)
    if before and not _named(text, n + 1, mention.end, mentions):
        return before.start(), mention.end
    after = _ITS_CAPITAL.match(text, mention.end)
    if after and not _named(text, n + 1, after.end(), mentions):
        return mention.start, after.end()
    return None


def _last_seat(n: int, mentions: Sequence[PlaceMention], index: Index) -> Place | None:
    """Return the seat of the region that was named last, if that is not long ago."""
    for mention in reversed(mentions[max(0, n - _RECENT) : n]):
        if mention.place.scope == "region":
            return _seat(mention.place, index)
    return None


def _seat(place: Place, index: Index) -> Place | None:
    """Return the capital of a country, the chief city of a region."""
    code = place.country or ""
    return index.seat(code) if place.scope == "country" else index.seats.get((code, place.name))


def _last_capital(n: int, mentions: Sequence[PlaceMention], index: Index) -> Place | None:
    """Return the capital that was named last, if that is not long ago."""
    for mention in reversed(mentions[max(0, n - _RECENT) : n]):
        seat = index.seat(mention.place.country or "")
        if seat is not None and mention.place.geoname == seat.geoname and seat.geoname:
            return seat
    return None


def country_at(n: int, mentions: Sequence[PlaceMention], context: Context) -> str | None:
    """Return the country spoken of just before mention ``n``, else in the whole article."""
    weights: dict[str, float] = defaultdict(float)
    recent = [m for m in mentions[max(0, n - _LOOK_BACK) : n] if m.place.country]
    for age, mention in enumerate(reversed(recent)):
        weights[mention.place.country or ""] += _OWN_WEIGHT[mention.place.scope] / (1 + age)
    total = sum(context.overall.values())
    for country, weight in context.overall.items():
        weights[country] += 1.5 * weight / total
    if not weights:
        return next((m.place.country for m in mentions[n:] if m.place.country), None)
    return max(sorted(weights), key=lambda c: weights[c])


def _only_heads(text: str, place: Place, mentions: Sequence[PlaceMention]) -> bool:
    """Say whether a place is only where an article was written: "MOSCOW, Jan 10 (Agency) - "."""
    told = [m for m in mentions if m.place == place]
    return all(_HEADS.match(text, m.end) and m.start == _line(text, m.start) for m in told)


def _line(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _named(text: str, n: int, end: int, mentions: Sequence[PlaceMention]) -> bool:
    """Whether the capital is named right after the phrase."""
    return (
        n < len(mentions)
        and mentions[n].start - end < _SOON
        and mentions[n].place.scope == "city"
        and _APPOSITION.fullmatch(text, end, mentions[n].start) is not None
    )
