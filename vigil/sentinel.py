"""Redis behind Sentinels: they are asked who the primary is, anew with every connection."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import AuthenticationError, ConnectionError, TimeoutError  # noqa: A004  # theirs
from redis.retry import Retry
from redis.sentinel import MasterNotFoundError, Sentinel

from vigil.errors import SettingsError

if TYPE_CHECKING:
    from vigil.settings import Settings

# An address that begins so names Sentinels; whether all connections are then encrypted.
_SCHEMES: Final = {"redis+sentinel://": False, "rediss+sentinel://": True}
_PORT: Final = 26379
_PARTS: Final = re.compile(
    r"(?:(?P<user>[^:@/]*):(?P<password>[^@/]*)@)?(?P<hosts>[^@/]+)/(?P<name>[^/]+)(?:/(?P<db>\d+))?"
)
_NO_ADDRESS: Final = "VIGIL_REDIS: Sentinels are given as redis+sentinel://HOST:PORT,HOST:PORT/NAME"


class SentinelsRefusedError(AuthenticationError):
    """No Sentinel that answers lets us ask: they want another user or password."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Sentinels, and how they and what they watch over are spoken to.

    Attributes:
        hosts: Host and port of each Sentinel.
        name: What they call the primary.
        theirs: How Sentinels are spoken to, as redis-py takes it; a password may be among it.
        redis: How Redis is, likewise.
    """

    hosts: tuple[tuple[str, int], ...]
    name: str
    theirs: Mapping[str, Any] = field(repr=False)
    redis: Mapping[str, Any] = field(repr=False)


def watch_of(settings: Settings, *, timeout: float) -> Watch | None:
    """Return the Sentinels that ``VIGIL_REDIS`` names, None where it names none.

    It reads ``redis+sentinel://[USER:PASSWORD@]HOST[:PORT],HOST[:PORT].../NAME[/DATABASE]``; user
    and password in it are Redis's. With ``rediss`` all connections are encrypted.

    Args:
        settings: Where they are, and who we are to them.
        timeout: Seconds to wait for an answer or a connection.

    Raises:
        SettingsError: The address is none; the text does not repeat it.
    """
    address = settings.redis.get_secret_value()
    scheme = next((one for one in _SCHEMES if address.startswith(one)), None)
    if scheme is None:
        return None
    parts = _PARTS.fullmatch(address.removeprefix(scheme))
    if parts is None:
        raise SettingsError(_NO_ADDRESS)
    common: dict[str, Any] = {
        "socket_timeout": timeout,
        "socket_connect_timeout": timeout,
        "ssl": _SCHEMES[scheme],
    }
    if _SCHEMES[scheme] and settings.redis_ca:
        common["ssl_ca_certs"] = str(settings.redis_ca)
    password = settings.sentinel_password
    return Watch(
        hosts=tuple(_host_and_port(one) for one in parts["hosts"].split(",")),
        name=parts["name"],
        theirs=common
        | {
            "username": settings.sentinel_user,
            "password": password.get_secret_value() if password else None,
            # One that is silent is not asked again: the next one knows as much.
            "retry": Retry(NoBackoff(), 0),
        },
        redis=common
        | {
            "username": unquote(parts["user"] or "") or None,
            "password": unquote(parts["password"] or "") or None,
            "db": int(parts["db"] or 0),
        },
    )


def primary_of(watch: Watch, *, retry: Retry) -> Redis:
    """Return a client of the primary that Sentinels name; it connects with the first command.

    ``retry`` says how often a command is sent again.
    """
    asking: Any = _Asking  # redis-py left it untyped
    made: Redis = asking(watch.hosts, sentinel_kwargs=dict(watch.theirs)).master_for(
        watch.name,
        **watch.redis,
        decode_responses=True,
        legacy_responses=False,
        retry=retry,
        health_check_interval=30,
    )
    return made


def sentinels_of(watch: Watch) -> dict[str, Redis]:
    """Return a client of each Sentinel, by its host and port; it connects when it is asked."""
    return {
        f"{host}:{port}": Redis(host, port, decode_responses=True, **watch.theirs)
        for host, port in watch.hosts
    }


class _Asking(Sentinel):
    """Sentinels as redis-py asks them, but that their failures keep apart and are told in short.

    redis-py's own takes a Sentinel that refuses us for one that is not there.
    """

    def discover_master(self, service_name: str) -> tuple[str, int]:
        """Return host and port of the primary.

        Raises:
            SentinelsRefusedError: All that answer want another user or password.
            MasterNotFoundError: None knows a primary that is well.
        """
        faults: list[Exception] = []
        known = False
        check: Any = self.check_master_state
        for number, sentinel in enumerate(self.sentinels):
            try:
                masters: Any = sentinel.sentinel_masters()
            except (ConnectionError, TimeoutError) as error:
                faults.append(error)
                continue
            state = masters.get(service_name)
            known = known or state is not None
            if state and check(state, service_name):
                # Who knew is asked first the next time.
                first = self.sentinels[0]
                self.sentinels[0], self.sentinels[number] = sentinel, first
                return state["ip"], state["port"]
        refusals = [one for one in faults if isinstance(one, AuthenticationError)]
        if refusals and len(faults) == len(self.sentinels):
            raise SentinelsRefusedError(str(refusals[0]))
        raise MasterNotFoundError(_nobody(service_name, faults, len(self.sentinels), known=known))


def _nobody(name: str, faults: list[Exception], asked: int, *, known: bool) -> str:
    """Return why no primary was named."""
    if len(faults) == asked:
        return f"no Sentinel answers: {'; '.join(dict.fromkeys(map(str, faults)))}"
    if known:
        return f"Sentinels know no primary {name!r} that is well"
    return f"no Sentinel knows a primary called {name!r}, the name in VIGIL_REDIS"


def _host_and_port(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if host and port.isdigit():
        return host.strip("[]"), int(port)
    return text, _PORT
