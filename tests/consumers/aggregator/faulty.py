"""Stores that fail, repeat or change at a chosen command, over a real client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from redis import Redis
from redis.client import Pipeline

if TYPE_CHECKING:
    from collections.abc import Callable


class Crash(BaseException):
    """The process dies here; nothing of Vigil's may catch it."""


class FaultyStore(Redis):
    """A real client before whose nth command something happens, or that sends each one twice.

    By default the process dies there.
    """

    def __init__(
        self,
        like: Redis,
        *,
        before: int | None = None,
        happens: Callable[[], object] | None = None,
        twice: bool = False,
    ) -> None:
        super().__init__(connection_pool=like.connection_pool)
        self.response_callbacks = like.response_callbacks
        self.left = before
        self._happens = happens or _die
        self._twice = twice

    def execute_command(self, *args: Any, **options: Any) -> Any:
        if self.left is not None:
            if self.left == 0:
                self._happens()
            self.left -= 1
        if self._twice:
            super().execute_command(*args, **options)  # type: ignore[no-untyped-call]  # redis-py's
        return super().execute_command(*args, **options)  # type: ignore[no-untyped-call]  # redis-py's

    def pipeline(self, transaction: bool = True, shard_hint: Any = None) -> Pipeline:
        return FaultyPipeline(self, transaction=transaction, shard_hint=shard_hint)


def _die() -> None:
    raise Crash


class FaultyPipeline(Pipeline):
    """Sends its commands one by one through the faulty client."""

    def __init__(self, store: FaultyStore, *, transaction: bool, shard_hint: Any) -> None:
        super().__init__(store.connection_pool, store.response_callbacks, transaction, shard_hint)
        self._store = store

    def execute(self, raise_on_error: bool = True) -> list[Any]:
        if self.scripts:
            self.load_scripts()  # type: ignore[no-untyped-call]  # redis-py's
        try:
            return [
                self._store.execute_command(*args, **options)
                for args, options in self.command_stack
            ]
        finally:
            self.reset()
