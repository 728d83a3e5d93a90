"""The only maker of Kafka clients, and the edge where Kafka's errors become ours."""

from __future__ import annotations

import time
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
from kafka.errors import KafkaError, RetriableError, UnknownBrokerIdError

from vigil import admission
from vigil.creation import create_missing
from vigil.errors import BrokerError, BrokerUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from vigil import topics
    from vigil.settings import Settings

T = TypeVar("T")

# Kafka's own default limit of a message (`message.max.bytes`), less room for headers.
MAX_MESSAGE_BYTES = 1_048_576 - 4_096

# Long enough for a broker that is just starting, short enough for a person who waits.
_BOOTSTRAP_MS = 15_000
_METADATA_MS = 10_000
_DROP_SECONDS = 5.0  # for the thread of a producer to see that it is to end
_AGAIN_SECONDS = 0.1  # between questions to a cluster that is just making what it answers from

# A message that is not acknowledged by then has failed; kafka-python's own two minutes would keep
# `close` waiting as long. A request is given half of it, so that one lost answer costs no message.
_DELIVERY_MS = 30_000
_REQUEST_MS = _DELIVERY_MS // 2
# Who was asked is gone, and the cluster has not said yet who is there instead.
_PASSING = (RetriableError, UnknownBrokerIdError)
_DAY_MS = 24 * 60 * 60 * 1000
# A broker that is back is to be found within seconds; kafka-python's own limit is 30 s.
_RECONNECT_MS = 3_000
_LOOK_MS = 5_000
# Whoever sends many articles sends them in large batches: each costs as much as forty messages do.
_LINGER_MS = 50
_BATCH_BYTES = 256 * 1024
_KAFKAS_BATCH_BYTES = 16 * 1024
_KAFKAS_PARTITION_BYTES = 1024 * 1024


@contextmanager
def map_errors(doing: str) -> Iterator[None]:
    """Turn Kafka's errors into ours; ``doing`` says what was tried, on which topic.

    Raises:
        BrokerUnavailable: Trying again may help.
        BrokerError: It will not.
    """
    try:
        yield
    except _PASSING as error:
        message = f"{doing}: Kafka is not answering ({_reason(error)})"
        raise BrokerUnavailable(message) from error
    except KafkaError as error:
        message = f"{doing}: Kafka refused ({_reason(error)})"
        raise BrokerError(message) from error


@contextmanager
def _connecting(settings: Settings, doing: str) -> Iterator[None]:
    """Do as ``map_errors`` does, and say why Kafka does not let us in."""
    if found := admission.distrust(settings):
        raise found.error(doing)
    try:
        with map_errors(doing):
            yield
    except BrokerUnavailable as error:
        if found := admission.refusal(settings):
            raise found.error(doing) from error
        raise


def make_producer(settings: Settings, *, patient: bool = False) -> KafkaProducer:
    """Return a producer that writes each message once, in order, acknowledged by all copies.

    A message fails that is not acknowledged after 30 s; with ``patient`` none does in a day.

    Raises:
        BrokerUnavailable: No bootstrap address answers.
    """
    with _connecting(settings, f"connecting to {settings.kafka}"):
        return KafkaProducer(
            **_common(settings),
            # Said in so many words: with other settings kafka-python drops idempotence silently.
            enable_idempotence=True,
            acks="all",
            linger_ms=_LINGER_MS if patient else 5,
            batch_size=_BATCH_BYTES if patient else _KAFKAS_BATCH_BYTES,
            delivery_timeout_ms=_DAY_MS if patient else _DELIVERY_MS,
            request_timeout_ms=_REQUEST_MS,
            reconnect_backoff_max_ms=_RECONNECT_MS,
            max_block_ms=_LOOK_MS if patient else _DELIVERY_MS,
            max_request_size=MAX_MESSAGE_BYTES,
        )


@contextmanager
def producing(settings: Settings) -> Iterator[KafkaProducer]:
    """Run a producer that never gives up by itself: whoever waits for it decides for how long.

    Left by an exception it is dropped with what it holds, else closed when all is sent.

    Raises:
        BrokerUnavailable: No bootstrap address answers.
    """
    producer = make_producer(settings, patient=True)
    try:
        yield producer
    except BaseException:
        _drop(producer)
        raise
    with map_errors(f"closing the connection to {settings.kafka}"):
        producer.close(timeout=_DELIVERY_MS / 1000)


def _drop(producer: KafkaProducer) -> None:
    """End a producer at once, with what it holds.

    Its own ``close`` waits for that, and where it may not wait it raises before its thread is
    ended, which then goes on trying for as long as the process lives.
    """
    sender = producer._sender  # noqa: SLF001  # nothing public ends it
    sender.force_close()
    sender.join(_DROP_SECONDS)
    with suppress(KafkaError):
        producer.close(timeout=0)


def make_consumer(
    settings: Settings,
    *subscribed: topics.Topic,
    group: str,
    at_a_time: int | None = None,
    bytes_of_each: int = _KAFKAS_PARTITION_BYTES,
) -> KafkaConsumer:
    """Return a member of a group that reads some topics from where the group stands.

    It takes at most ``at_a_time`` messages a turn, the setting ``batch`` where that is not given,
    and asks for at most so many bytes of each partition: with few, it reads all of its partitions
    at much the same pace, with many, one after the other.

    Values are bytes on purpose: a deserializer that raises would wedge the client for good.
    Offsets are committed by the caller, after the effect.

    Raises:
        BrokerUnavailable: No bootstrap address answers.
    """
    with _connecting(settings, f"connecting to {settings.kafka}"):
        return KafkaConsumer(
            *(topic.name for topic in subscribed),
            **_common(settings),
            group_id=group,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            max_poll_records=at_a_time or settings.batch,
            max_partition_fetch_bytes=bytes_of_each,
            session_timeout_ms=settings.session_timeout_ms,
            heartbeat_interval_ms=max(100, settings.session_timeout_ms // 10),
            # Who joins before a new topic is known everywhere is given no part of it; it asks again
            # after this time, and not after the five minutes that are usual.
            metadata_max_age_ms=_METADATA_MS,
            # A message is on the screen two seconds after it was sent: do not dawdle here.
            fetch_max_wait_ms=100,
        )


def make_reader(settings: Settings, *wanted: topics.Topic) -> KafkaConsumer:
    """Return a consumer outside any group that reads whole topics from their beginning.

    A topic that is not there is given no partition.

    Raises:
        BrokerUnavailable: No bootstrap address answers.
    """
    with _connecting(settings, f"reading {names_of(wanted)} from {settings.kafka}"):
        reader = KafkaConsumer(
            **_common(settings), enable_auto_commit=False, auto_offset_reset="earliest"
        )
        reader.assign(
            [
                TopicPartition(topic.name, number)
                for topic in wanted
                for number in sorted(reader.partitions_for_topic(topic.name) or set())
            ]
        )
        if reader.assignment():
            reader.seek_to_beginning()
        return reader


def names_of(some: Iterable[topics.Topic]) -> str:
    """Return the names of topics for a message."""
    return " and ".join(topic.name for topic in some)


class _Admin(KafkaAdminClient):  # type: ignore[misc]  # kafka-python carries no types
    """A client that ends its thread where it reaches nobody: whoever tries again makes another."""

    def __init__(self, **config: object) -> None:
        try:
            super().__init__(**config)
        except BaseException:
            self._closed = not hasattr(self, "_net")
            self.close()
            raise


@contextmanager
def administering(
    settings: Settings, *, bootstrap_ms: int = _BOOTSTRAP_MS
) -> Iterator[KafkaAdminClient]:
    """Yield a client that asks for and changes what the cluster is made of.

    Raises:
        BrokerUnavailable: No bootstrap address answers within ``bootstrap_ms``.
    """
    with _connecting(settings, f"connecting to {settings.kafka}"):
        admin = _Admin(**{**_common(settings), "bootstrap_timeout_ms": bootstrap_ms})
    try:
        yield admin
    finally:
        admin.close()


def ensure_topics(settings: Settings, *, bootstrap_ms: int = _BOOTSTRAP_MS) -> None:
    """Create the topics that are not there yet; leave those that are, or are not ours to see.

    Raises:
        BrokerUnavailable: No bootstrap address answers within ``bootstrap_ms``.
        BrokerError: The broker will not create one.
    """
    with map_errors(f"creating topics on {settings.kafka}"):
        asked(settings, partial(create_missing, settings), bootstrap_ms=bootstrap_ms)


def asked(
    settings: Settings,
    ask: Callable[[KafkaAdminClient], T],
    *,
    bootstrap_ms: int = _BOOTSTRAP_MS,
) -> T:
    """Ask Kafka about itself until a cluster that has just lost a broker has an answer.

    It goes on naming a broker that is gone until it has missed it for some seconds, and a client
    that was told so remembers: so each time it is another one. The errors raised at last are
    Kafka's.
    """
    deadline = time.monotonic() + _BOOTSTRAP_MS / 1000
    while True:
        with administering(settings, bootstrap_ms=bootstrap_ms) as admin:
            try:
                return ask(admin)
            except _PASSING:
                if time.monotonic() > deadline:
                    raise
        time.sleep(_AGAIN_SECONDS)


def _common(settings: Settings) -> dict[str, object]:
    return {
        "bootstrap_servers": [part.strip() for part in settings.kafka.split(",")],
        "bootstrap_timeout_ms": _BOOTSTRAP_MS,
        "client_id": "vigil",
        **admission.credentials(settings),
    }


def _reason(error: KafkaError) -> str:
    return str(error) or type(error).__name__
