"""The door of the dashboard: whom it lets in, and that nobody opens it by mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from dashboard.headers import HEADERS
from dashboard.login import Login, is_allowed, load_login
from vigil.cli.dashboard import dashboard_command
from vigil.errors import SettingsError
from vigil.processes import is_loopback
from vigil.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

FILE = """
redirect_uri = "https://vigil.example/oauth2callback"
cookie_secret = "hunter2-of-the-cookies-and-long-enough"
client_id = "vigil"
client_secret = "hunter2-of-the-client"
server_metadata_url = "https://id.example/.well-known/openid-configuration"
allowed = ["Editor@Desk.example", "@partner.example"]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "login.toml"
    path.write_text(FILE)
    return path


@pytest.mark.parametrize(
    ("user", "in_"),
    [
        ({"email": "editor@desk.example", "email_verified": True}, True),
        ({"email": "EDITOR@DESK.EXAMPLE", "email_verified": True}, True),
        ({"email": "anybody@partner.example", "email_verified": True}, True),
        ({"email": "editor@desk.example"}, False),
        ({"email": "editor@desk.example", "email_verified": "true"}, False),
        ({"email": "x@evil.example", "email_verified": True}, False),
        ({"email": "x@partner.example@evil.example", "email_verified": True}, False),
        ({"email": "x@sub.partner.example", "email_verified": True}, False),
        ({"email": "@partner.example.evil", "email_verified": True}, False),
        ({"email": None, "email_verified": True}, False),
        ({}, False),
    ],
)
def test_only_verified_addresses_on_the_list_come_in(
    file: Path, user: dict[str, Any], in_: bool
) -> None:
    assert is_allowed(load_login(file), user) is in_


def test_everybody_is_said_in_so_many_words() -> None:
    assert is_allowed(Login({}, ("*",)), {})
    assert not is_allowed(Login({}, ()), {})


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("client_secret", "client_secrets", "lacks client_secret"),
        ("-and-long-enough", "", "cookie_secret"),
        ("allowed = ", "allow = ", "allowed"),
        ('["Editor@Desk.example", "@partner.example"]', "[]", "allowed"),
        ('["Editor@Desk.example", "@partner.example"]', '"*"', "allowed"),
        ('client_id = "vigil"', "client_id = vigil", "is not TOML"),
    ],
)
def test_what_is_wrong_with_the_file_is_said_without_its_secrets(
    file: Path, was: str, now: str, said: str
) -> None:
    file.write_text(FILE.replace(was, now))
    with pytest.raises(SettingsError, match=said) as caught:
        load_login(file)
    assert "hunter2" not in str(caught.value) + repr(caught.value.__context__)


def test_a_login_does_not_show_its_secrets(file: Path) -> None:
    assert "hunter2" not in repr(load_login(file))


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "[::1]", "localhost"])
def test_loopback_needs_no_login(host: str) -> None:
    assert is_loopback(host)
    assert dashboard_command(Settings().model_copy(update={"host": host}))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "", "192.168.1.5", "desk.example"])  # noqa: S104
def test_the_world_is_not_let_in_by_mistake(host: str, file: Path) -> None:
    settings = Settings().model_copy(update={"host": host})
    with pytest.raises(SettingsError, match="VIGIL_LOGIN, or VIGIL_GUARDED"):
        dashboard_command(settings)
    assert dashboard_command(settings.model_copy(update={"guarded": True}))
    command = dashboard_command(settings.model_copy(update={"login": file}))
    assert "hunter2" not in " ".join(command)


def test_pages_load_nothing_from_elsewhere_and_stand_in_no_frame() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert "connect-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "http" not in policy
    assert "*" not in policy
