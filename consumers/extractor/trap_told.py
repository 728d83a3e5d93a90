"""Tell numbers said to be wrong, of people told of in passing, and of what befell prisoners."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from consumers.extractor import grammar
from consumers.extractor.dictionary import words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from consumers.extractor.cues import Cue
    from consumers.extractor.grammar import Parsed
    from consumers.extractor.link import Link

_WRONGLY: Final = r"(?:incorrectly|wrongly|erroneously|mistakenly|falsely|inaccurately|in error)"
_SAID: Final = (
    r"(?:said|says|saying|say|report(?:s|ed|ing)?|claim(?:s|ed|ing)?|stat(?:es|ed|ing)|told|"
    r"announc(?:ed|ing)|suggest(?:s|ed|ing)|wr(?:ote|itten)|put|giv(?:en|ing)|gave|publish(?:ed|ing)|"
    r"spoke of|tweeted|posted)"
)
# "earlier, police had said - incorrectly - that 99 people were arrested"
_DISOWNED: Final = re.compile(
    rf"\b(?:{_WRONGLY}\W{{1,4}}(?:\w+ )?{_SAID}(?! to )|{_SAID}\W{{1,4}}(?:had been )?{_WRONGLY})\b"
    r"\W{0,4}(?:(?! and )[^.;:,]){0,60}$"
    r"|\b(?:(?:den(?:y|ied|ies|ying)|dismiss(?:ed|es|ing)|reject(?:ed|s|ing)|refut(?:ed|es|ing)|"
    r"disput(?:ed|es|ing)|debunk(?:ed|s|ing)) (?:\w+ ){0,4}?|"
    r"(?:false|fake|untrue|unfounded|erroneous|incorrect|mistaken|wrong|baseless) )"
    r"(?:reports?|claims?|rumou?rs?|allegations?|suggestions?|news|posts?|statements?|information)"
    r"(?: (?:of|that|about|saying))?(?: [\w-]+){0,3}\s*$",
    re.IGNORECASE,
)
# "reports that 40 people had been arrested were untrue"
_REPORTED: Final = re.compile(
    r"\b(?:reports?|claims?|rumou?rs?|suggestions?|assertions?|allegations?|figures?|posts?)\b"
    r"[^.;:]{0,60}$",
    re.IGNORECASE,
)
_UNTRUE: Final = re.compile(
    r"[^.;:]{0,60}?\b(?:is|are|was|were|be|been|prove[dns]?|turned out)(?: to be)?"
    r"(?: \w+ly| all)? (?:false|untrue|incorrect|wrong|unfounded|baseless|inaccurate|fake|"
    r"fabricated|mistaken|groundless|a (?:rumou?r|lie|hoax|mistake))\b",
    re.IGNORECASE,
)
_BESIDE: Final = 40  # characters before a number in which the others of its verb are told
_REACH: Final = 120  # characters before a number
# "thousands were arrested, suspended or fired"
_OR_ELSE: Final = re.compile(
    r",?(?: \w+,?){0,2} (?:or|and/or) (?:\w+ly |were |been )*"
    r"(?:suspended|fired|dismissed|sacked|purged|killed|injured|wounded|hurt|displaced|beaten|fined"
    r"|fled|exiled|forced|driven|missing|disappeared|deported|expelled|evicted)\b",
    re.IGNORECASE,
)
# "in addition to the two who have been arrested"
_BESIDES: Final = re.compile(
    r"\b(?:in addition to|besides|apart from|aside from|on top of|other than)"
    r"(?: all(?: of)?)? (?:the|those|these)\s$",
    re.IGNORECASE,
)
_NO_MORE: Final = re.compile(r"(?: (?:already|earlier|previously|before|so far))?(?:[,.;)]|$)")
_FELLOWS: Final = re.compile(r"(?:detainee|arrestee)s?\b", re.IGNORECASE)
_COMPANIONS: Final = frozenset({"other", "fellow"})
# "ten people died in custody", "were beaten while in detention"
_BEFELL: Final = re.compile(
    r"\b(?:di(?:ed|es|e)|dying|dead|death|killed|murdered|beaten|tortured|raped|abused|assaulted|"
    r"mistreated|ill-treated|maltreated|molested|injured|hurt|wounded|poisoned|starved|hanged|"
    r"hospitali[sz]ed|collapsed|interrogated|questioned|visited|ill|sick|suicide|strike|birth|"
    r"infected|stripped|humiliated|harassed|perished|disappeared|vanished|lost their lives)"
    r"(?: (?:or|and) \w+)?(?: (?:while|whilst|when))?(?: being)?(?: (?:held|kept|still))? $",
    re.IGNORECASE,
)
# "cardiac arrests", "four prior arrests", "we rounded up the best of them"
_LOOKS_LIKE: Final = re.compile(r"\b(?:cardiac|prior|previous|past)\s\Z", re.IGNORECASE)
_LOOKS_LIKE_AHEAD: Final = re.compile(
    r"\s(?:development\b|the (?:best|top|worst|latest|highlights)\b)", re.IGNORECASE
)
_BANDS: Final = frozenset({"group", "groups", "gang", "gangs", "men", "faction", "factions"})
_ARMED: Final = frozenset({"armed", "militant", "jihadist", "extremist", "islamist", "terrorist"})


def is_disowned(parsed: Parsed, link: Link) -> bool:
    """Say whether a number is told to be wrong: "police had said incorrectly that 99 were"."""
    text, first = parsed.text, min(link.count.start, link.cue.start)
    head = text[max(0, first - _REACH) : first]
    if _DISOWNED.search(head):
        return True
    last = max(link.count.end, link.cue.end)
    return bool(_REPORTED.search(head) and _UNTRUE.match(text, last))


def is_of_many_fates(parsed: Parsed, link: Link) -> bool:
    """Say whether only some of those counted were held: "arrested, fired or killed"."""
    return _OR_ELSE.match(parsed.text, link.cue.end) is not None


def is_in_passing(parsed: Parsed, link: Link) -> bool:
    """Say whether people told of before are only mentioned: "besides the two who were held"."""
    count, cue, text = link.count, link.cue, parsed.text
    if cue.kind != "detention":
        return False
    if count.after in _COMPANIONS and _FELLOWS.match(text, cue.start):
        return _is_told_of(parsed, link)
    besides = _BESIDES.search(text, max(0, count.start - _REACH), count.start)
    return bool(besides and cue.start > count.start and _NO_MORE.match(text, cue.end))


def _is_told_of(parsed: Parsed, link: Link) -> bool:
    """Say whether other detainees are somewhere: "five other detainees are in the same cell"."""
    noun = parsed.token_at(link.cue.start)
    if noun.dep_ not in {"nsubj", "pobj"}:
        return False
    return noun.dep_ == "pobj" or noun.head.lower_ in {"are", "were", "is", "was", "had", "have"}


def is_in_custody_before(parsed: Parsed, link: Link) -> bool:
    """Say whether something befell people in custody: "ten people died in custody"."""
    cue = link.cue
    if cue.form != "state" or link.count.start > cue.start:
        return False
    return bool(_BEFELL.search(parsed.text, link.count.end, cue.start))


def are_fighters_too(parsed: Parsed, link: Link) -> bool:
    """Say whether those without a noun are fighters: "killed 11 of the attackers and held four"."""
    count = link.count
    noun = grammar.counted_noun(parsed.token_at(count.number))
    own = noun if noun is not None and "," not in parsed.text[count.end : noun.idx] else None
    if own is not None and own.lower_ not in {"others", "other", "more"}:
        return False
    earlier = [each for each in parsed.doc._.counts if each.end < count.start]
    # "33 militants" is no count of people that may be detained
    start = earlier[-1].end if earlier else max(0, count.start - _BESIDE)
    named = parsed.between(start, count.start)[:6]
    if not earlier and any(token.text == "," for token in named):
        return False
    return any(token.lower_ in words("traps", "others", "nouns") for token in named) or any(
        token.lower_ == "rebels" for token in named
    )


def counts_others(parsed: Parsed, link: Link) -> bool:
    """Say whether soldiers, smugglers or their like are what is counted."""
    span = parsed.between(link.count.start, link.count.end + 40)
    chain = [token.lower_ for token in span[:6]]
    for word in chain:
        if word in words("traps", "others", "nouns"):
            return True
        if word in {"and", "in", "at", "who", ",", "were", "after", "during"}:
            break
    return False


def is_ordered(verb: Token) -> bool:
    """Say whether somebody only orders it: "ordered that 14 be held", "were ordered held"."""
    auxes = [child for child in verb.children if child.dep_ in {"aux", "auxpass"}]
    if [child.lower_ for child in auxes] == ["be"]:
        return True
    return not auxes and verb.i > 0 and verb.nbor(-1).lower_ == "ordered"


def is_no_arrest(text: str, cue: Cue) -> bool:
    """Say whether a cue only looks like one: "cardiac arrests", "four prior arrests"."""
    before = _LOOKS_LIKE.search(text, max(0, cue.start - _BESIDE), cue.start)
    return bool(before or _LOOKS_LIKE_AHEAD.match(text, cue.end))


def is_taken_by_others(parsed: Parsed, link: Link) -> bool:
    """Say whether those who took people are no authority: "organisers put 400 on buses"."""
    verb = parsed.token_at(link.cue.start)
    active = link.rule.startswith("active")
    agents = grammar.subjects(verb) if active else grammar.agents(verb)
    return any(
        each.lower_ in words("traps", "others", "agents")
        or (each.lower_ in _BANDS and _ARMED & {left.lower_ for left in each.lefts})
        for each in agents
    )
