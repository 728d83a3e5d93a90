"""Tell figures of what happens again and again from those of what happened: rates, averages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from consumers.extractor.link import Link

_SPAN: Final = r"(?:day|week|month|night|hour|year|weekend|fortnight)"
# "30 a day", "200 people each week", not "30 in a day" and not "30 people a week earlier"
_EACH: Final = re.compile(
    rf"(?: (?!in\b|within\b|for\b|over\b|of\b|after\b|about\b)[\w-]+){{0,3}}?"
    rf" (?:(?:per|each|every) (?:single )?{_SPAN}\b|an? (?:single )?{_SPAN}\b"
    r"(?! (?:ago|after|before|earlier|later|since|into|in|on|that|when|prior|ahead|of|long)\b))"
    r"|(?: [\w-]+){0,3}? (?:after|during|at|on|with) (?:each|every) [a-z]+",
    re.IGNORECASE,
)
# "every six months, after which four to six are held"
_EVERY: Final = re.compile(
    rf"\b(?:every|each) (?:other |single |[a-z]+ |\d+ )?{_SPAN}s?\b[^.;:]{{0,80}}$|"
    r"\b(?:on average|an average of|averag(?:es?|ed|ing))\b[^.;:,]{0,30}$",
    re.IGNORECASE,
)
_BACK: Final = 120  # characters of a clause before the figure


def is_rate(text: str, link: Link) -> bool:
    """Say whether a number tells how many are detained each time: "30 a day", "after each march".

    Args:
        text: The sentence.
        link: The number and its cue.
    """
    first = min(link.count.start, link.cue.start)
    if _EVERY.search(text, max(0, first - _BACK), first):
        return True
    last = max(link.count.end, link.cue.end)
    return any(_EACH.match(text, end) for end in {link.count.end, last})
