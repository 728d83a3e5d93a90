"""Every process is killed at random while articles stream in; the numbers are those of a quiet run.

``make scale-faults`` does it with 10,000 articles; a failure prints the seed it was made with.
"""

from __future__ import annotations

import os
import random
import sys
import time
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from producers.files import as_published, read
from tests.integration.commands import environment, vigil
from tests.integration.faults import exports
from tests.integration.members import Members, members, undisturbed
from tests.integration.news import write_news
from tests.real.brokers import NODES, Brokers, three_brokers
from vigil import broker, topics
from vigil.article import Article
from vigil.embedded import store_program
from vigil.processes import Process, accepts, free_port, spawn, wait_until_ready
from vigil.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = [pytest.mark.integration, pytest.mark.slow, pytest.mark.timeout(3_600)]

FEW = 8  # what `--kills` is where nobody asks
SHORT, LONG = 150, 10_000  # articles
_PATIENCE = 120.0


class Store:
    """A store that keeps a file, and comes back to its port after it was killed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = free_port()
        self.address = f"redis://127.0.0.1:{self._port}/0"
        self._process = self._start()

    def kill(self) -> None:
        self._process.popen.kill()
        self._process.popen.wait()
        self._process = self._start()

    def stop(self) -> None:
        self._process.stop()

    def _start(self) -> Process:
        command = [store_program(), "--bind", "127.0.0.1", "--port", str(self._port), "--save", ""]
        command += ["--dir", str(self._folder), "--appendonly", "yes"]
        process = spawn("store", command, folder=self._folder)
        wait_until_ready(process, lambda: accepts(self._port), seconds=_PATIENCE)
        return process


class Producer:
    """``vigil watch`` over a folder, which knows what it has sent when it is started again."""

    def __init__(self, settings: Settings, dropped: Path, folder: Path) -> None:
        self._command = [sys.executable, "-m", "vigil", "watch", str(dropped), "--settle", "0"]
        self._command += ["--done", str(folder / "done")]
        self._env = environment(settings)
        self._folder = folder
        self._process = self._start()

    def kill(self) -> None:
        self.stop()
        self._process = self._start()

    def stop(self) -> None:
        self._process.popen.kill()
        self._process.popen.wait()

    def _start(self) -> Process:
        return spawn("watch", self._command, folder=self._folder, env=self._env)


@pytest.fixture(scope="module")
def brokers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Brokers]:
    with three_brokers(tmp_path_factory.mktemp("brokers")) as three:
        yield three


def killers(
    brokers: Brokers, store: Store, producer: Producer, services: Members
) -> dict[str, Callable[[], None]]:
    """Return what can be killed and comes back, by its name."""

    def lose(node: int) -> Callable[[], None]:
        def killed() -> None:
            brokers.kill(node)
            brokers.start(node)
            brokers.wait_until_whole()  # of three only one is ever lost

        return killed

    def replace(service: str) -> Callable[[], None]:
        def killed() -> None:
            services.kill(service)
            services.add(service)

        return killed

    return {
        **{f"broker {node}": lose(node) for node in NODES},
        **{service: replace(service) for service in services.running},
        "store": store.kill,
        "producer": producer.kill,
    }


def test_every_process_killed_at_random_changes_no_number(
    brokers: Brokers, store_settings: Settings, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    asked = int(pytestconfig.getoption("--kills"))
    given = os.environ.get("SEED")
    seed = int(given) if given else random.SystemRandom().randrange(10**6)
    print(f"\nseed {seed}: SEED={seed} does the same again")  # noqa: T201  # for whoever repeats it
    chance = random.Random(seed)
    dropped = tmp_path / "dropped"
    paths = write_news(dropped, LONG if asked > FEW else SHORT)
    articles = [one for one in read(paths, seen_at=as_published) if isinstance(one, Article)]
    wanted = undisturbed(paths, store_settings)
    store = Store(tmp_path)
    update = {"kafka": brokers.addresses, "replication": 3, "data": tmp_path}
    settings = Settings().model_copy(update=update | {"redis": SecretStr(store.address)})
    broker.ensure_topics(settings)
    brokers.wait_until_whole()
    assert brokers.copies(topics.CLAIMS.name) == [(3, 3)] * settings.partitions
    assert brokers.configured(topics.CLAIMS.name, "min.insync.replicas") == "2"
    began = time.monotonic()
    with members(settings, tmp_path) as services:
        producer = Producer(settings, dropped, tmp_path)
        try:
            some = killers(brokers, store, producer, services)
            # Each of them once, then whoever comes.
            turns = chance.sample(sorted(some), len(some))
            turns += chance.choices(sorted(some), k=max(0, asked - len(some)))
            for name in turns[:asked]:
                some[name]()
                time.sleep(chance.uniform(0, 2))
            services.settle((one.id, one.revision) for one in articles)
        finally:
            producer.stop()
            counts = {name: turns[:asked].count(name) for name in sorted(some)}
            seconds = time.monotonic() - began
            print(f"{len(articles):,} articles, {seconds:.0f} s, killed {counts}")  # noqa: T201  # its figures
    assert exports(settings) == wanted
    status = vigil("status", env=environment(settings))
    assert status.returncode == 0, status.stderr
    store.stop()
