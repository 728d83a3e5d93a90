"""Read names of persons off lists where the model sees some of them only: "X, Y and Z were"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from consumers.extractor.capitals import PARTICLE, UPPER

if TYPE_CHECKING:
    from consumers.extractor.cues import Cue

_PART: Final = rf"{PARTICLE}?[{UPPER}][^\W\d_]*(?:['\u2019-][{UPPER}]?[^\W\d_]+)*\.?"
_NAME: Final = (
    rf"[{UPPER}][^\W\d_]+(?:['\u2019-][{UPPER}]?[^\W\d_]+)*"
    rf"(?: (?:(?:al|bin|de|el|la|van|von|u) )?{_PART}){{1,3}}"
)
_WHO: Final = (
    r"(?:(?:the |an? |his |her |their )?"
    r"(?:(?!(?:of|from|for|at|in|with|by|to)\b)[a-z][\w\u2019'-]* ){1,5})?"
)
_ITEM: Final = re.compile(rf"{_WHO}(?P<name>{_NAME})(?! (?:Party|Movement|Group|Union|Committee))")
_NEXT: Final = re.compile(r",? and |, (?:as well as )?|; | & ")
_SUBJECTS: Final = re.compile(
    rf"(?:[^.;:]{{0,40}}?, )??(?P<list>{_WHO}{_NAME}(?:, {_WHO}{_NAME}){{0,10}}"
    rf",? and {_WHO}{_NAME})"
    r" (?:were|have been|had been|are|was)(?: (?:also|later|all|both|then|briefly|reportedly|"
    r"being|been|subsequently|among (?:the|those)))* $"
)
# Capitals of no person, at the head of what looks like a name.
_NO_NAME: Final = re.compile(
    r"(?:The|In|On|At|By|Of|And|But|After|Before|Police|Among|Several|Interior|Ministry|Human|"
    r"Rights|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|"
    r"September|October|November|December|United|North|South|East|West|New|Saint|St)\b"
)
_BACK: Final = 300  # characters of names before a verb
_TITLED: Final = re.compile(
    rf"\b(?:Mr|Ms|Mrs|Dr)\.? ({PARTICLE}?[{UPPER}][^\W\d_]+(?:-[{UPPER}][^\W\d_]+)?)"
)
_PAIR: Final = re.compile(
    rf"\b([{UPPER}][^\W\d_]+(?:-[{UPPER}][^\W\d_]+)?)"
    rf" ({PARTICLE}?[{UPPER}][^\W\d_]+(?:-[{UPPER}a-z][^\W\d_]+)?)\b"
)
_ALONE: Final = re.compile(
    rf"(?<![{UPPER}][a-z] )\b({PARTICLE}?[{UPPER}][^\W\d_]{{2,}}(?:-[{UPPER}a-z][^\W\d_]+)?)\b"
    r"(?= (?:was|is|had|has|said|says|told|and|who)\b|['\u2019]s)"
)
_MOST: Final = 30  # names of a list


def names_from(text: str, at: int) -> list[str]:
    """Return the names of a list that starts at an offset: "the poet X, Y and Z"."""
    found: list[str] = []
    while len(found) < _MOST:
        match = _ITEM.match(text, at)
        if match is None or _NO_NAME.match(match["name"]):
            break
        found.append(match["name"].rstrip("."))
        parted = _NEXT.match(text, match.end())
        if parted is None:
            break
        at = parted.end()
    return found


def names_before(text: str, cue: Cue) -> list[str]:
    """Return the names of several persons that are the subject of a passive: "X, Y and Z were"."""
    start = max(0, cue.start - _BACK)
    if start:
        start = text.find(" ", start) + 1
    match = _SUBJECTS.match(text, start, cue.start)
    return names_from(text, match.start("list")) if match else []


def full_names(text: str) -> dict[str, str]:
    """Return the full names of an article by surname: "Jane Roe" once, "Roe" or "Ms Roe" later."""
    titled = set(_TITLED.findall(text))
    alone = set(_ALONE.findall(text))
    found: dict[str, str] = {}
    for first, last in _PAIR.findall(text):
        if last in titled | alone and first not in {
            "Mr",
            "Ms",
            "Mrs",
            "Dr",
            "The",
            "In",
            "On",
            "At",
            "President",
        }:
            found.setdefault(last, f"{first} {last}")
    for last in titled:
        found.setdefault(last, last)
    return found
