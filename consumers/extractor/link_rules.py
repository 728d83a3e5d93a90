"""The rules of grammar that tie a number to a cue, one function a rule."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from consumers.extractor import grammar
from consumers.extractor.cues import Cue, is_people
from consumers.extractor.grammar import Parsed
from consumers.extractor.number_reading import Count

if TYPE_CHECKING:
    from spacy.tokens import Token

# Returns its name where it ties the number to the cue, else None.
Rule = Callable[[Parsed, Count, Cue], str | None]


# "Number of people detained: 30"
_NUMBER_OF: Final = re.compile(
    r"[^\w]{0,3}(?:the )?(?:total )?(?:number|total|count|tally) of (?:(?:people|persons|those) )?",
    re.IGNORECASE,
)
# "Arrested at the rally were 25 students"
_WERE: Final = re.compile(
    r"(?: (?:at|in|on|during|after|by|near|outside) [^.;:,]{1,60}?)? (?:were|are)(?: also)? "
)
_LABEL: Final = re.compile(r"[^.:;]{0,40}:\s*")

_COLON: Final = re.compile(
    r"(?: (?:so far|today|in total|total|people))?\s?[:\u2013\u2014-]\s*$", re.IGNORECASE
)

_OF: Final = re.compile(
    r"(?: of| involving| made of)(?: (?:at|a|the|some|around|about|nearly|over|more|"
    r"than|as|many|up|to|total|further|another|all))*\s*$",
    re.IGNORECASE,
)

# Words that may stand between a verb and the number of its object.
_LIGHT_TAGS: Final = frozenset(
    {"RB", "DT", "JJ", "JJR", "RBR", "IN", "PDT", "PRP$", "RP", "NNP", "VBN"}
)

_WITH: Final = re.compile(r"[^.;:,]{0,30} with (?:about |some |around |at least )?")

_OTHERS: Final = re.compile(r"\s+(?:others?|fellow|more)\b")
# "rounded up shopkeepers, at least 60 of them"
_OBJECT: Final = re.compile(r" [^.;:,]{3,60}, ")
_OF_THEM: Final = re.compile(r" of them\b")
_INCLUDING: Final = re.compile(r" [^.;:]{3,80},? including ")
_AMONG: Final = re.compile(
    r"\bamong (?:the|those)(?: people)?(?: being| who were)? $", re.IGNORECASE
)
_ARE: Final = re.compile(r"(?: [\w-]+){0,3} (?:are|were|is|was) (?:at least |about |some |also )?")
_ARE_AMONG: Final = re.compile(
    r"(?: [\w\u2019'-]+){1,7}(?:, (?:including|some|many|most) [^,.;]{3,60},)? "
    r"(?:are|were) (?:also )?among (?:the|those)(?: people| being| who were)? "
)
_INCLUDED: Final = re.compile(
    r"(?: (?:at|in|on|during) [\w -]{1,40}?)? (?:(?:are|were) said to )?"
    r"include[sd]? (?:at least |about |some )?"
)
_SHORT: Final = 30  # characters
_STATE_GAP: Final = 5  # words between a number and "in custody"
_STATE_TAGS: Final = frozenset({"NNS", "RB", "VBD", "VBP", "VBN", "JJ"})
_GAP: Final = 4  # words between a verb and the number it governs
_COMPANY: Final = re.compile(
    r"(?:[^.;:]{0,60}?[ ,])?(?:alongside|along with|together with|as well as) (?:\w+ ){0,2}$"
)


def chain_of(parsed: Parsed, count: Count) -> list[Token]:
    """Return the words from a number to the noun it counts."""
    token = parsed.token_at(count.number)
    chain = grammar.noun_chain(token)
    if count.bound == "vague" and len(chain) == 1:  # "dozens of politicians arrested"
        noun = grammar.counted_noun(token)
        if noun is not None and noun.i > token.i:
            return [token, noun]
    near = grammar.noun_after(token) if len(chain) == 1 else None
    return [*chain, near] if near is not None else chain


def verb_of(parsed: Parsed, cue: Cue) -> Token:
    """Return the head of a cue."""
    return parsed.token_at(cue.start)


def active(parsed: Parsed, count: Count, cue: Cue) -> str | None:
    """Active: "Police detained 30 people"."""
    verb = verb_of(parsed, cue)
    if count.start < cue.head_end:
        return None
    if any(child.dep_ == "auxpass" for child in verb.children):
        return "inverted" if _is_inverted(parsed, count, cue) else None
    chain = set(chain_of(parsed, count))
    if any(chain & set(grammar.expand(each)) for each in grammar.objects(verb)):
        return "active"
    # "took into custody over 30 teachers": what completes the verb may stand before its object
    gap = parsed.between(cue.end if cue.end <= count.start else cue.head_end, count.start)
    if _is_named_part(parsed, count, cue):
        return "active"
    if len(gap) <= _GAP and all(
        token.tag_ in _LIGHT_TAGS
        and token.lower_
        not in {
            "in",
            "at",
            "on",
            "after",
            "by",
            "for",
            "with",
            "from",
            "near",
            "during",
            "as",
            "since",
            "among",
            "to",
            "outside",
        }
        for token in gap
    ):
        return "active"
    return None


def _is_inverted(parsed: Parsed, count: Count, cue: Cue) -> bool:
    """Say whether a passive has its subject behind it: "on Sunday were detained 70 activists".

    So translations from languages with a free order of words put it.
    """
    if parsed.text[cue.head_end : count.start].strip():
        return False
    before = [each for each in grammar.subjects(verb_of(parsed, cue)) if each.idx < cue.start]
    noun = grammar.counted_noun(parsed.token_at(count.number))
    return noun is not None and is_people(noun.lower_) and all(t.tag_ == "WDT" for t in before)


def _is_named_part(parsed: Parsed, count: Count, cue: Cue) -> bool:
    """Say whether a number tells of an object without one: "arrested drivers, 60 of them"."""
    text = parsed.text
    if _OF_THEM.match(text, count.end) and _OBJECT.fullmatch(text, cue.end, count.start):
        return True
    return _INCLUDING.fullmatch(text, cue.head_end, count.start) is not None and not any(
        token.tag_ in {"VBD", "VBZ", "VBP", "MD"}
        for token in parsed.between(cue.head_end, count.start)
    )


def subject(parsed: Parsed, count: Count, cue: Cue) -> str | None:
    """Subject: "2,000 people marched", "2,000 people, who marched"."""
    verb = verb_of(parsed, cue)
    if count.start > cue.start:
        return None
    chain = set(chain_of(parsed, count))
    for each in grammar.subjects(verb):
        if chain & set(grammar.expand(each)):
            return "subject"
    return None


def company(parsed: Parsed, count: Count, cue: Cue) -> str | None:
    """Company: "X and Y were arrested alongside scores of protesters"."""
    if count.start < cue.end or not grammar.is_passive(verb_of(parsed, cue)):
        return None
    text = parsed.text
    gap = text[cue.end : count.start]
    with_others = _WITH.fullmatch(gap) and _OTHERS.match(text, count.end)
    return "company" if with_others or _COMPANY.fullmatch(gap) else None


def among(parsed: Parsed, count: Count, cue: Cue) -> str | None:
    """Among: "among those detained were five poets", "two poets were among those detained"."""
    text = parsed.text
    if count.start >= cue.end:
        opened = _AMONG.search(text, max(0, cue.start - _SHORT), cue.start)
        told = (opened and _ARE.fullmatch(text, cue.end, count.start)) or _INCLUDED.fullmatch(
            text, cue.end, count.start
        )
    else:
        told = _ARE_AMONG.fullmatch(text, count.end, cue.start)
    return "among" if told else None


def nominal(parsed: Parsed, count: Count, cue: Cue) -> str | None:
    """Nominal: "590 arrests", "the detention of 30 people", "dozens of detainees"."""
    text = parsed.text
    if count.start >= cue.end:
        gap = text[cue.end : count.start]
        return "nominal" if _OF.fullmatch(gap) or _COLON.fullmatch(gap) else None
    noun = verb_of(parsed, cue)
    if not grammar.is_noun(noun):
        return None
    if noun in chain_of(parsed, count):
        return "nominal"
    gap_tokens = parsed.between(count.end, cue.start)
    if len(gap_tokens) < _GAP and all(
        t.tag_ in {"JJ", "NN", "HYPH", "VBN", "JJR"}
        or t.lower_ in {"of", "the", "-", "cases", "instances"}
        for t in gap_tokens
    ):
        return "nominal"
    return None


def label(parsed: Parsed, count: Count, cue: Cue) -> str | None:
    """Label: "Detained at the rally: 40 people"."""
    text = parsed.text
    if count.start < cue.end or (cue.start > 3 and not _NUMBER_OF.fullmatch(text, 0, cue.start)):  # noqa: PLR2004  # a label opens its line
        return None
    if cue.start == 0 and _WERE.fullmatch(text, cue.end, count.start):
        return "inverted"
    return "label" if _LABEL.fullmatch(parsed.text[cue.end : count.start]) else None


def state(parsed: Parsed, count: Count, cue: Cue) -> str | None:
    """State: "35 were in custody", "200 people found themselves behind bars"."""
    if count.start > cue.start:
        return None
    prep = verb_of(parsed, cue)
    verb = prep.head
    gap = parsed.between(count.end, cue.start)
    if verb.lower_ in {
        "were",
        "are",
        "was",
        "is",
        "been",
        "be",
        "ended",
        "found",
        "held",
        "kept",
        "spent",
        "being",
    }:
        chain = set(chain_of(parsed, count))
        if any(chain & set(grammar.expand(each)) for each in grammar.subjects(verb)):
            return "state"
    if len(gap) <= _STATE_GAP and all(t.tag_ in _STATE_TAGS for t in gap):
        return "state"
    return None
