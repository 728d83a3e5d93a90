"""Settings: from the environment, checked, and never shown where they are secret."""

from __future__ import annotations

import pytest

from vigil.errors import SettingsError
from vigil.settings import Settings, load_settings


def test_settings_have_defaults_on_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("KAFKA", "REDIS", "HOST"):
        monkeypatch.delenv(f"VIGIL_{name}", raising=False)
    settings = load_settings()
    assert settings.kafka.startswith("127.0.0.1:")
    assert settings.host == "127.0.0.1"
    assert "127.0.0.1" in settings.redis.get_secret_value()


def test_settings_take_a_comma_separated_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIGIL_AUTHORITY_ORDER", "official, monitor")
    assert load_settings().authority_order == ("official", "monitor")


def test_wrong_setting_is_named_without_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIGIL_PORT", "hunter2")
    with pytest.raises(SettingsError, match="VIGIL_PORT") as caught:
        load_settings()
    assert "hunter2" not in str(caught.value)


def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIGIL_REDIS", "redis://user:hunter2@store.example/0")
    monkeypatch.setenv("VIGIL_NAMES_KEY", "hunter3")
    shown = repr(load_settings()) + str(load_settings())
    assert "hunter2" not in shown
    assert "hunter3" not in shown


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_says_what_it_is(name: str) -> None:
    assert Settings.model_fields[name].description
