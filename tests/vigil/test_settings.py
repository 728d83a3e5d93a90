"""Settings: from the environment, checked, and never shown where they are secret."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from vigil.errors import SettingsError
from vigil.sentinel import watch_of
from vigil.settings import Settings, load_settings
from vigil.store import make_store

if TYPE_CHECKING:
    from pathlib import Path


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
    monkeypatch.setenv("VIGIL_SENTINEL_PASSWORD", "hunter4")
    shown = repr(load_settings()) + str(load_settings())
    assert "hunter" not in shown


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_says_what_it_is(name: str) -> None:
    assert Settings.model_fields[name].description


def test_settings_are_read_from_the_folder_of_secrets(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("VIGIL_REDIS", raising=False)
    (tmp_path / "vigil_redis").write_text("redis://:hunter2@store.example/0\n")
    monkeypatch.setenv("VIGIL_SECRETS", str(tmp_path))
    assert load_settings().redis.get_secret_value() == "redis://:hunter2@store.example/0"


def test_a_variable_goes_before_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "vigil_log_level").write_text("debug")
    monkeypatch.setenv("VIGIL_SECRETS", str(tmp_path))
    monkeypatch.setenv("VIGIL_LOG_LEVEL", "error")
    assert load_settings().log_level == "error"


def test_a_folder_of_secrets_that_is_not_there_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("VIGIL_SECRETS", str(tmp_path / "nowhere"))
    with pytest.raises(SettingsError, match="VIGIL_SECRETS: no such folder"):
        load_settings()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"SECURITY": "sasl_ssl"}, "VIGIL_KAFKA_USER and _PASSWORD are needed"),
        ({"PASSWORD": "hunter2"}, "it needs VIGIL_KAFKA_SECURITY=sasl_ssl"),
        ({"SECURITY": "ssl", "PASSWORD": "hunter2"}, "it needs VIGIL_KAFKA_SECURITY=sasl_ssl"),
        ({"SECURITY": "ssl", "CERT": "/dev/null"}, "VIGIL_KAFKA_KEY are needed together"),
        ({"CA": "/dev/null"}, "VIGIL_KAFKA_SECURITY has to be ssl or sasl_ssl"),
        ({"SECURITY": "ssl", "CA": "/nowhere/hunter2"}, "VIGIL_KAFKA_CA: no such file"),
    ],
)
def test_half_of_what_kafka_asks_for_is_refused(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], said: str
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(f"VIGIL_KAFKA_{name}", value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert said in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_a_user_of_sentinels_without_a_password_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIGIL_SENTINEL_USER", "vigil")
    with pytest.raises(SettingsError, match="VIGIL_SENTINEL_PASSWORD is needed with it"):
        load_settings()


def test_what_sentinels_are_told_is_kept_apart_from_what_redis_is() -> None:
    told = {
        "redis": SecretStr("rediss+sentinel://u:hunter%2F2@one,two:7,[::1]:8/news/3"),
        "sentinel_user": "vigil",
        "sentinel_password": SecretStr("hunter3"),
    }
    watch = watch_of(Settings().model_copy(update=told), timeout=1)
    assert watch
    assert watch.hosts == (("one", 26379), ("two", 7), ("::1", 8))
    assert (watch.redis["username"], watch.redis["password"]) == ("u", "hunter/2")
    assert (watch.theirs["username"], watch.theirs["password"]) == ("vigil", "hunter3")
    assert watch.redis["db"] == 3
    assert watch.redis["ssl"]
    assert watch.theirs["ssl"]
    assert "hunter" not in repr(watch)
    assert watch_of(Settings(), timeout=1) is None


@pytest.mark.parametrize("rest", ["u:hun/ter2@one/news", "u:hunter2@one", "u@hunter2@one/news"])
def test_an_address_of_sentinels_that_is_none_is_not_repeated(rest: str) -> None:
    address = SecretStr(f"redis+sentinel://{rest}")
    with pytest.raises(SettingsError, match="HOST:PORT/NAME") as caught:
        make_store(Settings().model_copy(update={"redis": address}))
    assert "hun" not in str(caught.value)


@pytest.mark.parametrize(
    "address", ["redis://u:hun/ter2@store/0", "redis://u:hunter#2@store", "u:hunter2@store"]
)
def test_an_address_of_redis_that_is_none_is_not_repeated(address: str) -> None:
    settings = Settings().model_copy(update={"redis": SecretStr(address)})
    with pytest.raises(SettingsError, match="VIGIL_REDIS") as caught:
        make_store(settings)
    assert "hun" not in str(caught.value)
    assert caught.value.__suppress_context__
