"""The one loop of every consumer: poll, handle, commit. The order is the guarantee."""

from __future__ import annotations

import logging
import time
from collections import Counter
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Protocol

from kafka.errors import CommitFailedError, KafkaError, RebalanceInProgressError
from kafka.structs import MemberState, OffsetAndMetadata

from consumers.lag import Lag
from consumers.membership import Membership
from consumers.metering import Meter
from vigil import broker
from vigil.errors import BrokerError, BrokerUnavailable, VigilError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path
    from threading import Event

    from kafka import KafkaConsumer, TopicPartition
    from kafka.consumer.fetcher import ConsumerRecord

log = logging.getLogger(__name__)

_POLL_MS = 250
# kafka-python forgets that it was let into its group where that comes between two polls, and asks
# anew: a loop that does something else meanwhile might never be in. So then it waits in the poll.
_JOIN_MS = 4_000
# Well below `max_poll_interval_ms` (five minutes), after which the group would give our share
# away: whoever still fails by then ends, and is started again with its offsets uncommitted.
_GIVE_UP_AFTER_TRIES = 30
_FIRST_PAUSE_SECONDS = 0.1
_LONGEST_PAUSE_SECONDS = 5.0
_AGAIN_SECONDS = 0.5


class Handle(Protocol):
    """What a consumer does with a batch: when it returns, the effect is durable."""

    def __call__(self, records: Sequence[ConsumerRecord], /) -> None:
        """Handle the records, all of them; raise and none counts as handled."""


class Place(Protocol):
    """Where a consumer's effect itself says how far it has come."""

    def reached(self) -> Mapping[TopicPartition, int]:
        """Say that everything polled is written; return where the consumer was set back to."""

    def look(self) -> Mapping[TopicPartition, int]:
        """See, while nothing comes, whether it still is; return likewise."""


def run(
    consumer: KafkaConsumer,
    handle: Handle,
    *,
    stopping: Event,
    handled: Callable[[int], None] = lambda _count: None,
    alive: Path | None = None,
    meter: Meter | None = None,
    place: Place | None = None,
) -> None:
    """Feed a consumer's records to ``handle`` until told to stop.

    Each turn, in this order:

    1. poll: take what the broker has, at most one batch;
    2. handle: the whole effect, written and acknowledged;
    3. commit: only now the group's offset moves past the batch.

    A crash between two of them repeats work and loses none; handling is idempotent, so
    repeating changes nothing. An error that is worth trying again is tried again with growing
    pauses, the offset uncommitted all the while. Where Kafka does not answer the poll or the commit
    for a while, the loop goes on.

    Args:
        consumer: A member of a group, automatic commits off.
        handle: The effect.
        stopping: Ends the loop after the batch in hand.
        handled: Told the number of records after each commit.
        alive: Touched at every turn: a supervisor takes a service for stuck whose file is old.
        meter: Told what the loop does; it counts, and can neither fail nor wait.
        place: Where the effect says how far it has come. Where that is less than the group's
            offsets say, the consumer is set back, and they are with it.

    Raises:
        VigilError: Handling failed for good, or was tried too often.
    """
    meter = meter or Meter("consumer")
    asking = _Asking(stopping)
    lag = Lag(consumer, meter)
    membership = _membership(consumer)
    if place:
        with asking("asking where this consumer stands"):
            place.look()
    while not stopping.is_set():
        batches: Mapping[TopicPartition, Sequence[ConsumerRecord]] = {}
        with asking("polling"):
            batches = _poll(consumer, _POLL_MS if membership.look() else _JOIN_MS)
        if alive:
            alive.touch()
        records = [record for batch in batches.values() for record in batch]
        if records:
            meter.takes(Counter(record.topic for record in records))
            back = _until_handled(partial(_effect, handle, place), records, stopping, meter)
            if back is None:
                return
            ends = {tp: batch[-1].offset + 1 for tp, batch in batches.items() if batch}
            _commit(consumer, {**ends, **back}, asking)
            handled(len(records))
            meter.handled(len(records))
        elif place:
            with asking("asking where this consumer stands"):
                _commit(consumer, place.look(), asking)
        with asking("asking how far behind this consumer is"):
            lag.measure()


def _membership(consumer: KafkaConsumer) -> Membership:
    return Membership(
        str(consumer.config["group_id"]),
        lambda: bool(consumer.group_metadata().state == MemberState.STABLE),
        clock=time.monotonic,
    )


def _poll(
    consumer: KafkaConsumer, timeout_ms: int = _POLL_MS
) -> Mapping[TopicPartition, Sequence[ConsumerRecord]]:
    """Take what the broker has; what a poll took that then failed comes with the next one.

    kafka-python moves past records, asks for more, and throws them away where that asking fails.

    Raises:
        BrokerError: It failed so with a partition that nobody knows the first offset of.
    """
    before = _positions(consumer)
    try:
        polled: Mapping[TopicPartition, Sequence[ConsumerRecord]]
        polled = consumer.poll(timeout_ms=timeout_ms)
    except KafkaError as error:
        for tp, at in _positions(consumer).items():
            if tp in before:
                if at != before[tp]:
                    consumer.seek(tp, before[tp])
            elif consumer.highwater(tp) is not None:  # it has answered, maybe with records
                message = f"polling: Kafka failed while {tp.topic}[{tp.partition}] was begun"
                raise BrokerError(message) from error
        raise
    return polled


def _positions(consumer: KafkaConsumer) -> dict[TopicPartition, int]:
    """Return the offset read next of each partition that has one."""
    share = consumer._subscription  # noqa: SLF001  # whatever is public may ask Kafka, and wait
    return {tp: at.offset for tp, at in share.all_consumed_offsets().items()}


class _Asking:
    """Asks Kafka, and goes on where it does not answer: a cluster that lost a broker soon will.

    Whatever is left out by that is asked again in the next turn. It must not be around handling:
    a batch that is polled and not handled would be passed over.
    """

    def __init__(self, stopping: Event) -> None:
        self._stopping = stopping
        self._failed = 0

    @contextmanager
    def __call__(self, doing: str) -> Iterator[None]:
        """Map errors, wait a little after one that may pass, and raise when too many follow."""
        try:
            with broker.map_errors(doing):
                yield
        except BrokerUnavailable as error:
            self._failed += 1
            if self._failed >= _GIVE_UP_AFTER_TRIES:
                raise
            log.warning("going on: %s", error)
            self._stopping.wait(_AGAIN_SECONDS)
        else:
            self._failed = 0


def _effect(
    handle: Handle, place: Place | None, records: Sequence[ConsumerRecord]
) -> Mapping[TopicPartition, int]:
    handle(records)
    return place.reached() if place else {}


def _until_handled(
    effect: Callable[[Sequence[ConsumerRecord]], Mapping[TopicPartition, int]],
    records: Sequence[ConsumerRecord],
    stopping: Event,
    meter: Meter,
) -> Mapping[TopicPartition, int] | None:
    """Handle, again and again while that may help; None when told to stop meanwhile.

    Returns:
        Where the consumer was set back to.
    """
    pause = _FIRST_PAUSE_SECONDS
    for tried in range(1, _GIVE_UP_AFTER_TRIES + 1):
        try:
            return effect(records)
        except VigilError as error:
            if not error.retriable or tried == _GIVE_UP_AFTER_TRIES:
                log.error("this batch ends the service: %s", error, extra=_where(records))  # noqa: TRY400
                raise
            meter.retries(str(error))
            log.warning("trying again in %.1f s: %s", pause, error, extra=_where(records))
            if stopping.wait(pause):
                return None
            pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)
        except Exception as error:
            # Whoever ends us tells the rest; only here it is known on what it happened.
            log.error(  # noqa: TRY400
                "this batch ends the service: %s", type(error).__name__, extra=_where(records)
            )
            raise
    return None


def _commit(
    consumer: KafkaConsumer,
    ends: Mapping[TopicPartition, int],
    asking: _Asking,
) -> None:
    offsets = {partition: OffsetAndMetadata(end) for partition, end in ends.items()}
    if not offsets:
        return
    standing = _listed(offsets)
    try:
        # What is not committed now is with the next batch.
        with asking(f"committing {standing}"):
            consumer.commit(offsets)
    except VigilError as error:
        # The group gave our share away while we worked, or is just coming together. Whoever has
        # it then handles the same records once more, which changes nothing.
        if not isinstance(error.__cause__, (CommitFailedError, RebalanceInProgressError)):
            raise
        log.warning(
            "the group moved on before the commit of %s; another member repeats the batch",
            standing,
            extra=_place(ends),
        )


def _listed(offsets: Mapping[TopicPartition, OffsetAndMetadata]) -> str:
    return ", ".join(f"{tp.topic}[{tp.partition}]@{om.offset}" for tp, om in offsets.items())


def _place(ends: Mapping[TopicPartition, int]) -> dict[str, object]:
    first, end = next(iter(ends.items()))
    return {"topic": first.topic, "partition": first.partition, "offset": end}


def _where(records: Sequence[ConsumerRecord]) -> dict[str, object]:
    """Return where a batch begins, for a line of the log, and how many messages it has."""
    first = records[0]
    place = {"topic": first.topic, "partition": first.partition, "offset": first.offset}
    return {**place, "messages": len(records)}
