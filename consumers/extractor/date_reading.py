"""Read dates in so many words: from a match to a day or a period, the year found by context."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from consumers.extractor import named_days
from consumers.extractor.day_words import (
    FUTURE_AFTER,
    FUTURE_BEFORE,
    HISTORY_BEFORE,
    NAME_AFTER,
    NAME_BEFORE,
    OWNED,
    TOLD_AFTER,
    TOLD_BEFORE,
    VOTE_BEFORE,
)
from consumers.extractor.day_years import latest, month_period, nearest, numeric, soon_after
from vigil.claim import DayBasis
from vigil.months import month_of, safe_date, weekday_of
from vigil.period import Period

_HEAD = 60  # characters before a day that may say what it is the day of
_SENTENCE_END = re.compile(r"[.!?\n]\s")
_YEAR_AGO = re.compile(r",?\s(?:of\s)?(?P<ago>last|this)\syear\b", re.IGNORECASE)
_ANNIVERSARY = re.compile(r"\b(?P<years>\d{1,2})(?:st|nd|rd|th) anniversary\b")
_LOOK_BACK = 90  # characters before a weekday in which a word of planning counts
_NAME = 20  # characters before a day that may make a name of it
_LOOK_AHEAD = 12  # characters after it
_ADDED = 2  # days after its date on which a page may tell of more, the year with it
_MONTHS = 12
_DATED = {"date": "", "as_of": "", "since": "", "range": "2"}  # the day whose year they give
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9}  # the months they begin with
_WORDS_TOO = frozenset({"may", "march", "mar"})  # written small: "may 10 people"


def head_of(text: str, start: int) -> str:
    """Return what stands before a place of a text in its own sentence."""
    head = text[max(0, start - _HEAD) : start]
    return _SENTENCE_END.split(head)[-1]


def is_telling(text: str, start: int, end: int) -> bool:
    """Say whether a mention is the day somebody spoke or counted, not that of the event."""
    if OWNED.match(text, end):
        return False
    return bool(TOLD_BEFORE.search(head_of(text, start)) or TOLD_AFTER.match(text, end))


class Anchors(Protocol):
    """Gives the day that relative words count from."""

    def at(self, position: int) -> date | None:
        """Return the day at a position of the text, None where nothing is known."""

    def until(self, position: int, *, dated: bool) -> date | None:
        """Return the last day that a position can tell of, None where nothing is known.

        Args:
            position: In characters of the text.
            dated: Whether it tells the year as well, as of what came after the first writing.
        """


@dataclass(frozen=True, slots=True)
class Reading:
    """What a mention means."""

    day: date | None
    period: Period | None
    basis: DayBasis
    cue: str


class DateReader:
    """Reads the dates of one text in their order."""

    def __init__(self, text: str, *, today: date, anchors: Anchors) -> None:
        self._text = text
        self._today = today
        self._anchors = anchors
        self._full_starts: list[int] = []
        self._full_days: list[date] = []
        self._years: list[int] = []  # the years of months told without a day, in their order
        self._weekday_in_full = False  # whether one of them has its weekday
        self._ahead: date | None = None  # an explicit day the text says is still to come
        self._named: dict[int, date] = {}  # weekdays given with their date: "Monday, May 3"

    def learn(self, matches: list[tuple[str, re.Match[str]]]) -> None:
        """Note the dates with a year, and a date still ahead, before reading any mention."""
        for name, match in matches:
            suffix = _DATED.get(name)
            day = None if suffix is None else self._day(match, suffix, guess=False)
            if day is not None and not self._is_history(match):
                self._full_starts.append(match.start())
                self._full_days.append(day)
                self._weekday_in_full |= bool(match[f"wa{suffix}"] or match[f"wb{suffix}"])
        self._years = sorted(
            int(match["year"])
            for name, match in matches
            if name in {"month", "since", "year"} and match["year"]
        )
        if not self._full_days and self._anchors.at(0) is None:
            self._learn_anniversary(matches)
        for name, match in matches:
            if name == "date" and self._ahead is None and self._planned(match):
                self._ahead = self._day(match)

    def _learn_anniversary(self, matches: list[tuple[str, re.Match[str]]]) -> None:
        """Count the year of the story from "the 25th anniversary" of a day told with its year."""
        years = _ANNIVERSARY.search(self._text)
        told = [self._day(match, guess=False) for name, match in matches if name == "date"]
        past = {day for day in told if day is not None}
        if years is None or len(past) != 1:
            return
        day = past.pop()
        now = safe_date(day.year + int(years["years"]), day.month, day.day)
        if now is not None and now <= self._today:
            self._full_starts.append(0)
            self._full_days.append(now)

    def _is_history(self, match: re.Match[str]) -> bool:
        """Whether a date with its year is of a quotation or of an event long before the story.

        Whoever tells of now writes no year; such a date gives its own to no other.
        """
        before = self._text[max(0, match.start() - _LOOK_BACK) : match.start()]
        return HISTORY_BEFORE.search(before) is not None

    def _read_date(self, match: re.Match[str]) -> Reading | None:
        dated = match["ya"] or match["yb"] or match["iy"] or match["ny"]
        day = None if not dated and self._is_name(match) else self._day(match)
        if day is None:
            return None
        last = self._anchors.until(match.start(), dated=bool(dated))
        ahead = day > last if last else day == self._ahead
        if ahead and last and dated and not self._planned(match):
            ahead = (day - last).days > _ADDED  # a page that was added to
        if match["wa"] or match["wb"]:
            self._named[day.weekday()] = day
        return Reading(day, None, "explicit", "future" if ahead else "date")

    def _read_as_of(self, match: re.Match[str]) -> Reading | None:
        """A total up to a day: a period whose first day the text leaves open."""
        day = self._day(match)
        return Reading(None, (None, day), "explicit", "as_of") if day else None

    def _read_range(self, match: re.Match[str]) -> Reading | None:
        last = self._day(match, "2")
        first = self._day(match, "1", near=last)
        return self._range(first, last, match)

    def _read_days_of_month(self, match: re.Match[str]) -> Reading | None:
        month = month_of(match["month"])
        last = self._dated(match["year"], month, match["last"], match.start())
        first = safe_date(last.year, month, match["first"]) if last else None
        return self._range(first, last, match)

    _read_month_of_days = _read_days_of_month

    def _range(self, first: date | None, last: date | None, match: re.Match[str]) -> Reading | None:
        if first is None or last is None or first > last:
            return None
        anchor = self._anchors.at(match.start())
        cue = "future" if anchor and first > anchor else "range"
        return Reading(None, (first, last), "explicit", cue)

    def _read_month(self, match: re.Match[str]) -> Reading | None:
        name = match["month"] or match["plain"]
        if match["plain"] and not match["year"] and not match["ago"]:
            return None  # a bare "May" or "March" is as often something else
        if name in _WORDS_TOO:
            return None
        year = match["year"] or self._year_ago(match.start(), match["ago"])
        first = self._dated(year, month_of(name), 1, match.start())
        if first is None:
            return None
        anchor = self._anchors.at(match.start())
        if not match["year"] and anchor and first > anchor and not self._planned(match):
            first = first.replace(year=first.year - 1)
        late = self._full_days and first > max(self._full_days)
        ahead = anchor is None and late and VOTE_BEFORE.search(head_of(self._text, match.start()))
        return Reading(None, month_period(first), "explicit", "future" if ahead else "month")

    def _read_holiday(self, match: re.Match[str]) -> Reading | None:
        """Read "on May Day": a day of the calendar with a name."""
        found = named_days.holiday(match["name"], self._text)
        day = self._dated(None, found[0], found[1], match.start()) if found else None
        if day is None:
            return None
        anchor = self._anchors.at(match.start())
        return Reading(day, None, "context", "future" if anchor and day > anchor else "date")

    def _read_years(self, match: re.Match[str]) -> Reading | None:
        first, last = date(int(match["year"]), 1, 1), date(int(match["last"]), 12, 31)
        return Reading(None, (first, last), "explicit", "range") if first < last else None

    def _read_season(self, match: re.Match[str]) -> Reading:
        first = date(int(match["year"]), _SEASONS[match["season"].lower()], 1)
        last = month_period(first.replace(month=first.month + 2))[1]
        return Reading(None, (first, last), "explicit", "season")

    def _read_year(self, match: re.Match[str]) -> Reading | None:
        year = int(match["year"])
        if year > self._today.year + 1:
            return None
        return Reading(None, (date(year, 1, 1), date(year, 12, 31)), "explicit", "year")

    def _read_day_of_month(self, match: re.Match[str]) -> Reading | None:
        anchor = self._anchors.at(match.start())
        if anchor is None:
            return None
        for months in range(_MONTHS):
            index = anchor.year * _MONTHS + anchor.month - 1 - months
            day = safe_date(index // _MONTHS, index % _MONTHS + 1, match["day"])
            if day is not None and day <= anchor:
                return Reading(day, None, "relative", "day_of_month")
        return None

    def _is_name(self, match: re.Match[str]) -> bool:
        """Whether a day is part of a name: "6th of October Bridge", "Mail on Sunday"."""
        before = self._text[max(0, match.start() - _NAME) : match.start()]
        return bool(NAME_AFTER.match(self._text, match.end()) or NAME_BEFORE.search(before))

    def _planned(self, match: re.Match[str]) -> bool:
        """Whether the words around say that the day lies ahead."""
        before = self._text[max(0, match.start() - _LOOK_BACK) : match.start()]
        after = self._text[match.end() : match.end() + _LOOK_AHEAD]
        return FUTURE_BEFORE.search(before) is not None or FUTURE_AFTER.match(after) is not None

    def _day(
        self,
        match: re.Match[str],
        suffix: str = "",
        *,
        near: date | None = None,
        guess: bool = True,
    ) -> date | None:
        """Return the day of a match of ``day_pattern``.

        Without a year in the text it is guessed, just before ``near`` where that is given.
        """
        part = {k.removesuffix(suffix): v for k, v in match.groupdict().items()}
        if part["iy"]:
            return safe_date(part["iy"], part["im"], part["id"])
        if part["ny"]:
            return numeric(part["na"], part["nb"], part["ny"])
        form = "a" if part["ma"] else "b"
        if not part[f"m{form}"] or part["mb"] in _WORDS_TOO:
            return None
        month, day, year = month_of(part[f"m{form}"]), part[f"d{form}"], part[f"y{form}"]
        if near is not None and not year:
            before = safe_date(near.year, month, day)
            return before if before and before <= near else safe_date(near.year - 1, month, day)
        if not year and guess and (ago := _YEAR_AGO.match(self._text, match.end())):
            year = self._year_ago(match.start(), ago["ago"])
        if year or guess:
            return self._dated(year, month, day, match.start(), part[f"w{form}"])
        return None

    def _year_ago(self, at: int, ago: str | None) -> str | None:
        """Return the year meant by "last year" or "this year" behind a date."""
        anchor = self._anchors.at(at)
        if anchor is None or ago is None:
            return None
        return str(anchor.year - (ago.lower() == "last"))

    def _dated(
        self, year: str | None, month: int, day: int | str, at: int, weekday: str | None = None
    ) -> date | None:
        """Return the day, its year found from the anchor, the weekday or a date before it."""
        if year:
            return safe_date(year, month, day)
        anchor = self._anchors.at(at)
        if anchor is not None:
            return nearest(anchor, month, day, weekday)
        if self._full_days:
            n = max(0, bisect_right(self._full_starts, at) - 1)
            near = safe_date(self._full_days[n].year, month, day)
            if not weekday or (near and near.weekday() == weekday_of(weekday)):
                return near
            years = [self._full_days[n].year]
        else:
            years = self._years[-1:]
        if (
            weekday
            and years
            and (found := soon_after(years[0], month, day, weekday=weekday, today=self._today))
        ):
            return found
        return latest(self._today, month, day, weekday) if weekday else None
