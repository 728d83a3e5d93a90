"""Tell what a text counts beside the cities it names: "300 in other cities", "elsewhere"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from consumers.extractor.scene import scenes

if TYPE_CHECKING:
    from consumers.extractor.number_reading import Count
    from consumers.extractor.passage import Page, Spot
    from consumers.extractor.places import PlaceMention
    from consumers.extractor.sentences import Sentence
    from vigil.place import Place

_REST: Final = (
    r"(?<!and )(?:[Ee]lsewhere\b(?! in (?!the (?:country|nation)\b))|"
    r"[Ii]n (?:(?!and\b|or\b)[a-z\d,]+ ){0,4}?other (?:[\w-]+ ){0,2}?"
    r"(?:cities|towns|regions|provinces|parts|places)\b|"
    r"(?:[Ii]n|[Aa]cross) the rest of (?:the (?:country|nation)\b|[A-Z])|"
    r"(?:[Ii]n|[Aa]cross) the (?:regions|provinces)\b)"
)
_BEHIND: Final = re.compile(_REST)
# "Elsewhere in the country, police detained 300": the clause opens with it.
_AHEAD: Final = re.compile(
    rf"(?:\A|[.,;:\u2013\u2014] |\b(?:and|but|while) ){_REST}(?: in the (?:country|nation))?"
    r",? (?:(?!but\b|while\b)[\w\u2019'-]+ ){0,5}\Z"
)
_NUMBER: Final = (
    r"(?:\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen)"
)
_SHARE: Final = re.compile(
    rf"\b(?:{_NUMBER}|most|half|many|several|some|a third) of (?:the|those|its|their) "
    rf"(?:\w+ ){{0,3}}?{_NUMBER} (?:[a-z]+ )?(?:dead|killed|killings|deaths|fatalities|casualties|"
    r"injured|wounded|victims|arrests|arrested|detentions|detained|detainees)\b[^.,;:]*\Z",
    re.IGNORECASE,
)
SOON: Final = 60  # characters behind a figure
_BOUNDS: Final = frozenset({"exact", "about", "range"})


def is_told_ahead(page: Page, spot: Spot) -> bool:
    """Say whether the clause of a figure opens with "elsewhere", "in other cities"."""
    return _AHEAD.search(page.cleaned[spot.left : spot.start]) is not None


def told_behind(page: Page, spot: Spot) -> re.Match[str] | None:
    """Return where "elsewhere", "in other cities" stands soon behind a figure."""
    return _BEHIND.search(page.cleaned, spot.end, min(spot.right, spot.end + SOON))


def without_ceiling(page: Page, spot: Spot, count: Count, place: Place | None) -> Count:
    """Return the number of a country's rest open upward: it is no total, and the least of one.

    "700 in Tunis and 300 in other cities" are not 300 in Tunisia.
    """
    if place is None or place.scope != "country" or count.bound not in _BOUNDS:
        return count
    if not (_is_told_behind(page, spot) or is_told_ahead(page, spot)):
        return count
    return replace(count, high=None, bound="at_least")


def is_share(page: Page, mention: PlaceMention, sentence: Sentence) -> bool:
    """Say whether a sentence gives a place its share of more: "Two of the nine dead fell in X".

    Whatever is counted next is of more than that place, or of another.
    """
    return _SHARE.search(page.cleaned, sentence.start, mention.start) is not None


def _is_told_behind(page: Page, spot: Spot) -> bool:
    match = told_behind(page, spot)
    return match is not None and not scenes(page, spot.end, match.start())
