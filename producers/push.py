"""Articles to the topic ``articles``: sent is what the broker has acknowledged, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from producers.outbox import ACK_SECONDS, MAX_IN_FLIGHT, Outbox, Sent
from producers.refusal import Refusal
from vigil.errors import BrokerError, BrokerUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kafka import KafkaProducer

    from vigil.article import Article


@dataclass(frozen=True, slots=True)
class PushReport:
    """What came of a push.

    Attributes:
        sent: How many articles the broker acknowledged, one sent twice counted twice.
        articles: Id and revision of each of them, where they were to be kept.
        refusals: What was not sent, and why, where that was to be kept.
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


def push(
    items: Iterable[Article | Refusal],
    *,
    producer: KafkaProducer,
    progress: Callable[[Article | Refusal], None] = lambda _: None,
    waiting: Callable[[float, int], None] = lambda _seconds, _held: None,
    max_in_flight: int = MAX_IN_FLIGHT,
    ack_seconds: float | None = ACK_SECONDS,
    keep: bool = True,
) -> PushReport:
    """Send articles, wait for every acknowledgement, and say what came of it.

    Args:
        items: What ``files.read`` yields; taken one by one, never all into memory.
        producer: Made by ``vigil.broker``; it stays open.
        progress: Called with every article once it is acknowledged, and with every refusal.
        waiting: Told while Kafka is silent, as ``Outbox`` tells it.
        max_in_flight: How many articles may wait for their acknowledgement.
        ack_seconds: How long Kafka may be silent while it is waited for; None: for ever.
        keep: Whether the report has every article and refusal; without, memory is bounded.

    Raises:
        PushUnavailable: Kafka was silent for too long; a ``BrokerUnavailable``.
        PushFailed: The broker refused one for good; a ``BrokerError``. Both come after what
            was acknowledged was looked through, and carry the report of it.
    """
    sent = 0
    articles: set[tuple[str, str]] = set()
    refusals: list[Refusal] = []

    def report() -> PushReport:
        return PushReport(sent, frozenset(articles), tuple(refusals))

    try:
        for item in deliver(
            items,
            producer=producer,
            waiting=waiting,
            max_in_flight=max_in_flight,
            ack_seconds=ack_seconds,
        ):
            if not isinstance(item, Refusal):
                sent += 1
                if keep:
                    articles.add((item.id, item.revision))
            elif keep:
                refusals.append(item)
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
    waiting: Callable[[float, int], None] = lambda _seconds, _held: None,
    max_in_flight: int = MAX_IN_FLIGHT,
    ack_seconds: float | None = ACK_SECONDS,
) -> Iterator[Article | Refusal]:
    """Send articles and yield each once it is acknowledged, and every refusal as it comes.

    Memory is bounded, as that of an ``Outbox`` is. After the first failure nothing more is
    sent, what was acknowledged meanwhile is yielded, and then the failure is raised.

    Raises:
        BrokerUnavailable: Kafka was silent for too long.
        BrokerError: It refused an article for good.
    """
    outbox = Outbox(producer, most=max_in_flight, ack_seconds=ack_seconds, waiting=waiting)
    try:
        for item in items:
            refusal = item if isinstance(item, Refusal) else outbox.put(item)
            if refusal:
                yield refusal
            while outbox.full or outbox.ready:
                yield _told(outbox.take())
        while len(outbox):
            yield _told(outbox.take())
    except BrokerError:
        yield from (sent.article for sent in outbox.abandon())
        raise


def sender(
    producer: KafkaProducer,
    *,
    refuse: Callable[[Refusal], None],
    waiting: Callable[[float, int], None] = lambda _seconds, _held: None,
) -> Callable[[Iterable[Article | Refusal]], int]:
    """Return what sends articles, waits until Kafka has them all, and tells how many were refused.

    Args:
        producer: Made by ``vigil.broker.producing``; it stays open.
        refuse: Told of an article that cannot be read or is too large for Kafka; the others go on.
        waiting: Told while Kafka is silent, as ``Outbox`` tells it.
    """

    def send(articles: Iterable[Article | Refusal]) -> int:
        refused = 0
        for item in deliver(articles, producer=producer, waiting=waiting, ack_seconds=None):
            if isinstance(item, Refusal):
                refused += 1
                refuse(item)
        return refused

    return send


def _told(outcome: Sent | Refusal) -> Article | Refusal:
    return outcome if isinstance(outcome, Refusal) else outcome.article
