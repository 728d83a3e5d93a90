"""Totals since an event: "since the vote", "since the protests began", "since his death"."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from consumers.extractor.by_now import is_perfect, until_dated, until_told
from consumers.extractor.date_reading import head_of
from consumers.extractor.day_roles import event_days
from consumers.extractor.day_words import COMPARED_BEFORE
from consumers.extractor.running import is_aside

if TYPE_CHECKING:
    from datetime import date

    from consumers.extractor.day_roles import Chosen
    from consumers.extractor.passage import Page, Spot

# "since the protests began": the days an article tells are theirs
_SINCE_UNREST: Final = re.compile(
    r"\bsince\s(?:the\s)?(?:(?:start|beginning|outbreak|onset)\sof\s)?(?:[\w-]+\s){0,3}?"
    r"(?:protests?|demonstrations?|rall(?:y|ies)|riots?|unrest|violence|clashes|crackdown|uprising"
    r"|movement|strike|revolt)\b",
    re.IGNORECASE,
)
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
# "since the tolls went up": of what is told for no reason, but for a time
_SINCE_ANY: Final = re.compile(r"\b[Ss]ince\s(?:the|an?|his|her|its|their|[A-Z]\w+)\s")
_SINCE: Final = re.compile(r"\bsince\b[^.,;:]{3,80}\Z", re.IGNORECASE)
_BACK: Final = 40  # characters before a day that say what it is the day of
_FAR: Final = timedelta(days=60)  # the days of one wave of protests


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
    return until_told(page, first)


def _is_since_untold(page: Page, spot: Spot) -> bool:
    """Say whether a claim counts since an event of which the article does not tell the day."""
    sentence = page.sentences[spot.sentence]
    told = [_SINCE_UNREST, _SINCE_CAUSE, _SINCE_VOTE]
    if is_perfect(page, spot):
        told.append(_SINCE_ANY)
    return any(
        since
        and _is_its(page, spot, since.start())
        and not COMPARED_BEFORE.search(head_of(page.cleaned, since.start()))
        for each in told
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
    first = page.sentences[spot.sentence].start
    opens = not page.cleaned[first:since].strip()
    beside = since < spot.start and ";" in page.cleaned[since : spot.start]
    return (
        opens
        or (beside and is_perfect(page, spot))
        or (since >= spot.start and not is_aside(page, spot, since))
    )


def _first_day(page: Page, start: int, end: int) -> date | None:
    """Return the first day of late that a section tells of."""
    last = page.told
    days = (each.day for each in event_days(page, start, end) if each.day)
    return min((day for day in days if last and timedelta(0) <= last - day < _FAR), default=None)
