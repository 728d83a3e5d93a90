"""Articles on their way to Kafka: so many at most, waited for, sent again while that may help."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kafka.errors import (
    InvalidProducerEpochError,
    KafkaError,
    MessageSizeTooLargeError,
    OutOfOrderSequenceNumberError,
    RetriableError,
    UnknownProducerIdError,
)
from kafka.producer.future import FutureRecordMetadata

from producers.refusal import Refusal
from vigil import topics, wire
from vigil.article import Article
from vigil.broker import map_errors
from vigil.errors import BrokerUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kafka import KafkaProducer

    Waiting = Callable[[float, int], None]

# How long Kafka may be silent before a push gives up: a cluster that is updated, node by node,
# is away for minutes, and whoever sees to it should hear of it within the hour.
ACK_SECONDS = 600.0
MAX_IN_FLIGHT = 1_024
# The longest live blogs are messages of a megabyte: a thousand of them must not take a gigabyte.
MAX_BYTES = 32 * 1024 * 1024

_LOOK_SECONDS = 1.0
_FIRST_PAUSE_SECONDS = 0.1
_LONGEST_PAUSE_SECONDS = 5.0
# Trying again helps; of the last three because the broker only lost count of what we sent. It may
# have such an article already: a second time changes nothing.
_AGAIN = (
    RetriableError,
    InvalidProducerEpochError,
    OutOfOrderSequenceNumberError,
    UnknownProducerIdError,
)


@dataclass(frozen=True, slots=True)
class Sent:
    """One article that the broker has, and where it stands on the topic."""

    article: Article
    partition: int
    offset: int


@dataclass(frozen=True, slots=True)
class _Flying:
    """One article on its way, and how large it is as a message."""

    article: Article
    future: FutureRecordMetadata
    size: int


class Outbox:
    """Articles in the order they were put in, each until the broker has it.

    Memory is bounded by ``most`` articles and 32 MiB of messages, however slow the broker is.
    """

    def __init__(
        self,
        producer: KafkaProducer,
        *,
        most: int = MAX_IN_FLIGHT,
        ack_seconds: float | None = ACK_SECONDS,
        waiting: Waiting = lambda _seconds, _held: None,
    ) -> None:
        """Send with a producer, which stays open.

        Args:
            producer: Made by ``vigil.broker``.
            most: How many articles may wait for their acknowledgement.
            ack_seconds: How long Kafka may be silent while it is waited for; None: for ever.
            waiting: Told every second or so how long that has been and how many articles are
                held, and with 0 once it is over. What it raises ends the waiting.
        """
        self._producer = producer
        self._most = most
        self._ack_seconds = ack_seconds
        self._waiting = waiting
        self._flight: deque[_Flying] = deque()
        self._bytes = 0
        self._silent_since: float | None = None
        self._told = False

    def __len__(self) -> int:
        return len(self._flight)

    @property
    def full(self) -> bool:
        """Whether the oldest must be taken before another one is put in."""
        return len(self._flight) >= self._most or self._bytes >= MAX_BYTES

    @property
    def ready(self) -> bool:
        """Whether the oldest can be taken without waiting."""
        return bool(self._flight) and self._flight[0].future.is_done

    def put(self, article: Article) -> Refusal | None:
        """Send an article on its way; a refusal if no message can hold it.

        Raises:
            BrokerUnavailable: Kafka was silent for too long.
            BrokerError: It refused for good.
        """
        flying = self._send(article)
        if isinstance(flying, Refusal):
            return flying
        self._flight.append(flying)
        self._bytes += flying.size
        return None

    def take(self) -> Sent | Refusal:
        """Wait for the oldest article, sending it again while that may help.

        Raises:
            BrokerUnavailable: Kafka was silent for too long.
            BrokerError: It refused for good.
        """
        flying = self._flight.popleft()
        self._bytes -= flying.size
        pause = _FIRST_PAUSE_SECONDS
        while isinstance(error := self._answer(flying), _AGAIN):
            self._pause(flying.article, pause, error)
            pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)
            again = self._send(flying.article)
            if isinstance(again, Refusal):
                return again
            flying = again
        self._silent_since = None
        if self._told:
            self._told = False
            self._waiting(0.0, len(self) + 1)
        return _outcome(flying, error)

    def abandon(self) -> Iterator[Sent]:
        """Yield what the broker has of the articles on their way, and wait for none."""
        while self._flight:
            flying = self._flight.popleft()
            if flying.future.is_done and flying.future.exception is None:
                yield _where_it_stands(flying)
        self._bytes = 0

    def _send(self, article: Article) -> _Flying | Refusal:
        value = wire.encode_article(article)
        pause = _FIRST_PAUSE_SECONDS
        while True:
            try:
                future = self._sent(article, value)
            except BrokerUnavailable as error:
                self._pause(article, pause, error)
                pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)
            else:
                return (
                    future if isinstance(future, Refusal) else _Flying(article, future, len(value))
                )

    def _sent(self, article: Article, value: bytes) -> FutureRecordMetadata | Refusal:
        with map_errors(_doing(article)):
            try:
                return self._producer.send(
                    topics.ARTICLES.name, key=article.id.encode(), value=value
                )
            except MessageSizeTooLargeError:
                limit = self._producer.config["max_request_size"]
                reason = f"article of {len(value):,} bytes as a message; Kafka takes {limit:,}"
                return Refusal(where(article), reason)

    def _answer(self, flying: _Flying) -> KafkaError | None:
        """Wait until the broker has answered, or the client gave up; return what went wrong."""
        while not flying.future.is_done:
            seconds = self._still_silent(flying.article)
            try:
                flying.future.get(timeout=seconds)
            except KafkaError:
                continue  # its own error, looked at below, or that it is not done yet
        error: KafkaError | None = flying.future.exception
        return error

    def _pause(self, article: Article, seconds: float, error: Exception) -> None:
        time.sleep(min(seconds, self._still_silent(article, error)))

    def _still_silent(self, article: Article, error: Exception | None = None) -> float:
        """Tell for how long Kafka has been silent; return how long to wait until the next look."""
        now = time.monotonic()
        if self._silent_since is None:
            self._silent_since = now
        silent = now - self._silent_since
        if silent > _LOOK_SECONDS / 2:
            self._told = True
            self._waiting(silent, len(self) + 1)
        if self._ack_seconds is None:
            return _LOOK_SECONDS
        if silent >= self._ack_seconds:
            reason = str(error) if error else f"no acknowledgement for {silent:.0f} s"
            message = f"{_doing(article)}: Kafka is not answering ({reason})"
            raise BrokerUnavailable(message) from error
        return min(_LOOK_SECONDS, self._ack_seconds - silent)


def where(article: Article) -> str:
    """Return where an article came from, for a message."""
    return article.origin or article.url or article.id


def _outcome(flying: _Flying, error: KafkaError | None) -> Sent | Refusal:
    if error is None:
        return _where_it_stands(flying)
    if isinstance(error, MessageSizeTooLargeError):
        reason = f"larger than topic {topics.ARTICLES.name} takes (its max.message.bytes)"
        return Refusal(where(flying.article), reason)
    with map_errors(_doing(flying.article)):
        raise error


def _where_it_stands(flying: _Flying) -> Sent:
    found = flying.future.value
    return Sent(flying.article, found.partition, found.offset)


def _doing(article: Article) -> str:
    return f"sending {where(article)} to topic {topics.ARTICLES.name}"


class Announcer:
    """Says that Kafka is waited for, and that it answers again: once for each change."""

    def __init__(self, say: Callable[[str], None], *, after: float = 10.0) -> None:
        """Say it with ``say``, from so many seconds of silence on."""
        self._say = say
        self._after = after
        self._longest = 0.0

    def __call__(self, seconds: float, held: int) -> None:
        """Take what an ``Outbox`` tells while it waits."""
        if seconds >= self._after and not self._longest:
            self._say(
                f"Kafka has not answered for {seconds:.0f} s; waiting; "
                f"{held:,} articles are held, and none that was told as sent is among them"
            )
        if seconds >= self._after:
            self._longest = seconds
        elif not seconds and self._longest:
            self._say(f"Kafka answers again, after {self._longest:.0f} s")
            self._longest = 0.0
