"""Say what a mention of a day is the day of: an event, a telling, something else."""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from consumers.extractor.date_reading import head_of, is_telling
from consumers.extractor.day_words import (
    OWNED,
    TALLIED,
    UNTIL_BEFORE,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from consumers.extractor.days import DayMention
    from consumers.extractor.passage import Page
    from vigil.claim import DayBasis
    from vigil.period import Period

    Chosen = tuple[date | None, Period | None, DayBasis]

# A day behind such a word is the day of something else.
_OTHER: Final = re.compile(
    r"\b(?:(?<!day )(?<!night )(?<!hours )(?<!minutes )(?<!shortly )(?<!moments )"
    r"(?:ahead of|prior to|in the run-up to|dated"
    r"|before(?! dawn| daybreak| midnight| sunrise| noon))|until|"
    r"(?:court date|summons|adjourned) (?:for|to)|comment|due|on trial|back in court|"
    r"scheduled for|planned for|set for|expected (?:on|in)|appear (?:\w+ ){0,6}on|election of|"
    r"since [\w\u2019' ]{3,40})\s*(?:\w+ ){0,2}$"
    # "that more would be told on the charges on Friday"
    r"|\b(?:would|will) (?:not )?(?:be )?\w+(?: \w+){0,4} (?:on )?$",
    re.IGNORECASE,
)
# "like a week ago", "more than on Sunday"
_COMPARED: Final = re.compile(
    r"\b(?:like|unlike|than|compared (?:to|with))\s+(?:(?:on|in|at|the|those|that|it|did|of)\s+)"
    r"{0,3}$",
    re.IGNORECASE,
)
# "since the baker was shot on", "the fifth anniversary of the": of the event that led to protests
_CAUSE: Final = re.compile(
    r"\b(?:shot(?! at)|killed|died|murdered|assassinated|(?:re-?)?elected|inaugurated|sworn in"
    r"|ousted|overthrown|poisoned|executed|death|killing|murder|assassination|invasion|coup|elections?"
    r"|referendum|anniversary of|in memory of)\b"
    r"(?:\s(?!and\b|detain|arrest|held)[\w\u2019'-]+){0,3}\s(?:(?:on|in|of|late|early|the)\s){0,3}$",
    re.IGNORECASE,
)
# "the October 7 attacks", "Sunday's disputed vote"
_CAUSE_AFTER: Final = re.compile(
    r"(?:,?\s\d{4},?)?(?:['\u2019]s)?\s(?:(?:presidential|parliamentary|general|disputed|deadly"
    r"|fatal|terrorist|terror|snap|local)\s){0,2}(?:attacks?|massacre|coup|elections?|vote|referendum"
    r"|killings?|shootings?|invasion|assassination|bombings?|earthquake|verdict)\b",
    re.IGNORECASE,
)
# "on the 20th anniversary of the vote on 3 May": of what is told, unless a year stands there
_ANNIVERSARY: Final = re.compile(r"\banniversary of\b[^.,;]{3,60}\son\s(?:the\s)?$", re.IGNORECASE)
# "KAMPALA, July 24 -", "Jan 23 (AP) -": of the writing
_DATELINE: Final = re.compile(r"\s*(?P<agency>\([^()\n]{2,30}\)\s*)?[-\u2013\u2014]")
_PLACE_BEFORE: Final = re.compile(r"\W*[A-Z][\w.\u2019' -]{1,30}[,.] ")
_DATELINE_WIDTH: Final = 60  # characters before the date of a dateline
# "Fri 15 Aug, 10:42 | 3 min read": of the page
_CLOCK: Final = re.compile(r",?\s(?:at\s)?\d{1,2}[:.]\d\d\b[^.!?\n]{0,60}(?=\n|$)")
_SENTENCE: Final = re.compile(
    r"\b(?:police|were|was|people|held|detained|arrested)\b", re.IGNORECASE
)
_FROM: Final = re.compile(r"\b(?:from|since)\s+(?:\w+,? )?$", re.IGNORECASE)
_AROUND: Final = 80  # characters behind "by Monday" in which a tally is told of
# "on Saturday night and Sunday morning", "from Friday to Sunday"
_JOINED: Final = re.compile(
    r"(?: (?:night|evening|morning|afternoon))?\s?(?:and|up to(?: and including)?|to|through|"
    r"into|until|till|\u2013|-)\s?(?:on |the end of |early |late |into )*",
    re.IGNORECASE,
)
_NIGHT: Final = re.compile(r"\b(?:night|evening)\Z", re.IGNORECASE)
_INTO: Final = re.compile(
    r",?\s(?:and )?(?:on )?into (?:the )?(?:early |small )?(?:hours (?:of |on ))?", re.I
)
_CREDIT: Final = 40  # characters behind the date of a picture, for who took it
_WITH_YEAR: Final = re.compile(r"\b(?:19|20)\d\d$")
_CAPTION: Final = 3  # sentences, with the credit
_SEVERAL: Final = 3  # days with their year: pictures show one or two
_FRESH: Final = timedelta(days=60)  # the age of a picture that may be of the event


def event_days(page: Page, start: int, end: int) -> list[DayMention]:
    """Return the mentions in a stretch that may be the day of what is told there."""
    return [m for m in page.days_in(start, end) if not is_other(page, m)]


def best(page: Page, mentions: Sequence[DayMention]) -> DayMention | None:
    """Return the first mention of a stretch that is not the day somebody spoke."""
    return next((m for m in mentions if not is_saying(page, m)), None)


def with_joined(page: Page, told: DayMention, stretch: Sequence[DayMention]) -> Chosen | None:
    """Return a day, or the period that it makes with a day joined to it."""
    following = next((m for m in stretch if m.start >= told.end), None)
    begins = _FROM.search(head_of(page.cleaned, told.start)) is not None
    if begins and told.day and following is None and not OWNED.match(page.cleaned, told.end):
        last = page.told  # "from 24 February up to this evening"
        return (None, (told.day, last), told.basis) if last and last > told.day else None
    if following is None or told.day is None or following.day is None:
        return told.day, told.period, told.basis
    between = page.cleaned[told.end : following.start]
    if is_one_night(page, told, following):
        return told.day, None, told.basis
    if _JOINED.fullmatch(between) and told.day < following.day:
        return None, (told.day, following.day), told.basis
    return told.day, told.period, told.basis


def is_one_night(page: Page, first: DayMention, second: DayMention) -> bool:
    """Say whether a day goes on into the next as one night: "Saturday night into early Sunday"."""
    return (
        _NIGHT.search(page.cleaned, first.start, first.end) is not None
        and _INTO.fullmatch(page.cleaned, first.end, second.start) is not None
    )


def is_saying(page: Page, mention: DayMention) -> bool:
    """Say whether a mention is the day of a telling, or the day up to which was counted."""
    if mention.cue in {"since", "range", "as_of"}:
        return False
    if is_telling(page.cleaned, mention.start, mention.end):
        return True
    head = head_of(page.cleaned, mention.start)
    if not UNTIL_BEFORE.search(head):
        return False
    behind = page.cleaned[mention.end : mention.end + _AROUND].split("\n", 1)[0]
    return bool(TALLIED.search(head) or TALLIED.search(behind))


def is_in_speech(page: Page, mention: DayMention) -> bool:
    """Say whether a mention is of somebody's words: "We came out today": of the day they spoke."""
    if mention.cue != "relative":
        return False
    start = page.cleaned.rfind("\n", 0, mention.start) + 1
    head = page.cleaned[start : mention.start]
    straight = head.count('"') % 2 == 1
    return straight or head.count("\u201c") > head.count("\u201d")


def is_other(page: Page, mention: DayMention) -> bool:
    """Say whether a mention is the day of something else, or of writing ("Jan 23 (AP) -")."""
    if is_furniture(page, mention):
        return True
    if mention.cue == "since":
        return False
    if mention.cue != "year" and _CAUSE_AFTER.match(page.cleaned, mention.end):
        return True
    head = head_of(page.cleaned, mention.start)
    before = page.days_in(mention.start - len(head), mention.start)
    if before:  # what an earlier day has to do with it ends there
        head = page.cleaned[before[-1].end : mention.start]
    if _is_of_anniversary(page, mention, head):
        return False
    return any(each.search(head) for each in (_OTHER, _COMPARED, _CAUSE))


def _is_of_anniversary(page: Page, mention: DayMention, head: str) -> bool:
    late = page.told and mention.day and timedelta(0) <= page.told - mention.day < _FRESH
    return bool(late and _ANNIVERSARY.search(head))


def is_furniture(page: Page, mention: DayMention) -> bool:
    """Say whether a mention stands in a dateline or a line of the page, and in no sentence."""
    line = page.cleaned.rfind("\n", 0, mention.start) + 1
    if mention.start - line > _DATELINE_WIDTH:
        return False
    head = page.cleaned[line : mention.start]
    if (writing := _DATELINE.match(page.cleaned, mention.end)) and (
        writing["agency"] or _PLACE_BEFORE.fullmatch(head)
    ):
        return True
    clock = _CLOCK.match(page.cleaned, mention.end)
    return clock is not None and not _SENTENCE.search(head + clock[0])


def is_caption(page: Page, mention: DayMention, end: int) -> bool:
    """Say whether a recent day with its year closes a sentence: news writes so under pictures."""
    written = page.cleaned[mention.start : mention.end]
    recent = page.told and mention.day and page.told - mention.day < _FRESH
    if not (recent and _WITH_YEAR.search(written) and end - mention.end < _CREDIT):
        return False
    return not (_is_in_prose(page, mention) or page.once("years", lambda: _writes_years(page)))


def _is_in_prose(page: Page, mention: DayMention) -> bool:
    """Say whether a mention stands in a paragraph of more sentences than a caption has."""
    index = bisect_right(page.sentences, mention.start, key=lambda each: each.start) - 1
    paragraph = page.sentences[max(0, index)].paragraph
    around = page.sentences[max(0, index - _CAPTION) : index + _CAPTION + 1]
    return sum(each.paragraph == paragraph for each in around) > _CAPTION


def _writes_years(page: Page) -> bool:
    """Say whether an article gives its recent days their year, all of them or nearly so."""
    days = [m for m in page.days if m.cue == "date" and m.day]
    written = [m for m in days if _WITH_YEAR.search(page.cleaned[m.start : m.end])]
    different = {m.day for m in written if page.told and m.day and page.told - m.day < _FRESH}
    return len(different) >= _SEVERAL and len(days) - len(written) <= len(written)
