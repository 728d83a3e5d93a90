"""The rules of grammar that tie a number to a cue, one function a rule."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from consumers.extractor import grammar
from consumers.extractor.cues import Cue
from consumers.extractor.grammar import Parsed
from consumers.extractor.number_reading import Count

if TYPE_CHECKING:
    from spacy.tokens import Token

# Returns its name where it ties the number to the cue, else None.
Rule = Callable[[Parsed, Count, Cue], str | None]


# "the number of detainees rose to 1,450", "arrests had reached 590"
_RISE: Final = re.compile(
    r"(?:[^.;]|(?<=[A-Z][a-z][a-z])\.){0,60}?"  # "Jan." ends nothing
    r"\b(?:r[oi]se[ns]?|has risen|climb(?:s|ed)|gr(?:ew|own|ows)|reach(?"
    r":ed|es|ing)|st(?:ood|ands|anding)|hit|"
    r"top(?:s|ped|ping)|exceed(?:s|ed|ing)|pass(?:es|ed|ing)|surpass(?:es|ed|ing)"
    r"|was|is|were|at|to|as|total(?:s|l?ed|ling)|jump(?:s|ed)|"
    r"increased|swelled|numbered|number|amounted)(?: (?:to|at|by|now|already|up|put|"
    r"estimated|least|of|as|high|some|a|the|total|from))*"
    r"(?: [\w,]+ to)?(?: between)?[ :]*$",
    re.IGNORECASE,
)

_TALLY: Final = re.compile(
    r"\b(?:numbers?|total|tally|toll|count|figures?|sum)\b[^.;]{0,60}$", re.IGNORECASE
)

_LABEL: Final = re.compile(r"[^.:;]{0,40}:\s*")

_COLON: Final = re.compile(
    r"(?: (?:so far|today|in total|total|people))?\s?[:\u2013\u2014-]\s*$", re.IGNORECASE
)

_OF: Final = re.compile(
    r"(?: of| involving| made of)(?: (?:at|a|the|some|around|about|nearly|over|more|"
    r"than|as|many|up|to|total|further|another))*\s*$",
    re.IGNORECASE,
)

# Words that may stand between a verb and the number of its object.
_LIGHT_TAGS: Final = frozenset(
    {"RB", "DT", "JJ", "JJR", "RBR", "IN", "PDT", "PRP$", "RP", "NNP", "VBN"}
)

_WITH: Final = re.compile(r"[^.;:,]{0,30} with (?:about |some |around |at least )?")

_OTHERS: Final = re.compile(r"\s+(?:others?|fellow|more)\b")

# "a third of the 90 protesters"
_PART: Final = re.compile(r"\bof (?:the|those|these|its|their|all)?\s*$", re.IGNORECASE)

_OF_THESE: Final = re.compile(
    r"(?:^|[,;:] |[\u2013\u2014-] )[\"\u201c]?of (?:these|those|them),? *$", re.IGNORECASE
)

_ASIDE: Final = re.compile(
    r"(?P<noun>[^.;:,]{2,90}), (?:who|whom|which|some|many|most|all|among|including|mostly)\b"
    r"[^.;:]{3,140}?, (?:(?:have|had|has|were|was|are|also|all|later|then|both) ){0,3}"
    r"(?:been|being|were|was|are) (?:\w+ly )?"
)
# "31,000 protesting across the country, 700 detained": the marchers, and then the detained
_MARCHED: Final = re.compile(
    r"[^,;]{0,40} (?:(?:protest|march|rally|demonstrat|gather|strik)(?:ed|ing|ied|e)?|march|rally"
    r"|protest|take to the streets)\b[^,;]{0,60}[,;] (?:and |with |but )?"
    r"(?:at least |over |more than |about |some |nearly |around )?(?:\d[\d,]*|dozens|hundreds|scores"
    r"|several|[a-z]+teen|[a-z]+ty)(?: people| others| more)? ",
    re.IGNORECASE,
)
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
        return None
    chain = set(chain_of(parsed, count))
    if any(chain & set(grammar.expand(each)) for each in grammar.objects(verb)):
        return "active"
    gap = parsed.between(cue.head_end, count.start)
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


def passive(parsed: Parsed, count: Count, cue: Cue) -> str | None:
    """Passive: "30 people were detained", "30 people detained in Moscow", "30 arrested"."""
    verb = verb_of(parsed, cue)
    if count.start > cue.start:
        return None
    if cue.form == "phrase" and count.end <= cue.start and not grammar.is_passive(verb):
        return None
    if _has_aside(parsed, count, cue):
        return "passive"
    if not (grammar.is_passive(verb) or verb.tag_ in {"VBN", "JJ"} or _is_bare(parsed, cue)):
        return None
    if _MARCHED.fullmatch(parsed.text, count.end, cue.start):
        return None
    chain = chain_of(parsed, count)
    if _is_part(parsed, count) and not (verb.dep_ in {"acl", "relcl"} and verb.head in chain):
        return None
    for each in grammar.subjects(verb):
        if set(chain) & set(grammar.expand(each)):
            return "passive"
    return "passive" if _reaches(parsed, chain[-1], count, cue) else None


def _is_part(parsed: Parsed, count: Count) -> bool:
    """Say whether only a part of a number is meant: "three of the five", "a third of the 90"."""
    head = parsed.text[: count.start]
    if _OF_THESE.search(head):  # "Of these 30 were detained in Perm"
        return False
    return bool(_PART.search(head)) and (count.definite or not head.rstrip().endswith("of"))


def _is_bare(parsed: Parsed, cue: Cue) -> bool:
    """Say whether a form in -ed has no noun right after it: "30 detained in Moscow"."""
    verb = verb_of(parsed, cue)
    participle = verb.lower_.endswith("ed") or verb.lower_ in {"taken", "driven", "thrown"}
    return participle and not grammar.has_object(verb)


def _has_aside(parsed: Parsed, count: Count, cue: Cue) -> bool:
    """Say whether only an aside parts a number from its verb: "18 people, some ill, were held".

    The parser ties such a subject to the verb of the aside.
    """
    match = _ASIDE.fullmatch(parsed.text, count.end, cue.start)
    if match is None:
        return False
    return not any(
        token.tag_ in {"VBD", "VBZ", "VBP", "MD", "CD"}
        for token in parsed.between(count.end, match.end("noun"))
    )


def _reaches(parsed: Parsed, noun: Token, count: Count, cue: Cue) -> bool:
    """Say whether nothing between a number and a passive verb could have another subject."""
    start = max(count.end, noun.idx + len(noun) if noun.idx < cue.start else count.end)
    gap = parsed.between(start, cue.start)
    if len(gap) > 14:  # noqa: PLR2004  # a longer stretch holds a clause of its own
        return False
    for token in gap:
        if token.lower_ in {
            "was",
            "were",
            "been",
            "being",
            "be",
            "are",
            "is",
            "have",
            "has",
            "had",
            "got",
            "get",
            "who",
            "allegedly",
            "of",
            "whom",
        }:
            continue
        if token.tag_ in {"RB", "DT", "JJ", "VBN", "PRP"} or token.lower_ in {
            "people",
            "others",
            "them",
        }:
            continue
        if token.text in {",", "and", "-", '"', "\u201c", "\u201d"} and noun.idx < cue.start:
            return all(each.tag_ in {"VBN", "VBD", "RB", "CC", ","} for each in gap)
        return False
    return True


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
        t.tag_ in {"JJ", "NN", "HYPH", "VBN", "JJR"} or t.lower_ in {"of", "the", "-"}
        for t in gap_tokens
    ):
        return "nominal"
    return None


def tally(parsed: Parsed, count: Count, cue: Cue) -> str | None:
    """Tally: "the number of detainees rose to 1,450", "arrests reached 590"."""
    text = parsed.text
    if count.start < cue.end:
        return None
    gap = text[cue.end : count.start]
    if len(gap) > 90 or re.search(r"\bfrom$", gap.strip()):  # noqa: PLR2004
        return None
    told = _is_noun_cue(parsed, cue) or _TALLY.search(text[max(0, cue.start - 80) : cue.start])
    return "tally" if told and _RISE.fullmatch(gap) else None


def _is_noun_cue(parsed: Parsed, cue: Cue) -> bool:
    return cue.form == "noun" or (cue.form == "verb" and grammar.is_noun(verb_of(parsed, cue)))


def label(parsed: Parsed, count: Count, cue: Cue) -> str | None:
    """Label: "Detained at the rally: 40 people"."""
    if cue.start > 3 or count.start < cue.end:  # noqa: PLR2004  # a label opens its line
        return None
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
    if len(gap) <= 5 and all(t.tag_ in {"NNS", "RB", "VBD", "VBP", "VBN", "JJ"} for t in gap):  # noqa: PLR2004
        return "state"
    return None
