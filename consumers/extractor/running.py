"""Totals that run over more than one day: "bringing the total to 300", "since the vote"."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from consumers.extractor.date_patterns import SMALL_NUMBERS
from consumers.extractor.date_reading import head_of
from consumers.extractor.day_roles import event_days, with_joined
from consumers.extractor.day_sums import WEEK
from consumers.extractor.day_words import COMPARED_BEFORE, UNTIL_BEFORE
from consumers.extractor.story import carried, dated_on, events_before, events_of, last_event
from vigil.period import contains

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from consumers.extractor.day_roles import Chosen
    from consumers.extractor.days import DayMention
    from consumers.extractor.passage import Page, Spot
    from vigil.place import Place

# What is added to: "that brings the total", "the tally for the whole weekend", "40 so far"
_ADDED: Final = re.compile(
    r"\b(?:br(?:ings?|inging|ought)|tak(?:es?|ing)|took|pushe[sd]|pushing)\b[^.;]{0,40}?"
    r"\b(?:total|tally|toll|number|figure|count|arrests|detentions)\b"
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
_BACK_INSIDE: Final = 6  # sentences before in which the days of a row stand
_LONGER: Final = frozenset({"since", "range", "span", "weekend"})
# "since the protests began": the days an article tells are theirs
_SINCE_UNREST: Final = re.compile(
    r"\bsince\s(?:the\s)?(?:(?:start|beginning|outbreak|onset)\sof\s)?(?:[\w-]+\s){0,3}?"
    r"(?:protests?|demonstrations?|rall(?:y|ies)|riots?|unrest|violence|clashes|crackdown|uprising"
    r"|movement|strike|revolt)\b",
    re.IGNORECASE,
)
# "a street that has been blocked since Monday": of the street
_RELATIVE: Final = re.compile(
    r"\b(?:that|which|who) (?:has|have|had|was|were|is|are)\b[^,;]{0,100}$", re.IGNORECASE
)
_CLAUSE: Final = 120  # characters of a relative clause before its day

# "since the journalist's death", where the text says before when that was
_SINCE_CAUSE: Final = re.compile(
    r"\bsince\s(?:[\w\u2019'-]+\s){0,4}?(?:death|killing|murder|assassination|shooting)\b",
    re.IGNORECASE,
)
# "since the disputed election"
_SINCE_VOTE: Final = re.compile(
    r"\bsince\s(?:[\w\u2019'-]+\s){0,4}?(?:elections?|vote|referendum|coup|invasion|takeover)\b",
    re.IGNORECASE,
)
_DIED: Final = re.compile(
    r"\b(?:died|killed|murdered|assassinated|shot(?: dead)?|death|killing)\b[^.;,\n]{0,30}\Z",
    re.IGNORECASE,
)
_SINCE: Final = re.compile(r"\bsince\b[^.,;:]{3,80}\Z", re.IGNORECASE)
# "have been detained", "has also arrested": up to the day of writing
_PERFECT: Final = re.compile(
    r"\b(?:have|has|had)\s(?:(?:\w+ly|also|already|since|now|been|so far)\s){0,3}\Z", re.IGNORECASE
)
# "In addition, 40 arrests were recorded": in the time of what was recorded before
_IN_ADDITION: Final = re.compile(
    r"\W{0,3}(?:in addition|additionally|besides|furthermore|moreover)\b"
    r"|[^.;]{0,60}\balso (?:been )?(?:recorded|registered|documented|counted|logged|verified)\b",
    re.IGNORECASE,
)
_RECORDED: Final = re.compile(
    r"\b(?:recorded|registered|documented|counted|logged|verified|reported)\b", re.IGNORECASE
)
# "have detained 24 people at a rally": then, and not by now
_AT_ONE: Final = re.compile(
    r"\b(?:at|during|from) (?:an?|the|this|that) (?:[\w\u2019'-]+ ){0,3}?"
    r"(?:rally|march|demonstration|protest|vigil|picket|sit-in)\b",
    re.IGNORECASE,
)
# "the riots that broke out on Wednesday": what is counted by now began then
_BROKE_OUT: Final = re.compile(
    r"\b(?:protests?|unrest|riots?|violence|demonstrations?|clashes|strikes?|uprising|crackdown)\b"
    r"[^.;,]{0,20} (?:that|which) (?:\w+ ){0,2}?(?:broke out|began|started|erupted|flared up)"
    r"(?: (?:on|late|early|last))* \Z",
    re.IGNORECASE,
)
_BACK: Final = 40  # characters before a verb in which its auxiliary stands
_FAR: Final = timedelta(days=60)  # the days of one wave of protests


def is_aside(page: Page, spot: Spot, at: int) -> bool:
    """Say whether a place of the sentence stands in a relative clause the cue is no part of."""
    start = max(page.sentences[spot.sentence].start, at - _CLAUSE)
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


def since_event(page: Page, spot: Spot) -> Chosen | None:
    """Return the time since what a sentence names without its date, up to the day of writing."""
    sentence = page.sentences[spot.sentence]
    first = None
    for each in page.days_in(sentence.start, sentence.end):
        since = _SINCE.search(page.cleaned, sentence.start, each.start)
        if since and _is_its(page, spot, since.start()):
            first = each.day or (each.period[0] if each.period else None)
    since = _SINCE_UNREST.search(page.cleaned, sentence.start, sentence.end)
    if first is None and since and _is_its(page, spot, since.start()):
        start, end, _ = page.section(spot.sentence)
        first = page.once(("first", start), lambda: _first_day(page, start, end))
    since = _SINCE_CAUSE.search(page.cleaned, sentence.start, sentence.end)
    if first is None and since and _is_its(page, spot, since.start()):
        start, _, _ = page.section(spot.sentence)
        first = _day_of_cause(page, start, spot.start)
    if first is None and _is_since_untold(page, spot):
        return until_dated(page)
    return _until_told(page, first)


def _is_since_untold(page: Page, spot: Spot) -> bool:
    """Say whether a claim counts since an event of which the article does not tell the day."""
    sentence = page.sentences[spot.sentence]
    return any(
        since
        and _is_its(page, spot, since.start())
        and not COMPARED_BEFORE.search(head_of(page.cleaned, since.start()))
        for each in (_SINCE_UNREST, _SINCE_CAUSE, _SINCE_VOTE)
        for since in [each.search(page.cleaned, sentence.start, sentence.end)]
    )


def _day_of_cause(page: Page, start: int, end: int) -> date | None:
    """Return the only day before a claim on which the text says that somebody died."""
    days = {
        each.day
        for each in page.days_in(start, end)
        if each.day and _DIED.search(page.cleaned, max(start, each.start - _BACK), each.start)
    }
    return days.pop() if len(days) == 1 else None


def _is_its(page: Page, spot: Spot, since: int) -> bool:
    """Say whether "since" opens the sentence of a claim or stands behind the claim."""
    opens = not page.cleaned[page.sentences[spot.sentence].start : since].strip()
    return opens or (since >= spot.start and not is_aside(page, spot, since))


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


def up_to_now(page: Page, spot: Spot, place: Place | None) -> Chosen | None:
    """Return the days told of, where a whole country "has detained" so many by now."""
    if not _has_by_now(page, spot, place):
        return None
    start, _, _ = page.section(spot.sentence)
    return _until_told(page, min(events_of(page, start), default=None))


def until_now(page: Page, spot: Spot, place: Place | None) -> Chosen | None:
    """Return the time up to the day of writing, where a whole country "has detained" so many.

    Of an article that tells no day of theirs: when it began is not known.
    """
    return until_dated(page) if _has_by_now(page, spot, place) else None


def _has_by_now(page: Page, spot: Spot, place: Place | None) -> bool:
    if place is None or (place.scope != "country" and spot.own is None):
        return False
    back = max(0, spot.cue_start - _BACK)
    has = _PERFECT.search(page.cleaned, back, spot.cue_start) is not None
    return has and _AT_ONE.search(page.cleaned, spot.cue_end, spot.right) is None


def since_outbreak(page: Page, spot: Spot, mentions: Sequence[DayMention]) -> Chosen | None:
    """Return the time from the day on which what is counted by now is said to have broken out."""
    sentence = page.sentences[spot.sentence]
    back = max(0, spot.cue_start - _BACK)
    if not (spot.tally or _PERFECT.search(page.cleaned, back, spot.cue_start)):
        return None
    began = [m.day for m in mentions if _BROKE_OUT.search(page.cleaned, sentence.start, m.start)]
    return _until_told(page, began[0]) if began else None


def _first_day(page: Page, start: int, end: int) -> date | None:
    """Return the first day of late that a section tells of."""
    last = page.told
    days = (each.day for each in event_days(page, start, end) if each.day)
    return min((day for day in days if last and timedelta(0) <= last - day < _FAR), default=None)


def until_dated(page: Page) -> Chosen | None:
    """Return the time that ends on the day of publication and begins nobody knows when."""
    dated = dated_on(page)
    return (None, (None, dated), "context") if dated else None


def _until_told(page: Page, first: date | None) -> Chosen | None:
    if first is None or page.told is None or first >= page.told:
        return None
    return None, (first, page.told), "context"


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
