"""Decide which numbers of a sentence count the people a cue is about."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from consumers.extractor import grammar, link_rules
from consumers.extractor.crowds import came_to_event, is_crowd
from consumers.extractor.cues import Cue, is_people
from consumers.extractor.link_passive import passive
from consumers.extractor.link_tally import tally
from consumers.extractor.number_reading import Count
from consumers.extractor.number_traps import is_unit
from consumers.extractor.sums import add_up, without_parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consumers.extractor.grammar import Parsed


# "including 12 lawyers": told of people already counted
_SUBSET: Final = re.compile(
    r"\b(?:includ(?:es|ed|ing|e)|among (?:them|whom|those)|mostly)\s+$", re.IGNORECASE
)

# "274 people, 178 of them students": some of those counted, told by their kind and not by a place
_KIND_OF: Final = re.compile(
    r"\s+of (?:them|whom|these|those)\s+(?!(?:in|at|near|outside|across|for|have|had|"
    r"into|to|away|off|"
    r"on|by|during|after|over|"
    r"(?:were |had been |have been |being )?(?:detained|arrested|held|picked|taken|made|"
    r"recorded|took|happened|were))\b)[a-z]"
)

# Who is intercepted is stopped; where a sentence goes on to arrests, those are the detained.
_STOPPED: Final = re.compile(r"intercept", re.IGNORECASE)

_BACK: Final = 40  # characters before a number that say what it is
_FAR_BACK: Final = 120  # characters before it that may name a figure

# "all but three of the 67 were freed"
_EXCEPT: Final = re.compile(r"\b(?:all|everyone) (?:but|except) $", re.IGNORECASE)

_BEYOND: Final = re.compile(r"\b(?:top|exceed|pass|surpass)\w*(?: the)?\s*$", re.IGNORECASE)

# "activists put the figure at 30"
_FIGURE_AT: Final = re.compile(
    r"\bput(?:s|ting)? (?:the|that|this|their) (?:figure|number|total|count|toll|"
    r"tally)(?: of (?!(?:injured|wounded|dead|hurt|killed|deaths|casualties|officers|police)\b)"
    r"[\w ]{3,30}| \w+)? at $",
    re.IGNORECASE,
)

# "over 2,000 had been swept up"
_AUXILIARY: Final = re.compile(
    r" (?:(?:also|have|has|had|been|being|were|are|then|later|already) ){1,4}"
)

# "20,000 marchers demanded that he resign"
_CROWD: Final = re.compile(
    r"\s(?:[\w-]+\s){0,2}(?:protest[eo]rs|demonstrators|marchers)\b", re.IGNORECASE
)

_OF_PEOPLE: Final = frozenset({"active", "passive", "company"})
_CUSTODY: Final = re.compile(r"(?:custody|detention|arrest)$", re.IGNORECASE)
_THEM: Final = frozenset({"them", "those", "these", "whom"})


@dataclass(frozen=True, slots=True)
class Link:
    """One number that counts the people of one cue, and the rule that says so.

    Attributes:
        count: The number.
        cue: The cue.
        rule: Name of the rule.
        place: Where the name of its own place stands in the passage, if a list says so.
    """

    count: Count
    cue: Cue
    rule: str
    place: tuple[int, int] | None = None


def link(parsed: Parsed, counts: Sequence[Count], cues: Sequence[Cue]) -> list[Link]:
    """Return the links of a sentence: for each kind, each number once, by its first rule."""
    found: dict[tuple[str, int], Link] = {}
    for cue in cues:
        if _only_stops(parsed, cue, cues):
            continue
        for count in counts:
            if (cue.kind, count.start) in found or cue.start <= count.number < cue.head_end:
                continue
            if (
                count is not counts[0]  # with no total before it, the part is all that is told
                and count.start > cue.start
                and _SUBSET.search(parsed.text, max(0, count.start - _BACK), count.start)
            ):
                continue
            if _EXCEPT.search(parsed.text, max(0, count.start - _BACK), count.start):
                continue
            if _KIND_OF.match(parsed.text, count.end) and count is not counts[0]:
                continue
            rule = _rule(parsed, count, cue)
            if rule in _OF_PEOPLE and _is_whole(parsed, count, counts, cue):
                continue
            if rule and _counts_people(parsed, count, cue, rule):
                total, name = add_up(parsed, count, rule)
                told = _of_crowd(parsed, count, cue)
                found[cue.kind, count.start] = _beyond(parsed, Link(total, told, name))
    links = without_parts(parsed, [*found.values()])
    links += _figures(parsed, counts, links)
    return sorted(links, key=lambda each: (each.count.start, each.cue.start))


def _is_whole(parsed: Parsed, count: Count, counts: Sequence[Count], cue: Cue) -> bool:
    """Say whether a number is of those among whom others were detained: "two of the 25 men"."""
    if cue.kind == "detention" and came_to_event(parsed.text, count):
        return True
    told = link_rules.verb_of(parsed, cue).dep_ in {"acl", "relcl", "amod"}
    if (told and count.start < cue.start) or count.more:
        return False
    return is_crowd(parsed.text, count, counts)


def _only_stops(parsed: Parsed, cue: Cue, cues: Sequence[Cue]) -> bool:
    """Say whether a cue tells who was stopped, and another of its sentence who was detained."""
    if not _STOPPED.match(parsed.text, cue.start):
        return False
    return any(each.kind == "detention" and each.start > cue.start for each in cues)


def _of_crowd(parsed: Parsed, count: Count, cue: Cue) -> Cue:
    """Return a cue of a call as one of a protest where a crowd calls: they signed nothing."""
    crowd = cue.kind == "petition" and _CROWD.match(parsed.text, count.end)
    return replace(cue, kind="protest") if crowd else cue


def _rule(parsed: Parsed, count: Count, cue: Cue) -> str | None:
    """Return the name of the first rule that ties a number to a cue, or None."""
    checks: dict[str, tuple[link_rules.Rule, ...]] = {
        "noun": (link_rules.nominal, tally, link_rules.among),
        "state": (link_rules.state,),
        "drawing": (link_rules.active,),
    }
    usual = (
        (link_rules.subject,)
        if cue.kind in {"protest", "petition"}
        else (link_rules.active, passive, link_rules.company, link_rules.among)
    )
    if cue.form == "verb" and grammar.is_noun(link_rules.verb_of(parsed, cue)):
        total = (tally,) if cue.kind in {"detention", "prosecution"} else ()
        usual = (link_rules.nominal, *total, link_rules.label, *usual)
    elif cue.kind == "detention":
        usual = (*usual, tally, link_rules.label)
    return next(
        (rule for check in checks.get(cue.form, usual) if (rule := check(parsed, count, cue))), None
    )


def _beyond(parsed: Parsed, each: Link) -> Link:
    """Read "arrests passed 1,000" as more than a thousand."""
    if each.rule != "tally" or each.count.bound != "exact":
        return each
    if not _BEYOND.search(parsed.text, max(0, each.count.start - _BACK), each.count.start):
        return each
    return replace(each, count=replace(each.count, high=None, bound="more_than"))


def _figures(parsed: Parsed, counts: Sequence[Count], links: Sequence[Link]) -> list[Link]:
    """Return the other figures for what a link counts: "activists put the figure at 30"."""
    taken = {each.count.start for each in links}
    found = []
    for count in counts:
        earlier = [each for each in links if each.count.start < count.start]
        if (
            count.start not in taken
            and earlier
            and _FIGURE_AT.search(parsed.text, max(0, count.start - _FAR_BACK), count.start)
        ):
            found.append(Link(count, earlier[-1].cue, "figure"))
    return found


def _counts_people(parsed: Parsed, count: Count, cue: Cue, rule: str) -> bool:
    """Say whether what the number counts can be people."""
    if rule in {"nominal", "tally", "label"}:
        return True
    noun = grammar.counted_noun(parsed.token_at(count.number))
    if noun is None or noun.lower_ in {"more", "others"}:
        adjacent = (
            parsed.text[count.end : cue.start].strip() == ""
        )  # a headline: "30 held after rally"
        held = count.more or (
            rule == "passive" and link_rules.verb_of(parsed, cue).lower_ == "held"
        )
        if count.figure == 1:  # "with one arrested"
            return count.after in {"arrested", "detained"} and adjacent
        return bool(
            (count.bound == "vague" and rule == "passive")
            or cue.form != "weak"
            or adjacent
            or (
                rule == "passive"
                and _AUXILIARY.fullmatch(parsed.text, count.end, cue.start)
                and link_rules.verb_of(parsed, cue).lower_ != "remanded"  # by a court, later
            )
            or held
            or count.after == "of"
        )
    if count.figure == 1 and cue.form in {"weak", "state"}:
        return False
    lower = noun.lower_
    if is_unit(lower):
        return False
    loose = {"verb", "noun", "state", "drawing"}
    strict = cue.kind != "detention" or not (
        cue.form in loose or _CUSTODY.search(parsed.text, cue.start, cue.end)
    )
    return not strict or lower in _THEM or noun.tag_ == "NNPS" or is_people(lower)
