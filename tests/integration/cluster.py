"""Three primaries of the real store on loopback, joined into a cluster without its command line."""

from __future__ import annotations

import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from redis import Redis

from vigil import embedded
from vigil.processes import free_port, spawn, wait_until_ready

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vigil.processes import Process

_SLOTS = 16_384


@contextmanager
def cluster(folder: Path, *, primaries: int = 3) -> Iterator[str]:
    """Run a cluster while the block runs; yield the address of one of its nodes."""
    with ExitStack() as stack:
        ports = [free_port() for _ in range(primaries)]
        for port in ports:
            stack.callback(_start(folder / str(port), port).stop)
        nodes: list[Any] = [Redis(port=port, decode_responses=True) for port in ports]
        for node in nodes:
            stack.callback(node.close)
        _join(nodes)
        yield f"redis+cluster://127.0.0.1:{ports[0]}"


def _start(folder: Path, port: int) -> Process:
    folder.mkdir(parents=True)
    command = [embedded.store_program(), "--bind", "127.0.0.1", "--port", str(port)]
    command += ["--dir", str(folder), "--save", "", "--cluster-enabled", "yes"]
    # Left alone it listens 10,000 above, which there may not be.
    command += ["--cluster-port", str(free_port()), "--cluster-node-timeout", "2000"]
    process = spawn("node", command, folder=folder)
    wait_until_ready(process, lambda: embedded._pings(port))
    return process


def _join(nodes: list[Any]) -> None:
    share = -(-_SLOTS // len(nodes))
    for turn, node in enumerate(nodes):
        first, last = turn * share, min((turn + 1) * share, _SLOTS) - 1
        node.execute_command("CLUSTER ADDSLOTSRANGE", first, last)
        node.execute_command("CLUSTER SET-CONFIG-EPOCH", turn + 1)
    for node in nodes[1:]:
        info = nodes[0].connection_pool.connection_kwargs
        bus = int(nodes[0].config_get("cluster-port")["cluster-port"])
        node.execute_command("CLUSTER MEET", "127.0.0.1", info["port"], bus)
    deadline = time.monotonic() + 30
    while not all(_whole(node, len(nodes)) for node in nodes):
        assert time.monotonic() < deadline, "the nodes did not find one another"
        time.sleep(0.05)


def _whole(node: Any, size: int) -> bool:
    told = node.cluster("info")
    return told["cluster_state"] == "ok" and int(told["cluster_known_nodes"]) == size
