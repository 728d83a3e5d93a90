"""Figures that are counted by now: "has detained", "have been arrested since it broke out"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from consumers.extractor.date_patterns import SMALL_NUMBERS
from consumers.extractor.story import dated_on, events_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from consumers.extractor.day_roles import Chosen
    from consumers.extractor.days import DayMention
    from consumers.extractor.passage import Page, Spot
    from vigil.place import Place

# "have been detained", "has also arrested": up to the day of writing
_PERFECT: Final = re.compile(
    r"\b(?:have|has|had)\s(?:(?:\w+ly|also|already|since|now|been|so far)\s){0,3}"
    r"(?:(?:clamped|cracked|closed|broken|rounded|beaten|shut|fired|killed|shot|banned|raided)\b[^.;,]{0,50}"
    r"\sand\s(?:\w+ly\s)?)?\Z",
    re.IGNORECASE,
)
# "have detained 24 people at a rally": then, and not by now
_AT_ONE: Final = re.compile(
    r"\b(?:at|during|from) (?:an?|the|this|that) (?:[\w\u2019'-]+ ){0,3}?"
    r"(?:rally|march|demonstration|protest|vigil|picket|sit-in)\b",
    re.IGNORECASE,
)
_FEW: Final = re.compile(rf"(?:{'|'.join(SMALL_NUMBERS)}|\d)", re.IGNORECASE)  # told at once
# "the riots that broke out on Wednesday": what is counted by now began then
_BROKE_OUT: Final = re.compile(
    r"\b(?:protests?|unrest|riots?|violence|demonstrations?|clashes|strikes?|uprising|crackdown)\b"
    r"[^.;,]{0,20} (?:that|which) (?:\w+ ){0,2}?(?:broke out|began|started|erupted|flared up)"
    r"(?: (?:on|late|early|last))* \Z",
    re.IGNORECASE,
)
_BACK: Final = 90  # characters before a verb in which its auxiliary stands


def up_to_now(page: Page, spot: Spot, place: Place | None) -> Chosen | None:
    """Return the days told of, where a whole country "has detained" so many by now."""
    if not _has_by_now(page, spot, place):
        return None
    start, _, _ = page.section(spot.sentence)
    first = min(events_of(page, start), default=None)
    if first and page.told and first >= page.told:
        return until_dated(page)  # the day of writing tells when it was counted
    return until_told(page, first)


def until_now(page: Page, spot: Spot, place: Place | None) -> Chosen | None:
    """Return the time up to the day of writing, where a whole country "has detained" so many.

    Of an article that tells no day of theirs: when it began is not known.
    """
    return until_dated(page) if _has_by_now(page, spot, place) else None


def _has_by_now(page: Page, spot: Spot, place: Place | None) -> bool:
    if place is None or (place.scope != "country" and spot.own is None):
        return False
    if _FEW.fullmatch(page.cleaned, spot.start, spot.end):
        return False
    return is_perfect(page, spot) and _AT_ONE.search(page.cleaned, spot.cue_end, spot.right) is None


def is_perfect(page: Page, spot: Spot) -> bool:
    """Say whether what is counted "has been" done: up to the day of writing."""
    back = max(0, spot.cue_start - _BACK)
    return _PERFECT.search(page.cleaned, back, spot.cue_start) is not None


def since_outbreak(page: Page, spot: Spot, mentions: Sequence[DayMention]) -> Chosen | None:
    """Return the time from the day on which what is counted by now is said to have broken out."""
    sentence = page.sentences[spot.sentence]
    if not (spot.tally or is_perfect(page, spot)):
        return None
    began = [m.day for m in mentions if _BROKE_OUT.search(page.cleaned, sentence.start, m.start)]
    return until_told(page, began[0]) if began else None


def until_dated(page: Page) -> Chosen | None:
    """Return the time that ends on the day of publication and begins nobody knows when."""
    dated = dated_on(page)
    return (None, (None, dated), "context") if dated else None


def until_told(page: Page, first: date | None) -> Chosen | None:
    """Return the time from a day up to the one on which the article tells it."""
    if first is None or page.told is None or first >= page.told:
        return None
    return None, (first, page.told), "context"
