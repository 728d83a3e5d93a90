"""A Redis with a replica and three Sentinels that watch over it, on loopback."""

from __future__ import annotations

import re
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from redis import Redis

from tests.real.secured import DEPLOY, PASSWORD, over_tls, users_file, with_passwords
from tests.real.servers import redis_program
from vigil.processes import accepts, free_port, spawn, wait_until_ready

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.real.secured import Authority
    from vigil.processes import Process

NAME: Final = "news"
_PATIENCE: Final = 60.0
_BY_NAME: Final = "sentinel resolve-hostnames yes\nsentinel announce-hostnames yes\n"
_DOCS: Final = DEPLOY.parent / "docs" / "security.md"


class Watched:
    """A primary, its replica, and the Sentinels that make one of the other.

    With an authority for certificates they speak TLS alone, and know users with passwords. All go
    by ``host``, an address or a name.
    """

    def __init__(
        self, folder: Path, authority: Authority | None = None, *, host: str = "127.0.0.1"
    ) -> None:
        self.host = host
        self.ports = (free_port(), free_port())
        self.sentinel_ports = tuple(free_port() for _ in range(3))
        self.authority = authority
        self._folder = folder
        self._processes: list[Process] = []
        self.servers: list[Process] = []
        self.sentinels: list[Process] = []

    @property
    def address(self) -> str:
        """Return where they are, as the setting wants it."""
        return f"redis+sentinel://{self.where}/{NAME}"

    @property
    def where(self) -> str:
        """Return the addresses of the Sentinels."""
        return ",".join(f"{self.host}:{one}" for one in self.sentinel_ports)

    def start(self) -> None:
        """Start all; when it returns, the replica follows and the Sentinels know it."""
        first, second = self.ports
        following = ["--replicaof", self.host, str(first)]
        self.servers = [
            self._start("primary", first, self._server(first)),
            self._start("replica", second, [*self._server(second), *following]),
        ]
        self._until(lambda: self.server(1).info("replication")["master_link_status"] == "up")
        for port in self.sentinel_ports:
            config = self._folder / f"sentinel-{port}.conf"
            config.write_text(self._config(port))
            self.sentinels.append(
                self._start(f"sentinel-{port}", port, [str(config), "--sentinel"])
            )
        self._until(self._known)

    def server(self, number: int) -> Any:
        """Return a client of one of the two servers."""
        return self._client(self.ports[number], user="admin")

    def sentinel(self, number: int) -> Any:
        """Return a client of a Sentinel that may do everything."""
        return self._client(self.sentinel_ports[number], user="peer")

    def wait_for_primary(self, number: int) -> None:
        """Wait until all Sentinels name this one."""

        def named() -> bool:
            return all(self._primary(one) == self.ports[number] for one in range(3))

        self._until(named)

    def stop(self) -> None:
        """End all that still run, frozen or not."""
        for process in self._processes:
            process.popen.kill()
            process.popen.wait()

    def _server(self, port: int) -> list[str]:
        plain = ["--bind", "127.0.0.1", "--save", "", "--dir", str(self._folder)]
        plain += ["--replica-announce-ip", self.host]
        if not self.authority:
            return [*plain, "--port", str(port)]
        users = re.findall(r"(?m)^user (?:sentinel|replica) .*$", _DOCS.read_text())
        listed = users_file(self._folder, also="\n".join(users) + "\n")
        config = self._folder / f"redis-{port}.conf"  # with a password that no process list shows
        config.write_text(f"masteruser replica\nmasterauth {PASSWORD.format('replica')}\n")
        secured = [str(config), *over_tls(self.authority, port), "--tls-replication", "yes"]
        return [*secured, *plain, "--aclfile", str(listed)]

    def _config(self, port: int) -> str:
        """Return the file of a Sentinel: with an authority, that of ``deploy/``."""
        impatient = (
            f"sentinel down-after-milliseconds {NAME} 2000\nsentinel failover-timeout {NAME} 5000\n"
        )
        bind = f"bind 127.0.0.1\ndir {self._folder}\nsentinel announce-ip {self.host}\n"
        if not self.authority:
            watching = f"sentinel monitor {NAME} {self.host} {self.ports[0]} 2\n"
            return f"port {port}\n{_BY_NAME}{bind}{watching}{impatient}"
        cert, key = self.authority.issue("redis")
        deployed = (DEPLOY / "sentinel.conf").read_text()
        for found, put in (
            ("26379", port),
            ("/etc/redis/sentinel.pem", cert),
            ("/etc/redis/sentinel.key", key),
            ("/etc/redis/ca.pem", self.authority.file),
            ("192.0.2.10 6379", f"{self.host} {self.ports[0]}"),
            ("sentinel monitor vigil", f"sentinel monitor {NAME}"),
            ("sentinel auth-user vigil", f"sentinel auth-user {NAME}"),
            ("sentinel auth-pass vigil", f"sentinel auth-pass {NAME}"),
        ):
            assert found in deployed
            deployed = deployed.replace(found, str(put))
        return _BY_NAME + with_passwords(deployed) + bind + impatient

    def _client(self, port: int, *, user: str) -> Any:
        secured: dict[str, Any] = {}
        if self.authority:
            secured = {"ssl": True, "ssl_ca_certs": str(self.authority.file)}
            secured |= {"username": user, "password": PASSWORD.format(user)}
        return Redis(port=port, decode_responses=True, socket_timeout=5, **secured)

    def _primary(self, number: int) -> int | None:
        found = self.sentinel(number).sentinel_get_master_addr_by_name(NAME)
        return int(found[1]) if found else None

    def _known(self) -> bool:
        """Whether each Sentinel knows the replica and the two others."""
        told: list[Any] = [self.sentinel(one).sentinel_master(NAME) for one in range(3)]
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
def watched(
    folder: Path, authority: Authority | None = None, *, host: str = "127.0.0.1"
) -> Iterator[Watched]:
    """Run them while the block runs."""
    some = Watched(folder, authority, host=host)
    try:
        some.start()
        yield some
    finally:
        some.stop()
