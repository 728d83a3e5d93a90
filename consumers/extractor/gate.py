"""Decide from the raw text, cheaply, whether an article can hold a claim, and where."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from consumers.extractor.clean import clean, is_plain
from consumers.extractor.counts import find_counts
from consumers.extractor.cue_words import may_hold_cue
from consumers.extractor.cues import find_cues, tells_detention
from consumers.extractor.dictionary import load
from consumers.extractor.ellipsis import items
from consumers.extractor.passage import Passage
from consumers.extractor.sentences import LONGEST, is_lower_case, paragraphs, spans

if TYPE_CHECKING:
    from consumers.extractor.sentences import Sentence

# Sentences between the detentions told and the numbers that go on from them.
REACH: Final = 5

# The stems of all cues, each as short as keeps it rare. Python finds a plain string in a text some
# ten times as fast as a pattern of many branches, so plain ones are looked for first.
_PLAIN_STEMS: Final = (
    "arrest", "detain", "detention", "custody", "apprehend", "behind bars", "nabbed", "cuff",
    "locked up", "police station", "police van", "police bus", "carted", "carting",
    "frog-march", "frogmarch", "remanded", "jail", "prison", "paddy", "hauled", "hauling",
    "interned", "protest", "demonstrat", "rally", "rallies", "rallied", "march", "signed",
    "signatures", "signatories", "signing ", "petition", "resign", "the street", "impeach",
    "step down", "gathered", "gathering", "charged", "fined", "sentenced", "convict", "prosecut",
    "indict", "summoned", "interrogat",
)  # fmt: skip
_OTHER: Final = re.compile(r"round(?:ed|ing|s) up|into (?:\w+ )?(?:vans?|bus)")
_DIGIT: Final = re.compile(r"\d")
_WORD: Final = re.compile(r"[^\W\d_]+")
_NAME: Final = re.compile(
    r"[a-z,\u201c\"'\u2018] ?(?:Mr|Ms|Mrs|Dr)?\.? ?[A-Z][^\W\d_]+|^[A-Z][^\W\d_]+ "
    r"[A-Z]|\b(?:[Hh]e|[Ss]he)\b"
)
# "a second protester was arrested", "another was detained"
_ANOTHER: Final = re.compile(
    r"\b(?:[Aa]nother|[Aa] (?:second|third|fourth|fifth|further)) (?:[\w-]+ ){0,3}?(?:was|has|had) "
)
# "Of those, 300 were in Moscow": no cue of its own, it goes on from the sentence before.
_FOLLOWS: Final = re.compile(
    r"^(?:[\"\u201c\u2018']?)(?:of (?:those|them|these|whom)|among (?:those|them)"
    r"|another\b|a further\b|in [A-Z][\w\u2019' .-]{2,40},? (?:the (?:number|figure|"
    r"total)|it was|there were)|this (?:number|figure) includes)",
    re.IGNORECASE,
)


def may_hold_claim(text: str) -> bool:
    """Say whether an article has to be cleaned, split and read as a whole: most need not.

    Some paragraph, read by itself, must hold a claim or head a list of them, and the article have
    a word that claims need. Where what parts paragraphs may be noise or nothing has capitals,
    the paragraphs tell nothing.
    """
    if "<!--" in text or is_lower_case(text):
        return _has_stem(text)
    return any(_tells(each) for each in paragraphs(text) if may_hold_cue(each)) and _has_stem(text)


def _has_stem(text: str) -> bool:
    lower = text.lower()
    return any(map(lower.__contains__, _PLAIN_STEMS)) or _OTHER.search(lower) is not None


def _tells(paragraph: str) -> bool:
    # Cleaned, a line without marks would say no more: at most it is noise, or its head is.
    one_line = len(paragraph) < LONGEST and "\n" not in paragraph
    cleaned = paragraph if one_line and is_plain(paragraph) else clean(paragraph)
    sentences = (cleaned[start:end] for start, end in spans(cleaned))
    return any(
        tells_detention(each) or _matters(" ".join(each.split()))
        for each in sentences
        if may_hold_cue(each)
    )


def passages(cleaned: str, sentences: list[Sentence]) -> list[Passage]:
    """Return the sentences that can hold a claim: a cue beside a figure or a name."""
    chosen: list[Passage] = []
    for index, sentence in enumerate(sentences):
        told = bool(chosen) and index - chosen[-1].index <= REACH
        text = cleaned[sentence.start : sentence.end]
        if not may_hold_cue(text) and not (told and _has_figure(text)):
            continue
        passage = Passage.of(cleaned, sentence, index)
        if _matters(passage.text) or (told and _goes_on(passage.text)):
            chosen.append(passage)
    return chosen


def _matters(text: str) -> bool:
    if not find_cues(text):
        return False
    if tells_detention(text) and any(each.search(text) for each in (_NAME, _ANOTHER, _two())):
        return True
    return bool(_has_figure(text) and find_counts(text))


@cache
def _two() -> re.Pattern[str]:
    """Return the pattern of two persons without names: "a 31-year-old baker and his son"."""
    nouns = "|".join(load("cues")["people"]["single"])
    return re.compile(rf"\b[Aa]n? (?:[\w-]+ ){{0,3}}(?:{nouns}) and (?:an?|his|her|their) ")


def _has_figure(text: str) -> bool:
    if _DIGIT.search(text):
        return True
    return not _numbers().isdisjoint(_WORD.findall(text.lower()))


@cache
def _numbers() -> frozenset[str]:
    """Return the words without which no number is told in words."""
    book = load("counts")
    return frozenset(
        {"few", "some", "couple"}.union(*(book[name] for name in ("small", "scale", "vague")))
    )


def _goes_on(text: str) -> bool:
    """Say whether a sentence has numbers that may go on from the detentions before it."""
    if not _has_figure(text):
        return False
    counts = find_counts(text)
    return bool(counts) and bool(_FOLLOWS.match(text) or items(text, counts))
