"""Choose the day of a claim: its own clause, its sentence, the sentences before, the article."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from consumers.extractor.date_patterns import (
    BESIDE,
    SMALL_NUMBERS,
    STAMPED,
    TALLIED,
    THOSE_DAYS,
    UNREST,
    UNTIL_BEFORE,
)
from consumers.extractor.date_reading import head_of, is_telling
from consumers.extractor.scene import LOOKS_BACK, home_country

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from consumers.extractor.days import DayMention
    from consumers.extractor.passage import Page, Spot
    from vigil.claim import DayBasis
    from vigil.place import Place

    Chosen = tuple[date | None, tuple[date, date] | None, DayBasis]

# A day behind such a word is the day of something else.
_OTHER: Final = re.compile(
    r"\b(?:ahead of|before|until|(?:court date|summons|adjourned) (?:for|to)|comment|due|"
    r"scheduled for|planned for|set for|expected (?:on|in)|appear (?:\w+ ){0,6}on|election of|"
    r"since [\w\u2019' ]{3,40})\s*(?:\w+ ){0,2}$",
    re.IGNORECASE,
)
# "By late evening 5,000 had been held": of the day the article is about, whatever came before.
_NOW: Final = re.compile(
    r"\b(?:by (?:late |early |this )?(?:evening|night|nightfall|midnight|noon|afternoon|"
    r"\d{1,2})|tonight|so far|(?:this|that|the) (?:number|figure|total|tally) includes)\b",
    re.IGNORECASE,
)
_DATELINE: Final = re.compile(r"\s*(?:\([^()\n]{2,30}\)\s*)[-\u2013\u2014]")
_FROM: Final = re.compile(r"\b(?:from|since)\s+(?:\w+,? )?$", re.IGNORECASE)
_AROUND: Final = 80  # characters behind "by Monday" in which a tally is told of
_DATELINE_WIDTH: Final = 60  # characters before the date of a dateline
# "on Saturday night and Sunday morning", "from Friday to Sunday"
_JOINED: Final = re.compile(
    r"(?: (?:night|evening|morning|afternoon))?\s?(?:and|up to(?: and including)?|to|through|"
    r"into|until|till|\u2013|-)\s?(?:on |the end of |early |late |into )*",
    re.IGNORECASE,
)
_WHOLE: Final = re.compile(r"\b(?:during|throughout)\b", re.IGNORECASE)
_NEAR: Final = timedelta(days=7)  # from an event to the day somebody tells its number
_BACK: Final = 2  # sentences whose day goes on, across paragraphs
_FAR_BACK: Final = 12
_BACK_INSIDE: Final = 6  # and inside one paragraph
_RECENT: Final = timedelta(days=3)  # what news calls today's: the days before it is printed
_SHARE: Final = 2 / 3  # of the recent days mentioned, for one to be the day told of


def choose_day(page: Page, spot: Spot, *, place: Place | None) -> Chosen | None:
    """Return the day or the period of a claim and what it rests on, or None.

    Args:
        page: The article.
        spot: Where the claim stands.
        place: Its place; the day an article is about is that of its own country.
    """
    sentence = page.sentences[spot.sentence]
    text = page.cleaned[sentence.start : sentence.end]
    mentions = [
        m
        for m in page.days_in(sentence.start, sentence.end)
        if not _is_other(page, m) and (m.cue != "compared" or m.end <= spot.start)
    ]
    told = _told_in(page, spot, mentions)
    if told:
        told = _until(page, spot, told, mentions)
        return told if _is_certain(page, mentions) else None
    if mentions:
        told = mentions[0].day, mentions[0].period, mentions[0].basis
        return _event_before(page, spot, mentions[0]) or told
    if those := THOSE_DAYS.search(text):
        return _period_before(page, spot, those["count"])
    if LOOKS_BACK.search(text):
        return None
    carried = _carried(page, spot) or _stamped(page, spot)
    if carried is None:
        carried = _last_event(page, spot)
    if _NOW.search(text):
        carried = _recent(page, spot) or carried
    abroad = place is not None and place.country not in {None, home_country(page, spot.sentence)}
    return carried if carried or abroad else _recent(page, spot)


def _until(page: Page, spot: Spot, told: Chosen, mentions: Sequence[DayMention]) -> Chosen:
    """Return a period ended by the day up to which was counted: "by Tuesday"."""
    closing = [
        m.day for m in mentions if m.day and UNTIL_BEFORE.search(head_of(page.cleaned, m.start))
    ]
    if len(closing) != 1:
        return told
    last = closing[0]
    period = told[1]
    if told[0] == last:
        carried = _carried(page, spot)
        period = carried[1] if carried else None
    if period and period[0] < last <= period[1]:
        return None, (period[0], last), told[2]
    return told


def _is_certain(page: Page, mentions: Sequence[DayMention]) -> bool:
    """Say whether a sentence tells more than a month: "in July 2019" is some day of it."""
    return any(m.cue != "month" for m in mentions) or any(
        _WHOLE.search(page.cleaned[m.start : m.end]) for m in mentions
    )


def _stamped(page: Page, spot: Spot) -> Chosen | None:
    """Return the day of the page for an entry that opens with the time."""
    sentence = page.sentences[spot.sentence]
    line = page.cleaned.rfind("\n", 0, sentence.start) + 1
    if page.told and STAMPED.match(page.cleaned, line):
        return page.told, None, "context"
    return None


def _event_before(page: Page, spot: Spot, telling: DayMention) -> Chosen | None:
    """Return the day spoken of before a sentence that names only the day of the telling."""
    carried = _carried(page, spot, event=True)
    if carried is None or carried[0] is None or telling.day is None:
        return None
    return carried if timedelta(0) <= telling.day - carried[0] < _NEAR else None


def _period_before(page: Page, spot: Spot, count: str | None) -> Chosen | None:
    """Return the last period, or the row of days, told of before: "over those five days"."""
    days: set[date] = set()
    for index in range(spot.sentence - 1, max(-1, spot.sentence - 1 - _BACK_INSIDE), -1):
        sentence = page.sentences[index]
        mentions = page.days_in(sentence.start, sentence.end)
        for number, each in enumerate(mentions):
            chosen = _with_joined(page, each, mentions[number:])
            if chosen and chosen[1]:
                return None, chosen[1], "context"
        days |= {each.day for each in mentions if each.day}
    number = SMALL_NUMBERS.get((count or "two").lower()) or int(count or 2)
    if len(days) == number and max(days) - min(days) == timedelta(days=number - 1):
        return None, (min(days), max(days)), "context"
    return None


def _told_in(page: Page, spot: Spot, mentions: Sequence[DayMention]) -> Chosen | None:
    """Return the day that the sentence of a claim gives it, its own clause before the others."""
    # "this week" and "last year" give way to dates that stand beside them
    for some in ([m for m in mentions if m.cue != "span"], mentions):
        after = [m for m in some if spot.end <= m.start < spot.right]
        before = [m for m in some if spot.left <= m.start < spot.start]
        first = (before, after) if spot.tally else (_beside(page, spot, after), after, before)
        for stretch in (*first, [m for m in some if m.start >= spot.end], some):
            told = _best(page, stretch)
            if told:
                return _with_joined(page, told, stretch)
    return None


def _beside(page: Page, spot: Spot, after: Sequence[DayMention]) -> list[DayMention]:
    """Return the day right behind the verb that holds the people."""
    return [
        m for m in after
        if spot.cue_end <= m.start and BESIDE.fullmatch(page.cleaned, spot.cue_end, m.start)
    ]  # fmt: skip


def _with_joined(page: Page, told: DayMention, stretch: Sequence[DayMention]) -> Chosen | None:
    """Return a day, or the period that it makes with a day joined to it."""
    following = next((m for m in stretch if m.start >= told.end), None)
    if told.day and _FROM.search(head_of(page.cleaned, told.start)) and following is None:
        last = page.told  # "from 24 February up to this evening"
        return (None, (told.day, last), told.basis) if last and last > told.day else None
    if following is None or told.day is None or following.day is None:
        return told.day, told.period, told.basis
    joined = _JOINED.fullmatch(page.cleaned[told.end : following.start])
    if joined and told.day < following.day:
        return None, (told.day, following.day), told.basis
    return told.day, told.period, told.basis


def _best(page: Page, mentions: Sequence[DayMention]) -> DayMention | None:
    """Return the first mention of a stretch that is not the day somebody spoke."""
    return next((m for m in mentions if not _is_saying(page, m)), None)


def _is_saying(page: Page, mention: DayMention) -> bool:
    """Say whether a mention is the day of a telling, or the day up to which was counted."""
    if mention.cue in {"since", "range", "as_of"}:
        return False
    if is_telling(page.cleaned, mention.start, mention.end):
        return True
    if not UNTIL_BEFORE.search(head_of(page.cleaned, mention.start)):
        return False
    behind = page.cleaned[mention.end : mention.end + _AROUND].split("\n", 1)[0]
    head = head_of(page.cleaned, mention.start)
    return bool(TALLIED.search(head) or TALLIED.search(behind))


def _is_other(page: Page, mention: DayMention) -> bool:
    """Say whether a mention is the day of something else, or of writing ("Jan 23 (AP) -")."""
    if _DATELINE.match(page.cleaned, mention.end):
        line = page.cleaned.rfind("\n", 0, mention.start) + 1
        if mention.start - line < _DATELINE_WIDTH:
            return True
    if mention.cue == "since":
        return False
    head = head_of(page.cleaned, mention.start)
    before = page.days_in(mention.start - len(head), mention.start)
    if before:  # what an earlier day has to do with it ends there
        head = page.cleaned[before[-1].end : mention.start]
    return bool(_OTHER.search(head))


def _carried(page: Page, spot: Spot, *, event: bool = False) -> Chosen | None:
    """Return the day that the sentences before have set.

    Args:
        page: The article.
        spot: Where the claim stands.
        event: Whether only the day of an event counts, not that of a telling.
    """
    told_on: Chosen | None = None
    paragraph = page.sentences[spot.sentence].paragraph
    for index in range(spot.sentence - 1, max(-1, spot.sentence - 1 - _BACK_INSIDE), -1):
        sentence = page.sentences[index]
        if sentence.paragraph != paragraph and spot.sentence - index > _BACK:
            break
        if sentence.section and index:
            break
        mentions = [m for m in page.days_in(sentence.start, sentence.end) if not _is_other(page, m)]
        mentions = [m for m in mentions if not _is_caption(page, m, sentence.end)]
        if LOOKS_BACK.search(page.cleaned[sentence.start : sentence.end]) and not any(
            m.day for m in mentions
        ):
            return told_on
        if event and not UNREST.search(page.cleaned[sentence.start : sentence.end]):
            continue
        told = _best(page, [m for m in mentions if m.day]) or _best(page, mentions)
        if told:
            day, period, _ = _with_joined(page, told, mentions) or (told.day, told.period, "")
            return day, period, "context"
        if mentions and told_on is None and not event:
            told_on = mentions[0].day, mentions[0].period, "context"
    return told_on


def _last_event(page: Page, spot: Spot) -> Chosen | None:
    for index in range(spot.sentence - 1, max(-1, spot.sentence - 1 - _FAR_BACK), -1):
        sentence = page.sentences[index]
        if sentence.section and index:
            return None
        text = page.cleaned[sentence.start : sentence.end]
        if not UNREST.search(text):
            continue
        mentions = [m for m in page.days_in(sentence.start, sentence.end) if not _is_other(page, m)]
        told = _best(
            page, [m for m in mentions if m.day and not _is_caption(page, m, sentence.end)]
        )
        if told and page.told and told.day and page.told - told.day <= _RECENT * 2:
            return told.day, None, "context"
        if told:
            return None
    return None


def _is_caption(page: Page, mention: DayMention, end: int) -> bool:
    """Say whether a recent day with its year closes a sentence: news writes so under pictures."""
    written = page.cleaned[mention.start : mention.end]
    recent = page.told and mention.day and page.told - mention.day < timedelta(days=60)
    return bool(recent and re.search(r"\b(?:19|20)\d\d$", written) and end - mention.end < 40)  # noqa: PLR2004  # room for a credit


def _recent(page: Page, spot: Spot) -> Chosen | None:
    """Return the recent day that a section tells of, where it tells of hardly any other."""
    start, end, _ = page.section(spot.sentence)
    return page.once(("recent", start), lambda: _told_of(page, start, end))


def _told_of(page: Page, start: int, end: int) -> Chosen | None:
    last = page.told
    if last is None:
        return None
    every = [m for m in page.days_in(start, end) if not _is_other(page, m)]
    mentions = [m for m in every if not _is_saying(page, m)]
    days = Counter(m.day for m in mentions if m.day and last - _RECENT <= m.day <= last)
    if days:
        return _common(days)
    told_on = {m.day for m in every if m.day and last - _RECENT <= m.day <= last}
    if len(told_on) == 1 and not mentions:
        return told_on.pop(), None, "context"
    periods = {
        m.period
        for m in mentions
        if m.cue == "weekend" and m.period and last - _RECENT <= m.period[1] <= last
    }
    return (None, periods.pop(), "context") if len(periods) == 1 else None


def _common(days: Counter[date]) -> Chosen | None:
    """Return the day most of the mentions agree on, or the two in a row they are about."""
    day, times = days.most_common(1)[0]
    if times >= _SHARE * days.total():
        return day, None, "context"
    both = min(days), max(days)
    together = len(days) == 2 and both[1] - both[0] == timedelta(days=1)  # noqa: PLR2004
    return (None, both, "context") if together else None
