"""The key of names: one for all processes, readable by its owner alone."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from vigil.errors import SettingsError
from vigil.namekey import names_key
from vigil.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path


def test_key_is_made_once_and_kept(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    assert names_key(settings) == names_key(settings)
    assert len(names_key(settings)) == 32


def test_key_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    names_key(Settings(data=tmp_path))
    assert (tmp_path / "names.key").stat().st_mode & 0o077 == 0


def test_key_is_the_same_for_processes_that_start_together(tmp_path: Path) -> None:
    keys: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: keys.append(names_key(Settings(data=tmp_path))))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(keys) == {names_key(Settings(data=tmp_path))}


def test_key_from_the_settings_wins(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, names_key=SecretStr("ours"))
    assert names_key(settings) == b"ours"
    assert not list(tmp_path.iterdir())


def test_unwritable_folder_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SettingsError, match="set VIGIL_NAMES_KEY"):
        names_key(Settings(data=tmp_path / "file"))
