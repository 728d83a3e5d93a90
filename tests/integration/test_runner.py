"""The loop against a real broker: what is committed was handled, whatever fails between."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from kafka.errors import UnknownBrokerIdError

from consumers.metering import Meter
from consumers.runner import _effect, _until_handled, run
from vigil import admin, broker, topics
from vigil.errors import BrokerUnavailable, StoreError, StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kafka.consumer.fetcher import ConsumerRecord

    from vigil.settings import Settings

pytestmark = pytest.mark.integration

GROUP = "runner-test"


class Stop:
    """Collects what is handled and stops the loop once enough came."""

    def __init__(self, enough: int, *, failures: list[Exception] | None = None) -> None:
        self.stopping = threading.Event()
        self.seen: list[bytes] = []
        self.calls = 0
        self._enough = enough
        self._failures = failures or []

    def __call__(self, records: Sequence[ConsumerRecord]) -> None:
        self.calls += 1
        if self._failures:
            raise self._failures.pop(0)
        self.seen.extend(record.value for record in records)
        if len(self.seen) >= self._enough:
            self.stopping.set()


def send(settings: Settings, *values: bytes) -> None:
    with broker.make_producer(settings) as producer:
        futures = [producer.send(topics.ARTICLES.name, key=value, value=value) for value in values]
        for future in futures:
            future.get(10)


def consume(settings: Settings, handle: Stop) -> None:
    with broker.make_consumer(settings, topics.ARTICLES, group=GROUP) as consumer:
        run(consumer, handle, stopping=handle.stopping)


def committed(settings: Settings) -> int:
    return sum(admin.committed(settings, group=GROUP, topic=topics.ARTICLES).values())


@pytest.mark.parametrize("servers", ["embedded"], indirect=True)
def test_topic_that_is_not_there_has_no_id(
    servers: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broker, "_BOOTSTRAP_MS", 2_000)
    nowhere = replace(topics.CLAIMS, name="nowhere")
    with pytest.raises(BrokerUnavailable, match="ids of claims, nowhere"):
        admin.topic_ids(servers, [topics.CLAIMS, nowhere])


def test_runner_commits_what_was_handled(servers: Settings) -> None:
    values = [b"%d" % number for number in range(50)]
    send(servers, *values)
    handle = Stop(50)
    consume(servers, handle)
    assert sorted(handle.seen) == sorted(values)
    assert committed(servers) == 50


class Slow:
    """A place where the effect says how far it has come, slowly."""

    def reached(self) -> dict[Any, int]:
        return {}

    def look(self) -> dict[Any, int]:
        time.sleep(1.5)
        return {}


@pytest.mark.parametrize("servers", ["embedded"], indirect=True)
def test_runner_that_is_slow_between_polls_is_let_into_its_group(servers: Settings) -> None:
    hurried = servers.model_copy(update={"session_timeout_ms": 1_000})
    send(servers, b"one")
    handle = Stop(1)
    late = threading.Timer(60, handle.stopping.set)
    late.start()
    with broker.make_consumer(hurried, topics.ARTICLES, group=GROUP) as consumer:
        run(consumer, handle, stopping=handle.stopping, place=Slow())
    late.cancel()
    assert handle.seen == [b"one"]


def test_runner_tries_again_what_may_still_succeed(servers: Settings) -> None:
    send(servers, b"one")
    handle = Stop(1, failures=[StoreUnavailable("away"), StoreUnavailable("still away")])
    consume(servers, handle)
    assert handle.calls == 3
    assert handle.seen == [b"one"]
    assert committed(servers) == 1


def test_runner_commits_nothing_when_handling_fails_for_good(
    servers: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    send(servers, b"one")
    with pytest.raises(StoreError, match="refused"):
        consume(servers, Stop(1, failures=[StoreError("refused")]))
    assert committed(servers) == 0
    again = Stop(1)
    consume(servers, again)
    assert again.seen == [b"one"]
    [line] = [vars(record) for record in caplog.records if record.levelname == "ERROR"]
    assert line["message"] == "this batch ends the service: refused"
    assert (line["topic"], line["offset"], line["messages"]) == (topics.ARTICLES.name, 0, 1)


def test_error_nobody_expected_is_told_with_its_message_and_nothing_of_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    record: Any = SimpleNamespace(topic="claims", partition=2, offset=7)
    handle = Stop(1, failures=[ZeroDivisionError("what no line may hold")])
    with pytest.raises(ZeroDivisionError):
        _until_handled(
            partial(_effect, handle, None), [record], handle.stopping, Meter("aggregate")
        )
    [line] = [vars(record) for record in caplog.records]
    assert line["message"] == "this batch ends the service: ZeroDivisionError"
    assert (line["topic"], line["partition"], line["offset"]) == ("claims", 2, 7)


class StopsWhileAway(Stop):
    """Is told to stop a moment after its third failure, in the pause before the next try."""

    def __call__(self, records: Sequence[ConsumerRecord]) -> None:
        if self.calls == 2:
            threading.Timer(0.1, self.stopping.set).start()
        super().__call__(records)


def test_runner_stops_while_waiting_to_try_again(servers: Settings) -> None:
    send(servers, b"one")
    handle = StopsWhileAway(1, failures=[StoreUnavailable("away")] * 100)
    consume(servers, handle)
    assert handle.calls == 3
    assert handle.seen == []
    assert committed(servers) == 0


def test_runner_touches_its_file_while_it_turns(servers: Settings, tmp_path: Path) -> None:
    alive = tmp_path / "alive"
    send(servers, b"one")
    handle = Stop(1)
    with broker.make_consumer(servers, topics.ARTICLES, group=GROUP) as consumer:
        run(consumer, handle, stopping=handle.stopping, alive=alive)
    assert alive.exists()


@pytest.mark.parametrize("servers", ["embedded"], indirect=True)
def test_poll_that_fails_after_it_took_records_passes_over_none(
    servers: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, later = [[b"%s %d" % (name, n) for n in range(20)] for name in (b"first", b"later")]
    handle = Stop(40)
    failures = 0

    def and_more(records: Sequence[ConsumerRecord]) -> None:
        before = len(handle.seen)
        handle(records)
        if before < 20 <= len(handle.seen):
            send(servers, *later)

    send(servers, *first)
    some = partial(broker.make_consumer, servers, topics.ARTICLES, group=GROUP)
    with some(at_a_time=3) as consumer:
        poll = consumer.poll

        def failing(**options: Any) -> Any:
            """Take records, move past them and fail: what asking for the next ones may do."""
            nonlocal failures
            polled = poll(**options)
            if polled and failures < 2 and len(handle.seen) >= 20:
                failures += 1
                raise UnknownBrokerIdError(7)  # the leader is gone and nobody has said who follows
            return polled

        monkeypatch.setattr(consumer, "poll", failing)
        deadline = threading.Timer(60, handle.stopping.set)
        deadline.start()
        run(consumer, and_more, stopping=handle.stopping)
        deadline.cancel()
    assert failures == 2
    assert sorted(handle.seen) == sorted(first + later)
    assert committed(servers) == 40
