"""Choose the day of a claim: its own clause, its sentence, the sentences before, the article."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from consumers.extractor.by_now import since_outbreak, until_now, up_to_now
from consumers.extractor.day_clause import told_in
from consumers.extractor.day_roles import best, event_days
from consumers.extractor.day_sums import ago
from consumers.extractor.day_words import STAMPED, THOSE_DAYS
from consumers.extractor.entries import entry
from consumers.extractor.running import (
    added_to,
    ended,
    is_aside,
    is_running,
    period_before,
    running_period,
)
from consumers.extractor.scene import LOOKS_BACK, home_country
from consumers.extractor.sequels import is_of_sequel
from consumers.extractor.since_event import since_event
from consumers.extractor.story import (
    carried,
    names_unknown_day,
    of_publication,
    recent,
    story,
)
from consumers.extractor.tallies import of_wave
from consumers.extractor.telling import event_behind, told_next

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consumers.extractor.day_roles import Chosen
    from consumers.extractor.days import DayMention
    from consumers.extractor.passage import Page, Spot
    from vigil.place import Place

# "By late evening 5,000 had been held": of the day the article is about, whatever came before.
_NOW: Final = re.compile(
    r"\b(?:by (?:late |early |this )?(?:evening|night|nightfall|midnight|noon|afternoon|"
    r"(?:around |about |approximately |roughly |(?:just|shortly) after )?"
    r"\d{1,2})|tonight|so far|(?:this|that|the) (?:number|figure|total|tally) includes)\b",
    re.IGNORECASE,
)
# "held before the march": on which day before it nobody says
_AHEAD_OF: Final = re.compile(r"\b(?:ahead of|prior to|in the run-up to|on the eve of)\b", re.I)
_ASIDE: Final = frozenset({"since", "span"})
_WHOLE: Final = re.compile(r"\b(?:during|throughout)\b", re.IGNORECASE)
_NEAR: Final = timedelta(days=7)  # from an event to the day somebody tells its number
# A total may be of more days than the one the story tells of.
_TOTAL: Final = re.compile(r"\b(?:in total|altogether|overall|all told|to date)\b", re.IGNORECASE)
# "on the day alone": on the one just spoken of
_THE_DAY: Final = re.compile(
    r"\bon the (?:same )?day(?: itself| alone)?\b(?! (?:of|after|before|that|when|the))",
    re.IGNORECASE,
)
_EARLIER: Final = re.compile(
    r"\b(?:previous|earlier|past|prior) (?:\w+ )?(?:protests?|rall(?:y|ies)|march(?:es)?|strikes?"
    r"|demonstrations?|unrest|clashes|crackdowns?|election)\b",
    re.IGNORECASE,
)
# "the release of their leader, jailed in": of somebody else
_DONE_TO: Final = re.compile(
    r"\b(?:of|for|with|against|that|who|whose|after)\b[^.;]{3,80}"
    r"\b(?:arrested|detained|jailed|sentenced|convicted|imprisoned|indicted|released|sacked|ousted"
    r"|dismissed|deposed)\s(?:(?:on|in|late|early|over)\s){0,2}\Z",
    re.IGNORECASE,
)
# "It came a day after a march where police held 90": of the day before what is told
_AFTER: Final = re.compile(
    r"\b(?P<count>a|one|two|three|four|five|six|\d)\s(?P<unit>day|night|week)s?\safter\s"
    r"(?:(?!\b(?:on|last|yesterday|today)\b|\w+day\b)[^.,;:\u2014\u2013]"
    r"|,(?=\s(?:where|when|at which|in which|during which)\b))*\Z",
    re.IGNORECASE,
)
# "six arrests, compared with 40 on Tuesday": the day of the other figure
_COMPARED: Final = re.compile(
    r"\b(?:compared (?:to|with)|(?:up|down) from) [^.;]*\Z", re.IGNORECASE
)


def choose_day(page: Page, spot: Spot, *, place: Place | None) -> Chosen | None:
    """Return the day or the period of a claim and what it rests on, or None.

    A period of one day is that day.

    Args:
        page: The article.
        spot: Where the claim stands.
        place: Its place; the day an article is about is that of its own country.
    """
    wave = None if _those(page, spot) else of_wave(page, spot)
    chosen = wave or _choose(page, spot, place)
    if chosen and chosen[1] and chosen[1][0] == chosen[1][1]:
        return chosen[1][0], None, chosen[2]
    return chosen


def _choose(page: Page, spot: Spot, place: Place | None) -> Chosen | None:
    sentence = page.sentences[spot.sentence]
    mentions = [
        m
        for m in event_days(page, sentence.start, sentence.end)
        if (m.cue != "compared" or m.end <= spot.start)
        and not (m.cue in _ASIDE and is_aside(page, spot, m.start))
        and not _is_of_other(page, spot, m.start)
        and not _is_some_day(page, m)
        and not is_of_sequel(page, spot, m)
    ]
    row = _row_of(page, spot)
    if row is not None:  # the days of the other rows are not its own
        own = best(page, [m for m in mentions if row[0] <= m.start < row[1]])
        return (own.day, own.period, own.basis) if own else None
    those = _those(page, spot)
    spent = (those["spent"] or those["week"]) if those else None
    if is_running(page, spot) and (spent or not those):
        told = period_before(page, spot, spent, now=page.told) if spent else None
        return told or running_period(page, spot, mentions)
    if after := _AFTER.search(page.cleaned, sentence.start, spot.start):
        return _days_before(page, spot, place, after=after, mentions=mentions)
    told = since_outbreak(page, spot, mentions) or told_in(page, spot, mentions)
    if told:
        told = ended(page, spot, told, mentions)
        return told if _is_certain(page, mentions) else None
    if those:
        now = page.told if spent else None
        return period_before(page, spot, those["count"] or spent, now=now)
    return _of_telling(page, spot, mentions, place) if mentions else _untold(page, spot, place)


def _those(page: Page, spot: Spot) -> re.Match[str] | None:
    sentence = page.sentences[spot.sentence]
    return THOSE_DAYS.search(page.cleaned, sentence.start, sentence.end)


def _days_before(
    page: Page,
    spot: Spot,
    place: Place | None,
    *,
    after: re.Match[str],
    mentions: Sequence[DayMention],
) -> Chosen | None:
    """Return the day so many days before the one that is told: "a day after 40 were held"."""
    own = [m for m in mentions if not after.start() <= m.start < spot.end]
    told = best(page, own)
    day = told.day if told else None
    if told is None:
        around = _from_around(page, spot, place)
        day = around[0] if around else None
    first = ago(day, after["count"], after["unit"])
    return (first, None, "context") if first else None


def _of_telling(
    page: Page, spot: Spot, mentions: Sequence[DayMention], place: Place | None
) -> Chosen | None:
    """Return the day of a sentence that names only the day of the telling."""
    told = mentions[0].day, mentions[0].period, mentions[0].basis
    if _AHEAD_OF.search(page.cleaned, spot.cue_end, page.sentences[spot.sentence].end):
        return None
    event = _event_before(page, spot, mentions[0]) or event_behind(page, spot, mentions[0])
    event = event or told_next(page, spot)
    return event or up_to_now(page, spot, place) or told


def _untold(page: Page, spot: Spot, place: Place | None) -> Chosen | None:
    """Return the day of a sentence that names none, from what stands around it."""
    sentence = page.sentences[spot.sentence]
    if total := since_event(page, spot) or added_to(page, spot):
        return total
    if _looks_back(page, spot) or names_unknown_day(page, sentence.start, sentence.end):
        return None
    return _from_around(page, spot, place) or until_now(page, spot, place)


def _row_of(page: Page, spot: Spot) -> tuple[int, int] | None:
    """Return where the row of a table starts and ends that a claim stands in."""
    start = page.text.rfind("\n", 0, spot.start) + 1
    end = page.text.find("\n", spot.start)
    end = end if end >= 0 else len(page.text)
    row = page.text[start:end].strip()
    return (start, end) if row.startswith("|") and row.endswith("|") else None


def _from_around(page: Page, spot: Spot, place: Place | None) -> Chosen | None:
    """Return the day of a sentence that names none."""
    sentence = page.sentences[spot.sentence]
    told = carried(page, spot) or _stamped(page, spot) or entry(page, spot)
    told = told or told_next(page, spot) or up_to_now(page, spot, place)
    if _THE_DAY.search(page.cleaned, sentence.start, sentence.end):
        return told
    now = _NOW.search(page.cleaned, sentence.start, sentence.end)
    if now:
        told = recent(page, spot) or told
    abroad = place is not None and place.country not in {None, home_country(page, spot.sentence)}
    if told or abroad:
        return told
    if not now and _TOTAL.search(page.cleaned, sentence.start, sentence.end):
        return recent(page, spot)
    return recent(page, spot) or story(page, spot) or of_publication(page, spot)


def _looks_back(page: Page, spot: Spot) -> bool:
    """Say whether a sentence looks back over a time of its own, not only in a clause beside."""
    sentence = page.sentences[spot.sentence]
    if _EARLIER.search(page.cleaned, sentence.start, sentence.end):
        return True
    return any(
        not (is_aside(page, spot, match.start()) or _is_of_other(page, spot, match.start()))
        for match in LOOKS_BACK.finditer(page.cleaned, sentence.start, sentence.end)
    )


def _is_of_other(page: Page, spot: Spot, at: int) -> bool:
    """Say whether a place stands right behind a later verb: "held marchers for a man jailed on".

    Or in what a figure is compared with.
    """
    behind = at > spot.cue_end and _DONE_TO.search(page.cleaned, spot.cue_end, at) is not None
    return behind or (at > spot.end and _COMPARED.search(page.cleaned, spot.end, at) is not None)


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
    before = carried(page, spot, event=True)
    if before is None or before[0] is None or telling.day is None:
        return None
    return before if timedelta(0) <= telling.day - before[0] < _NEAR else None


def _is_some_day(page: Page, mention: DayMention) -> bool:
    """Say whether a mention is of some day of a time: "earlier this week"."""
    return mention.cue == "span" and page.cleaned[mention.start : mention.end].lower().startswith(
        "earlier"
    )
