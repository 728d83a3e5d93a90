"""Apache Kafka and Redis themselves on loopback, for the tests that must hold on both pairs.

Kafka comes as the Maven artifacts that ``pom.xml`` names, into ``build/kafka``; Redis from the
system's packages. ``VIGIL_TEST_KAFKA`` and ``VIGIL_TEST_REDIS`` name servers to use instead: their
topics of Vigil's and their whole database are emptied before each test.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import time
import uuid
from base64 import urlsafe_b64encode
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kafka import KafkaAdminClient
from kafka.errors import KafkaError

from tests.conftest import missing
from vigil import broker, topics
from vigil.embedded import Server
from vigil.processes import accepts, free_port, spawn, wait_until_ready
from vigil.settings import Settings
from vigil.store import make_store

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_ROOT: Final = Path(__file__).resolve().parents[2]
_JARS: Final = _ROOT / "build" / "kafka"
_POM: Final = Path(__file__).with_name("pom.xml")
_TOOLS: Final = Path(__file__).with_name("tools.xml")
# Starts in five seconds and is gone after a minute: nothing a compiler could win back.
JAVA: Final = ("java", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
_PATIENCE: Final = 120.0  # seconds a server may take to start beside other tests


@contextmanager
def real_servers(folder: Path) -> Iterator[Settings]:
    """Run both while the block runs; yield settings that lead to them."""
    folder.mkdir(parents=True)
    with ExitStack() as stack:
        kafka, redis = os.environ.get("VIGIL_TEST_KAFKA"), os.environ.get("VIGIL_TEST_REDIS")
        if not kafka:
            server = start_kafka(folder)
            stack.callback(server.process.stop)
            kafka = server.address
        if not redis:
            server = start_redis(folder)
            stack.callback(server.process.stop)
            redis = server.address
        yield Settings().model_copy(
            update={"kafka": kafka, "redis": type(Settings().redis)(redis), "data": folder}
        )


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Hold servers that every worker was given by their address, while the block runs."""
    if not (os.environ.get("VIGIL_TEST_KAFKA") or os.environ.get("VIGIL_TEST_REDIS")):
        yield
        return
    with _locked("shared-servers"):
        yield


def start_kafka(
    folder: Path,
    *,
    port: int | None = None,
    more: Mapping[str, str] | None = None,
    formatting: Sequence[str] = (),
) -> Server:
    """Format and start a broker that is its own controller (KRaft).

    Args:
        folder: Where its files go.
        port: Where it listens; any free port where that is not given.
        more: Lines of its configuration that replace or follow the usual ones.
        formatting: Options for the command that formats its folder.
    """
    port, controller = port or free_port(), free_port()
    config = folder / "kafka.properties"
    lines = kafka_config(1, port, {1: controller}, folder / "kafka") | dict(more or {})
    config.write_text("".join(f"{name}={value}\n" for name, value in lines.items()))
    format_command = kafka_command("kafka.tools.StorageTool", "format")
    formatted = subprocess.run(
        [*format_command, f"--cluster-id={cluster_id()}", "-c", config, *formatting],
        check=False,
        capture_output=True,
        text=True,
    )
    assert formatted.returncode == 0, formatted.stdout + formatted.stderr
    process = spawn("kafka", kafka_command("kafka.Kafka", str(config)), folder=folder)
    wait_until_ready(process, lambda: accepts(port), seconds=_PATIENCE)
    return Server(process, f"127.0.0.1:{port}")


def cluster_id() -> str:
    """Return a new name for what brokers form together; none with a dash, an option to tools."""
    return urlsafe_b64encode(b"\x00" + uuid.uuid4().bytes[1:]).decode().rstrip("=")


def kafka_command(*arguments: str) -> list[str]:
    """Return the command that runs one of Kafka's programs."""
    return [*JAVA, "-cp", f"{kafka_jars()}/*", *arguments]


def kafka_config(
    node: int, port: int, controllers: Mapping[int, int], data: Path
) -> dict[str, str]:
    """Return the settings of a broker that is a controller too; ports by number of the node."""
    voters = ",".join(f"{one}@127.0.0.1:{at}" for one, at in controllers.items())
    controller = controllers[node]
    return {
        "process.roles": "broker,controller",
        "node.id": str(node),
        "controller.quorum.voters": voters,
        "controller.listener.names": "CONTROLLER",
        "listeners": f"PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}",
        "advertised.listeners": f"PLAINTEXT://127.0.0.1:{port}",
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "log.dirs": str(data),
        "offsets.topic.replication.factor": "1",
        "offsets.topic.num.partitions": "1",
        "transaction.state.log.replication.factor": "1",
        "transaction.state.log.min.isr": "1",
        "group.initial.rebalance.delay.ms": "0",  # a test has its group complete at once
        "group.min.session.timeout.ms": "100",  # tests kill members and miss them for a second
        "auto.create.topics.enable": "false",
        "file.delete.delay.ms": "0",
        "log.cleaner.backoff.ms": "200",  # where a test asks for compaction, it comes soon
    }


def kafka_jars() -> Path:
    """Return the folder with Kafka's jars, fetched by the first who asks."""
    return _fetched(_POM, _JARS, "Apache Kafka", "or set VIGIL_TEST_KAFKA")


def kafka_tools() -> Path:
    """Return the folder with the jars of Kafka's own tools, fetched by the first who asks."""
    return _fetched(_TOOLS, _JARS.with_name("kafka-tools"), "Kafka's tools", "for their tests")


def _fetched(pom: Path, folder: Path, what: str, otherwise: str) -> Path:
    done = folder / f".{pom.stat().st_size}-{int(pom.stat().st_mtime)}"
    with _locked(folder.name):
        if done.exists():
            return folder
        if not shutil.which("java") or not shutil.which("mvn"):
            missing(what, f"install Java 17 or newer and Maven, {otherwise}")
        shutil.rmtree(folder, ignore_errors=True)
        fetch = ["mvn", "-q", "-B", "-f", str(pom), "dependency:copy-dependencies"]
        fetched = subprocess.run(
            [*fetch, f"-DoutputDirectory={folder}"], check=False, capture_output=True, text=True
        )
        if fetched.returncode:
            missing(what, f"Maven could not fetch it: {fetched.stdout[-400:]}")
        done.touch()
    return folder


def start_redis(folder: Path) -> Server:
    """Start a Redis that keeps an append-only file in ``folder``."""
    port = free_port()
    command = [redis_program(folder), "--bind", "127.0.0.1", "--port", str(port)]
    command += ["--dir", str(folder), "--appendonly", "yes", "--save", "", "--daemonize", "no"]
    process = spawn("redis", command, folder=folder)
    wait_until_ready(process, lambda: accepts(port), seconds=_PATIENCE)
    return Server(process, f"redis://127.0.0.1:{port}/0")


def redis_program(folder: Path) -> str:
    """Return Redis's server; a link to it may be made in ``folder``."""
    program = shutil.which("redis-server")
    if program:
        return program
    # Debian's redis-tools carries the server, which is one program with the checker and goes by
    # the name it is called; its package redis-server would start one at once, for everybody.
    checker = shutil.which("redis-check-rdb")
    if checker is None:
        missing("Redis", "install it (Debian: apt-get install redis-tools) or set VIGIL_TEST_REDIS")
    named = folder / "redis-server"
    if not named.exists():
        named.symlink_to(Path(checker).resolve())
    return str(named)


def emptied(settings: Settings) -> Settings:
    """Return settings of servers that hold nothing any more, topics made anew."""
    with make_store(settings) as store:
        store.flushall()
    admin = KafkaAdminClient(bootstrap_servers=settings.kafka)
    try:
        _forget(admin)
    finally:
        admin.close()
    broker.ensure_topics(settings)
    return settings


def _forget(admin: KafkaAdminClient) -> None:
    """Delete our topics, and the groups with their offsets as soon as their members have left."""
    ours = {topic.name for topic in topics.ALL}
    there = ours & set(admin.list_topics())
    if there:
        admin.delete_topics(sorted(there))
    deadline = time.monotonic() + _PATIENCE
    while ours & set(admin.list_topics()) or not _groups_gone(admin):
        assert time.monotonic() < deadline, "topics or groups of the last test stay"
        time.sleep(0.1)


def _groups_gone(admin: KafkaAdminClient) -> bool:
    groups = [group["group_id"] for group in admin.list_groups()]
    if groups:
        try:
            admin.delete_groups(groups)
        except KafkaError:
            return False  # a member that was killed is still missed
    return not groups


@contextmanager
def _locked(name: str) -> Iterator[None]:
    """Keep the other workers of this run out while the block runs."""
    folder = _ROOT / "build"
    folder.mkdir(exist_ok=True)
    with (folder / f".{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
