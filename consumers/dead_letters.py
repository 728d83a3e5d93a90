"""What cannot be read or handled: kept as received, on a topic of its own, with the reason."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from vigil import broker, topics

if TYPE_CHECKING:
    from collections.abc import Callable

    from kafka import KafkaProducer
    from kafka.consumer.fetcher import ConsumerRecord

    from consumers.metering import Meter

log = logging.getLogger(__name__)

_ACK_SECONDS = 30


class DeadLetters:
    """Writes to the topic ``articles.dead``."""

    def __init__(
        self,
        producer: KafkaProducer,
        *,
        stage: str,
        now: Callable[[], datetime] | None = None,
        meter: Meter | None = None,
    ) -> None:
        self._producer = producer
        self._stage = stage
        self._now = now or (lambda: datetime.now(UTC))
        self._meter = meter

    def put(self, record: ConsumerRecord, error: Exception) -> None:
        """Keep a record that failed; returns when the broker has it.

        Args:
            record: As received, key and value unchanged.
            error: Why; its text stands in a header and must hold nothing of the article's.

        Raises:
            BrokerUnavailable: The broker did not acknowledge it; the record must not be
                committed as handled.
        """
        headers = {
            "stage": self._stage,
            "error": str(error),
            "topic": record.topic,
            "partition": str(record.partition),
            "offset": str(record.offset),
            "time": self._now().isoformat(),
            # How often a person has sent it back already (vigil dead-letters requeue).
            "tries": (dict(record.headers).get("tries") or b"0").decode(errors="replace"),
        }
        where = f"{record.topic}[{record.partition}]@{record.offset}"
        with broker.map_errors(f"keeping {where} in {topics.DEAD.name}"):
            self._producer.send(
                topics.DEAD.name,
                key=record.key,
                # Kafka takes no message that has neither.
                value=b"" if record.key is None and record.value is None else record.value,
                headers=[(name, text.encode()) for name, text in headers.items()],
            ).get(_ACK_SECONDS)
        if self._meter:
            self._meter.buries(record.topic)
        log.error(
            "to the dead letters: %s",
            error,
            extra={"topic": record.topic, "partition": record.partition, "offset": record.offset},
        )
