"""The only maker of Redis clients, and the edge where Redis's errors become ours."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from redis import Redis
from redis.backoff import ExponentialWithJitterBackoff
from redis.connection import parse_url
from redis.exceptions import (
    AuthenticationError,
    AuthorizationError,
    BusyLoadingError,
    ClusterDownError,
    ConnectionError,  # noqa: A004  # the library's name, as below
    MasterDownError,
    NoPermissionError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisClusterException,
    RedisError,
    SlotNotCoveredError,
    TimeoutError,  # noqa: A004  # likewise
    TryAgainError,
)
from redis.retry import Retry

from vigil import keys, sentinel
from vigil.errors import SettingsError, StoreError, StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vigil.settings import Settings


# An address that begins so is that of one node of a Redis Cluster; the others are asked of it.
CLUSTER_SCHEMES = {"redis+cluster://": "redis://", "rediss+cluster://": "rediss://"}

_UNTRUSTED = "CERTIFICATE_VERIFY_FAILED"  # how OpenSSL says it; redis-py keeps the words alone

_UNCOVERED = "slots are not covered"  # how redis-py says that a cluster is not whole

_NO_ADDRESS = (
    "settings do not make sense: VIGIL_REDIS: no address of Redis, as redis://HOST:6379/0 or "
    "rediss://USER:PASSWORD@HOST:6379/0 is (in a password, write / as %2F, # as %23, @ as %40)"
)

_PASSING = (
    ConnectionError, TimeoutError, BusyLoadingError, ClusterDownError, MasterDownError,
    SlotNotCoveredError, TryAgainError, ReadOnlyError,
)  # fmt: skip
# What Redis answers while it is full, cannot write its files, or has lost its copies: all of this
# somebody may mend, and what was to be written has to wait for it.
_STUCK = re.compile(r"(?:^|error: |ERR )(OOM|MISCONF|NOREPLICAS|READONLY)\b")
_REASONS = {
    "OOM": "out of memory: raise its maxmemory",
    "MISCONF": "it cannot write its files: is its disk full?",
    "NOREPLICAS": "too few replicas follow it: see its min-replicas-to-write",
    "READONLY": "it is a replica, or was made one",
}


@dataclass(frozen=True, slots=True)
class Memory:
    """How much memory the servers use, all primaries of a cluster together.

    Attributes:
        used: Bytes.
        limit: Bytes they may use, None where one of them has no limit.
        evicts: The policy of a server that drops keys when it is full, None without such a one.
    """

    used: int
    limit: int | None
    evicts: str | None


@contextmanager
def map_errors(doing: str) -> Iterator[None]:
    """Turn Redis's errors into ours; ``doing`` says what was tried, on which key or slot.

    Raises:
        StoreUnavailable: Trying again may help.
        StoreError: It will not.
    """
    try:
        yield
    except (RedisError, RedisClusterException) as error:
        raise _ours(doing, error) from error


def _ours(doing: str, error: Exception) -> StoreError:
    reason = _reason(error)
    if isinstance(reason, AuthenticationError | AuthorizationError | NoPermissionError):
        return StoreError(f"{doing}: {_not_let(reason)}")
    if is_untrusted(reason):
        return StoreError(
            f"{doing}: Redis's certificate is not to be trusted: is VIGIL_REDIS_CA the "
            "authority that signed it, and VIGIL_REDIS the name it was made out to?"
        )
    if isinstance(reason, _PASSING) or _UNCOVERED in str(reason):
        return StoreUnavailable(f"{doing}: Redis is not answering ({error})")
    if stuck := _stuck(error):
        return StoreUnavailable(f"{doing}: Redis takes nothing in ({_REASONS[stuck]})")
    return StoreError(f"{doing}: Redis refused ({error})")


def _reason(error: Exception) -> Exception:
    """Return why no node of a cluster could be asked, where that is the error; else the error."""
    while isinstance(error, RedisClusterException):
        inner = error.__cause__ or error.__context__
        if not isinstance(inner, RedisError | RedisClusterException):
            break
        error = inner
    return error


def is_untrusted(error: Exception) -> bool:
    """Return whether a server was there whose certificate is not to be trusted."""
    return _UNTRUSTED in str(error)


def _not_let(error: Exception) -> str:
    """Return what to do about a user whom Redis does not know, or who may not do this."""
    if isinstance(error, sentinel.SentinelsRefusedError):
        return (
            "the Sentinels do not know this user with this password: look at VIGIL_SENTINEL_USER "
            "and VIGIL_SENTINEL_PASSWORD"
        )
    if isinstance(error, NoPermissionError):
        return f"Redis does not let this user do it ({error}): see docs/security.md"
    return "Redis does not know this user with this password: look at VIGIL_REDIS"


def _stuck(error: Exception) -> str | None:
    """Return why a server that answers takes nothing in, where that is the reason."""
    if isinstance(error, OutOfMemoryError):
        return "OOM"  # redis-py takes the word away that it knows the error by
    found = _STUCK.search(str(error))
    return found[1] if found else None


def make_store(settings: Settings, *, timeout: float = 5.0, retries: int = 3) -> Redis:
    """Return a client; it connects with the first command.

    redis-py sends a command again when no answer came, though the server may have done it:
    everything written through this client has to be idempotent.

    Args:
        settings: Where the store is.
        timeout: Seconds to wait for an answer or a connection. A screen wants it short.
        retries: How often a command is sent again.

    Raises:
        SettingsError: The address is none; the text does not repeat it, for the password in it.
    """
    address = settings.redis.get_secret_value()
    retry = Retry(ExponentialWithJitterBackoff(base=0.05, cap=1.0), retries)
    if watch := sentinel.watch_of(settings, timeout=timeout):
        return sentinel.primary_of(watch, retry=retry)
    trust = {"ssl_ca_certs": str(settings.redis_ca)} if settings.redis_ca else {}
    scheme = next((one for one in CLUSTER_SCHEMES if address.startswith(one)), None)
    if scheme:
        from vigil.cluster import ClusterStore  # noqa: PLC0415  # most have none

        node = CLUSTER_SCHEMES[scheme] + address.removeprefix(scheme)
        trust = trust if node.startswith("rediss:") else {}
        parse: Any = parse_url  # redis-py left it untyped
        try:
            parse(node)
        except ValueError:  # as below
            raise SettingsError(_NO_ADDRESS) from None
        return cast("Redis", ClusterStore(node, retry=retry, timeout=timeout, trust=trust))
    try:
        return Redis.from_url(
            address,
            decode_responses=True,
            legacy_responses=False,
            socket_timeout=timeout,
            socket_connect_timeout=timeout,
            retry=retry,
            retry_on_error=[BusyLoadingError],
            health_check_interval=30,
            **(trust if address.startswith("rediss:") else {}),
        )
    except ValueError:  # its text may hold a part of the password
        raise SettingsError(_NO_ADDRESS) from None


def memory_of(store: Redis) -> Memory:
    """Return how much memory the store uses and may use.

    Raises:
        StoreUnavailable: It does not answer.
    """
    with map_errors("asking for the memory"):
        told: Any = store.info("memory")
    servers: list[Mapping[str, Any]] = (
        [told] if "used_memory" in told else list(told.values())  # one, or one a node of a cluster
    )
    limits = [int(one.get("maxmemory", 0)) for one in servers]
    policies = [str(one.get("maxmemory_policy", "noeviction")) for one in servers]
    evicting = [
        policy
        for policy, limit in zip(policies, limits, strict=True)
        if limit and policy != "noeviction"
    ]
    return Memory(
        used=sum(int(one.get("used_memory", 0)) for one in servers),
        limit=sum(limits) if all(limits) else None,
        evicts=evicting[0] if evicting else None,
    )


def read_version(store: Redis) -> int:
    """Return a store's version: while it is the same, so is what there is to read.

    Raises:
        StoreUnavailable: Redis does not answer.
    """
    with map_errors("reading the version"):
        version: Any = store.get(keys.VERSION)
    return int(version or 0)


def servers_of(store: Redis) -> str:
    """Return a name of the servers behind a client that changes when one of them is replaced.

    Empty where one server alone holds everything: what that loses is the end of what was written,
    which is known without.

    Raises:
        StoreUnavailable: A node does not answer, or is not what it was taken for.
    """
    from vigil.cluster import ClusterStore  # noqa: PLC0415  # most have none

    client: Any = store
    return client.servers() if isinstance(client, ClusterStore) else ""
