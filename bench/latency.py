"""How long one article takes to its counter on an idle system, beside a bare round trip."""

from __future__ import annotations

import time
from datetime import timedelta
from statistics import quantiles
from typing import TYPE_CHECKING, Final

from bench.figure import Figure
from bench.screen import article_that_counts
from vigil import broker, topics, wire
from vigil.cli.local import local_pipeline
from vigil.settings import Settings
from vigil.store import make_store, read_version

if TYPE_CHECKING:
    from collections.abc import Callable

    from kafka import KafkaConsumer, KafkaProducer
    from redis import Redis

_ITEMS: Final = 200
_REACH: Final = 0.2  # 99 of 100 within five times what the bare round trip takes
_PATIENCE: Final = timedelta(seconds=60)
_PAUSE_SECONDS: Final = 0.05  # until all have committed: each finds an idle system


def figures() -> list[Figure]:
    """Return how long an article takes from Kafka to its counter, one at a time."""
    with (
        local_pipeline(Settings()) as local,
        broker.make_producer(local.settings) as producer,
    ):
        store = make_store(local.settings)
        _counted(producer, store, 1)  # every part is warm
        ours, bare = [], []
        with broker.make_consumer(local.settings, topics.DEAD, group="bench") as consumer:
            _round_trip(producer, consumer, 0)
            # In turn, so that a machine that slows down slows both.
            for number in range(_ITEMS):
                ours.append(_counted(producer, store, number + 2))
                time.sleep(_PAUSE_SECONDS)
                bare.append(_round_trip(producer, consumer, number + 1))  # after it nobody works
    how = f"{_ITEMS} articles one by one; beside a bare round trip through the same broker"
    half, most = _half_and_most(ours)
    bare_half, bare_most = _half_and_most(bare)
    return [
        Figure("article to counter, half within", half, "ms", bare_half / half, None, how),
        Figure("article to counter, 99% within", most, "ms", bare_most / most, _REACH, how),
    ]  # fmt: skip


def _counted(producer: KafkaProducer, store: Redis, number: int) -> float:
    """Send one article and wait until the store says that something changed; milliseconds."""
    one = article_that_counts(number)
    version = read_version(store)
    began = time.perf_counter()
    producer.send(topics.ARTICLES.name, key=one.id.encode(), value=wire.encode_article(one))
    _wait(lambda: read_version(store) > version, began)
    return (time.perf_counter() - began) * 1_000


def _round_trip(producer: KafkaProducer, consumer: KafkaConsumer, number: int) -> float:
    """Send the same bytes to a topic that nobody else reads, and read them; milliseconds."""
    one = article_that_counts(number)
    began = time.perf_counter()
    producer.send(topics.DEAD.name, key=one.id.encode(), value=wire.encode_article(one))
    _wait(lambda: bool(consumer.poll(timeout_ms=1_000)), began)
    return (time.perf_counter() - began) * 1_000


def _wait(done: Callable[[], bool], began: float) -> None:
    while not done():
        if time.perf_counter() - began > _PATIENCE.total_seconds():
            message = "an article did not arrive within a minute"
            raise TimeoutError(message)


def _half_and_most(waits: list[float]) -> tuple[float, float]:
    """Return the 50th and the 99th of a hundred."""
    cut = quantiles(waits, n=100, method="inclusive")
    return cut[49], cut[98]
