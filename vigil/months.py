"""The months and the weekdays: their names in English, and of the months also abroad."""

from __future__ import annotations

from datetime import UTC, date, datetime

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

# A line of publication may stand in the tongue of the outlet, its article in English.
_ABROAD = (
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    (
        "студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка"
        " лістапада снежня"
    ),
    "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",  # noqa: RUF001  # Turkish has two letters i
)
MONTHS_ABROAD = {name: i for names in _ABROAD for i, name in enumerate(names.split(), 1)}
"""Month names of other languages, in lower case, to 1..12."""


def folded(name: str) -> str:
    """Return a name with the letters alike that a pattern that ignores case takes for alike.

    Besides capitals these are the two letters i of Turkish and the long s of old prints.
    """
    return name.casefold().replace("\u0131", "i").replace("i\u0307", "i")


_FOLDED_ABROAD = {folded(name): number for name, number in MONTHS_ABROAD.items()}
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


def month_of(name: str) -> int:
    """Return the number of a month from its name, written in full or short."""
    return MONTHS[folded(name).rstrip(".")]


def month_abroad_of(name: str) -> int:
    """Return the number of a month from its name in another language."""
    return _FOLDED_ABROAD[folded(name)]


def weekday_of(name: str) -> int:
    """Return the number of a weekday (0 is Monday) from its name, written in full or short."""
    return WEEKDAYS[folded(name).rstrip(".")]


def safe_date(year: int | str, month: int | str, day: int | str) -> date | None:
    """Return the day, None if the calendar or common sense has no such day."""
    if not _FIRST_YEAR <= int(year) <= _LAST_YEAR:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:  # 31 April
        return None


def safe_datetime(year: int | str, month: int | str, day: int | str) -> datetime | None:
    """Return the start of a day in UTC, None if there is no such day."""
    found = safe_date(year, month, day)
    return datetime(found.year, found.month, found.day, tzinfo=UTC) if found else None
