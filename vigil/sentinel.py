"""Redis behind Sentinels: they are asked who the primary is, anew with every connection."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from redis.sentinel import Sentinel

from vigil.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from redis import Redis
    from redis.retry import Retry

_SENTINEL_PORT = 26379
_PARTS = re.compile(
    r"(?:(?P<user>[^:@/]*):(?P<password>[^@/]*)@)?(?P<hosts>[^@/]+)/(?P<name>[^/]+)(?:/(?P<db>\d+))?"
)


def primary_of(
    address: str, *, tls: bool, retry: Retry, timeout: float, trust: Mapping[str, str]
) -> Redis:
    """Return a client of the primary that Sentinels name; it connects with the first command.

    Args:
        address: ``[USER:PASSWORD@]HOST[:PORT],HOST[:PORT].../NAME[/DATABASE]``, the Sentinels and
            the name they know the primary by; user and password are Redis's, not theirs.
        tls: Whether connections are encrypted, to the Sentinels too.
        retry: How often a command is sent again.
        timeout: Seconds to wait for an answer or a connection.
        trust: Whose certificates are trusted, as redis-py takes it.

    Raises:
        SettingsError: The address is none; the text does not repeat it.
    """
    parts = _PARTS.fullmatch(address)
    if parts is None:
        message = "VIGIL_REDIS: Sentinels are given as redis+sentinel://HOST:PORT,HOST:PORT/NAME"
        raise SettingsError(message)
    common = {"socket_timeout": timeout, "socket_connect_timeout": timeout, "ssl": tls, **trust}
    sentinels = [_host_and_port(one) for one in parts["hosts"].split(",")]
    watching: Any = Sentinel  # redis-py left it untyped
    made: Redis = watching(sentinels, sentinel_kwargs=common).master_for(
        parts["name"],
        **common,
        username=unquote(parts["user"] or "") or None,
        password=unquote(parts["password"] or "") or None,
        db=int(parts["db"] or 0),
        decode_responses=True,
        legacy_responses=False,
        retry=retry,
        health_check_interval=30,
    )
    return made


def _host_and_port(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if host and port.isdigit():
        return host.strip("[]"), int(port)
    return text, _SENTINEL_PORT
