"""Every setting, with its default, in one documented table read from the environment."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from vigil.claim import AUTHORITY_ORDER, AuthorityKind
from vigil.errors import SettingsError

_CONTAINER_SECRETS: Final = "/run/secrets"  # where Docker, Podman and Swarm put them


class Settings(BaseSettings):
    """What a person can set, each as an environment variable ``VIGIL_<NAME>`` or a secret file.

    Secrets are ``SecretStr``: they print as stars wherever the settings are shown.
    """

    model_config = SettingsConfigDict(env_prefix="VIGIL_", frozen=True, extra="ignore")

    kafka: str = Field("127.0.0.1:9092", description="Kafka's bootstrap addresses, comma separated")
    redis: SecretStr = Field(
        SecretStr("redis://127.0.0.1:6379/0"),
        description="Redis as an address, with user and password where it wants them; "
        "redis+cluster:// (or rediss+cluster://) with one node of a Redis Cluster; "
        "redis+sentinel:// (or rediss+sentinel://) with HOST:PORT,HOST:PORT/NAME of Sentinels",
    )
    redis_ca: Path | None = Field(
        None,
        description="certificate of the authority that Redis's own is signed by (rediss://); "
        "unset: those this machine trusts",
    )
    sentinel_user: str | None = Field(
        None,
        description="user of the Sentinels that VIGIL_REDIS names, where they know users of their "
        "own; unset: their default user",
    )
    sentinel_password: SecretStr | None = Field(
        None,
        description="password of the Sentinels themselves; Redis's own stands in VIGIL_REDIS",
    )
    kafka_security: Literal["plaintext", "ssl", "sasl_ssl"] = Field(
        "plaintext",
        description="how Kafka is spoken to: plaintext, ssl (TLS, perhaps with a certificate of "
        "ours) or sasl_ssl (TLS, with user and password)",
    )
    kafka_ca: Path | None = Field(
        None,
        description="certificate of the authority that Kafka's own are signed by; "
        "unset: those this machine trusts",
    )
    kafka_cert: Path | None = Field(
        None, description="our certificate, where Kafka asks for one (PEM)"
    )
    kafka_key: Path | None = Field(None, description="its key (PEM)")
    kafka_key_password: SecretStr | None = Field(
        None, description="what that key is locked with, if it is"
    )
    kafka_mechanism: Literal["SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN"] = Field(
        "SCRAM-SHA-512", description="how user and password are proved, with sasl_ssl"
    )
    kafka_user: str | None = Field(None, description="user, with sasl_ssl")
    kafka_password: SecretStr | None = Field(None, description="password, with sasl_ssl")
    partitions: int = Field(
        6, ge=1, le=1000, description="partitions of a topic Vigil creates: the most consumers"
    )
    replication: int = Field(
        1,
        ge=1,
        le=9,
        description="copies of a topic Vigil creates; 3 on a cluster of three, "
        "of which two must have a message before it is acknowledged",
    )
    session_timeout_ms: int = Field(
        6_000,
        ge=1_000,
        description="a consumer silent for so long is taken for dead and its share given away; "
        "the embedded broker lets a group start after half of it",
    )
    batch: int = Field(
        200,
        ge=1,
        le=5_000,
        description="articles an extractor takes at a time; "
        "an aggregator takes up to twenty times as many",
    )
    model: str | None = Field(
        None,
        description="spaCy model; unset: en_core_web_sm where installed, else the bundled wheel",
    )
    show_names: bool = Field(
        default=False,
        description="store and show names of detained people; read docs/method.md first",
    )
    names_key: SecretStr | None = Field(
        None,
        description="key of the hashes that stand for names; the same for all extractors; "
        "unset: made once and kept in the data folder",
    )
    authority_order: Annotated[tuple[AuthorityKind, ...], NoDecode] = Field(
        AUTHORITY_ORDER,
        description="whose figure is best where several counted, as a comma separated list",
    )
    retention_days: int | None = Field(
        None,
        ge=1,
        description="days back that Redis keeps, counted from today; unset: all, for ever; "
        "docs/operating.md says what goes",
    )
    data: Path = Field(
        default_factory=lambda: user_data_path("vigil"),
        description="folder for what Vigil keeps on this machine",
    )
    host: str = Field("127.0.0.1", description="address the dashboard listens on")
    domain: str | None = Field(
        None,
        description="name by which browsers find the dashboard behind a proxy; under a name that "
        "is neither this nor this machine's own it shows nothing",
    )
    login: Path | None = Field(
        None,
        description="file with the OpenID Connect provider that people log in with to see the "
        "dashboard; docs/security.md shows one; unset: no login",
    )
    guarded: bool = Field(
        default=False,
        description="says that something else asks who is there before anybody reaches the "
        "dashboard (a proxy): without it or a login it listens on loopback only",
    )
    port: int = Field(8501, ge=0, le=65_535, description="port of the dashboard; 0: any free one")
    metrics_port: int | None = Field(
        None,
        ge=0,
        le=65_535,
        description="port on which this process tells Prometheus its figures; 0: any free one, "
        "which the log names; unset: it tells none",
    )
    metrics_host: str = Field(
        "127.0.0.1", description="address that port is on; the figures hold no text and no names"
    )
    metrics_guarded: bool = Field(
        default=False,
        description="says that nobody but Prometheus reaches that port (a closed network, a "
        "proxy): without it the port is on loopback only",
    )
    alive: Path | None = Field(
        None,
        description="file a consumer touches at every turn of its loop, "
        "for a supervisor to look at",
    )
    secrets: Path | None = Field(
        None,
        description="folder whose files are settings too, each named as its variable in small "
        "letters (`vigil_redis`); unset: /run/secrets where there is one",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="least severe message that is logged"
    )
    log_format: Literal["text", "json"] = Field("text", description="form of log lines")

    @field_validator("authority_order", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",")) if isinstance(value, str) else value

    @field_validator("kafka_security", mode="before")
    @classmethod
    def _as_kafka_writes_it(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @field_validator("redis_ca", "kafka_ca", "kafka_cert", "kafka_key")
    @classmethod
    def _there(cls, path: Path | None) -> Path | None:
        if path is not None and not os.access(path, os.R_OK):
            message = "no such file, or not ours to read"
            raise ValueError(message)
        return path

    @model_validator(mode="after")
    def _whole(self) -> Self:
        """Refuse half of what is wanted, and a password that nothing would protect."""
        if self.kafka_security == "sasl_ssl" and not (self.kafka_user and self.kafka_password):
            message = "VIGIL_KAFKA_SECURITY is sasl_ssl: VIGIL_KAFKA_USER and _PASSWORD are needed"
            raise ValueError(message)
        if self.kafka_security != "sasl_ssl" and self.kafka_password:
            message = "VIGIL_KAFKA_PASSWORD is given: it needs VIGIL_KAFKA_SECURITY=sasl_ssl"
            raise ValueError(message)
        if bool(self.kafka_cert) != bool(self.kafka_key):
            message = "VIGIL_KAFKA_CERT and VIGIL_KAFKA_KEY are needed together"
            raise ValueError(message)
        if self.kafka_security == "plaintext" and (self.kafka_ca or self.kafka_cert):
            message = "VIGIL_KAFKA_CA is given: VIGIL_KAFKA_SECURITY has to be ssl or sasl_ssl"
            raise ValueError(message)
        if self.sentinel_user and not self.sentinel_password:
            message = "VIGIL_SENTINEL_USER is given: VIGIL_SENTINEL_PASSWORD is needed with it"
            raise ValueError(message)
        return self


def load_settings() -> Settings:
    """Return the settings of this process.

    Raises:
        SettingsError: A variable does not make sense; the text names it and the reason,
            and never its value, which may be a secret.
    """
    try:
        return Settings(_secrets_dir=_secrets())
    except ValidationError as error:
        faults = "; ".join(
            ": ".join([*_variable(fault["loc"]), fault["msg"].removeprefix("Value error, ")])
            for fault in error.errors(include_input=False)
        )
        message = f"settings do not make sense: {faults}"
        raise SettingsError(message) from None


def _variable(loc: tuple[int | str, ...]) -> list[str]:
    """Return the variable at fault, nothing where several do not go together."""
    return [f"VIGIL_{'_'.join(str(part) for part in loc).upper()}"] if loc else []


def _secrets() -> Path | None:
    """Return the folder of secrets that was named, or the one containers have, if any."""
    named = os.environ.get("VIGIL_SECRETS")
    if named is not None and not Path(named).is_dir():
        message = "settings do not make sense: VIGIL_SECRETS: no such folder"
        raise SettingsError(message)
    folder = Path(named or _CONTAINER_SECRETS)
    return folder if folder.is_dir() else None
