"""Three brokers of Apache Kafka on loopback, each of which can be killed and brought back."""

from __future__ import annotations

import subprocess
import time
from contextlib import closing, contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from kafka import KafkaAdminClient
from kafka.admin import ConfigResource, ConfigResourceType
from kafka.errors import KafkaError

from tests.real.servers import cluster_id, kafka_command, kafka_config
from vigil import topics
from vigil.processes import accepts, free_port, spawn, wait_until_ready

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vigil.processes import Process

NODES: Final = (1, 2, 3)
_PATIENCE: Final = 120.0  # seconds a broker may take beside other tests
# What Kafka keeps for itself has as many copies as what is ours.
_COPIES: Final = {
    "offsets.topic.replication.factor": "3",
    "transaction.state.log.replication.factor": "3",
    "transaction.state.log.min.isr": "2",
    "min.insync.replicas": "2",
    # A broker that was killed is missed at once, and not after nine seconds.
    "broker.session.timeout.ms": "3000",
    "broker.heartbeat.interval.ms": "500",
}


class Brokers:
    """Three brokers, all of them controllers too; every topic has a copy on each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ports = {node: free_port() for node in NODES}
        self._controllers = {node: free_port() for node in NODES}
        self._running: dict[int, Process] = {}

    @property
    def addresses(self) -> str:
        """All of them, as the setting wants them."""
        return ",".join(f"127.0.0.1:{port}" for port in self._ports.values())

    def format(self) -> None:
        """Make their folders, side by side: most of it is the start of a virtual machine."""
        command = kafka_command("kafka.tools.StorageTool", "format", "-t", cluster_id(), "-c")
        made, silent = [], subprocess.DEVNULL
        for node in NODES:
            data = self._folder / str(node)
            lines = kafka_config(node, self._ports[node], self._controllers, data) | _COPIES
            text = "".join(f"{name}={value}\n" for name, value in lines.items())
            self._config(node).write_text(text)
            done = subprocess.Popen([*command, self._config(node)], stdout=silent, stderr=silent)
            made.append(done)
        assert [one.wait(_PATIENCE) for one in made] == [0, 0, 0]

    def start(self, *nodes: int) -> None:
        """Start some; when it returns, they answer."""
        for node in nodes:
            command = kafka_command("kafka.Kafka", str(self._config(node)))
            self._running[node] = spawn(f"kafka {node}", command, folder=self._folder)
        for node in nodes:
            ready = partial(accepts, self._ports[node])
            wait_until_ready(self._running[node], ready, seconds=_PATIENCE)

    def kill(self, node: int) -> None:
        """End one with SIGKILL."""
        process = self._running.pop(node)
        process.popen.kill()
        process.popen.wait()

    def stop(self) -> None:
        """End all at once: nothing of what they hold is needed any more."""
        for node in list(self._running):
            self.kill(node)

    def revive(self) -> None:
        """Start those that are not running, whatever became of them."""
        self.start(*(node for node in NODES if node not in self._running))

    def wait_until_whole(self) -> None:
        """Wait until every copy of our topics is up to date."""
        deadline = time.monotonic() + _PATIENCE
        while not self._whole():
            assert time.monotonic() < deadline, "copies are missing still"
            time.sleep(0.2)

    def copies(self, name: str) -> list[tuple[int, int]]:
        """Return how many copies each partition has, and how many are up to date."""
        with closing(KafkaAdminClient(bootstrap_servers=self.addresses.split(","))) as admin:
            told: list[dict[str, Any]] = admin.describe_topics([name])
        return [
            (len(part["replica_nodes"]), len(part["isr_nodes"])) for part in told[0]["partitions"]
        ]

    def configured(self, name: str, setting: str) -> str:
        """Return what a topic is set to."""
        wanted = ConfigResource(ConfigResourceType.TOPIC, name)
        with closing(KafkaAdminClient(bootstrap_servers=self.addresses.split(","))) as admin:
            told: Any = admin.describe_configs([wanted])
        return str(told["topic"][name][setting]["value"])

    def _whole(self) -> bool:
        names = [topic.name for topic in topics.ALL]
        try:
            return all(one == (3, 3) for name in names for one in self.copies(name))
        except KafkaError:
            return False  # just starting

    def _config(self, node: int) -> Path:
        return self._folder / f"kafka-{node}.properties"


@contextmanager
def three_brokers(folder: Path) -> Iterator[Brokers]:
    """Run three brokers while the block runs."""
    brokers = Brokers(folder)
    brokers.format()
    try:
        brokers.start(*NODES)
        yield brokers
    finally:
        brokers.stop()
