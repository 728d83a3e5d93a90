"""Articles to the topic ``articles``: sent is what the broker has acknowledged, nothing else."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kafka.errors import MessageSizeTooLargeError
from kafka.producer.future import FutureRecordMetadata

from producers.refusal import Refusal
from vigil import topics, wire
from vigil.article import Article
from vigil.broker import map_errors
from vigil.errors import BrokerError, BrokerUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kafka import KafkaProducer

# How long one article may wait for its acknowledgement: a broker that starts again or elects a
# new leader is back within seconds, and a person who waits should hear of it within a minute.
ACK_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class PushReport:
    """What came of a push.

    Attributes:
        sent: How many articles the broker acknowledged, one sent twice counted twice.
        articles: Id and revision of each of them.
        refusals: What was not sent, and why.
    """

    sent: int
    articles: frozenset[tuple[str, str]]
    refusals: tuple[Refusal, ...]


class PushFailed(BrokerError):
    """Kafka refused an article for good; ``report`` says what had been acknowledged."""

    def __init__(self, message: str, report: PushReport) -> None:
        super().__init__(message)
        self.report = report


class PushUnavailable(PushFailed, BrokerUnavailable):
    """Kafka did not acknowledge an article in time; ``report`` says what it had."""

    retriable = True


@dataclass(frozen=True, slots=True)
class _Sent:
    """One article on its way, and the moment (monotonic) until which it is waited for."""

    article: Article
    future: FutureRecordMetadata
    deadline: float


def push(
    items: Iterable[Article | Refusal],
    *,
    producer: KafkaProducer,
    progress: Callable[[Article | Refusal], None] = lambda _: None,
    max_in_flight: int = 500,
    ack_seconds: float = ACK_SECONDS,
) -> PushReport:
    """Send articles, wait for every acknowledgement, and say what came of it.

    Args:
        items: What ``files.read`` yields; taken one by one, never all into memory.
        producer: Made by ``vigil.broker.make_producer``; it stays open.
        progress: Called with every article once it is acknowledged, and with every refusal.
        max_in_flight: How many articles may wait for their acknowledgement.
        ack_seconds: How long each may wait.

    Raises:
        PushUnavailable: An article was not acknowledged in time; a ``BrokerUnavailable``.
        PushFailed: The broker refused one for good; a ``BrokerError``. Both come after all
            others in flight were waited for, and carry the report of what was acknowledged.
    """
    sent = 0
    articles: set[tuple[str, str]] = set()
    refusals: list[Refusal] = []

    def report() -> PushReport:
        return PushReport(sent, frozenset(articles), tuple(refusals))

    try:
        for item in deliver(
            items, producer=producer, max_in_flight=max_in_flight, ack_seconds=ack_seconds
        ):
            if isinstance(item, Refusal):
                refusals.append(item)
            else:
                sent += 1
                articles.add((item.id, item.revision))
            progress(item)
    except BrokerError as error:
        kind = PushUnavailable if isinstance(error, BrokerUnavailable) else PushFailed
        message = f"{error}; {sent:,} articles were acknowledged before"
        raise kind(message, report()) from error
    return report()


def deliver(
    items: Iterable[Article | Refusal],
    *,
    producer: KafkaProducer,
    max_in_flight: int = 500,
    ack_seconds: float = ACK_SECONDS,
) -> Iterator[Article | Refusal]:
    """Send articles and yield each once it is acknowledged, and every refusal as it comes.

    Memory is bounded by ``max_in_flight``. After the first failure nothing more is sent, what
    is in flight is waited for and yielded, and then the failure is raised.

    Raises:
        BrokerUnavailable: An article was not acknowledged in time.
        BrokerError: The broker refused one for good.
    """
    flight: deque[_Sent] = deque()
    failure: BrokerError | None = None
    for item in items:
        if isinstance(item, Refusal):
            yield item
            continue
        try:
            started = _send(item, producer, ack_seconds)
        except BrokerError as error:
            failure = error
            break
        if isinstance(started, Refusal):
            yield started
            continue
        flight.append(started)
        if len(flight) >= max_in_flight:
            try:
                yield _await(flight.popleft())
            except BrokerError as error:
                failure = error
                break
    while flight:
        try:
            yield _await(flight.popleft())
        except BrokerError as error:
            failure = failure or error
    if failure:
        raise failure


def sender(
    producer: KafkaProducer, *, refuse: Callable[[Refusal], None]
) -> Callable[[Sequence[Article]], None]:
    """Return what sends articles and waits until Kafka has them all.

    Args:
        producer: Made by ``vigil.broker.make_producer``; it stays open.
        refuse: Told of an article that is too large for Kafka; the others go on.
    """

    def send(articles: Sequence[Article]) -> None:
        for item in deliver(articles, producer=producer):
            if isinstance(item, Refusal):
                refuse(item)

    return send


def _send(article: Article, producer: KafkaProducer, ack_seconds: float) -> _Sent | Refusal:
    value = wire.encode_article(article)
    with map_errors(_doing(article)):
        try:
            future = producer.send(topics.ARTICLES.name, key=article.id.encode(), value=value)
        except MessageSizeTooLargeError:
            limit = producer.config["max_request_size"]
            reason = f"article of {len(value):,} bytes as a message; Kafka takes {limit:,}"
            return Refusal(_where(article), reason)
    return _Sent(article, future, time.monotonic() + ack_seconds)


def _await(sent: _Sent) -> Article | Refusal:
    """Return the article once it is acknowledged, a refusal if the broker finds it too large."""
    with map_errors(_doing(sent.article)):
        try:
            sent.future.get(timeout=max(0.0, sent.deadline - time.monotonic()))
        except MessageSizeTooLargeError:
            reason = f"larger than topic {topics.ARTICLES.name} takes (its max.message.bytes)"
            return Refusal(_where(sent.article), reason)
    return sent.article


def _doing(article: Article) -> str:
    return f"sending {_where(article)} to topic {topics.ARTICLES.name}"


def _where(article: Article) -> str:
    return article.origin or article.url or article.id
