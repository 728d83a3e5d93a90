"""Services tell how they do, and work the same where nobody hears it."""

from __future__ import annotations

import logging
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from consumers.metering import Meter
from consumers.reporting import forget_silent, reporting, say
from consumers.runner import run
from vigil import broker, keys, reports, topics
from vigil.errors import StoreError
from vigil.settings import Settings
from vigil.store import make_store

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kafka.consumer.fetcher import ConsumerRecord
    from redis import Redis

    from vigil.reports import ServiceReport
pytestmark = pytest.mark.integration


def heard(store: Redis) -> tuple[ServiceReport, ...]:
    fields: Any = store.hgetall(keys.SERVICES)
    return reports.parse(fields)


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_loop_tells_its_lag_and_what_it_handled(servers: Settings) -> None:
    store = make_store(servers)
    stopping, going = threading.Event(), threading.Event()

    def handle(records: Sequence[ConsumerRecord]) -> None:
        assert records[0].value == b"first" or going.wait(60)

    def serve() -> None:
        meter = Meter("extract")
        with (
            broker.make_consumer(servers, topics.ARTICLES, group="told") as consumer,
            reporting(servers, meter),
        ):
            run(consumer, handle, stopping=stopping, meter=meter)

    thread = threading.Thread(target=serve)
    thread.start()
    with broker.make_producer(servers) as producer:
        try:
            producer.send(topics.ARTICLES.name, key=b"1", value=b"first").get(30)
            wait_for(lambda: any(one.batch and one.lag == {"articles": 0} for one in heard(store)))
            producer.send(topics.ARTICLES.name, key=b"1", value=b"second").get(30)
            wait_for(lambda: heard(store)[0].lag == {"articles": 1})
            [waiting] = heard(store)
            going.set()
            wait_for(lambda: heard(store)[0].lag == {"articles": 0})
            [done] = heard(store)
        finally:
            going.set()
            stopping.set()
            thread.join()
    assert waiting.busy_since
    assert done.totals["messages"] == 2
    assert done.batch
    assert heard(store)[0].state == "stopped"
    assert store.get(keys.VERSION) is None


def test_store_that_is_away_is_told_once_and_stops_no_work(
    nobody: str, caplog: pytest.LogCaptureFixture
) -> None:
    settings = settings_of(nobody)
    meter = Meter("extract")
    with caplog.at_level(logging.WARNING), reporting(settings, meter):
        time.sleep(2.5)  # three tries
        meter.counts("articles", 1)
    assert [record.message for record in caplog.records if "not told" in record.message] == [
        record.message for record in caplog.records
    ]
    assert len(caplog.records) == 1


def settings_of(address: str) -> Settings:
    return Settings().model_copy(
        update={"redis": type(Settings().redis)(f"redis://{address}/0")},
    )


def test_service_that_fails_says_why_before_it_is_gone(
    store: Redis, store_settings: Settings
) -> None:
    with (
        pytest.raises(StoreError, match="refused"),
        reporting(store_settings, Meter("aggregate")),
    ):
        raise StoreError("refused")  # noqa: EM101  # one statement is one thing that can raise
    [last] = heard(store)
    assert (last.state, last.problem) == ("stopped", "refused")


def test_long_silent_instance_is_forgotten_by_its_own_kind_alone(store: Redis) -> None:
    now = datetime.now(UTC)
    for service, instance, seconds in (
        ("extract", "gone", 400),
        ("extract", "just silent", 20),
        ("aggregate", "gone too", 400),
    ):
        then = now - timedelta(seconds=seconds)
        say(store, reports.ServiceReport(service, instance, then, then))
    here = reports.ServiceReport("extract", "here", now, now)
    say(store, here)
    forget_silent(store, here)
    assert {one.instance for one in heard(store)} == {"just silent", "gone too", "here"}
