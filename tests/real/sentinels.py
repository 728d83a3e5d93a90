"""A Redis with a replica and three Sentinels that watch over it, on loopback."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from redis import Redis

from tests.real.servers import redis_program
from vigil.processes import accepts, free_port, spawn, wait_until_ready

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from vigil.processes import Process

NAME: Final = "news"
_PATIENCE: Final = 60.0


class Watched:
    """A primary, its replica, and the Sentinels that make one of the other."""

    def __init__(self, folder: Path) -> None:
        self.ports = (free_port(), free_port())
        self._sentinels = [free_port() for _ in range(3)]
        self._folder = folder
        self._processes: list[Process] = []
        self.servers: list[Process] = []

    @property
    def address(self) -> str:
        """Return where they are, as the setting wants it."""
        return f"redis+sentinel://{','.join(f'127.0.0.1:{one}' for one in self._sentinels)}/{NAME}"

    def start(self) -> None:
        """Start all; when it returns, the replica follows and the Sentinels know it."""
        first, second = self.ports
        plain = ["--bind", "127.0.0.1", "--save", "", "--dir", str(self._folder)]
        following = ["--port", str(second), "--replicaof", "127.0.0.1", str(first)]
        self.servers = [
            self._start("primary", first, ["--port", str(first), *plain]),
            self._start("replica", second, [*following, *plain]),
        ]
        self._until(lambda: self.server(1).info("replication")["master_link_status"] == "up")
        for port in self._sentinels:
            config = self._folder / f"sentinel-{port}.conf"
            config.write_text(
                f"port {port}\nbind 127.0.0.1\ndir {self._folder}\n"
                f"sentinel monitor {NAME} 127.0.0.1 {first} 2\n"
                f"sentinel down-after-milliseconds {NAME} 2000\n"
                f"sentinel failover-timeout {NAME} 5000\n"
            )
            self._start(f"sentinel-{port}", port, [str(config), "--sentinel"])
        self._until(self._known)

    def server(self, number: int) -> Any:
        """Return a client of one of the two servers."""
        return Redis(port=self.ports[number], decode_responses=True, socket_timeout=5)

    def wait_for_primary(self, number: int) -> None:
        """Wait until all Sentinels name this one."""

        def named() -> bool:
            return all(self._primary(port) == self.ports[number] for port in self._sentinels)

        self._until(named)

    def stop(self) -> None:
        """End all that still run, frozen or not."""
        for process in self._processes:
            process.popen.kill()
            process.popen.wait()

    def _primary(self, port: int) -> int | None:
        sentinel: Any = Redis(port=port, decode_responses=True)
        found = sentinel.sentinel_get_master_addr_by_name(NAME)
        return int(found[1]) if found else None

    def _known(self) -> bool:
        """Whether each Sentinel knows the replica and the two others."""
        told: list[Any] = [
            Redis(port=port, decode_responses=True).sentinel_master(NAME)
            for port in self._sentinels
        ]
        return all(one["num-slaves"] == 1 and one["num-other-sentinels"] == 2 for one in told)

    def _start(self, name: str, port: int, arguments: list[str]) -> Process:
        process = spawn(name, [redis_program(self._folder), *arguments], folder=self._folder)
        self._processes.append(process)
        wait_until_ready(process, lambda: accepts(port), seconds=_PATIENCE)
        return process

    def _until(self, true: Callable[[], bool]) -> None:
        deadline = time.monotonic() + _PATIENCE
        while not true():
            assert time.monotonic() < deadline, "servers and Sentinels did not find one another"
            time.sleep(0.1)


@contextmanager
def watched(folder: Path) -> Iterator[Watched]:
    """Run them while the block runs."""
    some = Watched(folder)
    try:
        some.start()
        yield some
    finally:
        some.stop()
