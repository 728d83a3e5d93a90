"""Decide from the raw text, cheaply, whether an article can hold a claim, and where."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from consumers.extractor.counts import find_counts
from consumers.extractor.cues import find_cues
from consumers.extractor.ellipsis import items
from consumers.extractor.passage import Passage

if TYPE_CHECKING:
    from consumers.extractor.sentences import Sentence

# Sentences between the detentions told and the numbers that go on from them.
REACH: Final = 5

# The stems of all cues, each as short as keeps it rare. Python finds a plain string in a text some
# ten times as fast as a pattern of many branches, so plain ones are looked for first.
_PLAIN_STEMS: Final = (
    "arrest", "detain", "detention", "custody", "apprehend", "behind bars", "nabbed", "locked up",
    "police station", "police van", "police bus", "carted", "carting", "frog-march", "frogmarch",
    "remanded", "jail", "prison", "paddy", "hauled", "hauling", "interned", "protest",
    "demonstrat", "rally", "rallies", "rallied", "march", "signed", "signatures", "signatories",
    "signing ", "petition", "resign", "the street", "impeach", "step down", "gathered",
    "gathering", "charged", "fined", "sentenced", "convict", "prosecut", "indict", "summoned",
    "interrogat",
)  # fmt: skip
_OTHER_STEMS: Final = r"round(?:ed|ing|s) up|into (?:\w+ )?(?:vans?|bus)"
_STEMS: Final = "|".join((*_PLAIN_STEMS, _OTHER_STEMS))
_DETENTION: Final = re.compile(
    r"arrest|detain|detention|custody|apprehend|round(?:ed|ing|s) up|behind bars|"
    r"nabbed|locked up|(?:police|paddy|patrol|prisoner) (?:station|van|bus|wagon|"
    r"truck)|\b(?:vans?|buses|minibus\w*)\b|"
    r"haul(?:ed|ing)|interned|seized|grabbed|snatched|picked up|dragg|led away|taken "
    r"away|carried (?:away|off)|swept up|held|incarcerat|cart(?:ed|ing)|frog-?march|"
    r"remanded|intercepted|lifted|whisked|hustled|marched off|bundled|prisons?\b|jails?\b|"
    r"stations?\b|taken[.,;]",
    re.IGNORECASE,
)
_OTHER: Final = re.compile(_OTHER_STEMS)
# What every branch of ``_any_cue`` holds: a sentence with none of these need not be searched.
_ANCHORS: Final = (
    "arrest", "detain", "detention", "custody", "apprehend", "round", "bars", "nabbed", "locked",
    "station", "van", "bus", "cart", "frog", "remanded", "jail", "prison", "paddy", "haul",
    "intern", "protest", "demonstrat", "rall", "march", "sign", "petition", "street", "impeach",
    "step down", "gather", "charged", "fined", "sentenced", "convict", "prosecut", "indict",
    "summoned", "interrogat", "wagon", "truck", "seized", "grabbed", "snatched", "picked",
    "dragg", "led away", "taken", "carried", "swept", "held", "incarcerat", "intercepted",
    "lifted", "whisked", "hustled", "bundled", "drew", "draw", "attract", "attended", "came out",
    "turned", "converg", "assembl", "flood", "throng", "mobili", "picket", "massed", "joined",
    "chant", "block", "clash", "defied", "brav", "surround", "call", "demand", "urg", "trial",
    "flags",
)  # fmt: skip
_FIGURE: Final = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|"
    r"twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|"
    r"dozens?|scores|hundreds?|thousands?|millions?|several|handful|few)\b",
    re.IGNORECASE,
)
_NAME: Final = re.compile(
    r"[a-z,\u201c\"'\u2018] ?(?:Mr|Ms|Mrs|Dr)?\.? ?[A-Z][^\W\d_]+|^[A-Z][^\W\d_]+ "
    r"[A-Z]|\b(?:[Hh]e|[Ss]he)\b"
)
# "Of those, 300 were in Moscow": no cue of its own, it goes on from the sentence before.
_FOLLOWS: Final = re.compile(
    r"^(?:[\"\u201c\u2018']?)(?:of (?:those|them|these|whom)|among (?:those|them)"
    r"|another\b|a further\b|in [A-Z][\w\u2019' .-]{2,40},? (?:the (?:number|figure|"
    r"total)|it was|there were)|this (?:number|figure) includes)",
    re.IGNORECASE,
)


def may_hold_claim(text: str) -> bool:
    """Say whether a text holds any word that a claim would need."""
    lower = text.lower()
    return any(stem in lower for stem in _PLAIN_STEMS) or _OTHER.search(lower) is not None


def passages(cleaned: str, sentences: list[Sentence]) -> list[Passage]:
    """Return the sentences that can hold a claim: a cue beside a figure or a name."""
    chosen: list[Passage] = []
    for index, sentence in enumerate(sentences):
        told = bool(chosen) and index - chosen[-1].index <= REACH
        if not told and not _may_hold_cue(cleaned, sentence):
            continue
        if told and not _figure_or_cue().search(cleaned, sentence.start, sentence.end):
            continue
        passage = Passage.of(cleaned, sentence, index)
        if _matters(passage.text) or (told and _goes_on(passage.text)):
            chosen.append(passage)
    return chosen


def _may_hold_cue(cleaned: str, sentence: Sentence) -> bool:
    lower = cleaned[sentence.start : sentence.end].lower()
    if not any(anchor in lower for anchor in _ANCHORS):
        return False
    return _any_cue().search(cleaned, sentence.start, sentence.end) is not None


def _goes_on(text: str) -> bool:
    """Say whether a sentence has numbers that may go on from the detentions before it."""
    if not _FIGURE.search(text):
        return False
    counts = find_counts(text)
    return bool(counts) and bool(_FOLLOWS.match(text) or items(text, counts))


@cache
def _figure_or_cue() -> re.Pattern[str]:
    return re.compile(f"{_FIGURE.pattern}|{_any_cue().pattern}", re.IGNORECASE)


@cache
def _any_cue() -> re.Pattern[str]:
    return re.compile(
        f"{_STEMS}|{_DETENTION.pattern}|drew |draw|attract|attended|came out|turned|"
        f"converg|assembl|flood|throng|mobili|picket|massed|joined|chant|block|clash|"
        f"defied|brav|surround|call|demand|urg|on trial|flags",
        re.IGNORECASE,
    )


def _matters(text: str) -> bool:
    if _FIGURE.search(text) and find_counts(text) and (find_cues(text) or _FOLLOWS.match(text)):
        return True
    return bool(_DETENTION.search(text)) and _names(text)


def _names(text: str) -> bool:
    return bool(_NAME.search(text)) and any(cue.kind == "detention" for cue in find_cues(text))
