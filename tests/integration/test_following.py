"""An aggregator's place through rebalances, and through commits that fail."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest

from consumers.aggregator.following import Following
from consumers.aggregator.ledger import Ledger
from consumers.aggregator.service import GROUP, TOPICS, make_consumer
from consumers.runner import _Asking, _commit
from vigil import admin, broker, keys, rebuilding, topics
from vigil.rebuilding import Rebuilding
from vigil.store import make_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kafka import KafkaConsumer

    from vigil.settings import Settings

pytestmark = pytest.mark.integration

_PATIENCE = 60.0
_SENT = 40


@pytest.fixture
def consumer(servers: Settings) -> Iterator[KafkaConsumer]:
    """A member of the aggregators' group; there are messages to read."""
    send(servers)
    with make_consumer(servers, group=GROUP) as member:
        yield member


def send(settings: Settings) -> None:
    with broker.make_producer(settings) as producer:
        for number in range(_SENT):
            producer.send(topics.CLAIMS.name, key=b"%d" % number, value=b"{}").get(10)


@pytest.fixture
def ledger(servers: Settings) -> Ledger:
    return Ledger(make_store(servers), authority_order=servers.authority_order)


@pytest.fixture
def place(servers: Settings, consumer: KafkaConsumer, ledger: Ledger) -> Following:
    following = Following(consumer, ledger.bookmarks(admin.topic_ids(servers, TOPICS)))
    following.look()
    return following


def read_all(consumer: KafkaConsumer, count: int = _SENT) -> None:
    deadline = time.monotonic() + _PATIENCE
    while count > 0:
        assert time.monotonic() < deadline, f"{count} messages never came"
        count -= sum(map(len, consumer.poll(timeout_ms=250).values()))


@pytest.mark.parametrize("servers", ["embedded"], indirect=True)
def test_rebalance_after_a_commit_that_failed_hides_no_loss(
    servers: Settings, consumer: KafkaConsumer, place: Following
) -> None:
    read_all(consumer)
    assert place.reached() == {}  # and nothing is committed
    consumer._coordinator.request_rejoin()  # what another member's coming does
    deadline = time.monotonic() + _PATIENCE
    while consumer._coordinator.need_rejoin():
        assert time.monotonic() < deadline, "the group never came together again"
        assert consumer.poll(timeout_ms=250) == {}, "kept its position: nothing comes twice"
    store: Any = make_store(servers)
    for name, reached in store.hgetall(keys.BOOKMARKS).items():
        if name.startswith(topics.CLAIMS.name) and int(reached):
            store.hset(keys.BOOKMARKS, name, 0)
    assert set(place.reached().values()) == {0}
    read_all(consumer)


@pytest.mark.parametrize("servers", ["embedded"], indirect=True)
def test_going_back_while_the_group_comes_together_ends_nothing(
    servers: Settings, consumer: KafkaConsumer, place: Following, caplog: pytest.LogCaptureFixture
) -> None:
    asking = _Asking(Event())
    read_all(consumer)
    assert place.reached() == {}
    _commit(consumer, {tp: consumer.position(tp) for tp in consumer.assignment()}, asking)
    make_store(servers).flushall()
    consumer._coordinator.request_rejoin()
    deadline = time.monotonic() + _PATIENCE
    while not consumer._coordinator.rebalance_in_progress():
        assert time.monotonic() < deadline, "the group never began to come together"
        consumer.poll(timeout_ms=1)
    _commit(consumer, place.reached(), asking)
    assert "the group moved on before the commit" in caplog.text
    read_all(consumer)


@pytest.mark.parametrize("servers", ["embedded"], indirect=True)
def test_failover_beside_a_rebuild_hides_no_loss(
    servers: Settings, consumer: KafkaConsumer, place: Following, ledger: Ledger
) -> None:
    read_all(consumer)
    assert place.reached() == {}
    now = datetime.now(UTC)
    ledger.mark(Rebuilding("x", "running", now, now), takes_over=True)
    for _ in range(2):  # batches
        send(servers)
        read_all(consumer)
        assert place.reached() == {}
    # Whoever takes over had not even heard that a rebuild had begun.
    store: Any = make_store(servers)
    store.delete(rebuilding.KEY)
    store.replicaof("127.0.0.1", 1)
    store.replicaof("NO", "ONE")
    for noticed in (False, True):
        place._due = 0.0
        assert bool(place.look()) is noticed
    read_all(consumer, 2 * _SENT)


@pytest.mark.parametrize("servers", ["embedded"], indirect=True)
def test_backlog_is_read_from_all_partitions_at_one_pace(servers: Settings) -> None:
    """A day's articles lie on all of them, and its slots are resolved once a turn."""
    each, size = 300, 10_000
    with broker.make_producer(servers) as producer:
        for number in range(each * servers.partitions):
            key, partition = b"%d" % number, number % servers.partitions
            producer.send(topics.CLAIMS.name, key=key, value=b"x" * size, partition=partition)
    left = dict.fromkeys(range(servers.partitions), each)
    deadline = time.monotonic() + _PATIENCE
    with make_consumer(servers, group=GROUP) as consumer:
        while any(left.values()):
            assert time.monotonic() < deadline, f"{left} never came"
            for partition, records in consumer.poll(timeout_ms=250).items():
                left[partition.partition] -= len(records)
            # The embedded broker may give all of one that it is asked for alone, at the start.
            unread = [count for count in left.values() if count]
            assert not unread or max(unread) - min(unread) <= each // 4, left
