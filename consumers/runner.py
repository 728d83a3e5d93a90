"""The one loop of every consumer: poll, handle, commit. The order is the guarantee."""

from __future__ import annotations

import logging
import time
from collections import Counter
from typing import TYPE_CHECKING, Protocol

from kafka.errors import CommitFailedError
from kafka.structs import OffsetAndMetadata

from consumers.metering import Meter
from vigil import broker
from vigil.errors import VigilError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from threading import Event

    from kafka import KafkaConsumer, TopicPartition
    from kafka.consumer.fetcher import ConsumerRecord

log = logging.getLogger(__name__)

_POLL_MS = 250
_LAG_SECONDS = 1.0
# Well below `max_poll_interval_ms` (five minutes), after which the group would give our share
# away: whoever still fails by then ends, and is started again with its offsets uncommitted.
_GIVE_UP_AFTER_TRIES = 30
_FIRST_PAUSE_SECONDS = 0.1
_LONGEST_PAUSE_SECONDS = 5.0


class Handle(Protocol):
    """What a consumer does with a batch: when it returns, the effect is durable."""

    def __call__(self, records: Sequence[ConsumerRecord], /) -> None:
        """Handle the records, all of them; raise and none counts as handled."""


def run(
    consumer: KafkaConsumer,
    handle: Handle,
    *,
    stopping: Event,
    handled: Callable[[int], None] = lambda _count: None,
    alive: Path | None = None,
    meter: Meter | None = None,
) -> None:
    """Feed a consumer's records to ``handle`` until told to stop.

    Each turn, in this order:

    1. poll: take what the broker has, at most one batch;
    2. handle: the whole effect, written and acknowledged;
    3. commit: only now the group's offset moves past the batch.

    A crash between two of them repeats work and loses none; handling is idempotent, so
    repeating changes nothing. An error that is worth trying again is tried again with growing
    pauses, the offset uncommitted all the while.

    Args:
        consumer: A member of a group, automatic commits off.
        handle: The effect.
        stopping: Ends the loop after the batch in hand.
        handled: Told the number of records after each commit.
        alive: Touched at every turn: a supervisor takes a service for stuck whose file is old.
        meter: Told what the loop does; it counts, and can neither fail nor wait.

    Raises:
        VigilError: Handling failed for good, or was tried too often.
    """
    meter = meter or Meter("consumer")
    lag = _Lag(consumer, meter)
    while not stopping.is_set():
        with broker.map_errors("polling"):
            batches = consumer.poll(timeout_ms=_POLL_MS)
        if alive:
            alive.touch()
        records = [record for batch in batches.values() for record in batch]
        if not records:
            lag.measure()
            continue
        meter.takes(Counter(record.topic for record in records))
        if not _until_handled(handle, records, stopping, meter):
            return
        _commit(consumer, batches)
        handled(len(records))
        meter.handled(len(records))
        lag.measure()


class _Lag:
    """Tells the meter how far behind a consumer is, at most once a second."""

    def __init__(self, consumer: KafkaConsumer, meter: Meter) -> None:
        self._consumer = consumer
        self._meter = meter
        self._due = 0.0

    def measure(self) -> None:
        now = time.monotonic()
        if now < self._due:
            return
        with broker.map_errors("asking how far behind this consumer is"):
            lag = broker.behind(self._consumer)
        self._due = now + _LAG_SECONDS if lag is not None else now
        self._meter.behind(lag)


def _until_handled(
    handle: Handle, records: Sequence[ConsumerRecord], stopping: Event, meter: Meter
) -> bool:
    """Handle, again and again while that may help; False when told to stop meanwhile."""
    pause = _FIRST_PAUSE_SECONDS
    for tried in range(1, _GIVE_UP_AFTER_TRIES + 1):
        try:
            handle(records)
        except VigilError as error:
            if not error.retriable or tried == _GIVE_UP_AFTER_TRIES:
                log.error("this batch ends the service: %s", error, extra=_where(records))  # noqa: TRY400
                raise
            meter.retries(str(error))
            log.warning("trying again in %.1f s: %s", pause, error, extra=_where(records))
            if stopping.wait(pause):
                return False
            pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)
        except Exception as error:
            # Whoever ends us tells the rest; only here it is known on what it happened.
            log.error(  # noqa: TRY400
                "this batch ends the service: %s", type(error).__name__, extra=_where(records)
            )
            raise
        else:
            return True
    return False


def _commit(
    consumer: KafkaConsumer, batches: Mapping[TopicPartition, Sequence[ConsumerRecord]]
) -> None:
    offsets = {
        partition: OffsetAndMetadata(records[-1].offset + 1)
        for partition, records in batches.items()
        if records
    }
    standing = _listed(offsets)
    try:
        with broker.map_errors(f"committing {standing}"):
            consumer.commit(offsets)
    except VigilError as error:
        # The group gave our share away while we worked. Whoever has it now handles the same
        # records once more, which changes nothing.
        if not isinstance(error.__cause__, CommitFailedError):
            raise
        log.warning(
            "the group moved on before the commit of %s; another member repeats the batch",
            standing,
            extra=_where([record for records in batches.values() for record in records]),
        )


def _listed(offsets: Mapping[TopicPartition, OffsetAndMetadata]) -> str:
    return ", ".join(f"{tp.topic}[{tp.partition}]@{om.offset}" for tp, om in offsets.items())


def _where(records: Sequence[ConsumerRecord]) -> dict[str, object]:
    """Return where a batch begins, for a line of the log, and how many messages it has."""
    first = records[0]
    place = {"topic": first.topic, "partition": first.partition, "offset": first.offset}
    return {**place, "messages": len(records)}
