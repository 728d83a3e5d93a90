"""Numbers whose noun is left out, lists by city, who counted them, and names in their sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from consumers.extractor.counts import find_counts
from consumers.extractor.ellipsis import items
from consumers.extractor.names import MASK

if TYPE_CHECKING:
    from collections.abc import Callable

    from vigil.claim import Claim

    Detained = Callable[..., list[Claim]]

FIRST = "Police in Russia detained 900 people at protests on Sunday, OVD-Info said."


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("In Samara it was 41, in Kazan 38.", [("Samara", 41, 41), ("Kazan", 38, 38)]),
        ("Samara 41, Kazan 38, Omsk 9.", [("Samara", 41, 41), ("Kazan", 38, 38), ("Omsk", 9, 9)]),
        ("Samara had 41 of the detentions.", [("Samara", 41, 41)]),
        ("In Omsk, two dozen.", [("Omsk", 24, 24)]),
        ("In Omsk, 13, most of them students.", [("Omsk", 13, 13)]),
        ("They counted 41 in Samara and 38 in Kazan.", [("Samara", 41, 41), ("Kazan", 38, 38)]),
        ("There were 41 in Samara.", [("Samara", 41, 41)]),
        ("It listed 22 each in Samara and Kazan.", [("Samara", 22, 22), ("Kazan", 22, 22)]),
        (
            "At least 41 in Samara, at least 38 in Kazan.",
            [("Samara", 41, None), ("Kazan", 38, None)],
        ),
    ],
)
def test_elliptic_numbers_go_on_from_detentions(
    sentence: str, told: list[tuple[str, int, int | None]], detained: Detained
) -> None:
    found = [
        (claim.place.name, claim.low, claim.high)
        for claim in detained(f"{FIRST} {sentence}")
        if claim.place and claim.figure != 900
    ]
    assert sorted(found) == sorted(told)


@pytest.mark.parametrize(
    "sentence",
    [
        "In Samara, 15 were injured.",
        "Bread may be sent to Box 16, Peoria, IL 61601.",
        "Weavers blocked NH 41 in Samara, M 7 in Kazan and BA 117 in Omsk.",
        "Held were Ann Roe, 41, of Samara, and Bea Doe 50, of Omsk.",
        "Ann Roe (pictured), 45, of Samara, was arrested as well.",
        "Episode three, in Samara, is about a school.",
        "Between 2016 and 2018, ministry papers show, the rallies grew.",
        "Forty of them were from Samara.",
        "The 12 from Samara went to the river.",
        "Temperatures: Samara 12, Omsk 14.",
        "There were 12 in Samara last year.",
        "The rallies began at 12 in Samara and at 2 in Omsk.",
        "A dozen in Omsk went home.",
        "Two in Omsk are in hospital.",
        "Some 4,000 attended in Kazan.",
        "The temperature in Omsk was minus 24.",
        "There are 60 buses in Samara.",
        "Children as young as eleven watched.",
        "Twenty of them were under 18.",
        "About 300 of the detainees have been brought before a judge.",
    ],
)
def test_other_numbers_after_detentions_are_no_claims(sentence: str, detained: Detained) -> None:
    assert [claim.figure for claim in detained(f"{FIRST} {sentence}")] == [900]


def test_elliptic_numbers_after_a_crowd_are_no_claims(detained: Detained) -> None:
    assert not detained("Thousands marched in Moscow. In Samara it was 4,100, in Kazan 380.")


@pytest.mark.parametrize(
    "sentence",
    [
        "The ministry put the figure at 620.",
        "Lawyers gave a lower figure: 620.",
        "The tally later stood nearer 620.",
    ],
)
def test_another_figure_for_the_same_is_a_claim(sentence: str, detained: Detained) -> None:
    assert [claim.figure for claim in detained(f"{FIRST} {sentence}")] == [900, 620]


@pytest.mark.parametrize(
    "sentence",
    [
        "The group listed 41 detentions in Samara.",
        "The monitors recorded 41 detentions in Samara.",
        "In Samara its list had 41.",
        "Samara accounted for 41 of them.",
    ],
)
def test_who_counted_is_carried_to_the_next_sentence(sentence: str, detained: Detained) -> None:
    found = detained(f"{FIRST} {sentence}")
    assert [claim.authority.name for claim in found] == ["OVD-Info", "OVD-Info"]


def test_bound_belongs_to_its_own_item() -> None:
    text = "Samara (up to 24), Kazan (130)"
    found = [(item.count.low, item.count.high) for item in items(text, find_counts(text))]
    assert found == [(None, 24), (130, 130)]


@pytest.mark.parametrize(
    ("headline", "body"),
    [
        ("Over 500 held at protests in Peru", "Police in Peru arrested 541 protesters."),
        (
            "Scores held at protests in Peru",
            "Police arrested 30 protesters in Lima and 17 in Cusco, in Peru.",
        ),
    ],
)
def test_headline_that_rounds_the_body_is_no_claim(
    headline: str, body: str, claims_of: Callable[..., list[Claim]]
) -> None:
    found = [claim for claim in claims_of(f"{headline}\n\n{body}") if claim.kind == "detention"]
    assert all(claim.sentence == body for claim in found)
    assert found


@pytest.mark.parametrize(
    "sentence",
    [
        "Several people, including his brother, Pavel Testov, were detained at the rally.",
        "Police detained 30 people at the rally, among them the poet Pavel Testov.",
    ],
)
def test_names_in_a_sentence_of_detentions_are_masked(sentence: str, detained: Detained) -> None:
    (claim,) = detained(sentence)
    assert "Testov" not in claim.sentence
    assert MASK in claim.sentence


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("MANCHESTER -- Police arrested 60 protesters here on Friday.", "Manchester"),
        (
            "Police in Dhaka arrested 90 protesters. Another 70 were arrested outside the capital.",
            "Bangladesh",
        ),
    ],
)
def test_place_is_here_or_outside(text: str, place: str, detained: Detained) -> None:
    last = detained(text)[-1]
    assert last.place is not None
    assert last.place.name == place


def test_numbers_in_brackets_belong_to_the_places_before_them(detained: Detained) -> None:
    found = detained("Bakers were arrested in Graz (12), Linz (7) and Wels (3).")
    places = {claim.place.name: claim.figure for claim in found if claim.place}
    assert places == {"Graz": 12, "Linz": 7, "Wels": 3}
