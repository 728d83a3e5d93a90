"""Find the words of a sentence that say people were detained, marched, signed or were tried."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal

from consumers.extractor.dictionary import alternatives, load
from vigil.claim import Kind

# What a cue is in its sentence; "drawing" is a verb whose object is counted ("drew 2,000").
Form = Literal["verb", "phrase", "weak", "noun", "state", "drawing"]

KINDS: Final[tuple[Kind, ...]] = ("detention", "prosecution", "petition", "protest")
_FORMS: Final[tuple[tuple[str, Form], ...]] = (
    ("phrases", "phrase"),
    ("states", "state"),
    ("verbs", "verb"),
    ("weak", "weak"),
    ("nouns", "noun"),
    ("drawing", "drawing"),
)
# The stretch between a verb and what completes it: one clause, at most eighty characters.
_STRETCH: Final = r"[^.;:!?]{0,80}?"


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue of a sentence.

    Attributes:
        kind: What kind of claim it can make.
        form: What it is grammatically.
        start: Where its first word, the head, starts in the sentence.
        head_end: Where the head ends (exclusive).
        end: Where the whole expression ends (exclusive).
    """

    kind: Kind
    form: Form
    start: int
    head_end: int
    end: int


def find_cues(sentence: str) -> list[Cue]:
    """Return the cues of a sentence, in order; a phrase hides the plainer cues with its head."""
    taken: set[tuple[str, int]] = set()
    found: list[Cue] = []
    for kind, form, pattern in _patterns():
        for match in pattern.finditer(sentence):
            if (kind, match.start()) in taken:
                continue
            taken.add((kind, match.start()))
            head = match.end(1) if match.re.groups else match.end()
            found.append(Cue(kind, form, match.start(), head, match.end()))
    return sorted(found, key=lambda cue: (cue.start, cue.kind))


@cache
def _patterns() -> tuple[tuple[Kind, Form, re.Pattern[str]], ...]:
    book = load("cues")
    return tuple(
        (kind, form, _compile(book[kind][name], form))
        for name, form in _FORMS
        for kind in KINDS
        if book[kind].get(name)
    )


def _compile(patterns: list[str], form: Form) -> re.Pattern[str]:
    if form != "phrase":
        return re.compile(
            rf"(?<![\w-]){alternatives(patterns)}(?![\w\u2019'-])|\b{alternatives(patterns)}(?"
            rf"=['\u2019]s?\b)",
            re.I,
        )
    written = []
    for pattern in patterns:
        head, _, rest = pattern.partition(r"\b...")
        written.append(rf"{head}\b(?={_STRETCH}{rest}\b)" if rest else rf"{head}\b")
    return re.compile(rf"\b({alternatives(written)})", re.I)


@cache
def dissent_pattern() -> re.Pattern[str]:
    """Return the pattern of words that show dissent."""
    return _context("dissent")


@cache
def crime_pattern() -> re.Pattern[str]:
    """Return the pattern of words that show ordinary crime."""
    return _context("crime")


def _context(name: str) -> re.Pattern[str]:
    book: dict[str, Any] = load("cues")["context"]
    return re.compile(rf"\b{alternatives(book[name])}\b", re.IGNORECASE)


@cache
def people_nouns() -> frozenset[str]:
    """Return the nouns for people, in lower case."""
    return frozenset(load("cues")["people"]["nouns"])
