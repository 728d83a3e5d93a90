"""The aggregator as a service: topics ``claims`` and ``reviews`` -> estimates -> Redis."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from consumers.aggregator.following import Following
from consumers.aggregator.ledger import Ledger
from consumers.aggregator.restating import Restater
from consumers.dead_letters import DeadLetters
from consumers.figures import metering
from consumers.letters import keeping_letters
from consumers.metering import Meter, sent_ms
from consumers.reporting import reporting
from consumers.runner import run
from consumers.starting import when_there
from vigil import admin, broker, topics, wire
from vigil.claim import ClaimSet
from vigil.errors import WireError
from vigil.review import Review
from vigil.store import make_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from contextlib import ExitStack
    from threading import Event

    from kafka import KafkaConsumer, KafkaProducer
    from kafka.consumer.fetcher import ConsumerRecord

    from vigil.settings import Settings

log = logging.getLogger(__name__)

GROUP = "vigil-aggregate"
SERVICE = "aggregate"
# All that the store is filled from.
TOPICS = (topics.CLAIMS, topics.REVIEWS)
# A country's day is read and resolved once a batch, however many of its articles are in it, and
# claims take a thousandth of the time that reading them out of their articles took.
BATCHES_TOGETHER = 20
# The articles of a day lie on all partitions. Where a backlog is read, so little of each a turn
# brings a day's together, and its slots are resolved half as often as with kafka-python's megabyte.
_BYTES_OF_EACH = 320 * 1024


class AggregateService:
    """Handles batches of claims and reviews; what it cannot read goes to the dead letters."""

    def __init__(
        self,
        ledger: Ledger,
        dead: DeadLetters,
        restater: Restater,
        *,
        now: Callable[[], datetime] | None = None,
        meter: Meter | None = None,
        again: Callable[[ConsumerRecord], bool] = lambda _record: False,
    ) -> None:
        """Handle batches.

        Args:
            ledger: What they are written into.
            dead: Takes what cannot be read.
            restater: Says again what counts.
            now: The clock (aware).
            meter: Told what is counted.
            again: Whether a record was handled before and only has to be written once more.
        """
        self._again = again
        self._ledger = ledger
        self._dead = dead
        self._restater = restater
        self._now = now or (lambda: datetime.now(UTC))
        self._meter = meter or Meter(SERVICE)

    def __call__(self, records: Sequence[ConsumerRecord]) -> None:
        """Write what the batch changes; when it returns, Redis has it."""
        new = [record for record in records if not self._again(record)]
        self._write([record for record in records if self._again(record)])
        claim_sets, reviews, refused = sorted_out(new)
        for record, error in refused:
            self._dead.put(record, error)
        if claim_sets or reviews:
            applied = self._ledger.apply(claim_sets, reviews, now=self._now())
            self._restater(claim_sets, reviews, applied.records)
        self._meter.waited(sent_ms(new))
        self._meter.counts("articles", len(claim_sets))
        self._meter.counts("claims", sum(len(one.claims) for one in claim_sets))

    def _write(self, records: Sequence[ConsumerRecord]) -> None:
        """Write what the store has lost: it was refused, and said again, long ago."""
        claim_sets, reviews, _ = sorted_out(records)
        if claim_sets or reviews:
            self._ledger.apply(claim_sets, reviews, now=self._now())


def serve(settings: Settings, *, stopping: Event) -> None:
    """Run one aggregator until told to stop.

    Raises:
        VigilError: It cannot go on; nothing is lost, the offsets stand where they stood.
    """
    ledger = Ledger(
        make_store(settings),
        authority_order=settings.authority_order,
        retention_days=settings.retention_days,
    )
    with when_there(partial(_connect, settings), stopping=stopping) as there:
        if there is None:
            return
        producer, consumer, ids = there
        meter = Meter(SERVICE)
        dead = DeadLetters(producer, stage=SERVICE, meter=meter)
        place = Following(consumer, ledger.bookmarks(ids))
        service = AggregateService(ledger, dead, Restater(producer), meter=meter, again=place.again)
        names = ", ".join(topic.name for topic in TOPICS)
        log.info("aggregating", extra={"topic": names, "group": GROUP})
        with (
            reporting(settings, meter),
            metering(settings, meter),
            keeping_letters(settings),
        ):
            run(
                consumer,
                service,
                stopping=stopping,
                alive=settings.alive,
                meter=meter,
                place=place,
            )


def _connect(
    settings: Settings, stack: ExitStack
) -> tuple[KafkaProducer, KafkaConsumer, dict[str, str]]:
    """Return a producer, a member of the group, and the ids of the topics by their names."""
    broker.ensure_topics(settings)
    producer = stack.enter_context(broker.make_producer(settings))
    consumer = stack.enter_context(make_consumer(settings, group=GROUP))
    return producer, consumer, admin.topic_ids(settings, TOPICS)


def make_consumer(settings: Settings, *, group: str) -> KafkaConsumer:
    """Return a member of a group of aggregators.

    Raises:
        BrokerUnavailable: No bootstrap address answers.
    """
    most = settings.batch * BATCHES_TOGETHER
    return broker.make_consumer(
        settings, *TOPICS, group=group, at_a_time=most, bytes_of_each=_BYTES_OF_EACH
    )


def sorted_out(
    records: Iterable[ConsumerRecord],
) -> tuple[list[ClaimSet], list[Review], list[tuple[ConsumerRecord, WireError]]]:
    """Return the claims and the reviews in some records, and those that cannot be read."""
    claim_sets: list[ClaimSet] = []
    reviews: list[Review] = []
    refused: list[tuple[ConsumerRecord, WireError]] = []
    for record in records:
        try:
            if record.topic == topics.REVIEWS.name:
                reviews.append(review_of(record))
            else:
                claim_sets.append(claims_of(record))
        except WireError as error:
            refused.append((record, error))
    return claim_sets, reviews, refused


def claims_of(record: ConsumerRecord) -> ClaimSet:
    """Return the claims in a record; a tombstone withdraws all its article had claimed.

    Raises:
        WireError: The record is not a message of the topic ``claims``.
    """
    key = (record.key or b"").decode(errors="replace")
    if record.value is None:
        if not key:
            message = "a tombstone without a key withdraws nothing"
            raise WireError(message)
        return wire.checked_claims(ClaimSet(key, revision="", seen_at=_moment_of(record)))
    claims = wire.decode_claims(record.value)
    if key != claims.article:
        # Compaction goes by the key, and would let one article's claims push out another's.
        message = "not a message of ClaimSet: it is of another article than its key"
        raise WireError(message)
    return claims


def review_of(record: ConsumerRecord) -> Review:
    """Return the review in a record; a tombstone takes back what was said of its claim.

    Raises:
        WireError: The record is not a message of the topic ``reviews``.
    """
    key = (record.key or b"").decode(errors="replace")
    if record.value is None:
        article, _, claim = key.rpartition("#")
        return wire.checked_review(Review(article, claim, "none", "", "", _moment_of(record)))
    review = wire.decode_review(record.value)
    if key != review.key:
        # Compaction goes by the key, and would let one claim's review push out another's.
        message = f"not a message of Review: it is of {review.key} and its key is another"
        raise WireError(message)
    return review


def _moment_of(record: ConsumerRecord) -> datetime:
    """Return when a message was sent.

    Raises:
        WireError: Its timestamp is none.
    """
    try:
        return datetime.fromtimestamp(record.timestamp / 1000, UTC)
    except (TypeError, ValueError, OverflowError, OSError) as error:
        message = "its timestamp is no moment"
        raise WireError(message) from error
