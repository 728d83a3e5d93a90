"""The aggregator as a service: topic ``claims`` -> estimates -> Redis."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from consumers.aggregator.ledger import Ledger
from consumers.dead_letters import DeadLetters
from consumers.runner import run
from vigil import broker, topics, wire
from vigil.claim import ClaimSet
from vigil.errors import WireError
from vigil.store import make_store

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from threading import Event

    from kafka.consumer.fetcher import ConsumerRecord

    from vigil.settings import Settings

log = logging.getLogger(__name__)

GROUP = "vigil-aggregate"


class AggregateService:
    """Handles batches of claim records; what it cannot read goes to the dead letters."""

    def __init__(
        self, ledger: Ledger, dead: DeadLetters, *, now: Callable[[], datetime] | None = None
    ) -> None:
        self._ledger = ledger
        self._dead = dead
        self._now = now or (lambda: datetime.now(UTC))

    def __call__(self, records: Sequence[ConsumerRecord]) -> None:
        """Write what the batch changes; when it returns, Redis has it."""
        claim_sets = []
        for record in records:
            try:
                claim_sets.append(claims_of(record))
            except WireError as error:
                self._dead.put(record, error)
        if claim_sets:
            self._ledger.apply(claim_sets, now=self._now())


def serve(settings: Settings, *, stopping: Event) -> None:
    """Run one aggregator until told to stop.

    Raises:
        VigilError: It cannot go on; nothing is lost, the offsets stand where they stood.
    """
    ledger = Ledger(make_store(settings), authority_order=settings.authority_order)
    broker.ensure_topics(settings)
    with (
        broker.make_producer(settings) as producer,
        broker.make_consumer(settings, topic=topics.CLAIMS, group=GROUP) as consumer,
    ):
        service = AggregateService(ledger, DeadLetters(producer, stage="aggregate"))
        log.info("aggregating", extra={"topic": topics.CLAIMS.name, "group": GROUP})
        run(consumer, service, stopping=stopping)


def claims_of(record: ConsumerRecord) -> ClaimSet:
    """Return the claims in a record; a tombstone withdraws all its article had claimed.

    Raises:
        WireError: The record is not a message of the topic ``claims``.
    """
    if record.value is not None:
        return wire.decode_claims(record.value)
    if not record.key:
        message = "a tombstone without a key withdraws nothing"
        raise WireError(message)
    withdrawn_at = datetime.fromtimestamp(record.timestamp / 1000, UTC)
    return ClaimSet(article=record.key.decode(), revision="", seen_at=withdrawn_at)
