"""Choose the day of a claim: its own clause, its sentence, the sentences before, the article."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from consumers.extractor.scene import LOOKS_BACK, home_country

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from consumers.extractor.days import DayMention
    from consumers.extractor.passage import Page, Spot
    from vigil.claim import DayBasis
    from vigil.place import Place

    Chosen = tuple[date | None, tuple[date, date] | None, DayBasis]

# A day right behind such a verb is the day of the saying.
_SAID: Final = re.compile(
    r"\b(?:said|says|told|announced|reported|admitted|confirmed|tweeted|wrote|stated|"
    r"statement|speaking|interview|briefing|stood|stands|updated)"
    r"(?: [\w\u2019'-]+){0,4}(?: on| in)?\s+(?:late |early |earlier )?$",
    re.IGNORECASE,
)
# A day behind such a word is the day of something else.
_OTHER: Final = re.compile(
    r"\b(?:ahead of|before|until|due|scheduled for|planned for|set for|expected (?"
    r":on|in)|appear (?:\w+ ){0,6}on|election of|since [\w\u2019' ]{3,40})\s*(?:\w+ "
    r"){0,2}$",
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
_DATELINE_WIDTH: Final = 60  # characters before the date of a dateline
# "on Saturday night and Sunday morning", "from Friday to Sunday"
_JOINED: Final = re.compile(
    r"(?: (?:night|evening|morning|afternoon))?\s?(?:and|to|through|into|until|\u2013|"
    r"-)\s?(?:on |early |late |into )*",
    re.IGNORECASE,
)
_BACK: Final = 2  # sentences whose day goes on, across paragraphs
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
    mentions = [m for m in page.days_in(sentence.start, sentence.end) if not _is_other(page, m)]
    told = _told_in(page, spot, mentions)
    if told:
        return told
    if mentions:
        return mentions[0].day, mentions[0].period, mentions[0].basis
    if LOOKS_BACK.search(page.cleaned[sentence.start : sentence.end]):
        return None
    carried = _carried(page, spot)
    if _NOW.search(page.cleaned[sentence.start : sentence.end]):
        carried = _recent(page, spot) or carried
    abroad = place is not None and place.country not in {None, home_country(page, spot.sentence)}
    return carried if carried or abroad else _recent(page, spot)


def _told_in(page: Page, spot: Spot, mentions: Sequence[DayMention]) -> Chosen | None:
    """Return the day that the sentence of a claim gives it, its own clause before the others."""
    # "this week" and "last year" give way to dates that stand beside them
    for some in ([m for m in mentions if m.cue != "span"], mentions):
        after = [m for m in some if spot.end <= m.start < spot.right]
        before = [m for m in some if spot.left <= m.start < spot.start]
        first = (before, after) if spot.tally else (after, before)
        for stretch in (*first, [m for m in some if m.start >= spot.end], some):
            told = _best(page, stretch)
            if told:
                return _with_joined(page, told, stretch)
    return None


def _with_joined(page: Page, told: DayMention, stretch: Sequence[DayMention]) -> Chosen | None:
    """Return a day, or the period that it makes with a day joined to it."""
    following = next((m for m in stretch if m.start >= told.end), None)
    if told.day and _FROM.search(_head(page, told)) and following is None:
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
    return bool(_SAID.search(_head(page, mention)))


def _is_other(page: Page, mention: DayMention) -> bool:
    """Say whether a mention is the day of something else, or of writing ("Jan 23 (AP) -")."""
    if _DATELINE.match(page.cleaned, mention.end):
        line = page.cleaned.rfind("\n", 0, mention.start) + 1
        if mention.start - line < _DATELINE_WIDTH:
            return True
    return mention.cue != "since" and bool(_OTHER.search(_head(page, mention)))


def _head(page: Page, mention: DayMention) -> str:
    """Return what stands before a mention in its own sentence."""
    head = page.cleaned[max(0, mention.start - 60) : mention.start]
    return re.split(r"[.!?\n]\s", head)[-1]


def _carried(page: Page, spot: Spot) -> Chosen | None:
    """Return the day that the sentences before have set."""
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
            return None
        told = _best(page, [m for m in mentions if m.day]) or _best(page, mentions)
        told = told or next(iter(mentions), None)
        if told:
            return told.day, told.period, "context"
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
    mentions = [
        m for m in page.days_in(start, end) if not _is_other(page, m) and not _is_saying(page, m)
    ]
    days = Counter(m.day for m in mentions if m.day and last - _RECENT <= m.day <= last)
    if days:
        return _common(days)
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
