"""A day with its time of day, as a line of publication writes it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from vigil.months import MONTH, WEEKDAY, month_of, safe_date

if TYPE_CHECKING:
    import re

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
_DATE = (
    r"(?:(?P<y1>\d{4})[-/](?P<m1>\d{1,2})[-/](?P<d1>\d{1,2})(?!\d)"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:\sof)?[\s-](?P<m2>{MONTH})(?:,[^\S\n]?|[\s-])(?P<y2>\d{{4}})(?!\d)"
    rf"|(?P<m3>{MONTH})\s?(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?(?:,[^\S\n]?|\s)(?P<y3>\d{{4}})(?!\d)"
    r"|(?P<a4>\d{1,2})[./](?P<b4>\d{1,2})[./](?P<y4>\d{4})(?!\d))"
)
MOMENT = (
    rf"(?:{_TIME.format('before_')},?\s(?:on\s)?)?(?:{WEEKDAY},?\s{{1,2}})?{_DATE}"
    rf"(?:(?:T|[^\S\n]?[,|\u2022\u00b7-]?[^\S\n]?(?:at[^\S\n])?)"
    rf"(?:(?P<packed>\d\d-\d\d-\d\d)\b|{_TIME.format('')}))?"
)
"""A day, with or without a time, in a pattern that ignores case."""
_MONTHS = 12


def moment_of(match: re.Match[str]) -> datetime | None:
    """Return the moment of a match of ``MOMENT``, aware; an impossible time leaves the day."""
    day = read_date(match)
    if day is None:
        return None
    try:
        hour, minute, second = _time(match)
        return datetime(
            day.year, day.month, day.day, hour, minute, second, tzinfo=_zone(match, day)
        )
    except ValueError:  # 25:61 is no time; the day still stands
        return datetime(day.year, day.month, day.day, tzinfo=UTC)


def read_date(match: re.Match[str]) -> date | None:
    """Return the day of a match of the date pattern, None for an impossible or doubtful one.

    "24/02/2022" and "02/24/2022" are read, "03/02/2022" is not: nobody knows which it is.
    """
    part = match.groupdict()
    if part["y1"]:
        return safe_date(part["y1"], part["m1"], part["d1"])
    if part["y2"]:
        return safe_date(part["y2"], month_of(part["m2"]), part["d2"])
    if part["y3"]:
        return safe_date(part["y3"], month_of(part["m3"]), part["d3"])
    first, second = int(part["a4"]), int(part["b4"])
    if first == second or second > _MONTHS:
        return safe_date(part["y4"], first, second)
    return safe_date(part["y4"], second, first) if first > _MONTHS else None


def _time(match: re.Match[str]) -> tuple[int, int, int]:
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
