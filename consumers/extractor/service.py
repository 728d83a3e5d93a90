"""The extractor as a service: topic ``articles`` -> claims -> topic ``claims``."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING

from consumers.dead_letters import DeadLetters
from consumers.extractor.pipeline import Extractor
from consumers.figures import metering
from consumers.metering import Meter, sent_header
from consumers.reporting import reporting
from consumers.runner import run
from consumers.starting import when_there
from vigil import broker, topics, wire
from vigil.errors import BrokerError, ExtractionError, WireError
from vigil.namekey import names_key

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import ExitStack
    from threading import Event

    from kafka import KafkaConsumer, KafkaProducer
    from kafka.consumer.fetcher import ConsumerRecord

    from vigil.article import Article
    from vigil.claim import ClaimSet
    from vigil.settings import Settings

log = logging.getLogger(__name__)

GROUP = "vigil-extract"
SERVICE = "extract"
_ACK_SECONDS = 30


class ExtractService:
    """Handles batches of article records; what it cannot handle goes to the dead letters."""

    def __init__(
        self,
        extractor: Extractor,
        producer: KafkaProducer,
        dead: DeadLetters,
        *,
        today: Callable[[], date] | None = None,
        meter: Meter | None = None,
    ) -> None:
        self._extractor = extractor
        self._producer = producer
        self._dead = dead
        self._today = today or (lambda: datetime.now(UTC).date())
        self._meter = meter or Meter(SERVICE)

    def __call__(self, records: Sequence[ConsumerRecord]) -> None:
        """Send the claims of every article in the batch and await every acknowledgement."""
        pending: list[tuple[ConsumerRecord, Article]] = []
        withdrawn: list[ConsumerRecord] = []
        for record in records:
            try:
                if record.value is None:
                    withdrawn.append(_with_key(record))
                    continue
                pending.append((record, wire.decode_article(record.value)))
            except WireError as error:
                self._dead.put(record, error)
        extracted = self._extract(pending)
        self._send(extracted, withdrawn)
        self._meter.counts("articles", len(extracted))
        self._meter.counts("claims", sum(len(one.claims) for _, one in extracted))
        self._meter.waited(record.timestamp for record, _ in extracted if record.timestamp)

    def _extract(
        self, pending: Sequence[tuple[ConsumerRecord, Article]]
    ) -> list[tuple[ConsumerRecord, ClaimSet]]:
        """Return the claims of each article; one that fails alone is a dead letter."""
        today = self._today()
        try:
            done = self._extractor.extract([article for _, article in pending], today=today)
        except ExtractionError as error:
            if len(pending) == 1:
                self._dead.put(pending[0][0], error)
                return []
            return [done for one in pending for done in self._extract([one])]
        return [(record, one.claims) for (record, _), one in zip(pending, done, strict=True)]

    def _send(
        self,
        extracted: Sequence[tuple[ConsumerRecord, ClaimSet]],
        withdrawn: Sequence[ConsumerRecord],
    ) -> None:
        topic = topics.CLAIMS.name
        sent = []
        with broker.map_errors(f"sending to {topic}"):
            for record, claims in extracted:
                value = wire.encode_claims(claims)
                if len(value) > broker.MAX_MESSAGE_BYTES:
                    too_large = f"its claims take {len(value):,} bytes, more than a message may"
                    self._dead.put(record, BrokerError(too_large))
                    continue
                sent.append(
                    self._producer.send(
                        topic,
                        key=claims.article.encode(),
                        value=value,
                        headers=sent_header(record),
                    )
                )
            sent.extend(
                self._producer.send(topic, key=record.key, value=None) for record in withdrawn
            )
            self._producer.flush()
            for future in sent:
                future.get(_ACK_SECONDS)


def _with_key(record: ConsumerRecord) -> ConsumerRecord:
    """Return a tombstone that withdraws an article.

    Raises:
        WireError: It names none.
    """
    if not record.key:
        message = "a tombstone without a key withdraws nothing"
        raise WireError(message)
    return record


def serve(settings: Settings, *, stopping: Event) -> None:
    """Run one extractor until told to stop.

    Raises:
        VigilError: It cannot go on; nothing is lost, the offsets stand where they stood.
    """
    extractor = Extractor(
        model=settings.model, names_key=names_key(settings), show_names=settings.show_names
    )
    with when_there(partial(_connect, settings), stopping=stopping) as there:
        if there is None:
            return
        producer, consumer = there
        meter = Meter(SERVICE)
        dead = DeadLetters(producer, stage=SERVICE, meter=meter)
        service = ExtractService(extractor, producer, dead, meter=meter)
        log.info("extracting", extra={"topic": topics.ARTICLES.name, "group": GROUP})
        with reporting(settings, meter), metering(settings, meter):
            run(consumer, service, stopping=stopping, alive=settings.alive, meter=meter)


def _connect(settings: Settings, stack: ExitStack) -> tuple[KafkaProducer, KafkaConsumer]:
    broker.ensure_topics(settings)
    producer = stack.enter_context(broker.make_producer(settings))
    consumer = stack.enter_context(broker.make_consumer(settings, topics.ARTICLES, group=GROUP))
    return producer, consumer
