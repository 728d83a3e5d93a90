"""Totals of a wave of protests, told by its length or by what became of the people since."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from consumers.extractor.by_now import until_dated

if TYPE_CHECKING:
    from consumers.extractor.day_roles import Chosen
    from consumers.extractor.passage import Page, Spot

# "in several days of protests", "over three weeks of unrest"
_DAYS_OF: Final = re.compile(
    r"\b(?:in|over|during|across)\s(?:the\s)?(?:\w+\s){1,3}(?:days|nights|weeks|months)\sof\s"
    r"(?:[\w-]+\s){0,3}?(?:protests?|unrest|demonstrations?|rall(?:y|ies)|riots?|rioting|violence"
    r"|clashes|strikes?|marches|blockades?|disorder|upheaval)\b",
    re.IGNORECASE,
)
# "arrested, charged or sentenced": a monitor's list of what became of people in weeks
_FATE: Final = r"(?:charged|prosecuted|indicted|tried|sentenced|convicted|imprisoned|jailed)"
_SERIES: Final = re.compile(
    rf"\b(?:arrested|detained)(?:,? or {_FATE}|, {_FATE},? (?:or|and) {_FATE})\b", re.IGNORECASE
)
# "since the army came to power", "since the president's fall"
_SINCE_CHANGE: Final = re.compile(
    r"\bsince\s(?:[\w\u2019'-]+\s){1,5}?(?:(?:came|rose|returned|swept) (?:in)?to power"
    r"|(?:took|seized|grabbed) (?:power|office|over|control)|was (?:ousted|toppled|overthrown)"
    r"|(?:ousted|toppled|overthrew|deposed|removed) (?:the |its |their )?[\w\u2019'-]+"
    r"|fall|ouster|ousting|overthrow|removal|resignation|inauguration)\b",
    re.IGNORECASE,
)


def of_wave(page: Page, spot: Spot) -> Chosen | None:
    """Return the time of a wave of protests that a figure is the total of.

    It ends on the day of publication; when it began the sentence does not tell. A day that
    stands behind the figure is its own.
    """
    if any(m.cue != "since" for m in page.days_in(spot.end, spot.right)):
        return None
    sentence = page.sentences[spot.sentence]
    told = (
        _DAYS_OF.search(page.cleaned, spot.start, spot.right)
        or _SERIES.search(page.cleaned, spot.start, sentence.end)
        or _SINCE_CHANGE.search(page.cleaned, spot.start, sentence.end)
    )
    return until_dated(page) if told else None
