"""Totals that run over more than one day: "bringing the total to 300", "since the vote"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from consumers.extractor.story import carried, events_before

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consumers.extractor.day_roles import Chosen
    from consumers.extractor.days import DayMention
    from consumers.extractor.passage import Page, Spot

# What is added to: "that brings the total", "the tally for the whole weekend", "40 so far"
_ADDED: Final = re.compile(
    r"\b(?:br(?:ings?|inging|ought)|tak(?:es?|ing)|took|pushe[sd]|pushing)\b[^.;]{0,40}?"
    r"\b(?:total|tally|toll|number|figure|count|arrests|detentions)\b"
    r"|\b(?:total|tally|toll|count|number (?:of )?(?:arrest|detain|held)\w*)\b[^.;,]{0,30}"
    r"\b(?:for|over|during|throughout) the (?:whole |entire |full )?"
    r"(?:week(?:end)?|month|year|campaign|\w+ days)\b",
    re.IGNORECASE,
)
_LONGER: Final = frozenset({"since", "range", "span", "weekend"})
# "since the raid", of which a sentence before tells the day
_SINCE_IT: Final = re.compile(r"\bsince (?:the|that|this|those|these|then)\b", re.IGNORECASE)


def is_running(page: Page, spot: Spot) -> bool:
    """Say whether the figure of a claim adds up more than what happened last."""
    sentence = page.sentences[spot.sentence]
    found = _ADDED.search(page.cleaned, max(sentence.start, spot.left), sentence.end)
    return found is not None and found.start() < spot.end


def running_period(page: Page, spot: Spot, mentions: Sequence[DayMention]) -> Chosen | None:
    """Return the period of a running total: the one told beside it, else that of the events."""
    own = [m for m in mentions if m.cue in _LONGER and m.period and spot.left <= m.start]
    if own:
        return None, own[0].period, own[0].basis
    days = events_before(page, spot)
    last = max(days, default=None)
    return (None, (min(days), last), "context") if last and min(days) < last else None


def since_it(page: Page, spot: Spot) -> Chosen | None:
    """Return the time since an event told just before, up to the day of the article."""
    sentence = page.sentences[spot.sentence]
    if not _SINCE_IT.search(page.cleaned, sentence.start, sentence.end):
        return None
    before = carried(page, spot, event=True)
    if before is None or before[0] is None or page.told is None or before[0] >= page.told:
        return None
    return None, (before[0], page.told), "context"
