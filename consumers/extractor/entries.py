"""The day of the heading above, on a page whose headings are days: a chronicle."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Final

from consumers.extractor.days import lines_of
from vigil.publication import is_list

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from consumers.extractor.day_roles import Chosen
    from consumers.extractor.days import DayMention
    from consumers.extractor.passage import Page, Spot
    from vigil.period import Period

_FAR: Final = 60  # sentences below a heading that are looked at
_DEEPEST: Final = 9  # the level of a heading without a mark
_OF_HEADINGS: Final = frozenset({"date", "range", "weekday"})
_PARTED_BEFORE: Final = re.compile(r"[|(\u2013\u2014:-]\s?\Z")
_PARTED_AFTER: Final = re.compile(r"\s?[|\u2013\u2014:-]")
_LINE_START: Final = re.compile(r"(?:\A|\n)\W*\Z")
_LINE_END: Final = re.compile(r"\W{0,4}(?:\n|\Z)")
_MOST: Final = 0.5  # of a heading that is a date, with the little that may stand beside it


def entry(page: Page, spot: Spot) -> Chosen | None:
    """Return the day of the heading above, on a page whose headings are days: a chronicle.

    A heading of the same or a higher level ends what the one before it has said.
    """
    headings = page.once("headings that are days", lambda: list(_headings(page)))
    above = bisect_left(headings, spot.sentence, key=lambda each: each[0])
    if above == 0 or len({when for _, when in headings}) == 1:
        return None
    index, (day, period) = headings[above - 1]
    if spot.sentence - index > _FAR:
        return None
    level = _level(page, index)
    for number in range(index + 1, spot.sentence):
        if page.sentences[number].section and _level(page, number) <= level:
            return None
    return day, period, "context"


def _level(page: Page, index: int) -> int:
    """Return how deep a heading stands: the number of its marks, many for one without."""
    start = page.sentences[index].start
    line = page.text.rfind("\n", 0, start) + 1
    return page.text.count("#", line, start) or _DEEPEST


def _headings(page: Page) -> Iterable[tuple[int, tuple[date | None, Period | None]]]:
    dated_items = page.once("list", lambda: _is_list(page))
    for mention in page.days:
        if mention.cue not in _OF_HEADINGS and not (dated_items and mention.cue == "publication"):
            continue
        index = bisect_right(page.sentences, mention.start, key=lambda each: each.start) - 1
        sentence = page.sentences[max(0, index)]
        whole = mention.end - mention.start >= _MOST * (sentence.end - sentence.start)
        if sentence.heading and (whole or (sentence.section and index and _at_edge(page, mention))):
            yield index, (mention.day, mention.period)


def _at_edge(page: Page, mention: DayMention) -> bool:
    """Say whether a date opens or closes its line, parted from the rest: "Clashes | 3 May"."""
    return bool(
        _PARTED_BEFORE.search(page.text, max(0, mention.start - 4), mention.start)
        and _LINE_END.match(page.text, mention.end)
    ) or bool(
        _LINE_START.search(page.text, max(0, mention.start - 8), mention.start)
        and _PARTED_AFTER.match(page.text, mention.end)
    )


def _is_list(page: Page) -> bool:
    return is_list(lines_of(page.text), page.text)
