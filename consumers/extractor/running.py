"""Totals that run over more than one day: "bringing the total to 300", "since the vote"."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from consumers.extractor.date_patterns import SMALL_NUMBERS
from consumers.extractor.date_reading import head_of
from consumers.extractor.day_roles import event_days, with_joined
from consumers.extractor.day_sums import WEEK
from consumers.extractor.day_words import HAS_GROWN, UNTIL_BEFORE
from consumers.extractor.story import carried, events_before, last_event
from vigil.period import contains

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from consumers.extractor.day_roles import Chosen
    from consumers.extractor.days import DayMention
    from consumers.extractor.passage import Page, Spot

# What is added to: "that brings the total", "the tally for the whole weekend", "40 so far"
_ADDED: Final = re.compile(
    r"\b(?:br(?:ings?|inging|ought)|tak(?:es?|ing)|took|pushe[sd]|pushing)\b[^.;]{0,40}?"
    r"\b(?:total|tally|toll|number|figure|count|arrests|detentions)\b"
    rf"|{HAS_GROWN}\b"
    r"|\b(?:total|tally|toll|count|number (?:of )?(?:arrest|detain|held)\w*)\b[^.;,]{0,30}"
    r"\b(?:for|over|during|throughout) the (?:whole |entire |full )?"
    r"(?:week(?:end)?|month|year|campaign|\w+ days)\b",
    re.IGNORECASE,
)
# "to 40 arrests for the day": of one day after all
_OF_A_DAY: Final = re.compile(
    r"\b(?:(?:for|on|during|in) (?:the|that|one|a single) (?:day|night|evening|afternoon|morning)"
    r"(?! (?:of|after|before))|today|tonight|the day['\u2019]s)\b",
    re.IGNORECASE,
)
_GROWN: Final = re.compile(HAS_GROWN, re.IGNORECASE)
_BACK_INSIDE: Final = 6  # sentences before in which the days of a row stand
_LONGER: Final = frozenset({"since", "range", "span", "weekend"})
# "a street that has been blocked since Monday": of the street
_RELATIVE: Final = re.compile(
    r"\b(?:that|which|who) (?:has|have|had|was|were|is|are)\b[^,;]{0,100}$", re.IGNORECASE
)
# "bakers, on strike since mid-May": of the strike
_STATE_SINCE: Final = re.compile(
    r"\b(?:on strike|in (?:power|office|force|effect|place|exile|hiding|charge|opposition)"
    r"|(?:president|leader|minister|ruler|governor|mayor|chairman|director|king)(?: of \w+)?)\s$",
    re.IGNORECASE,
)
_CLAUSE: Final = 120  # characters of a relative clause before its day

# "In addition, 40 arrests were recorded": in the time of what was recorded before
_IN_ADDITION: Final = re.compile(
    r"\W{0,3}(?:in addition|additionally|besides|furthermore|moreover)\b"
    r"|[^.;]{0,60}\balso (?:been )?(?:recorded|registered|documented|counted|logged|verified)\b",
    re.IGNORECASE,
)
_RECORDED: Final = re.compile(
    r"\b(?:recorded|registered|documented|counted|logged|verified|reported)\b", re.IGNORECASE
)


def is_aside(page: Page, spot: Spot, at: int) -> bool:
    """Say whether a place of the sentence stands in a relative clause the cue is no part of."""
    start = max(page.sentences[spot.sentence].start, at - _CLAUSE)
    if _STATE_SINCE.search(page.cleaned, start, at):
        return True
    clause = _RELATIVE.search(page.cleaned[start:at])
    return clause is not None and not start + clause.start() <= spot.cue_start < at


def is_running(page: Page, spot: Spot) -> bool:
    """Say whether the figure of a claim adds up more than what happened last."""
    sentence = page.sentences[spot.sentence]
    found = _ADDED.search(page.cleaned, max(sentence.start, spot.left), sentence.end)
    if found is None or found.start() >= spot.end:
        return False
    return _OF_A_DAY.search(page.cleaned, found.start(), sentence.end) is None


def running_period(page: Page, spot: Spot, mentions: Sequence[DayMention]) -> Chosen | None:
    """Return the period of a running total: the one told beside it, else that of the events."""
    own = [m for m in mentions if m.cue in _LONGER and m.period and spot.left <= m.start]
    if own:
        return None, own[0].period, own[0].basis
    days = events_before(page, spot)
    sentence = page.sentences[spot.sentence]
    if _GROWN.search(page.cleaned, sentence.start, spot.start):
        days |= {m.day for m in mentions if m.day}
    last = max(days, default=None)
    return (None, (min(days), last), "context") if last and min(days) < last else None


def ended(page: Page, spot: Spot, told: Chosen, mentions: Sequence[DayMention]) -> Chosen:
    """Return a period ended by the day up to which was counted: "by Tuesday"."""
    closing = [
        m.day for m in mentions if m.day and UNTIL_BEFORE.search(head_of(page.cleaned, m.start))
    ]
    if len(closing) != 1:
        return told
    last = closing[0]
    period = told[1]
    if told[0] == last:
        before = carried(page, spot)
        period = before[1] if before else None
    if period and last != period[0] and contains(period, last):
        return None, (period[0], last), told[2]
    return told


def added_to(page: Page, spot: Spot) -> Chosen | None:
    """Return the time of the tally that a sentence of the same paragraph adds to.

    "Since 3 May 900 cases have been recorded. In addition, 40 arrests were recorded."
    """
    sentence = page.sentences[spot.sentence]
    if not (
        _IN_ADDITION.match(page.cleaned, sentence.start, sentence.end)
        and _RECORDED.search(page.cleaned, sentence.start, sentence.end)
    ):
        return None
    for index in range(spot.sentence - 1, max(-1, spot.sentence - 1 - _BACK_INSIDE), -1):
        before = page.sentences[index]
        if before.paragraph != sentence.paragraph:
            return None
        told = event_days(page, before.start, before.end)
        if told:
            tally = _RECORDED.search(page.cleaned, before.start, before.end)
            running = tally and all(m.cue == "since" and m.period for m in told)
            return (None, told[0].period, "context") if running else None
    return None


def period_before(page: Page, spot: Spot, count: str | None, *, now: date | None) -> Chosen | None:
    """Return the last period, or the row of days, told of before: "over those five days".

    Args:
        page: The article.
        spot: Where the claim stands.
        count: How many days, in words; None: two.
        now: The day on which they end where none is told.
    """
    days: set[date] = set()
    for index in range(spot.sentence - 1, max(-1, spot.sentence - 1 - _BACK_INSIDE), -1):
        sentence = page.sentences[index]
        mentions = page.days_in(sentence.start, sentence.end)
        for number, each in enumerate(mentions):
            chosen = with_joined(page, each, mentions[number:])
            if chosen and chosen[1]:
                return None, chosen[1], "context"
        days |= {each.day for each in mentions if each.day}
    number = (SMALL_NUMBERS | {"week": WEEK}).get((count or "two").lower()) or int(count or 2)
    if len(days) == number and max(days) - min(days) == timedelta(days=number - 1):
        return None, (min(days), max(days)), "context"
    last = last_event(page, spot) or now
    return (None, (last - timedelta(days=number - 1), last), "context") if last else None
