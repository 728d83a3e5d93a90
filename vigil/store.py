"""The only maker of Redis clients, and the edge where Redis's errors become ours."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from redis import Redis
from redis.backoff import ExponentialWithJitterBackoff
from redis.exceptions import BusyLoadingError, ConnectionError, RedisError, TimeoutError  # noqa: A004  # the library's names
from redis.retry import Retry

from vigil import keys
from vigil.errors import StoreError, StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigil.settings import Settings


@contextmanager
def map_errors(doing: str) -> Iterator[None]:
    """Turn Redis's errors into ours; ``doing`` says what was tried, on which key or slot.

    Raises:
        StoreUnavailable: Trying again may help.
        StoreError: It will not.
    """
    try:
        yield
    except (ConnectionError, TimeoutError, BusyLoadingError) as error:
        message = f"{doing}: Redis is not answering ({error})"
        raise StoreUnavailable(message) from error
    except RedisError as error:
        message = f"{doing}: Redis refused ({error})"
        raise StoreError(message) from error


def make_store(settings: Settings, *, timeout: float = 5.0, retries: int = 3) -> Redis:
    """Return a client; it connects with the first command.

    redis-py sends a command again when no answer came, though the server may have done it:
    everything written through this client has to be idempotent.

    Args:
        settings: Where the store is.
        timeout: Seconds to wait for an answer or a connection. A screen wants it short.
        retries: How often a command is sent again.
    """
    return Redis.from_url(
        settings.redis.get_secret_value(),
        decode_responses=True,
        legacy_responses=False,
        socket_timeout=timeout,
        socket_connect_timeout=timeout,
        retry=Retry(ExponentialWithJitterBackoff(base=0.05, cap=1.0), retries),
        retry_on_error=[BusyLoadingError],
        health_check_interval=30,
    )


def read_version(store: Redis) -> int:
    """Return a store's version: while it is the same, so is what there is to read.

    Raises:
        StoreUnavailable: Redis does not answer.
    """
    with map_errors("reading the version"):
        version: Any = store.get(keys.VERSION)
    return int(version or 0)
