"""Rates, other people's numbers and roundings are no figures of detentions of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from vigil.claim import Claim

FIGURES = {
    "Police arrested 15 protesters each week in Gori.": [],
    "Every month, 20 activists are detained after the protest in Gori.": [],
    "Organisers predicted 300 arrests at the protest in Gori.": [],
    "Police arrested 15 protesters in Gori a week earlier.": [15],
    "Hundreds of people protesting and 70+ arrested in Gori.": [70],
    "Eight students knelt at the protest and two were detained in Gori.": [2],
    "Some demonstrators were detained at the rally in Gori.": [3],
    "The protest in Gori saw 44 cases of arbitrary detention.": [44],
    "Friday's arrests at the protest in Gori included four foreigners.": [4],
    "Six poets were among those detained at the protest in Gori.": [6],
}


@pytest.mark.parametrize("sentence", FIGURES)
def test_only_what_happened_is_counted(
    sentence: str, detained: Callable[[str], list[Claim]]
) -> None:
    assert [claim.figure for claim in detained(sentence)] == FIGURES[sentence]
