"""The clock of the replay in Redis: held and moved by one, read and asked by all."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from redis import Redis

from vigil import replaying
from vigil.errors import ReplayError
from vigil.replaying import KEY, LEASE, REQUESTS, Replaying, Request, decode_request
from vigil.store import map_errors

if TYPE_CHECKING:
    from collections.abc import Callable


# A replay speaks five times a second; one that has said nothing for so long has died.
LEASE_SECONDS: Final = 3.0
_LOOK_SECONDS: Final = 0.1
# Requests that were done are known for so long: redis-py asks again only within seconds.
_KEPT: Final = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with its number."""

    number: int
    request: Request | None


@dataclass(frozen=True, slots=True)
class Found:
    """What a replay finds when it takes the clock.

    Attributes:
        before: The replay before it, or None.
        applied: The number of the last request that is in it.
    """

    before: Replaying | None
    applied: int


@dataclass(slots=True)
class ReplayClock:
    """The one clock; every write of it is idempotent, for redis-py sends again what timed out.

    Attributes:
        store: The store's client.
        holder: Who writes: host, process and a token, separated by blanks; "" for who only reads
            and asks.
    """

    store: Redis
    holder: str = ""
    _scripts: dict[str, Any] = field(default_factory=dict)

    def read(self) -> Replaying | None:
        """Return where the replay stands, None where nothing was ever replayed.

        Raises:
            StoreUnavailable: Redis does not answer.
        """
        with map_errors("reading the replay's clock"), self._pipeline() as pipe:
            pipe.hgetall(KEY)
            pipe.exists(LEASE)
            fields, held = pipe.execute()
        return replaying.parse(fields, held=bool(held))

    def take(self, *, wait: Callable[[float], None] = time.sleep) -> Found:
        """Take the clock; of one that died it is waited for until its lease ends.

        Raises:
            ReplayError: Another replay holds it, and is alive.
            StoreUnavailable: Redis does not answer.
        """
        first = self.read()
        waited = 0.0
        while not self._take():
            now = self.read()
            spoke = now is not None and (first is None or now.updated_at != first.updated_at)
            if spoke or waited > 2 * LEASE_SECONDS:
                raise ReplayError(self._held_by(now))
            wait(_LOOK_SECONDS)
            waited += _LOOK_SECONDS
        with map_errors("reading the replay's clock"):
            applied: Any = self.store.hget(KEY, "applied")
        return Found(self.read(), int(applied or 0))

    def say(self, replay: Replaying, *, applied: int, give_up: bool = False) -> tuple[Asked, ...]:
        """Write where the replay stands; return what was asked since, the first first.

        Args:
            replay: Where it stands.
            applied: Number of the last request that is in it.
            give_up: Whether these are its last words.

        Raises:
            ReplayError: Another has taken the clock, or the store was emptied.
            StoreUnavailable: Redis does not answer.
        """
        args: list[str | int] = [self.holder, 0 if give_up else _ms(LEASE_SECONDS), applied, _KEPT]
        for name, value in replay.fields().items():
            args += (name, value)
        with map_errors("moving the replay's clock"):
            found: Any = self._script("replay_say")(keys=[LEASE, KEY, REQUESTS], args=args)
        if found is None:
            message = "the replay's clock was taken by another replay, or its store was emptied"
            raise ReplayError(message)
        pairs = zip(found[::2], found[1::2], strict=True)
        return tuple(Asked(int(float(score)), decode_request(text)) for text, score in pairs)

    def skip_requests(self) -> int:
        """Return the number of the last request of all, for a replay that wants none of them.

        Raises:
            StoreUnavailable: Redis does not answer.
        """
        with map_errors("reading the replay's clock"):
            asked: Any = self.store.hget(KEY, "asked")
        return int(asked or 0)

    def ask(self, request: Request) -> bool:
        """Ask something of the replay; False where none is alive to do it.

        Raises:
            StoreUnavailable: Redis does not answer.
        """
        args = [request.encode(), request.action]
        with map_errors(f"asking the replay to {request.action}"):
            return bool(self._script("replay_ask")(keys=[LEASE, KEY, REQUESTS], args=args))

    def _take(self) -> bool:
        args = [self.holder, _ms(LEASE_SECONDS)]
        with map_errors("taking the replay's clock"):
            return bool(self._script("replay_take")(keys=[LEASE, KEY], args=args))

    def _held_by(self, replay: Replaying | None) -> str:
        with map_errors("reading the replay's clock"):
            held: Any = self.store.get(LEASE)
        host, _, rest = str(held or "").partition(" ")
        name = f" of {replay.name}" if replay else ""
        where = f" (process {rest.partition(' ')[0]} on {host})" if held else ""
        return (
            f"another replay{name} holds the clock{where}: end it there, or on the dashboard's "
            "page /replay"
        )

    def _script(self, name: str) -> Any:
        if name not in self._scripts:
            source = resources.files("vigil").joinpath(f"lua/{name}.lua").read_text("utf-8")
            self._scripts[name] = self.store.register_script(source)
        return self._scripts[name]

    def _pipeline(self) -> Any:
        return self.store.pipeline(transaction=False)


def _ms(seconds: float) -> int:
    return round(1000 * seconds)
