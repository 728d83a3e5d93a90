"""A text without the words a cue cannot do without is passed over; one with a cue never is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consumers.extractor import cue_words, cues
from consumers.extractor.cue_words import GAP, Form, head_of, may_hold_cue
from consumers.extractor.cues import find_cues

PATTERNS = [pattern for group in cue_words.written() for pattern in group.patterns]


def test_no_cue_of_the_dictionary_stands_on_any_word() -> None:
    """One such cue would have every word of every text looked at: the gate takes twice as long."""
    heads = [
        (pattern, head_of(pattern, group.form))
        for group in cue_words.written()
        for pattern in group.patterns
    ]
    assert [pattern for pattern, head in heads if re.fullmatch(head, "zzzz")] == []


@pytest.mark.parametrize(
    "text",
    [
        "the",
        "said",
        "in",
        "weather",
        "2019",
        "They went home and found it empty.",
        "The lender put them off, and the load was lost.",
        "A fire near the station was put out.",
    ],
)
def test_everyday_words_hold_no_cue(text: str) -> None:
    assert not may_hold_cue(text)


@pytest.mark.parametrize(
    "text",
    [
        "Thousands went into the streets.",
        "The court found them guilty.",
        "They were LOADED into pick-ups.",
        "Thirty were put on trial.",
        "“Arrested”, she said.",
        "He was (re-)arrested.",
        "Dozens are at police stations.",
    ],
)
def test_text_with_a_cue_is_not_passed_over(text: str) -> None:
    assert may_hold_cue(text)
    assert find_cues(text)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_pattern_is_written_in_lower_case(pattern: str) -> None:
    assert pattern.replace(r"\S", "").replace(r"\W", "") == pattern.lower()


@pytest.mark.parametrize("pattern", PATTERNS)
@settings(max_examples=12)
@given(data=st.data(), before=st.text("aB ,.-'", max_size=5))
def test_whatever_the_dictionary_writes_is_found(
    pattern: str, data: st.DataObject, before: str
) -> None:
    whole = "(?=" not in pattern
    cue = data.draw(st.from_regex(pattern.replace(GAP, ""), fullmatch=whole))
    text = f"{before} {cue}, they said."
    somewhere = any(each.search(text) for _, _, each in cues._patterns())
    assert may_hold_cue(text) or not somewhere


@pytest.mark.parametrize(
    ("pattern", "form", "word"),
    [
        ("arrest(?:ed|s)?", "verb", "arrest(?:ed|s)?"),
        ("led away by (?:the )?police", "verb", "led"),
        (r"(?:call(?:ed|s)?|urg(?:ed)?)\b... to go", "phrase", "(?:call(?:ed|s)?|urg(?:ed)?)"),
        ("frog-?march(?:ed)", "verb", r"frog\w*"),
        (r"(?:take|took)\b... into custody", "phrase", "(?:take|took)"),
        ("under (?:house )?arrest", "state", "arrest"),
        ("(?:re-)?arrested", "verb", r"\w+"),
        ("(?:held back|kept) in", "verb", r"\w+"),
        ("held|kept in", "verb", r"\w+"),
        ("under arrest(?: warrant)?", "state", r"\w+"),
    ],
)
def test_word_a_pattern_stands_on(pattern: str, form: Form, word: str) -> None:
    assert cue_words.head_of(pattern, form) == word


@pytest.mark.parametrize(
    ("pattern", "form", "words"),
    [
        ("arrest(?:ed|s)?", "verb", None),
        ("put on trial", "verb", "trial"),
        ("rounded up", "verb", None),  # "up" is everywhere
        ("hauled (?:in|off)", "verb", None),
        (r"took\b... into (?:custody|(?:\w+ )?cells?)", "phrase", None),
        (r"took\b... into (?:the )?(?:custody|police vans?)", "phrase", "custody|vans?"),
        (r"put\b... into (?:cars|pick-?ups?)", "phrase", r"cars|pick\w*"),
        (r"took\b... to (?:the )?police(?=[.,])", "phrase", None),
        ("at police stations?", "state", "police"),
        ("in (?:police )?custody", "state", None),
    ],
)
def test_words_a_pattern_needs_beside(pattern: str, form: Form, words: str | None) -> None:
    assert cue_words.rest_of(pattern, form) == words
