"""Tell crowds from the detained: "22 among a crowd of 6,000 were held", "a rally of 300"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consumers.extractor.number_reading import Count

_CROWD: Final = (
    r"(?:crowds?|groups?|gatherings?|throngs?|mass|sea|mob|contingent|column|total|estimate|"
    r"audience|procession|party|convoy|congregation|turnout)"
)
_EVENT: Final = (
    r"(?:rall(?:y|ies)|march(?:es)?|protests?|demonstrations?|vigils?|sit-ins?|meetings?|"
    r"gatherings?|processions?|pickets?|parades?|concerts?|services?|blockades?|turnout|"
    r"conferences?|assembl(?:y|ies))"
)
_GUESS: Final = (
    r"(?:(?:about|some|around|nearly|roughly|almost|approximately|more than|over|at least|up to|"
    r"an estimated|original|estimated) )?"
)
# "12 of 25 members", "12 people out of 25", "12 people among the estimated crowd of 25"
_OUT_OF: Final = re.compile(
    rf"(?: (?:people|men|women|members))? (?:out )?of (?:(?:the|its|their|his|her|these|those) )?"
    rf"(?:[\w-]+['\u2019]s? )?{_GUESS}"
    rf"|(?: [\w-]+){{0,3}},? (?:among|amid|amidst|from|in|within|(?:out )?of) "
    rf"(?:an?|the|that|this|some) (?:[\w-]+ ){{0,3}}?"
    rf"(?:{_CROWD}|{_EVENT})(?: of| numbering|,? (?:estimated|put) at) {_GUESS}"
)
_OF_EVENT: Final = re.compile(
    rf"\b{_EVENT},? (?:of|attended by|drawing) {_GUESS}(?:the |[\d,]+ and )?$", re.IGNORECASE
)
_BACK: Final = 60  # characters before a number


def is_crowd(text: str, count: Count, counts: Sequence[Count]) -> bool:
    """Say whether a number is of those among whom others are counted: "two of the 25 men"."""
    return any(_OUT_OF.fullmatch(text, each.end, count.start) for each in counts)


def came_to_event(text: str, count: Count) -> bool:
    """Say whether a number tells who came: "a march of 300 people was held"."""
    return bool(_OF_EVENT.search(text, max(0, count.start - _BACK), count.start))
