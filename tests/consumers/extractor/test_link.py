"""Which numbers of a sentence count people detained, rule by rule, on sentences of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.consumers.extractor import counted_so
from tests.consumers.extractor.counted import COUNTED, Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from vigil.claim import Claim


@pytest.mark.parametrize(("sentence", "spans"), [*COUNTED, *counted_so.COUNTED])
def test_detained_people_are_counted(
    sentence: str, spans: list[Span], detained: Callable[[str], list[Claim]]
) -> None:
    found = [(claim.low, claim.high) for claim in detained(sentence)]
    assert sorted(found, key=str) == sorted(spans, key=str)


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("Police detained 30 protesters.", "active"),
        ("Thirty protesters were detained.", "passive"),
        ("The rally ended with 30 arrests.", "nominal"),
        ("The number of detainees at the rally reached 30.", "tally"),
        ("At the rally 30 people were in custody.", "state"),
        ("Two women and a man were arrested at the rally.", "passive-sum"),
        ("The activist was detained together with dozens of supporters.", "company"),
        ("Detained at the rally: 30 people.", "label"),
    ],
)
def test_claim_names_the_rule_that_fired(
    sentence: str, rule: str, detained: Callable[[str], list[Claim]]
) -> None:
    assert [claim.rule for claim in detained(sentence)] == [rule]


def test_list_gives_each_city_its_claim(detained: Callable[[str], list[Claim]]) -> None:
    found = detained("Police detained 80 people in Kazan, 77 in Omsk and 15 in Tomsk on Sunday.")
    places = {claim.place.name: claim.low for claim in found if claim.place}
    assert places == {"Kazan": 80, "Omsk": 77, "Tomsk": 15}


def test_subset_has_a_place_of_its_own(detained: Callable[[str], list[Claim]]) -> None:
    found = detained("Over 5,000 people were detained across Russia, including 1,450 in Moscow.")
    places = {claim.low: claim.place.scope for claim in found if claim.place}
    assert places == {5000: "country", 1450: "city"}


@pytest.mark.parametrize("body", ["the Senate gallery", "the House of Commons", "Parliament"])
def test_body_whose_seat_is_told_is_no_place(
    body: str, detained: Callable[[str], list[Claim]]
) -> None:
    found = detained(f"Graz, Austria. Arrests stood at 12 in Graz, 8 in Linz and 25 in {body}.")
    assert {claim.place.name for claim in found if claim.place} <= {"Graz", "Linz", "Austria"}
    assert [claim.low for claim in found] == [12, 8, 25]


def test_university_the_gazetteer_knows_is_a_place(detained: Callable[[str], list[Claim]]) -> None:
    found = detained("Arrests stood at 12 in Boston and 25 at Howard University.")
    assert [claim.place.name for claim in found if claim.place] == ["Boston", "Washington"]
