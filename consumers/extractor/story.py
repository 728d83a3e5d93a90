"""Find the day of the story: what the sentences before, or the article, tell of."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from consumers.extractor.cues import tells_detention
from consumers.extractor.day_roles import (
    best,
    event_days,
    is_caption,
    is_furniture,
    is_in_speech,
    is_one_night,
    is_saying,
    with_joined,
)
from consumers.extractor.day_words import OFTEN, UNREST
from consumers.extractor.days import lines_of
from consumers.extractor.scene import LOOKS_BACK
from vigil.publication import is_digest, publication_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from consumers.extractor.day_roles import Chosen
    from consumers.extractor.days import DayMention
    from consumers.extractor.passage import Page, Spot

_BACK: Final = 2  # sentences whose day goes on, across paragraphs
_BACK_INSIDE: Final = 6  # and inside one paragraph
_RECENT: Final = timedelta(days=3)  # what news calls today's: the days before it is printed
_LATELY: Final = timedelta(days=10)  # the news of a weekly, and of a story that goes on
_TILL_NEXT: Final = timedelta(days=7)  # a weekend that is all a text tells of
_ONE_BREATH: Final = 80  # characters between two days told together
_STALE: Final = timedelta(days=60)  # whatever is older is background
_SHARE: Final = 2 / 3  # of the recent days mentioned, for one to be the day told of
_AHEAD: Final = 3  # sentences after a lead that say when it was
_FAR: Final = 60  # sentences of one section, or below a heading, that are looked at
_HEADLINES: Final = 2  # the title and what stands under it tell of the event
# "in the second week of February", "in the months after the coup"
_SOME_TIME: Final = re.compile(
    r"\bin the (?:first|second|third|fourth|last|opening|closing|early|late)(?: \w+)? "
    r"(?:days?|weeks?|half|part) of\b|\b\w+ (?:month|year)s? (?:earlier|before)\b"
    r"|\bin the (?:days|weeks|months|years) (?:after|before|that)\b",
    re.IGNORECASE,
)
_WEEKDAY: Final = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b(?!s)", re.IGNORECASE)


def carried(page: Page, spot: Spot, *, event: bool = False) -> Chosen | None:
    """Return the day that the sentences right before have set.

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
        mentions = event_days(page, sentence.start, sentence.end)
        mentions = [
            m
            for m in mentions
            if m.cue not in {"span", "season", "month", "year"}
            and not is_caption(page, m, sentence.end)
        ]
        text = page.cleaned[sentence.start : sentence.end]
        if _looks_back(page, index) and not any(m.day for m in mentions):
            return told_on
        if event and not UNREST.search(text):
            continue
        told = best(page, [m for m in mentions if m.day]) or best(page, mentions)
        if told:
            day, period, _ = with_joined(page, told, mentions) or (told.day, told.period, "")
            return day, period, "context"
        if mentions and told_on is None and not event:
            told_on = mentions[0].day, mentions[0].period, "context"
    return told_on


def _looks_back(page: Page, index: int) -> bool:
    """Say whether a sentence looks back; every claim after it asks."""
    text = page.cleaned[page.sentences[index].start : page.sentences[index].end]
    return page.once(("back", index), lambda: LOOKS_BACK.search(text) is not None)


def recent(page: Page, spot: Spot) -> Chosen | None:
    """Return the recent day that a section tells of, where it tells of hardly any other."""
    start, end, _ = page.section(spot.sentence)
    return page.once(("recent", start), lambda: _told_of(page, start, end))


def _told_of(page: Page, start: int, end: int) -> Chosen | None:
    last = page.told
    if last is None:
        return None
    every = event_days(page, start, end)
    mentions = [m for m in every if not is_saying(page, m)]
    mentions = [m for m in mentions if not is_in_speech(page, m)] or mentions
    mornings = [b for a, b in pairwise(mentions) if is_one_night(page, a, b)]
    told = [m if m.day else _counted_up_to(m) for m in mentions if m not in mornings]
    days = Counter(m.day for m in told if m.day and last - _RECENT <= m.day <= last)
    if days:
        late = [m for m in told if m.day in days]
        return _common(days, late)
    told_on = {m.day for m in every if m.day and last - _RECENT <= m.day <= last}
    if len(told_on) == 1 and not mentions:
        return told_on.pop(), None, "context"
    alone = len({m.period for m in mentions}) == 1 and all(m.cue == "weekend" for m in mentions)
    lately = _TILL_NEXT if alone else _RECENT
    periods = {
        m.period
        for m in mentions
        if m.cue in {"weekend", "range"} and (ended := _last(m)) and last - lately <= ended <= last
    }
    return (None, periods.pop(), "context") if len(periods) == 1 else None


def _counted_up_to(mention: DayMention) -> DayMention:
    """Return "as of Sunday evening" as what it also is: the day a story has come to."""
    if mention.cue != "as_of" or mention.period is None:
        return mention
    return replace(mention, day=mention.period[1], period=None)


def _common(days: Counter[date], late: list[DayMention]) -> Chosen | None:
    """Return the day most mentions agree on, or one of two days in a row.

    Of two told in one breath the earlier: the other is that of the telling, or of what came of
    it. Else the one told first.
    """
    day, times = days.most_common(1)[0]
    if times >= _SHARE * days.total():
        return day, None, "context"
    both = min(days), max(days)
    if len(days) != len(both) or both[1] - both[0] != timedelta(days=1):
        return None
    pairs = pairwise(late)
    together = any(a.day != b.day and b.start - a.end < _ONE_BREATH for a, b in pairs)
    return both[0] if together else late[0].day, None, "context"


def story(page: Page, spot: Spot) -> Chosen | None:
    """Return the day of the event told last in the section, however far before.

    Two days in one paragraph compete, and give none. A lead takes the first day right after it.
    """
    start, _, _ = page.section(spot.sentence)
    events = _events(page, start)
    before = [(page.sentences[n].paragraph, day) for n, day in events if n < spot.sentence]
    if before:
        days = {day for paragraph, day in before if paragraph == before[-1][0]}
        return (days.pop(), None, "context") if len(days) == 1 else None
    after = [day for n, day in events if spot.sentence < n <= spot.sentence + _AHEAD]
    return (after[0], None, "context") if after else None


def of_publication(page: Page, spot: Spot) -> Chosen | None:
    """Return the day of publication, where the section names no other day of late.

    News that opens without saying when tells of the day it is printed; whoever names a day or
    a week tells of more than one. What follows the opening may be background.
    """
    dated = dated_on(page)
    sentence = page.sentences[spot.sentence]
    if dated is None or OFTEN.search(page.cleaned, sentence.start, sentence.end):
        return None
    first = bisect_left(page.days, sentence.start, key=lambda each: each.start)
    last = bisect_left(page.days, sentence.end, key=lambda each: each.start)
    if any(each.day for each in page.days[first:last]):
        return None  # "detained ahead of Sunday's march": of no day that is told
    start, end, _ = page.section(spot.sentence)
    lead = page.lead(spot.sentence)
    if spot.sentence not in lead and not (_is_stated(page) and _opens_with_arrests(page, lead)):
        return None
    others = page.once(
        ("others", start),
        lambda: any(
            _is_of_late(each, dated) and not is_furniture(page, each)
            for each in page.days_in(start, end)
        ),
    )
    return None if others else (dated, None, "publication")


def _is_stated(page: Page) -> bool:
    return publication_of(lines_of(page.text), page.text) is not None


def _opens_with_arrests(page: Page, lead: Sequence[int]) -> bool:
    """Say whether what is new are arrests: whatever the article goes on to count is of them."""
    return any(
        tells_detention(page.cleaned[page.sentences[each].start : page.sentences[each].end])
        for each in lead
    )


def _is_of_late(mention: DayMention, dated: date) -> bool:
    if mention.cue in {"since", "year"}:
        return False
    last = _last(mention)
    if mention.cue in {"span", "month"} and mention.period:
        return last is None or last >= dated  # "last month" is background as well
    return last is not None and dated - last < _STALE


def _last(mention: DayMention) -> date | None:
    return mention.day or (mention.period[1] if mention.period else None)


def dated_on(page: Page) -> date | None:
    """Return the day of publication of an article that states one, or was given one."""
    return page.once("dated", lambda: _dated(page))


def _dated(page: Page) -> date | None:
    lines = lines_of(page.text)
    if is_digest(lines):
        return None
    stated = publication_of(lines, page.text)
    if stated is not None:
        return stated.date()
    ends = {_last(each) for each in page.days if each.cue != "since"}
    return page.told if page.told not in ends else None


def last_event(page: Page, spot: Spot) -> date | None:
    """Return the last day of an event that was told before a claim, else the article's recent."""
    before = events_before(page, spot)
    late = recent(page, spot)
    return max(before, default=late[0] if late else None)


def events_before(page: Page, spot: Spot) -> set[date]:
    """Return the late days of events that were told before a claim in its section."""
    start, _, _ = page.section(spot.sentence)
    return {day for index, day in _events(page, start) if index < spot.sentence}


def events_of(page: Page, start: int) -> set[date]:
    """Return the late days of events that the section which starts at a place tells of."""
    return {day for _, day in _events(page, start)}


def _events(page: Page, start: int) -> list[tuple[int, date]]:
    """Return the late days of events of a section: (number of the sentence, day)."""
    return page.once(("events", start), lambda: list(_find_events(page, start)))


def _find_events(page: Page, start: int) -> Iterable[tuple[int, date]]:
    last = page.told
    first = bisect_left(page.sentences, start, key=lambda each: each.start)
    for index in range(first, min(len(page.sentences), first + _FAR)):
        sentence = page.sentences[index]
        if sentence.section and index > first:
            break
        if index - first >= _HEADLINES and not UNREST.search(
            page.cleaned[sentence.start : sentence.end]
        ):
            continue
        for mention in event_days(page, sentence.start, sentence.end):
            if mention.day and last and _is_late(page, mention, last, sentence.end):
                yield index, mention.day


def _is_late(page: Page, mention: DayMention, last: date, end: int) -> bool:
    return (
        mention.day is not None
        and timedelta(0) <= last - mention.day <= _LATELY
        and not is_saying(page, mention)
        and not is_caption(page, mention, end)
    )


def names_unknown_day(page: Page, start: int, end: int) -> bool:
    """Say whether a sentence names a time of which nobody can say the date."""
    first = bisect_left(page.days, start, key=lambda each: each.start)
    last = bisect_left(page.days, end, key=lambda each: each.start)
    known = page.days[max(0, first - 1) : last]
    if _SOME_TIME.search(page.cleaned, start, end):
        return True
    return any(
        not any(each.start <= match.start() < each.end for each in known)
        for match in _WEEKDAY.finditer(page.cleaned, start, end)
    )
