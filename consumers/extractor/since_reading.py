"""Read "since": from a match to a period, an end of which the text may leave untold."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from consumers.extractor import named_days
from consumers.extractor.date_reading import DateReader, Reading, head_of
from consumers.extractor.day_sums import WEEK, ago
from consumers.extractor.day_words import COMPARED_AFTER, COMPARED_BEFORE
from consumers.extractor.day_years import month_period
from vigil.months import month_of, weekday_of

if TYPE_CHECKING:
    import re

    from consumers.extractor.date_reading import Anchors
    from vigil.claim import DayBasis

LOOSE = frozenset({"span", "month", "season", "year"})
"""Cues of times so long that an event of them is of some day nobody tells."""


class SinceReader(DateReader):
    """Reads what a cumulative figure counts from."""

    def __init__(self, text: str, *, today: date, anchors: Anchors) -> None:
        super().__init__(text, today=today, anchors=anchors)
        self._last: date | None = None  # the last day that was read: "the day before" means it
        self._loosely = False  # whether something longer was read after it: "last month"

    def _read_since(self, match: re.Match[str]) -> Reading | None:
        end = self._anchors.at(match.start())
        basis: DayBasis = "explicit"
        if match["month"]:
            year = match["year"] or self._year_ago(match.start(), match["ago"])
            first = self._dated(year, month_of(match["month"]), 1, match.start())
            if first and end and first > end and not year:
                first = first.replace(year=first.year - 1)  # it began before
        elif match["only"]:
            first = date(int(match["only"]), 1, 1)
        elif match["weekday"]:
            first, basis = self._weekday_before(match["weekday"], end), "relative"
        elif match["count"]:
            first, basis = ago(end, match["count"], match["unit"]), "relative"
        elif match["yesterday"]:
            first, basis = (end - timedelta(days=1) if end else None), "relative"
        else:
            first = self._day(match)
        if COMPARED_BEFORE.search(head_of(self._text, match.start())):
            return self._compared(first, match, basis)
        return self._since(first, end, basis)

    def _compared(self, day: date | None, match: re.Match[str], basis: DayBasis) -> Reading | None:
        """Read "the most since 23 January, when ...": that day, for what follows only."""
        if day is None or not COMPARED_AFTER.match(self._text, match.end()):
            return None
        if match["month"]:
            return Reading(None, month_period(day), basis, "month")
        if match["only"]:
            return Reading(None, (day, day.replace(month=12, day=31)), basis, "month")
        return Reading(day, None, basis, "compared")

    def _read_since_event(self, match: re.Match[str]) -> Reading | None:
        first = named_days.event(match["what"], self._text)
        return self._since(first, self._anchors.at(match.start()), "context") if first else None

    def _since(self, first: date | None, end: date | None, basis: DayBasis) -> Reading | None:
        if first is None:
            return None
        if end is None:  # up to the last day the text names
            end = max((d for d in self._full_days if first < d <= self._today), default=None)
        return Reading(None, (first, end if end and end >= first else None), basis, "since")

    def _read_since_then(self, match: re.Match[str]) -> Reading | None:
        """Read "since then": up to now, from the day told of, or from one in a time told of."""
        end = self._anchors.at(match.start())
        if end and (self._last is None or self._loosely):
            return Reading(None, (None, end), "context", "since")
        return self._since(self._last, end, "context")

    def _weekday_before(self, name: str, anchor: date | None) -> date | None:
        if anchor is None:
            return None
        return anchor - timedelta(days=(anchor.weekday() - weekday_of(name)) % WEEK)
