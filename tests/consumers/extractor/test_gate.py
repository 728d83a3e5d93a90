"""The gate lets through what can hold a claim, and little else."""

from __future__ import annotations

import pytest

from consumers.extractor.clean import clean
from consumers.extractor.gate import may_hold_claim, passages
from consumers.extractor.sentences import split


def chosen(text: str) -> list[str]:
    cleaned = clean(text)
    return [passage.text for passage in passages(cleaned, split(cleaned))]


@pytest.mark.parametrize(
    "text",
    [
        "Police arrested 30 people.",
        "Thousands took to the streets.",
        "Thirty were taken into custody.",
        "Dozens were bundled into vans.",
        "65 deputies signed a petition.",
        "Twelve people were fined.",
    ],
)
def test_article_with_a_cue_passes(text: str) -> None:
    assert may_hold_claim(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The bank cut its rate by 25 points to 4.25 percent.",
        "The striker scored 2 goals in 90 minutes.",
    ],
)
def test_article_without_a_cue_is_turned_away(text: str) -> None:
    assert not may_hold_claim(text)


def test_only_sentences_with_cue_and_figure_pass() -> None:
    text = "The weather was fine. Police arrested 30 people. Arrests are rare here. It rained 5 mm."
    assert chosen(text) == ["Police arrested 30 people."]


def test_sentence_with_a_named_person_passes_without_a_figure() -> None:
    text = "The lawyer Jane Roe was arrested. Some were arrested."
    assert chosen(text) == ["The lawyer Jane Roe was arrested."]


def test_blanks_inside_a_sentence_are_collapsed_for_the_parser() -> None:
    text = "Police <b>arrested</b>   30\npeople at the rally."
    assert chosen(text) == ["Police arrested 30 people at the rally."]
