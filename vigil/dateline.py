"""The months, the weekdays, and the line in which an article states when it was published."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

_MONTH_NAMES = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_WEEKDAY_NAMES = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

MONTHS = {n: i for i, n in enumerate(_MONTH_NAMES, 1)} | {
    n[:3]: i for i, n in enumerate(_MONTH_NAMES, 1)
}
MONTHS["sept"] = 9
"""Month names and abbreviations in lower case, without full stop, to 1..12."""
WEEKDAYS = {n: i for i, n in enumerate(_WEEKDAY_NAMES)} | {
    n[:3]: i for i, n in enumerate(_WEEKDAY_NAMES)
}
WEEKDAYS |= {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
"""Weekday names and abbreviations in lower case to 0 (Monday)..6."""

MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
"""A month's name in a pattern."""
WEEKDAY = (
    r"(?:Mon(?:day)?|Tue(?:s(?:day)?)?|Wed(?:s|nesday)?|Thu(?:rs?(?:day)?)?|Fri(?:day)?"
    r"|Sat(?:urday)?|Sun(?:day)?)\b\.?"
)
"""A weekday's name in a pattern."""

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
    r"\s?(?P<{0}half>[ap]\.?m\b\.?)?\s?\(?(?P<{0}zone>[+-]\d\d:?\d\d|\b[A-Z]{{2,4}}\b|Z\b)?\)?"
)
_DATE = (
    r"(?:(?P<y1>\d{4})[-/](?P<m1>\d{1,2})[-/](?P<d1>\d{1,2})(?!\d)"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:\sof)?[\s-](?P<m2>{MONTH}),?[\s-](?P<y2>\d{{4}})(?!\d)"
    rf"|(?P<m3>{MONTH})\s?(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<y3>\d{{4}})(?!\d)"
    r"|(?P<a4>\d{1,2})[./](?P<b4>\d{1,2})[./](?P<y4>\d{4})(?!\d))"
)
_MOMENT = (
    rf"(?:{_TIME.format('before_')},?\s(?:on\s)?)?(?:{WEEKDAY},?\s{{1,2}})?{_DATE}"
    rf"(?:(?:T|\s?[,|\u2022\u00b7-]?\s?(?:at\s)?)"
    rf"(?:(?P<packed>\d\d-\d\d-\d\d)\b|{_TIME.format('')}))?"
)
_LABEL = (
    r"(?P<label>(?:last\s|first\s)?(?:date[ _]?published"
    r"|published?(?:[ _]?(?:date|at|on|time))?|post[ _]?date"
    r"|pub_?date|posted(?:\son)?|date|updated?(?:[ _]?(?:date|at|on))?|(?:last[ _]?)?mod(?:ified)?"
    r"|created(?:[ _]?(?:at|on))?|issued|this story is from|dateline))"
)
_LINE = re.compile(
    # A line without a digit states no date: the first look keeps the rest from trying.
    rf"^(?=[^\n\d]{{0,160}}\d)[^\w\n]{{0,12}}(?:{_LABEL}\b['\"]?\s{{0,3}}[:=|-]?\s{{0,3}}['\"]?|"
    rf"[^\n]{{0,100}}?\s\\?[|\u2022\u00b7]\s"
    rf"|by\s[^\n\d]{{2,60}}?[\s,]|(?-i:[A-Z][A-Z.'\u2019 -]{{2,30}},\s))?"
    rf"(?:{_LABEL.replace('label', 'second_label')}\b:?\s)?{_MOMENT}(?P<rest>[^\n]{{0,60}})",
    re.IGNORECASE | re.MULTILINE,
)
# What may follow the date on a line of its own: nothing, markup, a place glued on, an agency.
_REST = re.compile(
    r"\W*(?:\]\([^)\n]*\)\W*)?(?:[A-Z]{3,}|[|\u2022\u00b7].*"
    r"|\([^)]*\)\s?[-\u2014\u2013].*)?(?:updated.*|first published.*)?$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")  # every date of a publication has one
_REACH = 400  # characters from the start of a line to the year of its date
_LINES_ABOVE = 8
_TOP = 5000  # characters in which a page states its date
_FRONT_MATTER = re.compile(r"\A\s*---\s*\n.{0,8000}?\n---\s*(?:\n|$)", re.DOTALL)
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


@dataclass(frozen=True, slots=True)
class PublicationLine:
    """A line that says when the text after it was published or updated."""

    start: int
    end: int
    moment: datetime
    kind: Literal["published", "updated", "bare"]
    label: str = ""


def publication_lines(text: str) -> list[PublicationLine]:
    """Return all lines that state a publication, in order; bare dates only near the top."""
    found = []
    for match in _dated_lines(text):
        label = (match["label"] or match["second_label"] or "").lower()
        kind = _kind(label)
        if kind == "bare" and (match.start() > _TOP or not _REST.match(match["rest"])):
            continue
        moment = _moment(match)
        if moment is not None:
            found.append(PublicationLine(match.start(), match.start("rest"), moment, kind, label))
    return found


def _dated_lines(text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of ``_LINE`` in order, trying only the lines that stand near a year."""
    tried, end = -1, 0
    for year in _YEAR.finditer(text):
        for start in _line_starts(text, year.start()):
            if start <= tried or start < end:
                continue
            tried = start
            match = _LINE.match(text, start)
            if match:
                yield match
                end = match.end()


def _line_starts(text: str, at: int) -> list[int]:
    """Return where the lines start that can reach a place: a label may stand some lines above."""
    starts: list[int] = []
    for _ in range(_LINES_ABOVE):
        floor = max(0, at - _REACH)
        at = text.rfind("\n", floor, at)
        if at < 0:
            starts += [0] * (floor == 0)
            break
        starts.append(at + 1)
    return starts[::-1]


def publication_in(text: str) -> datetime | None:
    """Return the moment of publication the text states near its top, or None.

    Aware, in the offset the text gives (UTC where it gives none); a day without a time is
    00:00 UTC. A page of several items, each with a date of its own, has none.
    """
    return publication_of(publication_lines(text), text)


def publication_of(lines: list[PublicationLine], text: str) -> datetime | None:
    """Return the moment of publication that the lines of a text state, as publication_in does."""
    front = _FRONT_MATTER.match(text)
    if front is not None:
        inside = [line for line in lines if line.start < front.end()]
        if inside:
            return _first(inside).moment
    if _is_digest(lines):
        return None
    top = [line for line in lines if line.start < _TOP]
    return _first(top).moment if top else None


def _first(lines: list[PublicationLine]) -> PublicationLine:
    ranks = {"published": 0, "bare": 1, "updated": 2}
    return min(lines, key=lambda line: (ranks[line.kind], line.start))


def _is_digest(lines: list[PublicationLine]) -> bool:
    """Whether one label gives several moments: a feed, whose items each have their own."""
    moments: dict[str, datetime] = {}
    return any(
        line.kind == "published" and moments.setdefault(line.label, line.moment) != line.moment
        for line in lines
    )


def _kind(label: str) -> Literal["published", "updated", "bare"]:
    if not label:
        return "bare"
    return "updated" if "upd" in label or "mod" in label else "published"


def _moment(match: re.Match[str]) -> datetime | None:
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
    if first == second or second > len(_MONTH_NAMES):
        return safe_date(part["y4"], first, second)
    return safe_date(part["y4"], second, first) if first > len(_MONTH_NAMES) else None


def month_of(name: str) -> int:
    """Return the number of a month from its name, written in full or short."""
    return MONTHS[name.lower().rstrip(".")]


def weekday_of(name: str) -> int:
    """Return the number of a weekday (0 is Monday) from its name, written in full or short."""
    return WEEKDAYS[name.lower().rstrip(".")]


def safe_date(year: int | str, month: int | str, day: int | str) -> date | None:
    """Return the day, None if the calendar or common sense has no such day."""
    if not _FIRST_YEAR <= int(year) <= _LAST_YEAR:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:  # 31 April
        return None


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
