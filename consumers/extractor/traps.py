"""Tell what looks like a claim and is none: threats, calls, negations, releases, sentences."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

from consumers.extractor import grammar, trap_parts, trap_told
from consumers.extractor.dictionary import load, words
from consumers.extractor.loyal import is_loyal
from consumers.extractor.repeated import is_rate

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Token

    from consumers.extractor.cues import Cue
    from consumers.extractor.grammar import Parsed
    from consumers.extractor.link import Link

# Sentences that tell of nothing new: corrections of this article, and what is only imagined.
_UNTOLD: Final = re.compile(
    r"\W{0,2}(?:correction|clarification|"
    r"an? (?:earlier|previous|prior|original) (?:version|edition)|"
    r"(?:this|the) (?:article|story|report) (?:has been|originally|previously|earlier))\b"
    r"|.{0,20}\b(?:suppose|imagine|assum(?:e|ing)|what if)\b",
    re.IGNORECASE,
)
Trap = Literal[
    "negation",
    "modal",
    "intent",
    "call",
    "condition",
    "release",
    "sentence",
    "others",
    "remain",
    "untold",
    "later",
    "part",
    "rate",
    "loyal",
    "wrong",
    "passing",
    "mixed",
]

_OF_THE: Final = re.compile(r"\b(?:of|all|among) (?:the|those|these|its|their) $")
_BACK: Final = 20
_REACH: Final = 90  # characters before a cue that can spoil it


def trap_of(parsed: Parsed, link: Link) -> Trap | None:
    """Return why a link is no claim, or None where it is one."""
    spoilt = spoils(parsed, link.cue, count_start=link.count.start)
    if spoilt:
        return spoilt
    checks: tuple[tuple[Trap, Callable[[Parsed, Link], bool]], ...] = (
        ("rate", lambda parsed, link: is_rate(parsed.text, link)),
        ("loyal", is_loyal),
        ("wrong", trap_told.is_disowned),
        ("passing", trap_told.is_in_passing),
        ("passing", trap_told.is_in_custody_before),
        ("release", _is_release),
        ("remain", _remains),
        ("mixed", trap_told.is_of_many_fates),
        ("part", trap_parts.is_part),
        ("part", trap_parts.is_included),
        ("part", trap_parts.is_of_breakdown),
        ("part", _tells_of_detainees),
        ("others", trap_told.is_taken_by_others),
        ("later", _is_follow_up),
        ("others", trap_told.counts_others),
        ("others", trap_told.are_fighters_too),
    )
    return next((trap for trap, holds in checks if holds(parsed, link)), None)


def _is_release(parsed: Parsed, link: Link) -> bool:
    if link.cue.kind != "detention":
        return False
    start = max(0, link.count.start - _REACH)
    ahead = parsed.text[start : link.count.start]
    release = _pattern("release", "ahead").search(ahead)
    if release is None or _AND_THEN.fullmatch(parsed.text, link.cue.end, start + release.start()):
        return False
    return not _tells_what_was(parsed, link, ahead[: release.start()])


def _tells_what_was(parsed: Parsed, link: Link, before: str) -> bool:
    """Say whether who asks for a release tells of the arrest: "free the 12 arrested on Monday"."""
    cue = link.cue
    told = link.rule.startswith("passive") and _WHEN.match(parsed.text, cue.end)
    return bool(told and _pattern("asked", "before").search(before))


def _remains(parsed: Parsed, link: Link) -> bool:
    """Say whether people are held on: "200 remain in custody", "the three still held"."""
    cue, text = link.cue, parsed.text
    if cue.form == "state":
        return bool(_REMAIN.search(text[max(0, cue.start - _REACH) : cue.start]))
    if link.count.definite and cue.form == "weak" and _UNTIL.match(text, cue.end):
        return True
    told_on = cue.form == "weak" or link.rule == "passive"
    return told_on and bool(_STILL.search(text, max(0, cue.start - _BACK), cue.start))


def _is_follow_up(parsed: Parsed, link: Link) -> bool:
    """Say whether a cue only tells which people a court or a release was about.

    "All 24 detained protesters were freed", "a court jailed seven activists arrested in May".
    """
    cue, verb = link.cue, parsed.token_at(link.cue.start)
    if cue.kind != "detention" or cue.form != "verb" or verb.dep_ not in {"amod", "acl"}:
        return False
    noun = verb.head
    if noun.dep_ not in ({"nsubjpass", "dobj"} if verb.dep_ == "amod" else {"dobj"}):
        return False
    return noun.head.lower_ in words("traps", "follow_up")


def _tells_of_detainees(parsed: Parsed, link: Link) -> bool:
    """Say whether people already detained do or suffer something: "40 detainees were fed"."""
    cue = link.cue
    if link.rule != "nominal" or link.count.start > cue.start:
        return False
    if cue.form != "noun" or not _PERSONS.match(parsed.text, cue.start):
        return False
    if _RELEASED.search(parsed.text, cue.end, cue.end + 3 * _REACH):
        return True
    noun = parsed.token_at(cue.start)
    if noun.dep_ == "pobj" and noun.head.dep_ == "prep":  # "dozens of detainees"
        noun = noun.head.head
    if noun.dep_ not in {"nsubj", "nsubjpass"}:
        return False
    return noun.head.lower_ not in words("traps", "of_detainees")


def spoils(parsed: Parsed, cue: Cue, *, count_start: int | None = None) -> Trap | None:
    """Return why a cue tells of nothing that happened, or None where it does."""
    text = parsed.text
    verb = parsed.token_at(cue.start)
    if _UNTOLD.match(text) or trap_told.is_no_arrest(text, cue):
        return "untold"
    if _negated(parsed, cue, verb):
        return "negation"
    if cue.form == "noun" or (cue.form == "verb" and grammar.is_noun(verb)):
        if _OF_THE.search(text[: cue.start]) and _pattern("later", "after").match(text, cue.end):
            return "later"
        first = min(cue.start, count_start or cue.start)
        return _told(text[max(0, first - _REACH) : first], text[cue.end : cue.end + _REACH])
    return _unreal(verb, cue, text[cue.end : cue.end + _REACH])


def _unreal(verb: Token, cue: Cue, after: str) -> Trap | None:
    """Judge a verb by its modals, its conditions, what governs it and what follows it."""
    if _modal(verb):
        return "modal"
    if _conditional(verb):
        return "condition"
    if verb.tag_ in {"VB", "VBG", "VBN"} and (
        _unreal_infinitive(verb) or trap_told.is_ordered(verb)
    ):
        return "intent"
    return "sentence" if cue.kind == "detention" and _sentenced(verb, after) else None


_DENIED: Final = frozenset({"denied", "denies", "deny", "denying", "refuted"})
_PERSONS: Final = re.compile(r"(?:detainee|arrestee)s?\b", re.IGNORECASE)
_RELEASED: Final = re.compile(r"\b(?:were|was|are|been) (?:\w+ )?(?:released|freed)\b")
_UNTIL: Final = re.compile(r" (?:until|till|overnight|for (?:\w+ ){1,3}(?:hours|days))\b")
_WHEN: Final = re.compile(
    r" (?:late|early|earlier|last|yesterday|overnight|on|in|at|during|since|after|near|outside)\b"
)
# "arrested, beat and later released 12"
_AND_THEN: Final = re.compile(
    r"(?:, \w+){0,2},? (?:and|but|then)(?: then)?(?: later| soon| \w+ly)? "
)
_STILL: Final = re.compile(r"\b(?:still (?:being )?|continues? to be )$", re.IGNORECASE)
_REMAIN: Final = re.compile(r"\b(?:remain\w*|still)\b[^,;]{0,25}$", re.IGNORECASE)


def _told(head: str, after: str) -> Trap | None:
    """Judge a noun ("arrests") by the words before it and its number, and by those after it."""
    if _pattern("call", "before").search(head) or _pattern("call", "after").match(after):
        return "call"
    if _pattern("threat", "before").search(head):
        return "intent"
    if _pattern("condition", "before").search(head):
        return "condition"
    if _pattern("later", "before").search(head):
        return "later"
    if _pattern("sentence", "after").match(after):
        return "sentence"
    return "release" if _pattern("release", "after").match(after) else None


@cache
def _pattern(name: str, where: str) -> re.Pattern[str]:
    return re.compile(load("traps")[name][where], re.IGNORECASE)


def _negated(parsed: Parsed, cue: Cue, verb: Token) -> bool:
    if any(child.dep_ == "neg" for child in verb.children):
        return True
    if verb.dep_ == "ccomp" and verb.head.lower_ in _DENIED:
        return True
    if verb.dep_ == "xcomp" and any(child.dep_ == "neg" for child in verb.head.children):
        return True
    if cue.form != "noun" and not grammar.is_noun(verb):
        return any(
            child.dep_ in {"nsubjpass", "nsubj", "dobj"} and _is_none(child)
            for child in verb.children
        )
    head = parsed.text[max(0, cue.start - 30) : cue.start]
    return bool(_pattern("negation", "before").search(head))


def _is_none(noun: Token) -> bool:
    if noun.lower_ in {"nobody", "none", "noone"}:
        return True
    return any(
        child.dep_ == "det"
        and child.lower_ == "no"
        and noun.doc[child.i + 1].lower_ not in {"fewer", "less"}  # "no fewer than 40 people"
        for child in noun.children
    )


def _modal(verb: Token) -> bool:
    """Say whether a modal governs a verb, directly or through the verb it is joined to."""
    at = verb
    for _ in range(3):
        if any(
            child.dep_ in {"aux", "auxpass"} and child.lower_ in words("traps", "modals")
            for child in at.children
        ):
            return True
        shared = at.dep_ == "conj" and not any(
            child.dep_ in {"nsubj", "nsubjpass", "aux", "auxpass"} for child in at.children
        )
        if not shared or at.tag_ not in {"VB", "VBN"}:
            return False
        at = at.head
    return False


def _conditional(verb: Token) -> bool:
    at = verb
    for _ in range(3):
        if any(
            child.dep_ == "mark" and child.lower_ in {"if", "unless", "lest", "whether"}
            for child in at.children
        ):
            return True
        if at.dep_ not in {"conj", "xcomp", "ccomp", "relcl", "acl"} or at.head is at:
            return False
        at = at.head
    return False


def _unreal_infinitive(verb: Token) -> bool:
    """Say whether "to arrest" tells an intention: "vowed to arrest", not "went on to arrest"."""
    auxes = [child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"}]
    if verb.tag_ == "VBG":
        governor = verb.head if verb.dep_ in {"xcomp", "pcomp"} else None
        return bool(
            governor is not None
            and governor.lower_
            in {"avoid", "avoided", "consider", "considering", "threatened", "against", "without"}
        )
    if "to" not in auxes or {"have"} & set(auxes):
        return False
    if verb.dep_ in {"relcl", "acl"}:
        return not any(child.lower_ in words("traps", "factual") for child in verb.head.subtree)
    return verb.head.lower_ not in words("traps", "factual")


def _sentenced(verb: Token, after: str) -> bool:
    return bool(
        re.match(
            r"\s+for (?:up to )?(?:\d+|two|three|five|seven|ten|fifteen|thirty) (?"
            r":days|months|years)\b",
            after,
        )
    )
