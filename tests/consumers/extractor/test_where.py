"""The place of a claim: the city of the story, its quarters, and names that are no scene."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.consumers.extractor.stories.city import CITIES
from tests.consumers.extractor.stories.country import COUNTRIES
from tests.consumers.extractor.stories.scene import SCENES

if TYPE_CHECKING:
    from collections.abc import Callable

    from vigil.claim import Claim

    Extract = Callable[..., list[Claim]]

STORIES = [
    pytest.param(text, rows, id=name)
    for stories in (CITIES, COUNTRIES, SCENES)
    for name, (text, rows) in stories.items()
]


@pytest.mark.parametrize(("text", "rows"), STORIES)
def test_a_claim_goes_to_its_place(
    claims_of: Extract, text: str, rows: list[tuple[int, str]]
) -> None:
    told = [
        (claim.low or claim.high, claim.place.name if claim.place else "")
        for claim in claims_of(text, published="2024-06-12")
        if claim.kind == "detention" and not claim.named
    ]
    assert sorted(told, key=str) == sorted(rows, key=str)


def test_delhi_and_new_delhi_are_one_city(claims_of: Extract) -> None:
    told = [
        claims_of(f"Police detained 15 protesters in {name}.")[0].place
        for name in ("Delhi", "New Delhi")
    ]
    assert told[0] == told[1]
