"""Tell crowds for those in power from dissent: "a pro-government rally", "state-backed"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from consumers.extractor.grammar import Parsed
    from consumers.extractor.link import Link

_POWER: Final = r"(?:government|regime|authorities|state|ruling party|ruling coalition|Kremlin)"
_EVENT: Final = r"(?:counter-?)?(?:rall(?:y|ies)|demonstrations?|marche?s?|protests?|gatherings?)"
# An "officially sanctioned" rally is one of the opposition that was allowed.
_MADE: Final = r"(?:sponsored|organi[sz]ed|orchestrated|staged|backed)"
_LOYAL: Final = (
    rf"(?:[Pp]ro-(?:government|regime|Kremlin)|[Oo]fficially[ -]{_MADE}|{_POWER}-{_MADE}|"
    r"government (?:sponsored|organi[sz]ed))"
)
# No other words between: "the state-backed dam protests" are against the dam.
_LOYAL_EVENT: Final = (
    rf"{_LOYAL} (?:(?:mass|huge|large|street|public|youth|counter|rival) ){{0,2}}{_EVENT}\b"
)
# Whoever came to the rally itself: not who broke it up, or marched against it.
_CAME: Final = (
    r"(?:attend(?:ed|ing)|join(?:ed|ing)|(?:took|taken?|taking) part in|participat(?:ed|ing) in|"
    r"(?:turned|came|gathered|assembled|massed|rallied)(?: [\w\u2019'-]+){0,5}? (?:for|at|to))"
    r" (?:(?:an?|the|two|several|huge|large|mass|rival|separate) ){0,3}"
)
_TO_CROWD: Final = r"(?:(?!not\b|refused\b|while\b|but\b|who\b)[\w\u2019'-]+,? ){0,6}?"
_FOR_POWER: Final = (
    r"(?:marched|rallied|demonstrated|gathered|protested|turned out|took to the streets)"
    rf"(?: (?!not\b|against\b)[\w\u2019'-]+){{0,5}}? in support of the {_POWER}\b"
)
_AFTER: Final = re.compile(
    rf" (?:{_TO_CROWD}{_CAME}(?:{_LOYAL_EVENT}"
    rf"|(?:\w+ ){{0,2}}{_EVENT} (?:{_MADE}|called|arranged) by the {_POWER}\b)"
    rf"|{_TO_CROWD}{_FOR_POWER}"
    r"|(?:of )?[Pp]ro-(?:government|regime|Kremlin) (?:(?:protest|support|march)ers|"
    r"demonstrators|activists)\b"
    r"|(?:of )?(?:government|regime) (?:loyalists|supporters)\b)"
)
_BEFORE: Final = re.compile(
    rf"\b{_LOYAL_EVENT}(?: (?:in|at|on|outside) [\w\u2019' -]{{1,40}})? "
    r"(?:(?:has|had|have|also|only) ){0,2}\Z"
)
_BACK: Final = 120  # characters before a verb: "a pro-government rally in the capital drew"
_HINT: Final = re.compile(
    r"[Pp]ro-|sponsored|organi[sz]ed|orchestrated|staged|backed|arranged|called by|loyalists|"
    r"supporters|in support of"
)


def is_loyal(parsed: Parsed, link: Link) -> bool:
    """Say whether those who came out were for the government, or sent by it."""
    text, cue = parsed.text, link.cue
    if cue.kind != "protest" or _HINT.search(text) is None:
        return False
    if cue.form == "drawing" and cue.start < link.count.start:
        return _BEFORE.search(text, max(0, cue.start - _BACK), cue.start) is not None
    return _AFTER.match(text, link.count.end) is not None
