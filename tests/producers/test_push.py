"""Sent is what the broker has acknowledged; a real broker, which a test may stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from kafka.errors import KafkaTimeoutError

from producers.files import Refusal
from producers.push import PushReport, PushUnavailable, deliver, push
from vigil import broker, topics, wire
from vigil.article import BEFORE_ALL, Article
from vigil.broker import MAX_MESSAGE_BYTES
from vigil.embedded import start_broker
from vigil.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kafka import KafkaProducer

    from vigil.embedded import Server

pytestmark = pytest.mark.integration

REFUSED = Refusal("in/b.txt", "empty file")


def article(number: int, *, size: int = 40) -> Article:
    return Article(
        id=f"a{number:06}",
        revision=f"r{number}",
        seen_at=BEFORE_ALL,
        text="x" * size,
        origin=f"in/{number:06}.txt",
    )


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    running = start_broker(tmp_path)
    yield running
    running.process.stop()


@pytest.fixture
def settings(server: Server) -> Settings:
    made = Settings().model_copy(update={"kafka": server.address})
    broker.ensure_topics(made)
    return made


@pytest.fixture
def producer(settings: Settings) -> Iterator[KafkaProducer]:
    made = broker.make_producer(settings)
    yield made
    try:
        made.close(timeout=1)
    except KafkaTimeoutError:  # a test stopped the broker: close() gives up before it closes
        made._sender.force_close()


def received(settings: Settings, count: int) -> dict[bytes, Article]:
    """Read the topic until so many different articles were met."""
    found: dict[bytes, Article] = {}
    reader = broker.make_reader(settings, topics.ARTICLES)
    while len(found) < count:
        for records in reader.poll(timeout_ms=1_000).values():
            found.update((record.key, wire.decode_article(record.value)) for record in records)
    reader.close()
    return found


def test_push_sends_every_article_under_its_id(settings: Settings, producer: KafkaProducer) -> None:
    articles = [article(number) for number in range(1_500)]
    report = push(articles, producer=producer)
    assert report.sent == 1_500
    assert report.articles == {(item.id, item.revision) for item in articles}
    assert received(settings, 1_500) == {item.id.encode(): item for item in articles}


def test_push_reports_refusals_and_goes_on(producer: KafkaProducer) -> None:
    report = push([article(1), REFUSED, article(2)], producer=producer)
    assert report == PushReport(2, frozenset({("a000001", "r1"), ("a000002", "r2")}), (REFUSED,))


def test_push_counts_what_is_sent_twice_twice(producer: KafkaProducer) -> None:
    report = push([article(1), article(1)], producer=producer)
    assert (report.sent, len(report.articles)) == (2, 1)


def test_push_tells_the_progress_of_each_item(producer: KafkaProducer) -> None:
    told: list[Article | Refusal] = []
    push([article(1), REFUSED, article(2)], producer=producer, progress=told.append)
    assert sorted(told, key=str) == [article(1), article(2), REFUSED]


def test_push_of_nothing_sends_nothing(producer: KafkaProducer) -> None:
    assert push([], producer=producer) == PushReport(0, frozenset(), ())


def test_article_larger_than_a_message_is_refused_and_the_rest_is_sent(
    producer: KafkaProducer,
) -> None:
    large = article(2, size=MAX_MESSAGE_BYTES)
    report = push([article(1), large, article(3)], producer=producer)
    assert report.sent == 2
    (refusal,) = report.refusals
    size = len(wire.encode_article(large))
    reason = f"article of {size:,} bytes as a message; Kafka takes {MAX_MESSAGE_BYTES:,}"
    assert refusal == Refusal("in/000002.txt", reason)


def test_article_just_below_the_limit_is_sent(settings: Settings, producer: KafkaProducer) -> None:
    large = article(1, size=MAX_MESSAGE_BYTES - 1_000)
    assert push([large], producer=producer).sent == 1
    assert received(settings, 1) == {b"a000001": large}


def test_deliver_keeps_no_more_in_flight_than_it_may(producer: KafkaProducer) -> None:
    taken = acknowledged = most = 0

    def source() -> Iterator[Article]:
        nonlocal taken, most
        for number in range(300):
            taken += 1
            most = max(most, taken - acknowledged)
            yield article(number)

    for _ in deliver(source(), producer=producer, max_in_flight=20):
        acknowledged += 1
    assert acknowledged == 300
    assert most == 20


def test_broker_that_goes_away_is_told_with_what_was_acknowledged(
    server: Server, producer: KafkaProducer
) -> None:
    told: list[Article | Refusal] = []

    def source() -> Iterator[Article]:
        for number in range(100):
            if number == 60:
                server.process.stop()
            yield article(number)

    with pytest.raises(
        PushUnavailable,
        match=r"^sending in/0000\d\d\.txt to topic articles: Kafka is not answering .*; "
        r"\d+ articles were acknowledged before$",
    ) as caught:
        push(source(), producer=producer, progress=told.append, max_in_flight=10, ack_seconds=2)
    report = caught.value.report
    # At least 50 were awaited before the broker was stopped, and none can be after it.
    assert 50 <= report.sent <= 60
    assert report.sent == len(told) == len(report.articles)
    assert caught.value.retriable


def test_article_after_a_failure_is_not_taken(server: Server, producer: KafkaProducer) -> None:
    push([article(0)], producer=producer)
    server.process.stop()
    source = iter([article(number) for number in range(1, 50)])
    with pytest.raises(PushUnavailable, match=r"^sending in/000001\.txt to topic articles: "):
        push(source, producer=producer, max_in_flight=5, ack_seconds=1)
    assert next(source) == article(6)
