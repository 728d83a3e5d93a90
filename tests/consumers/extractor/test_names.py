"""Names are hashed with a key, told apart by person, and masked wherever they stand."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumers.extractor.names import MASK, Mask, hash_name, names_key, normal_form
from vigil.errors import SettingsError
from vigil.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

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
    ],
)
def test_mask_hides_full_name_and_surname(text: str, masked: str) -> None:
    assert Mask.of(["Jana Novakova"]).hide(text) == masked


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


def test_key_comes_from_the_settings() -> None:
    assert names_key(Settings(names_key="secret")) == b"secret"


def test_key_is_made_once_and_kept(tmp_path: Path) -> None:
    settings = Settings(names_key=None, data=tmp_path / "data")
    first = names_key(settings)
    assert len(first) == 32
    assert names_key(settings) == first


def test_kept_key_is_its_owners_alone(tmp_path: Path) -> None:
    names_key(Settings(names_key=None, data=tmp_path))
    (file,) = tmp_path.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_key_that_cannot_be_kept_is_a_settings_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SettingsError, match="VIGIL_NAMES_KEY"):
        names_key(Settings(names_key=None, data=tmp_path / "file"))
