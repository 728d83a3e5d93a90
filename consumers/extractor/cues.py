"""Find the words of a sentence that say people were detained, marched, signed or were tried."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final, Literal

from consumers.extractor.dictionary import alternatives, load
from vigil.claim import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

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
_LONGEST_STATE: Final = 40  # characters: "facing criminal charges" and what may not follow it
_WORD: Final = re.compile(r"[^\W_]+")
_AHEAD: Final = re.compile(r"\\b|\(\?[=!]")  # where a pattern of cues begins to look ahead
_BLANK: Final = re.compile(r" (?![^()]*\))")  # a blank outside of groups
_LAST: Final = re.compile(r" |\)\?")  # what stands before the last word
_GROUP: Final = re.compile(r"\([^()]*\)")
# The month, and no march: "March 6", "March: 30", "in March", "since last March"
_MONTH: Final = re.compile(
    r"March(?=,? \d|:)|(?<=\b(?:[Ii]n|[Oo]f|[Bb]y) )March\b|(?<=\d )March\b"
    r"|(?<=\d(?:st|nd|rd|th) )March\b|(?<=\b(?:last|this|late) )March\b"
    r"|(?<=\b(?:since|early) )March\b"
)
_RECENT: Final = 1_024  # sentences: what the gate asked about is asked about again when parsed
_VOCABULARY: Final = 8_192  # words
# What was found to hold none: nearly all of a text, and whether all is takes one call to tell.
_IDLE: Final[set[str]] = set()
_LONGEST_WORD: Final = 40  # characters: what is longer is an address, and comes once
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


def may_hold_cue(text: str) -> bool:
    """Say whether a text has a word that a cue could stand on: many times as fast as to look."""
    return bool(_holding(text.split()))


def _holding(chunks: list[str]) -> list[str]:
    """Return what has a word that a cue could stand on, of what stands between two blanks."""
    if _IDLE.issuperset(chunks):
        return []
    return [chunk for chunk in chunks if chunk not in _IDLE and _can_hold(chunk)]


def _can_hold(chunk: str) -> bool:
    if any(map(_patterns_on, _WORD.findall(chunk))):
        return True
    if len(_IDLE) >= 2 * _VOCABULARY:
        _IDLE.clear()
    if len(chunk) <= _LONGEST_WORD:
        _IDLE.add(chunk)
    return False


@lru_cache(maxsize=_RECENT)
def _cues(sentence: str) -> tuple[Cue, ...]:
    taken: set[tuple[str, int]] = set()
    found: list[Cue] = []
    starts: dict[int, list[int]] = {}
    for word, start in _telling(sentence):
        for number in _patterns_on(word):
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


def _telling(sentence: str) -> Iterator[tuple[str, int]]:
    """Yield the words that a cue could stand on, and where they stand."""
    end = 0
    for chunk in _holding(sentence.split()):
        for word in filter(_patterns_on, _WORD.findall(chunk)):
            start = _start_of(word, sentence, end)
            end = start + len(word)
            yield word, start


def _start_of(word: str, sentence: str, after: int) -> int:
    """Return where a word stands, and no part of another: asking of few costs less than of all."""
    start = sentence.index(word, after)
    while _goes_on(sentence, start - 1) or _goes_on(sentence, start + len(word)):
        start = sentence.index(word, start + 1)
    return start


def _goes_on(sentence: str, at: int) -> bool:
    return 0 <= at < len(sentence) and sentence[at].isalnum()


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
    return tuple((kind, form, _compile(patterns, form)) for kind, form, patterns in _written())


@lru_cache(maxsize=_VOCABULARY)
def _patterns_on(word: str) -> tuple[int, ...]:
    """Return the numbers of the patterns that can match where a word stands."""
    return tuple(number for number, words in enumerate(_stands_on()) if words.fullmatch(word))


@cache
def _stands_on() -> tuple[re.Pattern[str], ...]:
    """Return for each pattern the words it cannot do without."""
    return tuple(
        re.compile("|".join(_word_of(each, form) for each in patterns), re.IGNORECASE)
        for _, form, patterns in _written()
    )


def _word_of(pattern: str, form: Form) -> str:
    """Return a word a cue cannot do without: the last of a state, the first of any other.

    Any word, where the pattern is too knotty to tell: that is slow and never wrong.
    """
    plain = _AHEAD.split(pattern)[0]
    word = _LAST.split(plain)[-1] if form == "state" else _BLANK.split(plain)[0]
    head, _, rest = word.partition("-")
    whole = all(head.count(left) == head.count(right) for left, right in ("()", "[]"))
    if not (head and whole) or " " in head or "|" in _outside_groups(plain):
        return r"\w+"
    return head + r"\w*" if rest.startswith("?") else head


def _outside_groups(pattern: str) -> str:
    while (bare := _GROUP.sub("", pattern)) != pattern:
        pattern = bare
    return pattern


def _written() -> Iterator[tuple[Kind, Form, list[str]]]:
    book = load("cues")
    for name, form in _FORMS:
        for kind in KINDS:
            if book[kind].get(name):
                yield kind, form, book[kind][name]


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
