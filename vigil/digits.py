"""Where the digits of dates can stand in a text: a first look that spares most of it the patterns.

The patterns look at every character, which takes most of the time that a text without a date
costs. So each character is first made one byte that says of which sort it is, and the places are
looked up among these; what is not plain is left to the patterns.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from vigil.months import MONTHS, MONTHS_ABROAD, folded

if TYPE_CHECKING:
    from collections.abc import Iterator

# Every date of a publication has one: "2020", "20205:10 PM", "10-Aug-20".
YEAR: Final = re.compile(
    r"[0-9][0-9](?:(?:(?<=19)|(?<=20))\d\d(?!\d(?!\d?:\d\d|\d{0,2}\s[Cc]omments?\b))"
    r"|(?<=[A-Za-z]{3}[ -][0-9][0-9])\b)"
)
_BARS: Final = ("-", "/", ".", "|")
_BEFORE: Final = 24  # characters that hold a month's name and what parts it from a number
# "4 de mayo de 2021": a word may stand between the month and the year.
_MONTH_ENDS: Final = tuple(folded(name) for name in (*MONTHS, *MONTHS_ABROAD, "de", "del"))
_THREE: Final = 3
_ENDINGS: Final = frozenset(
    [end[-_THREE:] for end in _MONTH_ENDS] + [f"{chr(code)}de" for code in range(128)]
)
_LAST: Final = "".join(sorted({end[-1] for end in _MONTH_ENDS}))
# A number is looked at where what stands before it can part it from the rest of a date.
_PARTED: Final = re.compile(
    rf"[0-9](?:(?<=[0-9{_LAST}][\s.,/-][0-9])|(?<=[\s.,/|-]{{2}}[0-9]))", re.IGNORECASE
)
_PARTING: Final = "".join(chr(code) for code in range(0x3001) if chr(code).isspace()) + ".,/|-"

# The sorts: a digit 0, the last letter of a month a, any other b, what parts a blank, a bar |,
# what is none of these x, and ? what may be any of them: all that is no ASCII, and the mark itself.
_PLAIN: Final = 128
_SORTS: Final = (
    ("0", re.compile("[0-9]")),
    ("a", re.compile(f"[{_LAST}]", re.IGNORECASE)),
    ("b", re.compile("[A-Za-z]")),
    (" ", re.compile(r"[\s.,/-]")),
    ("?", re.compile(r"\?")),
    ("|", re.compile(r"\|")),
    ("x", re.compile(r"[\0-\x7f]")),
)
_SORT_OF: Final = bytes(
    ord(next(sort for sort, which in _SORTS if which.match(chr(code))))
    if code < _PLAIN
    else ord("?")
    for code in range(256)
)
_DIGIT, _LETTER, _PARTS = b"0a "
_PARTED_SORTS: Final = re.compile(rb"0(?:(?<=[0a?][ ?]0)|(?<=[ |?][ |?]0))")
_YEAR_SORTS: Final = re.compile(rb"0(?:(?=0[0?][0?])|(?=0(?:[^0ab]|\Z))(?<=[ab][ab][ab] 0))")


def sorts_of(text: str) -> bytes:
    """Return of which sort each character of a text is, a byte each."""
    return text.encode("latin-1", "replace").translate(_SORT_OF)


def places_of_years(sorts: bytes) -> list[int]:
    """Return all places where ``YEAR`` can match in a text, and some where it does not."""
    return [found.start() for found in _YEAR_SORTS.finditer(sorts)]


def years_at(text: str, places: list[int]) -> Iterator[int]:
    """Yield where ``YEAR`` matches in a text, given where it can."""
    end = 0
    for at in places:
        if at >= end and (found := YEAR.match(text, at)):
            end = found.end()
            yield at


def numbers_of_dates(text: str, sorts: bytes) -> list[int]:
    """Return where numbers start that can belong to a date, and some that do not.

    A date is numbers parted by a hyphen, a slash, a full stop or a bar, with or without blanks
    around it, or a number behind the name of a month.
    """
    found = []
    for number in _PARTED_SORTS.finditer(sorts):
        start = number.start()
        sort = sorts[start - 2]
        if sort == _DIGIT and sorts[start - 1] == _PARTS:
            if text[start - 1] in "-/.":
                found.append(start)
            continue
        # Most are numbers behind some word, and three letters of it tell that it is no month.
        if sort == _LETTER and start > _THREE:
            end = text[start - 4 : start - 1]
            if end.isascii() and end.lower() not in _ENDINGS:
                continue
        if _may_be_of_date(text, start):
            found.append(start)
    return found


def _may_be_of_date(text: str, start: int) -> bool:
    if not _PARTED.match(text, start):
        return False
    before = text[max(0, start - _BEFORE) : start].rstrip(_PARTING)
    parted = text[max(0, start - _BEFORE) + len(before) : start].strip()
    named = folded(before).endswith(_MONTH_ENDS)
    return named or (parted in _BARS and before[-1:].isdecimal())
