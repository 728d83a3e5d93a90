"""The spaCy component that ties numbers to cues."""

from __future__ import annotations

from typing import Any

import pytest
import spacy

from consumers.extractor import component
from consumers.extractor.pipeline import installed_model


@pytest.fixture(scope="module")
def nlp() -> spacy.language.Language:
    made = spacy.load(installed_model(None), exclude=["lemmatizer", "attribute_ruler", "ner"])
    component.add_to(made)
    return made


def analysed(nlp: spacy.language.Language) -> dict[str, Any]:
    found = nlp.analyze_pipes()
    assert found is not None
    return found


def test_component_has_all_it_requires(nlp: spacy.language.Language) -> None:
    analysis = analysed(nlp)
    assert analysis["summary"][component.NAME]["requires"] == [
        "token.tag", "token.dep", "token.head",
    ]  # fmt: skip
    assert not any(analysis["problems"].values())


def test_component_misses_the_parser_where_there_is_none() -> None:
    blank = spacy.blank("en")
    component.add_to(blank)
    assert "token.dep" in analysed(blank)["problems"][component.NAME]


def test_component_ties_numbers_to_cues(nlp: spacy.language.Language) -> None:
    (doc,) = nlp.pipe(["Guards detained 14 students near the bridge."])
    (each,) = doc._.links
    assert (each.count.low, each.cue.kind, each.rule) == (14, "detention", "active")
    assert doc._.counts == [each.count]
    assert doc._.cues == [each.cue]
