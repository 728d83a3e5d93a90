"""Tell numbers of people who were counted before: "three of those arrested", "41, including 4"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from consumers.extractor.grammar import Parsed
    from consumers.extractor.link import Link
    from consumers.extractor.number_reading import Count

# "Three of the detainees", "14 of those who were arrested": not where a place sets the part off,
# "12 of those detained were in Perm", nor where nothing more is told, "Perm saw 41 of the arrests".
_PART: Final = re.compile(
    r"(?: people| men| women| activists)?"
    r" of (?:the|those|these|its|their|his|her)(?: [\w-]+){0,5}? $"
)
_ENDS: Final = re.compile(r"[.,;)]|$| and\b")
_IN_PLACE: Final = re.compile(
    r"(?: (?:people|protesters|activists|men|women|students))?"
    r"(?: (?:so far|on \w+|today|that day))?"
    r"(?: (?:were|was|are|had been|came|took place|happened|occurred))?"
    r"(?: (?:made|taken|detained|arrested))?"
    r" (?:in|at|from|outside|near) (?:the )?(?:[a-z]+ )?[A-Z]"
)
_INCLUDING: Final = re.compile(r", (?:including|among them) [^.,;:()]{0,60}$")
# "43 marchers, eleven women among them, were held"
_AMONG_THEM: Final = re.compile(
    r"(?: [\w-]+){0,5} (?:among|of) (?:them|whom)"
    r"(?: [\w-]+){0,4}[,)\u2013\u2014-]",
    re.IGNORECASE,
)
_ASIDE: Final = re.compile(r"[,(\u2013\u2014-] ?$")
# "1,100 people, including 430 demonstrators in Lyon": a city's share is a figure of its own.
_PLACED: Final = re.compile(
    r"[^.,;:]{0,40}?\b(?:in|at|from|outside|near|across) (?:(?:the )?(?:[a-z]+ ){0,2}[A-Z]|"
    r"the (?:capital|city|town|region)\b)"
)
_REACH: Final = 90  # characters before a number
# "ten arrests: five for trespass, four for affray and one over a knife"
_LISTED: Final = re.compile(r"[^:;]{0,40}\b(?:arrest|detain|detention)[^:;]{0,40}:\s[^:;]*\Z", re.I)
# "Of the 23 arrests four were for trespass and nine for affray"
_OF_TOTAL: Final = re.compile(r"(?:^|[,;:] )[\"\u201c]?of the $", re.IGNORECASE)
_TOTAL: Final = re.compile(r" (?:[a-z]+ )?(?:arrest|detain|detention|held)", re.IGNORECASE)
_OFFENCE: Final = re.compile(r"(?: \w+){0,4} (?:for|over|on (?:suspicion|charges?) of)\b")


def is_part(parsed: Parsed, link: Link) -> bool:
    """Say whether some of people already detained are counted: "three of those arrested"."""
    cue, count = link.cue, link.count
    if cue.kind != "detention" or cue.start < count.end or cue.form == "state":
        return False
    if not _PART.fullmatch(parsed.text, count.end, cue.start):
        return False
    verb = parsed.token_at(cue.start)
    if any(child.dep_ in {"auxpass", "aux"} and child.i > 0 for child in verb.children):
        who = parsed.text[count.end : cue.start]
        if " who " not in who and " whom " not in who:  # "12 of the students were detained"
            return False
    return not (_ENDS.match(parsed.text, cue.end) or _IN_PLACE.match(parsed.text, cue.end))


def is_included(parsed: Parsed, link: Link) -> bool:
    """Say whether a number is of those counted before: "41, including several nurses"."""
    count, text = link.count, parsed.text
    match = _INCLUDING.search(text, max(0, count.start - _REACH), count.start)
    if match is None and _AMONG_THEM.match(text, count.end):
        match = _ASIDE.search(text, 0, count.start)
    if match is None and count.figure == 1 and text.endswith("with ", 0, count.start):
        return any(each.count.end < count.start for each in parsed.doc._.links)
    if match is None or link.rule == "list" or _PLACED.match(text, count.end):
        return False
    return any(each.end <= match.start() for each in parsed.doc._.counts)


def is_of_breakdown(parsed: Parsed, link: Link) -> bool:
    """Say whether a number tells for what some of those counted before were held."""
    count, text = link.count, parsed.text
    if not _OFFENCE.match(text, count.end) or _PLACED.match(text, count.end):
        return False
    return any(
        each.end <= count.start
        and (_LISTED.match(text[each.end : count.start]) or _is_total(text, each))
        for each in parsed.doc._.counts
    )


def _is_total(text: str, count: Count) -> bool:
    """Say whether a number opens a sentence that goes on to its parts: "Of the 23 arrests"."""
    head = text[max(0, count.start - _REACH) : count.start]
    of_the = _OF_TOTAL.search(head + ("" if head.endswith(" ") else " "))
    return of_the is not None and _TOTAL.match(text, count.end) is not None
