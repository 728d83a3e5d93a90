"""Find the places an article names, and decide which of several namesakes is meant."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from consumers.extractor import place_districts, place_phrases
from consumers.extractor.gazetteer import Form, Index
from consumers.extractor.gazetteer_build import build_index
from consumers.extractor.place_choice import choose
from consumers.extractor.place_scan import runs, split
from consumers.extractor.place_unlisted import unlisted
from vigil.place import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consumers.extractor.place_choice import Found

# A province is named after its seat in these countries: "Khabarovsk territory", "Kherson Oblast".
_PROVINCE = re.compile(
    r"\s(?:[Rr]egion|[Oo]blast|[Kk]rai|[Tt]erritory|[Pp]rovince|[Gg]overnorate|[Cc]ounty)\b"
    r"(?!\sof\s[A-Z])(?!\s(?:[A-Z]\w+\s)?(?:[Bb]uilding|[Hh]eadquarters|[Cc]ourt|[Pp]olice|[Jj]ail|[Oo]ffices?|[Hh]all))"
)
# "the Karimabad region of Zahedan", "Molenbeek district in Brussels": part of the city named next.
_QUARTER_OF = re.compile(
    r"\s(?:region|area|district|neighbou?rhood|quarter|section|part|borough|ward|thana|zone)s?"
    r"\s(?:of|in)\s(?:the (?:city|capital)(?: city)?(?: of|,)?\s|central |downtown "
    r"|the capital,? )?"
)
_ACROSS = re.compile(
    r"\b(?:across|throughout|all over|all across|around)\s(?:the\s)?$", re.IGNORECASE
)
_BEFORE = 32  # characters: room for the longest of these
_TOP = 2_000  # characters: a dateline stands at the start of the body
_LINE_START = re.compile(
    r"(?:^|\n|\]|>|[a-z.!?\u2019]\s?-|\d{4}"
    r"|\b[Bb]y (?:[A-Z][\w.'-]+ ){1,2}[A-Z][\w.'-]+\s)"  # the name of its author
    r"[ \t*_#>\"'\u201c(-]*$"
)
_PROSE = re.compile(r"\s+[A-Z][a-z.]|\r?\n")
_DASH = re.compile(
    r"(?:[,/]\s*[A-Z][\w.\u2019' ]{1,24}){0,2}"  # the country or the state
    r"(?:,?\s*(?:[A-Z][a-z]{2,8}\.?\s\d{1,2}|\d{1,2}\s[A-Z][a-z]{2,8}\.?)"  # the date
    r"(?:,?\s\d{4})?)?"
    r"\s*(?:\([^()\n]{1,40}\)|/[A-Z][\w ]{1,20}/)?"  # the agency
    r"\s*(?:\u2014|\u2013|--|-(?=\s)|:(?=\s|$)|</span>|\s\u2012|\s_(?=\s))"
)


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """One mention of a place in a text.

    Attributes:
        start: Where it starts, in characters of the text.
        end: Where it ends (exclusive); a possessive "'s" is left outside, the state or the
            country after a comma ("Moscow, Idaho") belongs to it.
        place: The place it was resolved to.
        form: "name" (Moscow), "demonym" (Russian police) or "phrase" (across the country).
    """

    start: int
    end: int
    place: Place
    form: Form


class Gazetteer:
    """All names Vigil knows, ready to be found in a text."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def country(self, code: str) -> Place | None:
        """Return the country with an ISO code as a place, if there is one."""
        return self._index.country(code)

    def seat(self, code: str) -> Place | None:
        """Return the capital of the country with an ISO code, if there is one."""
        return self._index.seat(code)

    def region(self, city: Place) -> Place | None:
        """Return the region that a city is in, where it is one people speak of."""
        return self._index.region(city)

    def find(self, text: str) -> list[PlaceMention]:
        """Return the mentions of places in the text, longest match, sorted by start.

        Takes the whole article, because the countries it speaks of decide between namesakes.
        """
        words = split(text)
        found, context = choose(words, self._index, runs(words, self._index))
        place_districts.merge(words, self._index, found)
        mentions = [_mention(text, item) for item in found]
        mentions += unlisted(words, self._index, mentions, context, make=PlaceMention)
        mentions = _without_glued(text, sorted(mentions, key=_start))
        mentions = _quarters_of(text, mentions)
        phrases = place_phrases.find(text, mentions, self._index, context, make=PlaceMention)
        return _without_overlap(sorted([*mentions, *phrases], key=_start))


def _without_glued(text: str, mentions: list[PlaceMention]) -> list[PlaceMention]:
    """Leave out what a name before it puts in another country: "Dhaka Metropolitan Police"."""
    kept: list[PlaceMention] = []
    for each in mentions:
        glued = (
            kept and kept[-1].form == each.form == "name" and text[kept[-1].end : each.start] == " "
        )
        if not glued or kept[-1].place.country == each.place.country:
            kept.append(each)
    return kept


def _quarters_of(text: str, mentions: list[PlaceMention]) -> list[PlaceMention]:
    """Give a quarter its city where the text says so: "the Karimabad area of Zahedan"."""
    found = list(mentions)
    for n, (one, other) in enumerate(pairwise(mentions)):
        both = one.place.scope == other.place.scope == "city" and other.form == "name"
        if both and one.form == "name" and _QUARTER_OF.fullmatch(text, one.end, other.start):
            found[n] = replace(one, place=other.place)
    return found


@cache
def load_gazetteer() -> Gazetteer:
    """Return the gazetteer, built at the first call and shared after it."""
    return Gazetteer(build_index())


def dateline(text: str, mentions: Sequence[PlaceMention] | None = None) -> PlaceMention | None:
    """Return the place of a dateline ("MINSK, Aug 9 (Agency) -") at the start of the body.

    Args:
        text: The article, or its start.
        mentions: The places it mentions, where they were found before.
    """
    if mentions is None:
        mentions = load_gazetteer().find(text[:_TOP])
    for mention in mentions:
        if mention.start >= _TOP:
            break
        if mention.form == "name" and mention.place.scope != "country":
            before = text[max(0, mention.start - _BEFORE) : mention.start]
            if _LINE_START.search(before) and _opens_body(text, mention):
                return mention
    return None


def _opens_body(text: str, mention: PlaceMention) -> bool:
    name = text[mention.start : mention.end]
    if _DASH.match(text, mention.end):
        following = text[mention.end : mention.end + _BEFORE].lstrip()
        shouted = name.isupper() or name.partition(",")[0].isupper()
        return (
            shouted
            or following.startswith((":", "\u2014", "\u2013", "--", "(", ","))
            or _is_line(text, mention)
        )
    # "HAVANA The president ...": capitals, then prose or a new line with no dash between.
    following = text[mention.end : mention.end + 4]
    return name.isupper() and len(name) > len("USA") and _PROSE.match(following) is not None


def _is_line(text: str, mention: PlaceMention) -> bool:
    start = text.rfind("\n", 0, mention.start) + 1
    return not text[start : mention.start].strip()


def _mention(text: str, item: Found) -> PlaceMention:
    choice = item.choice
    assert choice is not None  # noqa: S101 - choose() gives none without
    mention = PlaceMention(item.start, item.end, choice.place, choice.form)
    if choice.form == "name" and choice.place.scope == "city":
        return _as_province(text, mention)
    if choice.form == "name" and choice.place.scope == "country":
        before = text[max(0, item.start - _BEFORE) : item.start]
        if (across := _ACROSS.search(before)) is not None:
            start = item.start - len(before) + across.start()
            return PlaceMention(start, item.end, choice.place, "phrase")
    return mention


def _as_province(text: str, mention: PlaceMention) -> PlaceMention:
    match = _PROVINCE.match(text, mention.end)
    if match is None:
        return mention
    kind = "County" if match.group().strip().lower() == "county" else "region"
    name = f"{mention.place.name} {kind}"
    place = replace(mention.place, name=name, scope="region", geoname=None)
    return PlaceMention(mention.start, match.end(), place, "name")


def _start(mention: PlaceMention) -> tuple[int, int]:
    return mention.start, -mention.end


def _without_overlap(mentions: list[PlaceMention]) -> list[PlaceMention]:
    kept: list[PlaceMention] = []
    for mention in mentions:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept
