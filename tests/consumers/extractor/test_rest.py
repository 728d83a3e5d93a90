"""What is told of the rest of a country is the least of its total, and no total."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from vigil.claim import Claim

    Extract = Callable[..., list[Claim]]

LEAD = "Rallies over bread in Tunisia\n\n"
TOLD = "Police detained 700 protesters in Tunis on Friday"

REST = [
    f"{TOLD} and 300 in other cities.",
    f"{TOLD} and 300 in other Tunisian cities, a group said.",
    f"{TOLD} and about 300 in several other towns.",
    f"{TOLD}. Another 300 people were detained in the rest of the country.",
    f"{TOLD}. In other cities, 300 people were detained.",
    f"{TOLD}. In the rest of the country police detained 300 people.",
    f"{TOLD}. The group also reported 300 detentions in other regions.",
    "Crowds marched in Tunis on Friday. Elsewhere, 300 people were detained.",
    "Crowds marched in Tunis on Friday. Elsewhere in the country 300 people were detained.",
]


@pytest.mark.parametrize("text", REST)
def test_rest_of_a_country_is_the_least_of_it(text: str, claims_of: Extract) -> None:
    (rest,) = [c for c in claims_of(LEAD + text) if c.figure == 300]
    assert rest.place is not None
    assert (rest.place.name, rest.low, rest.high, rest.bound) == ("Tunisia", 300, None, "at_least")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (
            "Police detained 300 people in Tunis on Friday, and rallies in other cities ended.",
            "Tunis",
        ),
        ("Police detained 300 people across Tunisia on Friday.", "Tunisia"),
        ("Police detained 300 people in Tunis and other cities on Friday.", "Tunisia"),
        ("Police detained 300 people in other parts of Tunis on Friday.", "Tunis"),
        ("Police detained 300 people from other cities in Tunis on Friday.", "Tunis"),
        ("Elsewhere, Sfax police detained 300 people on Friday.", "Sfax"),
        ("Elsewhere, 300 people were held on Friday at a quiet march in the port of Sfax.", "Sfax"),
        ("Elsewhere in Tunis, police detained 300 people on Friday.", "Tunis"),
        (
            "Rallies in other cities ended, but in Tunis 300 people were detained on Friday.",
            "Tunis",
        ),
    ],
)
def test_what_is_no_rest_stays_exact(text: str, place: str, claims_of: Extract) -> None:
    (claim,) = [c for c in claims_of(LEAD + text) if c.kind == "detention"]
    assert claim.place is not None
    assert (claim.place.name, claim.low, claim.high) == (place, 300, 300)


def test_open_rest_keeps_its_bound(claims_of: Extract) -> None:
    found = claims_of(f"{LEAD}{TOLD} and more than 300 in other cities.")
    assert [(c.low, c.high, c.bound) for c in found if c.figure == 300] == [
        (300, None, "more_than")
    ]


def test_elsewhere_in_a_story_of_one_city_is_in_its_other_streets(claims_of: Extract) -> None:
    text = (
        "Bread march in Tunis\n\nPolice detained 20 protesters on the square in Tunis on Friday. "
        "Elsewhere, 12 people were detained at a mill."
    )
    (claim,) = [c for c in claims_of(text) if c.figure == 12]
    assert claim.place is not None
    assert (claim.place.name, claim.bound) == ("Tunis", "exact")
