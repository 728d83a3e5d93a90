"""Find the words of a sentence that say people were detained, marched, signed or were tried."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final

from consumers.extractor.cue_words import GAP, Form, heads, written
from consumers.extractor.dictionary import alternatives, load
from vigil.claim import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

# The stretch between a verb and what completes it: one clause, at most eighty characters.
_STRETCH: Final = r"[^.;:!?]{0,80}?"
_LONGEST_STATE: Final = 40  # characters: "facing criminal charges" and what may not follow it
# No part of a longer word, though a dash may be glued to it: "were arrested-and beaten"
_ENDED: Final = r"(?![\w\u2019']|-(?!-|(?:and|but|many|some)\b(?!-)))"
# The month, and no march: "March 6", "March: 30", "in March", "since last March"
_MONTH: Final = re.compile(
    r"March(?=,? \d|:)|(?<=\b(?:[Ii]n|[Oo]f|[Bb]y) )March\b|(?<=\d )March\b"
    r"|(?<=\d(?:st|nd|rd|th) )March\b|(?<=\b(?:last|this|late) )March\b"
    r"|(?<=\b(?:since|early) )March\b"
)
_RECENT: Final = 1_024  # sentences: what the gate asked about is asked about again when parsed
_PEOPLE_ENDINGS: Final = (
    "ers",
    "ors",
    "ists",
    "ants",
    "ents",
    "ians",
    "ees",
    "men",
    "women",
    "eers",
)


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
    return list(_cues(sentence))


def tells_detention(sentence: str) -> bool:
    """Say whether a sentence has a cue of detention."""
    return any(cue.kind == "detention" for cue in _cues(sentence))


@lru_cache(maxsize=_RECENT)
def _cues(sentence: str) -> tuple[Cue, ...]:
    taken: set[tuple[str, int]] = set()
    found: list[Cue] = []
    starts: dict[int, list[int]] = {}
    for start, groups in heads(sentence):
        for number in groups:
            starts.setdefault(number, []).append(start)
    for number in sorted(starts):
        kind, form, pattern = _patterns()[number]
        for match in _matches(pattern, form, sentence, starts[number]):
            if (kind, match.start()) in taken or _MONTH.match(sentence, match.start()):
                continue
            taken.add((kind, match.start()))
            head = match.end(1) if match.re.groups else match.end()
            found.append(Cue(kind, form, match.start(), head, match.end()))
    return tuple(sorted(found, key=lambda cue: (cue.start, cue.kind)))


def _matches(
    pattern: re.Pattern[str], form: Form, sentence: str, starts: list[int]
) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern: those of states end with its words, others start there."""
    end = 0
    for start in starts:
        if form == "state":
            around = max(end, start - _LONGEST_STATE), start + _LONGEST_STATE
            match = pattern.search(sentence, *around)
        else:
            match = pattern.match(sentence, start) if start >= end else None
        if match is not None:
            end = match.end()
            yield match


@cache
def _patterns() -> tuple[tuple[Kind, Form, re.Pattern[str]], ...]:
    return tuple((kind, form, _compile(patterns, form)) for kind, form, patterns in written())


def _compile(patterns: list[str], form: Form) -> re.Pattern[str]:
    if form != "phrase":
        return re.compile(
            rf"(?<![\w-]){alternatives(patterns)}{_ENDED}|\b{alternatives(patterns)}(?"
            rf"=['\u2019]s?\b)",
            re.I,
        )
    written = []
    for pattern in patterns:
        head, _, rest = pattern.partition(GAP)
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
    return re.compile(rf"\b(?:{'|'.join(_by_first_letter(book[name]))})\b")


def _by_first_letter(patterns: list[str]) -> Iterator[str]:
    """Yield patterns that ignore case: Python passes over what starts otherwise the fastest."""
    groups: dict[str, list[str]] = {}
    for pattern in patterns:
        first = pattern[0].lower() if pattern[:2].isalpha() else ""
        groups.setdefault(first, []).append(pattern[len(first) :])
    for first, rests in groups.items():
        yield (f"[{first}{first.upper()}]" if first else "") + f"(?i:{alternatives(rests)})"


@cache
def people_nouns() -> frozenset[str]:
    """Return the nouns for people, in lower case."""
    return frozenset(load("cues")["people"]["nouns"])


def is_people(noun: str) -> bool:
    """Say whether a noun, in lower case, means people: by the list, or by how it ends."""
    return noun in people_nouns() or noun.endswith(_PEOPLE_ENDINGS)
