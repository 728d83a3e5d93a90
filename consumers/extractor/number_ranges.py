"""Widen a number of a sentence to a range: "100 to 150", "two or three hundred"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from consumers.extractor.dictionary import load
from consumers.extractor.number_reading import DASHES, read_number

if TYPE_CHECKING:
    from consumers.extractor.number_reading import Count, Token


def widen(row: list[Token], count: Count, following: int) -> tuple[Count, int]:
    """Widen a number to a range: "100-150", "100 to 150", "between 100 and 150", "two or three"."""
    if count.bound != "exact" or following + 1 >= len(row):
        return count, following
    join = row[following].lower
    first = next(i for i in range(following - 1, -1, -1) if row[i].start == count.start)
    before = row[first - 1].lower if first else ""
    if not (
        join in DASHES
        or (join == "to" and (before not in {"from", "by"} or _opens_a_range(row, first - 1)))
        or (join == "and" and before == "between")
        or (join == "or" and before != "either")
    ):
        return count, following
    other = read_number(row, following + 1)
    if other is None or other[0].bound != "exact" or not 0 < count.figure < other[0].figure:
        return count, following
    high, after = other
    low = count.figure * _shared_scale(row[after - 1], count.figure, high.figure)
    if join == "or" and high.figure > 2 * low:  # "three people or 150 vehicles"
        return count, following
    wide = replace(count, end=high.end, number=high.number, low=low, high=high.high, bound="range")
    return wide, after


def _opens_a_range(row: list[Token], at: int) -> bool:
    """Say whether "from 25 to 30" opens its clause and is a range; "rose from 25 to 30" is none."""
    return row[at].lower == "from" and (at == 0 or row[at - 1].lower in {",", "anywhere"})


def _shared_scale(last: Token, low: int, high: int) -> int:
    """Return what the lower number of a range is told in as well: "two to three hundred"."""
    scale = load("counts")["scale"].get(last.lower, 1)
    return int(scale) if low < high // scale else 1
