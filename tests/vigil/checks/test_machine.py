"""What ``vigil doctor`` says of the machine it runs on."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from vigil.checks.machine import check_alive, check_folder, check_ports, check_settings
from vigil.cli.doctor import _model
from vigil.processes import free_port
from vigil.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from vigil.checks.finding import Finding


def levels(found: Iterable[Finding]) -> list[tuple[str, str]]:
    return [(one.level, one.about) for one in found]


def made(**settings: object) -> Settings:
    return Settings().model_copy(update=settings)


def test_name_that_is_no_setting_is_told_and_never_its_value() -> None:
    [found] = check_settings(made(), {"VIGIL_REDDIS": "hunter", "VIGIL_TEST_REDIS": "", "HOME": ""})
    assert (found.level, found.said) == ("warning", "VIGIL_REDDIS is none of them")
    assert "hunter" not in str(found)


def test_ports_that_others_reach_are_told() -> None:
    everywhere = "0.0.0.0"  # noqa: S104  # what is warned of
    settings = made(host=everywhere, metrics_host=everywhere, metrics_port=9_100)
    assert levels(check_settings(settings, {})) == [
        ("ok", "settings"),
        ("warning", "settings"),
        ("problem", "settings"),
    ]
    guarded = made(host="127.1.2.3", metrics_host=everywhere, metrics_guarded=True, metrics_port=1)
    assert levels(check_settings(guarded, {})) == [("ok", "settings")]


def test_folder_is_to_be_ours_alone(tmp_path: Path) -> None:
    settings = made(data=tmp_path / "data")
    assert ("ok", "data folder") in levels(check_folder(settings))  # can be made
    settings.data.mkdir()
    settings.data.chmod(0o777)
    key = settings.data / "names.key"
    key.write_bytes(b"0")
    key.chmod(0o644)
    found = [one for one in check_folder(settings) if one.about == "data folder"]
    assert [one.do.rpartition(": ")[2] for one in found] == [
        f"chmod go-w {settings.data}",
        f"chmod 600 {key}",
    ]


def test_folder_that_cannot_be_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    settings = made(data=tmp_path / "file" / "data")
    assert levels(check_folder(settings)) == [("problem", "data folder")]


def test_port_that_is_free_is_well() -> None:
    assert levels(check_ports(made(port=free_port()))) == [("ok", "dashboard")]
    assert levels(check_ports(made(port=0))) == [("ok", "dashboard")]


def test_model_that_is_not_there_is_a_problem() -> None:
    [found] = _model(made(model="no_such_model"))
    assert (found.level, found.do) == ("problem", "install it, or unset VIGIL_MODEL")


def test_file_for_a_supervisor_is_to_be_writable(tmp_path: Path) -> None:
    assert levels(check_alive(None)) == levels(check_alive(tmp_path / "alive")) == []
    assert levels(check_alive(tmp_path / "nowhere" / "alive")) == [("problem", "VIGIL_ALIVE")]


@pytest.mark.timeout(60)
def test_port_that_answers_nothing_we_know_is_a_problem() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings = made(port=taken.getsockname()[1])
        assert levels(check_ports(settings)) == [("problem", "dashboard")]
