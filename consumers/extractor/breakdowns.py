"""Find the aside that says what a number is made of: "six - a poet and five nurses - were"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from consumers.extractor.number_reading import read_number, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from consumers.extractor.number_reading import Count

# What stands between a number and the aside: its noun, perhaps with what was done to it.
_OPENING: Final = re.compile(
    r"(?P<noun>(?:[^,;:.()\u2013\u2014-]|(?<=\w)-(?=\w)){0,80}?)"
    r"(?:(?P<sign>,? including |,? among them,? |, | ?\(|: )"
    r"| ?(?P<dash>--?|[\u2013\u2014]) ?(?:including |among them |namely )?)"
)
_JOINT: Final = re.compile(r",? (?:and|plus|as well as) |, ")
_ENDS: Final = re.compile(r"[.;:()\u2013\u2014]| --? |--")
_PLACED: Final = re.compile(
    r"[^,;:.()]{0,40}? (?:in|at|near|outside|across|on) (?:the |last )?[A-Z]"
)
_ANYBODY: Final = re.compile(r"\b(?:people|persons|individuals|detainees|arrestees|suspects)\b")
_SEX: Final = re.compile(r"\b(?:wo)?m[ae]n\b|\b(?:boy|girl)s?\b")
_LONGEST: Final = 200  # characters of an aside


class Aside(NamedTuple):
    """Where an aside stands.

    Attributes:
        start: Where it starts.
        end: Where it ends (exclusive).
        loose: Whether nothing but its first words set it off: "including".
    """

    start: int
    end: int
    loose: bool = False


class _Part(NamedTuple):
    start: int
    end: int
    figure: int


def breakdown(text: str, count: Count) -> Aside | None:
    """Return the aside that says what people a number is made of, or None.

    Brackets, dashes or a colon set it off, or its numbers add up to the one before it. Numbers
    with places or days of their own are figures of their own.
    """
    opening = _OPENING.match(text, count.end)
    if opening is None:
        return None
    start, sign = opening.end(), (opening["sign"] or opening["dash"]).strip()
    parts = list(_parts(text, start))
    if not parts or any(_PLACED.match(text[each.start : each.end]) for each in parts):
        return None
    parts = _up_to(parts, count.figure)
    total, end = sum(each.figure for each in parts), parts[-1].end
    if total > count.figure:
        return None
    if sign != ",":
        loose = sign.endswith(("including", "them", "them,"))
        return Aside(start, end if loose else _closing(text, start, sign), loose)
    adds_up = total == count.figure and len(parts) > 1
    return Aside(start, end) if adds_up and _is_whole(text, opening["noun"], parts) else None


def _parts(text: str, start: int) -> Iterator[_Part]:
    """Yield the parts that follow one another: "a lawyer, three poets and two teachers"."""
    stop = _ENDS.search(text, start, start + _LONGEST)
    last = stop.start() if stop else min(len(text), start + _LONGEST)
    while start < last:
        joint = _JOINT.search(text, start, last)
        end = joint.start() if joint else last
        figure = _figure(text[start:end])
        if figure is None:
            return
        yield _Part(start, end, figure)
        start = joint.end() if joint else last


def _figure(part: str) -> int | None:
    row = tokens(part)
    read = read_number(row, 0) if row else None
    if read is not None:
        return read[0].figure if read[0].bound == "exact" else None
    return 1 if row and row[0].lower in {"a", "an"} else None


def _up_to(parts: list[_Part], figure: int) -> list[_Part]:
    """Return the first parts that add up to a number, else all of them."""
    total = 0
    for number, each in enumerate(parts, 1):
        total += each.figure
        if total == figure:
            return parts[:number]
    return parts


def _closing(text: str, start: int, sign: str) -> int:
    """Return where an aside ends that a sign opens."""
    ends = {"(": ")", ":": ";"}
    end = text.find(ends.get(sign, f" {sign}" if sign == "-" else sign), start)
    return end if end >= 0 else len(text)


def _is_whole(text: str, noun: str, parts: list[_Part]) -> bool:
    """Say whether a number whose like follow it is their sum, and not one of their row.

    "Three people, two men and a woman, were held" tells three, "three poets, two teachers and a
    lawyer were held" six.
    """
    sexes = [_SEX.search(text, each.start, each.end) is not None for each in parts]
    if _SEX.search(noun):
        return not any(sexes) and text.startswith(",", parts[-1].end)
    return all(sexes) or text.startswith(",", parts[-1].end) or bool(_ANYBODY.search(noun))
