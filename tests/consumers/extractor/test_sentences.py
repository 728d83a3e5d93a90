"""Sentences end where they end, and their offsets point into the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumers.extractor.passage import Passage
from consumers.extractor.sentences import LONGEST, split


def texts(text: str) -> list[str]:
    return [text[each.start : each.end] for each in split(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One came. Two left.", ["One came.", "Two left."]),
        ("Mr. Roe came. He left.", ["Mr. Roe came.", "He left."]),
        ("It was in St. Paul that they met.", ["It was in St. Paul that they met."]),
        ("They live in the U.S. Police said so.", ["They live in the U.S.", "Police said so."]),
        ("The U.S. Senate met.", ["The U.S. Senate met."]),
        ("It was Feb. 3 when it rained.", ["It was Feb. 3 when it rained."]),
        ('He said: "Go!" They went.', ['He said: "Go!"', "They went."]),
        ("J. K. Roe came.", ["J. K. Roe came."]),
        ("A headline\n\nA sentence.", ["A headline", "A sentence."]),
        ("It happened in\nMinsk on Sunday.", ["It happened in\nMinsk on Sunday."]),
        (
            "one came. two left. all in lower case here.",
            ["one came.", "two left.", "all in lower case here."],
        ),
        ("", []),
        ("  \n ", []),
    ],
)
def test_text_is_split(text: str, sentences: list[str]) -> None:
    assert texts(text) == sentences


def test_wrapped_lines_are_one_paragraph() -> None:
    line = "The march went on through the old town and then over the long"
    text = f"{line}\n{line}\nbridge. It ended there."
    assert len(texts(text)) == 2


def test_endless_sentence_is_cut() -> None:
    assert all(len(each) <= LONGEST for each in texts("word " * 5_000))


def test_marked_heading_opens_a_section() -> None:
    cleaned = "Intro.\n\n   Second part\n\nText."
    raw = "Intro.\n\n## Second part\n\nText."
    assert [each.section for each in split(cleaned, raw=raw)] == [True, True, False]


def test_a_title_as_long_as_a_typed_line_is_no_part_of_the_paragraph_below() -> None:
    title = "Nearly 1,400 bakers march through the port for dearer bread"
    body = (
        "Bakers from all over the country marched on Monday, a union said, and more were to come."
    )
    assert texts(f"{title}\n{body} It rained.") == [title, body, "It rained."]
    typed = "Bakers from all over the country marched on Monday, a\nunion said, and more came."
    assert texts(typed) == [typed]


@given(st.text(alphabet=st.sampled_from("aB .!?\n\"'1,;:-"), max_size=500))
def test_sentences_are_ordered_and_trimmed(text: str) -> None:
    end = 0
    for each in split(text):
        assert end <= each.start < each.end <= len(text)
        assert text[each.start : each.end] == text[each.start : each.end].strip()
        end = each.end


@given(st.text(alphabet=st.sampled_from("aB .\n\t1,"), max_size=300))
def test_no_word_is_lost(text: str) -> None:
    assert "".join(texts(text)).split() == text.split() or "".join(
        "".join(texts(text)).split()
    ) == "".join(text.split())


@given(st.text(alphabet=st.sampled_from("aB .\n\t1,"), min_size=1, max_size=300))
def test_passage_maps_back_to_the_article(text: str) -> None:
    for index, each in enumerate(split(text)):
        passage = Passage.of(text, each, index)
        for at, sign in enumerate(passage.text):
            original = text[passage.origin[at]]
            assert original == sign or (sign == " " and original.isspace())
            assert passage.from_article(passage.origin[at]) == at
