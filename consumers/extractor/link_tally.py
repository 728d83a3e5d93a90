"""Tie a number to the total it is of: "the number of detainees rose to 1,450"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from consumers.extractor import grammar
from consumers.extractor.day_words import HAS_GROWN
from consumers.extractor.link_rules import verb_of

if TYPE_CHECKING:
    from consumers.extractor.cues import Cue
    from consumers.extractor.grammar import Parsed
    from consumers.extractor.number_reading import Count

# "the number of detainees rose to 1,450", "arrests had reached 590"
_RISE: Final = re.compile(
    r"(?:[^.;]|(?<=[A-Z][a-z][a-z])\.){0,60}?"  # "Jan." ends nothing
    r"\b(?:r[oi]se[ns]?|has risen|climb(?:s|ed)|gr(?:ew|own|ows)|reach(?"
    r":ed|es|ing)|st(?:ood|ands|anding)|hit|"
    r"top(?:s|ped|ping)?|exceed(?:s|ed|ing)?|pass(?:es|ed|ing)|surpass(?:es|ed|ing)?"
    r"|was|is|were|at|to|as|total(?:s|l?ed|ling)?|jump(?:s|ed)|"
    r"increased|swelled|numbered|number|amounted)(?: (?:to|at|by|now|already|up|put|exceed|"
    r"estimated|least|of|as|high|some|a|the|total|from))*"
    r"(?: [\w,]+ to)?(?: between)?[ :]*$",
    re.IGNORECASE,
)

_TALLY: Final = re.compile(
    r"\b(?:numbers?|total|tally|toll|count|figures?|sum)\b[^.;]{0,60}$", re.IGNORECASE
)

# "held 60 people on Monday, and that number has grown to "
_HAS_GROWN: Final = re.compile(rf"{HAS_GROWN}(?: to)? $", re.IGNORECASE)
# "arrests rose from 40", "arrests as 30,000 marched"
_ELSE: Final = re.compile(r"\b(?:from|as)\s*$")
# "13 arrests and injuries to six people"
_OTHER_HARM: Final = re.compile(
    r"(?:\band|,|\bplus|\bor|\bwith|\bas) (?:[\w-]+ ){0,2}?"
    r"(?:injur|wound|deaths?\b|dead\b|kill|damage|fines?\b|casualt|harm|burns?\b|losses)",
    re.IGNORECASE,
)
# "which brings to 129 the number of people arrested"
_PUT_AT: Final = re.compile(
    r"\b(?:br(?:ing|ought)|rais|tak|took|push|lift|put|increas)(?:e?s|ed|ing|e)? (?:to|at) $"
)
_THE_NUMBER: Final = re.compile(
    r" the (?:overall |total )?(?:number|tally|total|count) of (?:[\w-]+ ){0,3}"
)
_SHORT: Final = 30  # characters
_TALLY_GAP: Final = 90  # characters between "the number of detainees" and the number


def tally(parsed: Parsed, count: Count, cue: Cue) -> str | None:
    """Tally: "the number of detainees rose to 1,450", "arrests reached 590"."""
    text = parsed.text
    if count.end <= cue.start:
        put = _PUT_AT.search(text, max(0, count.start - _SHORT), count.start)
        return "tally" if put and _THE_NUMBER.fullmatch(text, count.end, cue.start) else None
    if count.start < cue.end:
        return None
    gap = text[cue.end : count.start]
    if _HAS_GROWN.search(gap):
        return "tally"
    if len(gap) > _TALLY_GAP or _ELSE.search(gap) or _OTHER_HARM.search(gap):
        return None
    told = _is_noun_cue(parsed, cue) or _TALLY.search(text[max(0, cue.start - 80) : cue.start])
    return "tally" if told and _RISE.fullmatch(gap) else None


def _is_noun_cue(parsed: Parsed, cue: Cue) -> bool:
    return cue.form == "noun" or (cue.form == "verb" and grammar.is_noun(verb_of(parsed, cue)))
