"""The day of an article that writes it without the year, which stands elsewhere on its page."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from vigil.months import MONTH, WEEKDAY, month_of, safe_datetime

if TYPE_CHECKING:
    from datetime import datetime

_TOP: Final = 3_000  # characters in which an article says where and when it was written
_NOTICE: Final = re.compile(
    r"(?:\u00a9|\(c\)|\bcopyright)\W{0,4}(?:\u00a9|\(c\)|copyright)?\W{0,4}(?P<year>(?:19|20)\d\d)"
    r"(?![\d-])(?!\s?[\u2013-])",
    re.IGNORECASE,
)
_MARK: Final = re.compile(r"\([cC]\)")
_DAY: Final = rf"(?:{WEEKDAY},?\s)?(?:{MONTH}\s\d{{1,2}}|\d{{1,2}}\s{MONTH})"
# "Oct 8, 12:40 PM EDT" on a line of its own, "KATHMANDU, Sept. 13 Agency", "LIMA, 3 May (Agency) -"
_LINE: Final = re.compile(
    rf"^[^\w\n]{{0,3}}(?:(?i:{_DAY})(?:,?\s(?:at\s)?\d{{1,2}}[:.]\d\d\s?(?i:[ap]\.?m\.?)?"
    r"(?:\s[A-Z]{2,4})?)?\W{0,3}$"
    rf"|[A-Z]{{3,20}}(?:[ ,]{{1,2}}[A-Z][\w.]{{1,20}}){{0,3}},\s(?i:{_DAY})"
    r"\s(?:\([^()\n]{2,30}\)|[A-Z][\w.]{1,20}|[-\u2013\u2014]{1,2})(?:\s?[-\u2013\u2014]{1,2}|$))",
    re.MULTILINE,
)
_FULL: Final = re.compile(
    rf"\b(?:(?P<m1>{MONTH})\s(?P<d1>\d{{1,2}}),?|(?P<d2>\d{{1,2}})\s(?P<m2>{MONTH}),?)\s"
    r"(?P<year>(?:19|20)\d\d)(?!\d)"
)
_YEAR: Final = re.compile(r"(?:19|20)\d\d(?!\d)")
_WIDTH: Final = 16  # characters from the start of such a day to its year
_LATELY: Final = timedelta(days=7)  # from the day of a picture to that of its article
_PARTS: Final = re.compile(
    rf"(?P<m1>{MONTH})\s(?P<d1>\d{{1,2}})|(?P<d2>\d{{1,2}})\s(?P<m2>{MONTH})", re.I
)
_NAMES: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def dated_by_footer(text: str, years: list[int]) -> tuple[int, int, datetime] | None:
    """Return where an article says on which day it was written, and that day, or None.

    The year is that of a picture of the days before, or of the notice of copyright. Such a
    notice may be that of the page as it stands today: so the text must name that weekday, or
    the one before, as news does.

    Args:
        text: The article.
        years: Where the years of its dates stand, as ``years_of_dates`` tells.
    """
    pictured = bool(years) and years[0] < _TOP
    if not pictured and not _has_notice(text):
        return None
    line = _first_line(text)
    part = _PARTS.search(line[0]) if line else None
    if line is None or part is None:
        return None
    day = (_by_pictures(text, part) if pictured else None) or _by_notice(text, part)
    return (line.start(), line.end(), day) if day else None


def _first_line(text: str) -> re.Match[str] | None:
    """Return the first line near the top that gives a day without its year."""
    start = 0
    while start < _TOP:  # line by line: searching would try every character
        if line := _LINE.match(text, start, _TOP):
            return line
        start = text.find("\n", start, _TOP) + 1
        if not start:
            break
    return None


def _by_pictures(text: str, part: re.Match[str]) -> datetime | None:
    days = set()
    for year in _YEAR.finditer(text, 0, _TOP):
        full = _FULL.search(text, max(0, year.start() - _WIDTH), year.end())
        if full is None:
            continue
        shown, day = _day_of(full, full["year"]), _day_of(part, full["year"])
        if shown and day and timedelta(0) <= day - shown <= _LATELY:
            days.add(day)
    return days.pop() if len(days) == 1 else None


def _has_notice(text: str) -> bool:
    marked = "\u00a9" in text or ("(" in text and _MARK.search(text) is not None)
    return marked or "opyright" in text or "OPYRIGHT" in text


def _by_notice(text: str, part: re.Match[str]) -> datetime | None:
    years = {notice["year"] for notice in _NOTICE.finditer(text)}
    day = _day_of(part, years.pop()) if len(years) == 1 else None
    if day is None:
        return None
    named = (_NAMES[each.weekday()] for each in (day, day - timedelta(days=1)))
    return day if any(name in text for name in named) else None


def _day_of(part: re.Match[str], year: str) -> datetime | None:
    return safe_datetime(year, month_of(part["m1"] or part["m2"]), part["d1"] or part["d2"])
