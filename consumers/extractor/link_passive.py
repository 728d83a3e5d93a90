"""Tie a number to a passive verb: "30 people were detained", "30 people, some ill, were held"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from consumers.extractor import grammar
from consumers.extractor.cues import is_people
from consumers.extractor.link_rules import chain_of, verb_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from consumers.extractor.cues import Cue
    from consumers.extractor.grammar import Parsed
    from consumers.extractor.number_reading import Count

_REACH: Final = 60  # characters before a verb that hold its number

# "a third of the 90 protesters"
_PART: Final = re.compile(r"\bof (?:the|those|these|its|their|all)?\s*$", re.IGNORECASE)

_OF_THESE: Final = re.compile(
    r"(?:^|[,;:] |[\u2013\u2014-] )[\"\u201c]?of (?:these|those|them),? *$", re.IGNORECASE
)

_BACK: Final = 40  # characters before a number
_ASIDE: Final = re.compile(
    r"(?P<noun>[^.;:,]{2,90}), (?:who|whom|which|some|many|most|all|among(?: whom)?|including|"
    r"mostly|age[sd]|ranging)\b"
    r"[^.;:]{3,140}?, (?:(?:have|had|has|were|was|are|also|all|later|then|both) ){0,3}"
    r"(?:been|being|were|was|are) (?:\w+ly )?"
)

# "the 90 people it estimated were arrested"
_SAID_TO: Final = re.compile(
    r"(?: [a-z-]+){0,2},? (?:(?:that|who|whom) )?"
    r"(?:it|he|she|they|[A-Z]\w+|the \w+|police|organi[sz]ers)(?: has| had| have)? "
    r"(?:estimate[sd]?|sa(?:y|ys|id)|believe[sd]?|claim(?:s|ed)?|calculate[sd]?|report(?:s|ed)?"
    r"|kn[eo]ws?|reckon(?:s|ed)?)(?: to)? (?:(?:were|was|had|have|are|been|being|also|\w+ly) ){1,4}"
)
# "17 marchers refused to move, it is said, and were arrested", "50 are in jail after they were"
_WENT_ON: Final = re.compile(
    r"[^.;:]{5,160}? (?:(?:and|but) (?:were|are)"
    r"|(?:after|when|once|because) (?:all )?they (?:were|had been|have been)) "
    r"(?:(?:all|later|then|also|\w+ly) ){0,2}"
)
_TOLD_BY: Final = frozenset(
    {"say", "says", "said", "report", "reports", "reported", "tells", "told"}
)
_MEANT: Final = frozenset({"they", "who", "that", "which"})
# a headline: "14 held over rally"
_HELD: Final = re.compile(r" held (?:over|after|in|at|during|near|following|as)\b", re.IGNORECASE)

# What starts the other number of "31,000 marched and 700 were detained"
_OTHER_NUMBER: Final = re.compile(
    r"(?:,|;| and| while| but| with| before| as| when) (?:(?:and|while|but|with) )?"
    r"(?:(?:at least|more than|as many as|over|about|some|nearly|almost|around|another|roughly) )?"
    r"(?:\d[\d,]*\+?|dozens|hundreds|scores|several|thousands|two|three|four|five|six|seven|eight|"
    r"nine|ten|eleven|twelve|[a-z]+teen|[a-z]+ty)"
    r"(?: (?:of them|of|the|other|more|[\w-]+(?:s|men|women|people)))*"
    r"(?: (?:were|was|are|being|have|had|been|briefly|also|reportedly|later|then)){0,4}"
    r" (?:[a-z]+ed(?:/| or | and ))?$",
    re.IGNORECASE,
)
_LONGEST_NAME: Final = 10  # words from a number to the auxiliary of its verb
# what starts a clause or another member of a list
_ENDS_A_NAME: Final = frozenset({"VBD", "VBZ", "VBP", "MD", "CC", "CD", ",", ":", ".", "WDT", "WP"})
_DOING: Final = frozenset({"VBD", "VBZ", "VBP", "VBG", "VBN"})
_NO_DEED: Final = frozenset({"were", "was", "are", "is", "have", "had", "has", "being", "aged"})


def passive(parsed: Parsed, count: Count, cue: Cue) -> str | None:
    """Passive: "30 people were detained", "30 people detained in Moscow", "30 arrested"."""
    if count.start > cue.start or grammar.is_perfect(verb_of(parsed, cue)):
        return None
    if _has_other_subject(parsed, count, cue):
        return None
    if _has_aside(parsed, count, cue) or _SAID_TO.fullmatch(parsed.text, count.end, cue.start):
        return "passive"
    if _WENT_ON.fullmatch(parsed.text, count.end, cue.start) and _is_about(parsed, count, cue):
        return "passive"
    told = _is_participle(parsed, count, cue) and _is_subject(parsed, count, cue)
    return "passive" if told else None


def _is_about(parsed: Parsed, count: Count, cue: Cue) -> bool:
    """Say whether nobody but the people a number counts does anything up to a verb."""
    noun = chain_of(parsed, count)[-1]
    if not is_people(noun.lower_) or noun.dep_ not in {"nsubj", "nsubjpass", "ROOT"}:
        return False
    return not any(
        token.dep_ in {"nsubj", "nsubjpass"}
        and token.i != noun.i
        and token.lower_ not in _MEANT
        and token.head.lower_ not in _TOLD_BY
        for token in parsed.between(count.end, cue.start)
    )


def _is_participle(parsed: Parsed, count: Count, cue: Cue) -> bool:
    verb = verb_of(parsed, cue)
    phrase = cue.form == "phrase" and count.end <= cue.start
    participle = not phrase and (verb.tag_ in {"VBN", "JJ"} or _is_bare(parsed, count, cue))
    return participle or grammar.is_passive(verb)


def _is_subject(parsed: Parsed, count: Count, cue: Cue) -> bool:
    """Say whether what a number counts is what a passive verb is about."""
    verb, chain = verb_of(parsed, cue), chain_of(parsed, count)
    if _is_part(parsed, count) and not (verb.dep_ in {"acl", "relcl"} and verb.head in chain):
        return False
    if any(set(chain) & set(grammar.expand(each)) for each in grammar.subjects(verb)):
        return True
    return _reaches(parsed, chain[-1], count, cue) or _is_plain(parsed, count, verb)


def _is_plain(parsed: Parsed, count: Count, verb: Token) -> bool:
    """Say whether only the people a number counts stand between it and a passive verb.

    The parser is led astray by names that are phrases ("24 Just Stop Oil demonstrators were
    held"), by brackets ("300 (it is said) protesters were held") and by participles ("11 people
    tied to the party had been held").
    """
    auxiliaries = [child for child in verb.children if child.dep_ in {"aux", "auxpass"}]
    if not any(child.dep_ == "auxpass" for child in auxiliaries):
        return False
    between = parsed.between(count.end, auxiliaries[0].idx)
    inside = _without_brackets(between)
    if not 0 < len(inside) <= _LONGEST_NAME or any(map(_ends_a_name, inside)):
        return False
    people = next((t for t in inside if is_people(t.lower_)), None)
    if people is None:
        return False
    own = [each for each in grammar.subjects(verb) if each.idx > count.end]
    return not own or people in own


def _ends_a_name(token: Token) -> bool:
    """Say whether a word starts a clause: "a crowd of 300 watched as marchers were arrested"."""
    return token.tag_ in _ENDS_A_NAME or token.dep_ == "mark"


def _without_brackets(tokens: Sequence[Token]) -> list[Token]:
    kept: list[Token] = []
    depth = 0
    for token in tokens:
        depth += token.text == "("
        if not depth:
            kept.append(token)
        depth -= token.text == ")"
    return kept


def _has_other_subject(parsed: Parsed, count: Count, cue: Cue) -> bool:
    """Say whether a number did something else, and another was detained.

    "31,000 protesting across the country, 700 detained", "seven knelt and three were held".
    """
    match = _OTHER_NUMBER.search(parsed.text, max(count.end, cue.start - _REACH), cue.start)
    return match is not None and any(
        token.tag_ in _DOING and token.lower_ not in _NO_DEED
        for token in parsed.between(count.end, match.start())
    )


def _is_part(parsed: Parsed, count: Count) -> bool:
    """Say whether only a part of a number is meant: "three of the five", "a third of the 90"."""
    head = parsed.text[max(0, count.start - _BACK) : count.start]
    if _OF_THESE.search(head):  # "Of these 30 were detained in Perm"
        return False
    return bool(_PART.search(head)) and (count.definite or not head.rstrip().endswith("of"))


def _is_bare(parsed: Parsed, count: Count, cue: Cue) -> bool:
    """Say whether a verb form is a participle without its auxiliary: "30 detained in Moscow"."""
    verb = verb_of(parsed, cue)
    if _HELD.match(parsed.text, count.end):
        return True
    participle = verb.lower_.endswith("ed") or verb.lower_ in grammar.PARTICIPLES
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
    if gap and gap[0].lower_ == "of" and count.end <= noun.idx:  # "300 relatives of detained men"
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
            # "was attended by 40 people and secured by police", "shot two people and arrested 30"
            if _is_agent(noun) or [each.lower_ for each in gap] == ["and"]:
                return False
            return all(each.tag_ in {"VBN", "VBD", "RB", "CC", ","} for each in gap)
        return False
    return True


def _is_agent(noun: Token) -> bool:
    """Say whether a noun tells who did something to what a verb is about: "attended by 40"."""
    while noun.dep_ in {"pobj", "prep", "nummod"} and noun.head is not noun:
        noun = noun.head
    return noun.dep_ == "agent"
