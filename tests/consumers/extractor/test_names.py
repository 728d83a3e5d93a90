"""Names are hashed with a key, told apart by person, and masked wherever they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumers.extractor.names import MASK, Mask, hash_name, normal_form

KEY = b"k" * 32


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jana Nováková", "Jana Novakova"),
        ("JANA NOVAKOVA", "Jana Novakova"),
        ("Jana Maria Novakova", "Jana Novakova"),
        ("Ms Jana Novakova", "Jana Novakova"),
    ],
)
def test_spellings_of_one_person_share_a_hash(one: str, other: str) -> None:
    assert hash_name(one, key=KEY) == hash_name(other, key=KEY)


def test_other_person_has_another_hash() -> None:
    assert hash_name("Jana Novakova", key=KEY) != hash_name("Jan Novak", key=KEY)


def test_other_key_gives_another_hash() -> None:
    assert hash_name("Jana Novakova", key=KEY) != hash_name("Jana Novakova", key=b"other")


def test_long_key_is_taken() -> None:
    assert hash_name("Jana Novakova", key=b"x" * 500) != hash_name("Jana Novakova", key=b"y" * 500)


def test_hash_does_not_tell_the_name() -> None:
    assert "novak" not in hash_name("Jana Novakova", key=KEY)


@pytest.mark.parametrize(
    ("one", "other"), [("Kemal K\u0131l\u0131ç", "Kemal Kilic"), ("Łukasz Đorđe", "Lukasz Dorde")]
)
def test_letters_that_are_no_accents_make_no_other_person(one: str, other: str) -> None:
    assert hash_name(one, key=KEY) == hash_name(other, key=KEY)


def test_normal_form_keeps_first_and_last_name() -> None:
    assert normal_form("Dr. Jana Maria Nováková") == "jana novakova"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Jana Novakova was held.", f"{MASK} was held."),
        ("Police held Novakova.", f"Police held {MASK}."),
        ("Novakova's lawyer spoke.", f"{MASK}'s lawyer spoke."),
        ("Novakovaville is a town.", "Novakovaville is a town."),
        ("Jana  Novakova was held.", f"{MASK} was held."),
        ("JANA NOVAKOVA HELD", f"{MASK} HELD"),
    ],
)
def test_mask_hides_full_name_and_surname(text: str, masked: str) -> None:
    assert Mask.of(["Jana Novakova"]).hide(text) == masked


def test_mask_hides_a_surname_without_its_particle() -> None:
    text = "Al-Tamimi was held. Police questioned al-Tamimi, and Tamimi's brother."
    hidden = f"Al-{MASK} was held. Police questioned {MASK}, and {MASK}'s brother."
    assert Mask.of(["Reza al-Tamimi"]).hide(text) == hidden


def test_mask_of_nobody_changes_nothing() -> None:
    assert Mask.of([]).hide("Jana Novakova was held.") == "Jana Novakova was held."


@given(st.text(alphabet=st.sampled_from("ab Roe.,"), max_size=80), st.integers(0, 80))
def test_offsets_move_with_the_mask(text: str, offset: int) -> None:
    mask = Mask.of(["Jane Roe"])
    at = min(offset, len(text))
    moved = mask.moved(text, at)
    assert 0 <= moved <= len(mask.hide(text))
    inside = (
        any(m.start() < at < m.end() for m in mask.pattern.finditer(text))
        if mask.pattern
        else False
    )
    assert (
        inside or mask.hide(text[:at]) == mask.hide(text)[:moved] or text[at - 1 : at + 1].isalpha()
    )
