"""The services as processes: nothing lost and nothing doubled when they are killed."""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from consumers.aggregator.service import GROUP
from dashboard.reader import Reader
from producers.files import as_published, read
from producers.push import push
from tests.integration.articles import write_articles
from tests.integration.commands import environment, vigil
from vigil import broker, topics
from vigil.cli.settle import wait_until_counted
from vigil.processes import Process, spawn
from vigil.rows import ESTIMATE_FIELDS, estimate_rows, to_csv
from vigil.store import make_store

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kafka.consumer.fetcher import ConsumerRecord

    from vigil.settings import Settings

pytestmark = [pytest.mark.integration, pytest.mark.slow]


class Services:
    """An extractor and an aggregator that can be killed and started again."""

    def __init__(self, settings: Settings, folder: Path, stack: ExitStack) -> None:
        self._settings = settings
        self._folder = folder
        self._stack = stack
        self.running = {name: self._start(name) for name in ("extract", "aggregate")}

    def _start(self, name: str) -> Process:
        process = spawn(
            name,
            [sys.executable, "-m", "vigil", name],
            folder=self._folder,
            env=environment(self._settings),
        )
        self._stack.callback(process.stop)
        return process

    def kill(self, name: str) -> None:
        self.running[name].popen.kill()
        self.running[name].popen.wait()
        self.running[name] = self._start(name)

    def check(self) -> None:
        for process in self.running.values():
            assert process.running, process.tail()


def send(settings: Settings, paths: Sequence[Path]) -> tuple[tuple[str, str], ...]:
    with broker.make_producer(settings) as producer:
        report = push(read(paths, seen_at=as_published), producer=producer)
    assert not report.refusals
    return tuple(report.articles)


def exported(settings: Settings) -> str:
    snapshot = Reader(make_store(settings)).read()
    return to_csv(estimate_rows(snapshot.estimates), ESTIMATE_FIELDS)


def test_killed_services_lose_and_double_nothing(servers: Settings, tmp_path: Path) -> None:
    paths = write_articles(tmp_path / "articles")
    undisturbed = vigil("batch", "--format", "csv", *paths)
    assert undisturbed.returncode == 0, undisturbed.stderr
    with ExitStack() as stack:
        services = Services(servers, tmp_path, stack)
        for path in paths:
            sent = send(servers, [path])
            services.kill("extract")
            services.kill("aggregate")
        # The consumers that were killed are missed by their group after its session timeout.
        sent = send(servers, paths)
        wait_until_counted(sent, servers, group=GROUP, check=services.check)
        assert exported(servers) == undisturbed.stdout


def test_poison_goes_to_the_dead_letters_and_the_rest_goes_on(
    servers: Settings, tmp_path: Path
) -> None:
    poison = b'{"schema": 1, "body": {"id": 7}}'
    with broker.make_producer(servers) as producer:
        producer.send(topics.ARTICLES.name, key=b"poison", value=poison).get(10)
    with ExitStack() as stack:
        services = Services(servers, tmp_path, stack)
        sent = send(servers, write_articles(tmp_path / "articles"))
        wait_until_counted(sent, servers, group=GROUP, check=services.check)
    [letter] = dead_letters(servers, count=1)
    headers = {name: value.decode() for name, value in letter.headers}
    assert letter.value == poison
    assert letter.key == b"poison"
    assert headers["stage"] == "extract"
    assert headers["topic"] == topics.ARTICLES.name
    assert headers["offset"].isdigit()
    assert "not a message of Article" in headers["error"]
    assert "1702" in exported(servers)


def dead_letters(settings: Settings, *, count: int) -> list[ConsumerRecord]:
    reader = broker.make_reader(settings, topics.DEAD)
    letters: list[ConsumerRecord] = []
    deadline = time.monotonic() + 60
    while len(letters) < count and time.monotonic() < deadline:
        for batch in reader.poll(timeout_ms=200).values():
            letters.extend(batch)
    reader.close()
    return letters
