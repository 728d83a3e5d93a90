"""Where the years of dates stand in a text: a first look that spares most of it the patterns.

The patterns look at every character, which takes most of the time that a text without a date
costs. So each character is first made one byte that says of which sort it is, years are looked
for among these, and of each only what stands beside it is read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from vigil.months import MONTH, MONTHS, MONTHS_ABROAD, folded

if TYPE_CHECKING:
    from collections.abc import Iterator

# The sorts: a digit 0, a letter b, what parts the day of "10-Aug-20" a blank, a full stop, any x.
_SORTS: Final = (
    ("0", "[0-9]"),
    ("b", "[A-Za-z]"),
    (" ", "[ -]"),
    (".", r"\."),
    ("x", r"[\0-\xff]"),
)
_SORT_OF: Final = bytes(
    ord(next(sort for sort, which in _SORTS if re.match(which, chr(code)))) for code in range(256)
)
_LONG: Final = b"0000"
_SHORT: Final = re.compile(rb"0 b{3,9}\.? 00(?!0)")
_SHORT_DATE: Final = re.compile(rf"[0-9][ -]{MONTH}[ -]", re.IGNORECASE)
_CENTURIES: Final = ("19", "20")
_YEAR, _YEAR_SHORT = 4, 2  # digits of it

_BEFORE: Final = 24  # characters that hold a month's name, or a time, and what parts it from a year
_PARTING: Final = "".join(chr(code) for code in range(0x3001) if chr(code).isspace()) + ".,/|-"
# "4 May 2021", "4 de mayo de 2021"
_WORDS: Final = (*(folded(name) for name in (*MONTHS, *MONTHS_ABROAD)), "de", "del")
# "May 4, 2021", "May 4th, 2021", "May 4 12:30 GMT 2021"
_NUMBER: Final = re.compile(r"\d(?:st|nd|rd|th|\d\s[a-z]{3,4})?\Z", re.IGNORECASE)
_GOES_ON: Final = re.compile(r"[-/.]\d")  # "2021-05-04"


def years_of_dates(text: str) -> list[int]:
    """Return where years start that belong to a day in full, and some that do not, in order.

    Every date that names its day has its year among them, "10-Aug-20" the 20.
    """
    sorts = text.encode("latin-1", "replace").translate(_SORT_OF)
    years = [at for at in _long(sorts) if text.startswith(_CENTURIES, at) and _is_dated(text, at)]
    short = [found for found in _SHORT.finditer(sorts) if _SHORT_DATE.match(text, found.start())]
    return sorted([*years, *(found.end() - _YEAR_SHORT for found in short)])


def _long(sorts: bytes) -> Iterator[int]:
    """Yield where four digits stand: "20215:10 PM" has them twice."""
    at = sorts.find(_LONG)
    while at >= 0:
        yield at
        at = sorts.find(_LONG, at + 1)


def _is_dated(text: str, at: int) -> bool:
    """Say whether a day can stand beside a year."""
    if _GOES_ON.match(text, at + _YEAR):
        return True
    before = text[max(0, at - _BEFORE) : at].rstrip(_PARTING)
    return folded(before).endswith(_WORDS) or _NUMBER.search(before) is not None
