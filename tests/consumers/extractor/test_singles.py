"""One person without a name counts where a sentence says so, and not where a picture shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from vigil.claim import Claim

TOLD = (
    "A reporter was detained by police at the protest in Tartu.",
    "At the rally in Tartu police arrested a student who carried a flag.",
    "One arrest was made.",
    "The march went by in peace despite one arrest being made.",
    "The march went by in peace, with one arrested.",
    "Three people were stopped in Tartu, with one arrested and the others fined.",
    "In Tartu one man was fined and another was arrested on suspicion of affray.",
    "A second protester was arrested in Tartu.",
    "A second protester was arrested.",
    "One woman was fined and another was arrested on suspicion of affray.",
)
SHOWN = (
    "Police detain a student during a protest in Tartu.",
    "The reporter was detained by police at the protest in Tartu.",
    "One arrest warrant was issued in Tartu.",
    "He spent a month in one detention centre in Tartu.",
    "Not one arrest was made in Tartu.",
    "One arrest after another followed in Tartu.",
)


@pytest.mark.parametrize("sentence", TOLD)
def test_one_person_without_a_name_is_counted(
    sentence: str, detained: Callable[[str], list[Claim]]
) -> None:
    assert [claim.figure for claim in detained(sentence)] == [1]


@pytest.mark.parametrize("sentence", SHOWN)
def test_picture_or_a_known_person_is_no_new_claim(
    sentence: str, detained: Callable[[str], list[Claim]]
) -> None:
    assert detained(sentence) == []
