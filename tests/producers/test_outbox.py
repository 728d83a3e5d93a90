"""Articles that wait for a slow broker: bounded, told of once, and none is lost."""

from __future__ import annotations

import os
import signal
import threading
import time
from typing import TYPE_CHECKING

import pytest

from producers.outbox import Announcer, Outbox, Sent
from producers.push import push
from vigil import broker, topics
from vigil.article import BEFORE_ALL, Article
from vigil.embedded import start_broker
from vigil.errors import BrokerUnavailable
from vigil.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vigil.embedded import Server

pytestmark = pytest.mark.integration


def article(number: int, *, size: int = 40) -> Article:
    return Article(
        id=f"a{number:06}", revision=f"r{number}", seen_at=BEFORE_ALL, text="x" * size,
        origin=f"in/{number:06}.txt",
    )  # fmt: skip


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    running = start_broker(tmp_path)
    yield running
    os.kill(running.process.popen.pid, signal.SIGCONT)
    running.process.stop()


@pytest.fixture
def settings(server: Server) -> Settings:
    made = Settings().model_copy(update={"kafka": server.address})
    broker.ensure_topics(made)
    return made


class Pause:
    """A broker that stops answering for some seconds."""

    def __init__(self, server: Server, seconds: float) -> None:
        self._pid = server.process.popen.pid
        self._timer = threading.Timer(seconds, os.kill, (self._pid, signal.SIGCONT))

    def __enter__(self) -> None:
        os.kill(self._pid, signal.SIGSTOP)
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.join()


def test_broker_that_pauses_is_waited_for_with_so_many_held(
    server: Server, settings: Settings
) -> None:
    told: list[str] = []
    held: list[int] = []
    announce = Announcer(told.append, after=1.0)

    def waiting(seconds: float, count: int) -> None:
        held.append(count)
        announce(seconds, count)

    def source() -> Iterator[Article]:
        for number in range(600):
            if number == 300:
                pause.__enter__()
            yield article(number)

    pause = Pause(server, seconds=5)
    with broker.producing(settings) as producer:
        report = push(source(), producer=producer, waiting=waiting, max_in_flight=50)
    pause.__exit__()
    assert report.sent == len(report.articles) == 600
    assert max(held) == 50
    assert [line.split()[:3] for line in told] == [
        ["Kafka", "has", "not"],
        ["Kafka", "answers", "again,"],
    ]
    assert "50 articles are held" in told[0]
    assert on_topic(settings, 600) == {one[0] for one in report.articles}


def test_large_articles_are_held_by_their_bytes(settings: Settings) -> None:
    with broker.producing(settings) as producer:
        outbox = Outbox(producer)
        taken = 0
        for number in range(60):
            assert outbox.put(article(number, size=1_000_000)) is None
            while outbox.full:
                assert len(outbox) < 40
                taken += isinstance(outbox.take(), Sent)
        while len(outbox):
            taken += isinstance(outbox.take(), Sent)
    assert taken == 60


def test_waiting_may_be_ended_from_outside(server: Server, settings: Settings) -> None:
    class Enough(Exception):
        pass

    def waiting(seconds: float, _held: int) -> None:
        if seconds > 1:
            raise Enough

    def send() -> None:
        with broker.producing(settings) as producer:
            outbox = Outbox(producer, ack_seconds=None, waiting=waiting)
            assert outbox.put(article(1)) is None
            outbox.take()
            os.kill(server.process.popen.pid, signal.SIGSTOP)
            assert outbox.put(article(2)) is None
            outbox.take()

    began = time.monotonic()
    with pytest.raises(Enough):
        send()
    assert time.monotonic() - began < 60  # and is not kept by what can never be sent


def test_patience_ends(server: Server, settings: Settings) -> None:
    def send() -> None:
        with broker.producing(settings) as producer:
            outbox = Outbox(producer, ack_seconds=2)
            assert outbox.put(article(1)) is None
            outbox.take()
            os.kill(server.process.popen.pid, signal.SIGSTOP)
            assert outbox.put(article(2)) is None
            outbox.take()

    with pytest.raises(
        BrokerUnavailable, match=r"^sending in/000002\.txt .*no acknowledgement for \d+ s"
    ):
        send()


def test_silence_is_announced_once_for_each_change() -> None:
    told: list[str] = []
    announce = Announcer(told.append, after=10)
    for seconds in (1, 9, 11, 12, 40, 0, 3, 0, 15, 0):
        announce(seconds, 1_024)
    assert [line.partition(";")[0] for line in told] == [
        "Kafka has not answered for 11 s",
        "Kafka answers again, after 40 s",
        "Kafka has not answered for 15 s",
        "Kafka answers again, after 15 s",
    ]


def on_topic(settings: Settings, count: int) -> set[str]:
    """Return the ids of the articles on the topic once there are so many."""
    found: set[str] = set()
    reader = broker.make_reader(settings, topics.ARTICLES)
    deadline = time.monotonic() + 60
    while len(found) < count:
        assert time.monotonic() < deadline
        for records in reader.poll(timeout_ms=500).values():
            found |= {record.key.decode() for record in records}
    reader.close()
    return found
