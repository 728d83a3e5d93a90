"""A day with its time of day, as a line of publication writes it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from vigil.months import (
    MONTH,
    WEEKDAY,
    month_of,
    safe_date,
    weekday_of,
)

_HOURS = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "BST": 1, "CET": 1, "WEST": 1, "CEST": 2, "EET": 2,
    "SAST": 2, "EEST": 3, "MSK": 3, "IST": 5.5, "PKT": 5, "HKT": 8, "SGT": 8, "JST": 9, "KST": 9,
    "AEST": 10, "AEDT": 11, "AST": -4, "EDT": -4, "EST": -5, "CDT": -5, "CST": -6, "MDT": -6,
    "MST": -7, "PDT": -7, "PST": -8,
}  # fmt: skip
_SUMMER = range(4, 11)  # months in which "ET" certainly is daylight time, near enough at its ends
_EASTERN = {"ET": -5, "CT": -6, "MT": -7, "PT": -8}

_TIME = (
    r"(?P<{0}hour>\d{{1,2}})[:.](?P<{0}minute>\d\d)(?:[:.](?P<{0}second>\d\d)(?:\.\d{{1,9}})?)?"
    r"[^\S\n]?(?P<{0}half>[ap]\.?m\b\.?)?[^\S\n]?\(?(?P<{0}zone>[+-]\d\d:?\d\d|\b[A-Z]{{2,4}}\b|Z\b)?\)?"
)
_LAST_CENTURY = "69"  # from here on two digits are a year of it, as POSIX has it (strptime, %y)
# "20201:33 AM", "20200 comments": a page that lost the blank behind the year
_LAST = r"(?!\d(?!\d?:\d\d|\d{0,2}\s[Cc]omments?\b))"
_DATE = (
    r"(?:(?P<y1>\d{4})(?P<s1>[-/.])(?P<m1>\d{1,2})(?P=s1)(?P<d1>\d{1,2})(?!\d)"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:\sof)?[\s/-](?P<m2>{MONTH})(?:\s?,[^\S\n]?|\s-\s|[\s/-])"
    rf"(?P<y2>\d{{4}}){_LAST}"
    rf"|(?P<m3>{MONTH})\s?(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?(?:\s?,[^\S\n]?|\s-\s|\s)(?P<y3>\d{{4}}){_LAST}"
    r"|(?P<a4>\d{1,2})(?P<s4>[./-]|\s[./|]\s)(?P<b4>\d{1,2})(?P=s4)(?P<y4>\d{4})(?!\d)"
    rf"|(?P<m5>{MONTH})\s\s?(?P<d5>\d{{1,2}})\s(?P<clock>\d\d:\d\d(?::\d\d)?)\s(?:[A-Z]{{3,4}}\s)?"
    r"(?P<y5>(?:19|20)\d\d)(?!\d)"
    rf"|(?<!\d)(?P<d6>\d{{1,2}})(?P<s6>[ -])(?P<m6>{MONTH})(?P=s6)(?P<y6>\d\d)"
    r"(?!,?\s(?:19|20)\d\d|[\d:]))"
)
MOMENT = (
    rf"(?:{_TIME.format('before_')},?\s(?:\|\s)?(?:on\s)?)?(?:(?P<weekday>{WEEKDAY}),?\s{{1,2}})?{_DATE}"
    rf"(?:(?:T|[^\S\n]?[,|\u2022\u00b7-]?[^\S\n]?(?:at[^\S\n])?)"
    rf"(?:(?P<packed>\d\d-\d\d-\d\d)\b|{_TIME.format('')}))?"
)
"""A day, with or without a time, in a pattern that ignores case."""
_MONTHS = 12
_SLASHES = 2  # of a date
_SLASHED = re.compile(r"(?<![\d/])(\d\d?)/(\d\d?)/(?:19|20)\d\d(?!\d)")
_MONTH_NAMED = re.compile(rf"\b{MONTH}")


@dataclass(frozen=True, slots=True)
class Habit:
    """What a text shows of how it writes dates, for a "10/08/2020" in it.

    Attributes:
        day_first: Whether its other dates of numbers put the day first; None: it has none.
        months: The months it names in words.
    """

    day_first: bool | None = None
    months: frozenset[int] = frozenset()


_NO_HABIT = Habit()
# The collections of American agencies' news that research works with (TREC, DUC, AQUAINT).
_WIRE = re.compile(r"\s*<DOC>\s*<DOCNO>")


def habit_of(text: str) -> Habit:
    """Return how a text writes its dates."""
    if _WIRE.match(text):
        return Habit(day_first=False)
    if text.count("/") < _SLASHES or not _SLASHED.search(text):
        return _NO_HABIT
    firsts = {int(a) > _MONTHS for a, b in _SLASHED.findall(text) if max(int(a), int(b)) > _MONTHS}
    months = {month_of(name) for name in _MONTH_NAMED.findall(text)}
    return Habit(firsts.pop() if len(firsts) == 1 else None, frozenset(months))


def moment_of(match: re.Match[str], habit: Habit = _NO_HABIT) -> datetime | None:
    """Return the moment of a match of ``MOMENT``, aware; an impossible time leaves the day."""
    day = read_date(match, habit)
    if day is None:
        return None
    try:
        hour, minute, second = _time(match)
        return datetime(
            day.year, day.month, day.day, hour, minute, second, tzinfo=_zone(match, day)
        )
    except ValueError:  # 25:61 is no time; the day still stands
        return datetime(day.year, day.month, day.day, tzinfo=UTC)


def read_date(match: re.Match[str], habit: Habit = _NO_HABIT) -> date | None:
    """Return the day of a match of the date pattern, None for an impossible or doubtful one.

    "24/02/2022" and "02/24/2022" are read, and "03.02.2022" is the third of February.
    "03/02/2022" may be either: its weekday decides, or the habit of the text, or nothing.
    """
    part = match.groupdict()
    if part["y1"]:
        return safe_date(part["y1"], part["m1"], part["d1"])
    for form in "235":
        if part[f"y{form}"]:
            return safe_date(part[f"y{form}"], month_of(part[f"m{form}"]), part[f"d{form}"])
    if part["y6"]:
        century = "19" if part["y6"] >= _LAST_CENTURY else "20"
        return safe_date(century + part["y6"], month_of(part["m6"]), part["d6"])
    first, second, year = int(part["a4"]), int(part["b4"]), part["y4"]
    if first == second or second > _MONTHS:
        return safe_date(year, first, second)
    if first > _MONTHS or part["s4"].strip() != "/":
        return safe_date(year, second, first)
    return _of_either(safe_date(year, second, first), safe_date(year, first, second), part, habit)


def _of_either(
    day_first: date | None, month_first: date | None, part: dict[str, str], habit: Habit
) -> date | None:
    """Return the one of two readings that something speaks for."""
    if day_first is None or month_first is None:
        return None
    if part["weekday"]:
        number = weekday_of(part["weekday"])
        fitting = [day for day in (day_first, month_first) if day.weekday() == number]
        if len(fitting) == 1:
            return fitting[0]
    if habit.day_first is not None:
        return day_first if habit.day_first else month_first
    named = [day for day in (day_first, month_first) if day.month in habit.months]
    return named[0] if len(named) == 1 else None


def _time(match: re.Match[str]) -> tuple[int, int, int]:
    if match["clock"]:
        hour, minute, *seconds = match["clock"].split(":")
        return int(hour), int(minute), int(seconds[0]) if seconds else 0
    if match["packed"]:
        hour, minute, second = match["packed"].split("-")
        return int(hour), int(minute), int(second)
    side = "" if match["hour"] else "before_"
    if not match[f"{side}hour"]:
        return 0, 0, 0
    hour, half = int(match[f"{side}hour"]), (match[f"{side}half"] or "")[:1].lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return hour, int(match[f"{side}minute"]), int(match[f"{side}second"] or 0)


def _zone(match: re.Match[str], day: date) -> timezone:
    zone = (match["zone"] or match["before_zone"] or "").upper()
    if zone[:1] in {"+", "-"}:
        minutes = int(zone[1:3]) * 60 + int(zone[-2:])
        return timezone(timedelta(minutes=-minutes if zone[0] == "-" else minutes))
    if zone in _EASTERN:
        return timezone(timedelta(hours=_EASTERN[zone] + (day.month in _SUMMER)))
    hours = _HOURS.get(zone, 0)
    return timezone(timedelta(hours=hours)) if hours else UTC
