"""What counts is said again on its topic where something older was said after it.

The topics ``claims`` and ``reviews`` are compacted: of each key the message that came last is kept,
and that need not be the one that counts. An archive that is sent once more, or an extractor that
was asleep, writes an old revision after the new one; compaction would keep the old one alone, and
a rebuild bring it back. So whoever takes in such a message writes what counts behind it.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from consumers.aggregator.record import claims_of, record_of
from vigil import broker, reviewing, topics, wire

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kafka import KafkaProducer

    from consumers.aggregator.record import Record
    from vigil.claim import ClaimSet
    from vigil.review import Review

log = logging.getLogger(__name__)

_ACK_SECONDS = 30


class Restater:
    """Writes to the topics ``claims`` and ``reviews`` what stands and was not said last.

    Given the same again, it may write the same again: nothing changes by that, and compaction
    keeps one of them.
    """

    def __init__(self, producer: KafkaProducer) -> None:
        self._producer = producer

    def __call__(
        self, claim_sets: Sequence[ClaimSet], reviews: Sequence[Review], records: Iterable[Record]
    ) -> None:
        """Say again what the messages of a batch were not the last word of.

        Args:
            claim_sets: The batch, as it came.
            reviews: The batch, as it came.
            records: Their articles as they stand now.

        Raises:
            BrokerUnavailable: The broker did not acknowledge it; give the batch again.
        """
        known = {record.article: record for record in records}
        again = [
            *((topics.CLAIMS, one.article, wire.encode_claims(one))
              for one in outdone_claims(claim_sets, known)),
            *((topics.REVIEWS, one.key, wire.encode_review(one))
              for one in outdone_reviews(reviews, known)),
        ]  # fmt: skip
        if not again:
            return
        with broker.map_errors(f"saying again what counts of {len(again)} articles and reviews"):
            told = [
                self._producer.send(topic.name, key=key.encode(), value=value)
                for topic, key, value in again
            ]
            written = [one.get(_ACK_SECONDS) for one in told]
        for one in written:
            log.info(
                "said again, as something older came after it",
                extra={"topic": one.topic, "partition": one.partition, "offset": one.offset},
            )


def outdone_claims(claim_sets: Sequence[ClaimSet], known: dict[str, Record]) -> Iterator[ClaimSet]:
    """Yield what counts of each article of which the batch's last word is older than that."""
    last = {one.article: one for one in claim_sets}
    for article, said in last.items():
        record = known[article]
        # Without an earlier revision there is nothing older that could have come.
        if record.earlier and record_of(said).order < record.order:
            yield claims_of(record)


def outdone_reviews(reviews: Sequence[Review], known: dict[str, Record]) -> Iterator[Review]:
    """Yield what counts of each claim of which the batch's last review is older than that."""
    last = {one.key: one for one in reviews}
    for said in last.values():
        standing = reviewing.parse(known[said.article].reviews)[said.claim]
        if reviewing.line(said) < reviewing.line(standing):
            yield standing
