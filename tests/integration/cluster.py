"""Three primaries of the real store on loopback, joined into a cluster without its command line."""

from __future__ import annotations

import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from redis import Redis

from tests.real.secured import PASSWORD, over_tls, users_file
from tests.real.servers import redis_program
from vigil import embedded
from vigil.processes import Process, accepts, free_port, spawn, wait_until_ready

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.real.secured import Authority

_SLOTS = 16_384


@dataclass(frozen=True, slots=True)
class Copied:
    """A cluster whose first primary has a replica.

    Attributes:
        address: Of a node that nobody kills.
        primary: The process of the first primary.
        replica: The process of its replica.
        first: A client of the first primary alone.
    """

    address: str
    primary: Process
    replica: Process
    first: Any


@contextmanager
def cluster(folder: Path, *, primaries: int = 3) -> Iterator[str]:
    """Run a cluster while the block runs; yield the address of one of its nodes."""
    with _nodes(folder, primaries) as (nodes, _):
        _join(nodes)
        yield _address(nodes[0])


@contextmanager
def copied_cluster(folder: Path, *, primaries: int = 3) -> Iterator[Copied]:
    """Run a cluster with one replica while the block runs."""
    with _nodes(folder, primaries + 1) as (nodes, processes):
        _join(nodes[:-1])
        _meet(nodes[0], nodes[-1])
        _until(lambda: all(_whole(node, primaries + 1) for node in nodes[1:-1]))
        first = nodes[0].execute_command("CLUSTER MYID")
        _until(lambda: first in str(nodes[-1].execute_command("CLUSTER NODES")))
        nodes[-1].execute_command("CLUSTER REPLICATE", first)
        _until(lambda: nodes[-1].info("replication").get("master_link_status") == "up")
        yield Copied(_address(nodes[1]), processes[0], processes[-1], nodes[0])


@contextmanager
def secured_cluster(
    folder: Path, authority: Authority, *, everybody: str, primaries: int = 3
) -> Iterator[tuple[str, list[Any]]]:
    """Run a cluster of Redis itself that speaks TLS alone, and knows ``deploy/redis-users.acl``.

    ``everybody`` is what its users may beside that. Yields the address of one of its nodes, and
    clients of all nodes that may do everything.
    """
    folder.mkdir(parents=True)
    users = users_file(folder, everybody=everybody)

    def start(here: Path, port: int) -> Process:
        here.mkdir()
        options = [*over_tls(authority, port), "--tls-cluster", "yes", "--aclfile", str(users)]
        process = spawn("node", [redis_program(folder), *options, *_clustered(here)], folder=here)
        wait_until_ready(process, lambda: accepts(port))
        return process

    trusted = {"ssl": True, "ssl_ca_certs": str(authority.file)}
    admin = {"username": "admin", "password": PASSWORD.format("admin")}
    with _nodes(folder, primaries, start=start, spoken={**trusted, **admin}) as (nodes, _):
        _join(nodes)
        yield _address(nodes[0]).removeprefix("redis+cluster://"), nodes


def _start(folder: Path, port: int) -> Process:
    folder.mkdir(parents=True)
    command = [embedded.store_program(), "--port", str(port), *_clustered(folder)]
    process = spawn("node", command, folder=folder)
    wait_until_ready(process, lambda: embedded._pings(port))
    return process


def _clustered(folder: Path) -> list[str]:
    """Return the options of a node, whichever way it is spoken to."""
    options = [
        "--bind",
        "127.0.0.1",
        "--dir",
        str(folder),
        "--save",
        "",
        "--cluster-enabled",
        "yes",
    ]
    # Left alone it listens 10,000 above, which there may not be.
    options += ["--cluster-port", str(free_port()), "--cluster-node-timeout", "2000"]
    # However long it was frozen, a replica may take over.
    return [*options, "--cluster-replica-validity-factor", "0"]


@contextmanager
def _nodes(
    folder: Path,
    count: int,
    *,
    start: Callable[[Path, int], Process] = _start,
    spoken: dict[str, Any] | None = None,
) -> Iterator[tuple[list[Any], list[Process]]]:
    with ExitStack() as stack:
        ports = [free_port() for _ in range(count)]
        processes = [start(folder / str(port), port) for port in ports]
        for process in processes:
            stack.callback(process.stop)
        nodes: list[Any] = [
            Redis(port=port, decode_responses=True, **(spoken or {})) for port in ports
        ]
        for node in nodes:
            stack.callback(node.close)
        yield nodes, processes


def _address(node: Any) -> str:
    return f"redis+cluster://127.0.0.1:{node.connection_pool.connection_kwargs['port']}"


def _join(nodes: list[Any]) -> None:
    share = -(-_SLOTS // len(nodes))
    for turn, node in enumerate(nodes):
        first, last = turn * share, min((turn + 1) * share, _SLOTS) - 1
        node.execute_command("CLUSTER ADDSLOTSRANGE", first, last)
        node.execute_command("CLUSTER SET-CONFIG-EPOCH", turn + 1)
    for node in nodes[1:]:
        _meet(nodes[0], node)
    _until(lambda: all(_whole(node, len(nodes)) for node in nodes))


def _meet(one: Any, other: Any) -> None:
    port = other.connection_pool.connection_kwargs["port"]
    bus = int(other.config_get("cluster-port")["cluster-port"])
    one.execute_command("CLUSTER MEET", "127.0.0.1", port, bus)


def _until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not true():
        assert time.monotonic() < deadline, "the nodes did not find one another"
        time.sleep(0.05)


def _whole(node: Any, size: int) -> bool:
    told = node.cluster("info")
    return told["cluster_state"] == "ok" and int(told["cluster_known_nodes"]) == size
