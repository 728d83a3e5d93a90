"""Keeps an aggregator's place on the topics and the store's bookmarks together."""

from __future__ import annotations

import logging
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kafka import ConsumerRebalanceListener, TopicPartition

from consumers.aggregator.bookmarks import Way
from vigil import broker
from vigil.errors import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kafka import KafkaConsumer
    from kafka.consumer.fetcher import ConsumerRecord

    from consumers.aggregator.bookmarks import Bookmarks, Place

log = logging.getLogger(__name__)

_LOOK_SECONDS = 1.0
_ASK_MS = 10_000


class Following(ConsumerRebalanceListener):  # type: ignore[misc]  # kafka-python carries no types
    """Sets a consumer back to where its store really is, whenever the store went back."""

    def __init__(
        self,
        consumer: KafkaConsumer,
        bookmarks: Bookmarks,
        *,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        """Follow a consumer that is subscribed already, and has not polled yet."""
        self._consumer = consumer
        self._bookmarks = bookmarks
        self._now = now or (lambda: datetime.now(UTC))
        self._starts: dict[TopicPartition, int] = {}
        self._begins: dict[TopicPartition, int] = {}
        self._once: dict[TopicPartition, int] = {}
        self._held: dict[TopicPartition, int] = {}  # written up to here while a rebuild filled
        self._due = 0.0
        self._unheard = False
        consumer.subscribe(topics=sorted(consumer.subscription()), listener=self)

    def on_partitions_revoked(self, revoked: Iterable[TopicPartition]) -> None:
        """Forget nothing: of what stays with us the consumer keeps its position, and we ours."""

    def on_partitions_assigned(self, assigned: Iterable[TopicPartition]) -> None:
        """Forget all else: when it comes again it begins where the group stands then."""
        self._forget(self._starts.keys() - set(assigned))

    def on_partitions_lost(self, lost: Iterable[TopicPartition]) -> None:
        """Forget where we were: the consumer has forgotten it as well."""
        self._forget(lost)

    def _forget(self, some: Iterable[TopicPartition]) -> None:
        for tp in some:
            self._starts.pop(tp, None)
            self._once.pop(tp, None)
            self._held.pop(tp, None)

    def again(self, record: ConsumerRecord) -> bool:
        """Return whether a record was taken in before, by a store that has lost it since."""
        once = self._once.get(TopicPartition(record.topic, record.partition), 0)
        return bool(record.offset < once)

    def reached(self) -> dict[TopicPartition, int]:
        """Say that everything polled is written; return where the consumer was set back to.

        Raises:
            StoreUnavailable: Redis does not answer, or was replaced; write and say it again.
            BrokerUnavailable: Kafka does not tell where a new share begins.
        """
        ways = self._ways()
        back: dict[TopicPartition, int] = {}
        if not ways:
            return back
        for tp, place in self._moved(ways).items():
            self._once[tp] = place.once
            if place.here is not None and place.here >= ways[tp].start:
                self._starts[tp] = ways[tp].end
            else:
                back[tp] = self._go_back(tp, place, ways[tp])
        return back

    def _moved(self, ways: Mapping[TopicPartition, Way]) -> Mapping[TopicPartition, Place]:
        try:
            told = self._bookmarks.move(ways, now=self._now())
        except StoreUnavailable:
            # What was written while a rebuild was under way, batch upon batch and all of it unsaid,
            # may have been written to another server: only the batch in hand is written again.
            self._starts |= self._held
            self._held.clear()
            raise
        self._held = {tp: way.end for tp, way in ways.items() if tp not in told}
        return told

    def look(self) -> dict[TopicPartition, int]:
        """Do the same while nothing comes, once a second: a store may go back then, too."""
        if time.monotonic() < self._due:
            return {}
        self._due = time.monotonic() + _LOOK_SECONDS
        try:
            if not self._held:
                self._bookmarks.watch()  # all is said that was written, whoever it was written to
            back = self.reached()
        except StoreUnavailable as error:
            if not self._unheard:
                log.warning("nobody knows whether the store went back: %s", error)
            self._unheard = True
            return {}
        self._unheard = False
        return back

    def _ways(self) -> dict[TopicPartition, Way]:
        # A partition that has not answered yet has no position that means anything.
        share = [
            tp for tp in self._consumer.assignment() if self._consumer.highwater(tp) is not None
        ]
        with broker.map_errors("asking where this aggregator's share begins"):
            self._learn([tp for tp in share if tp not in self._starts])
            ends = {tp: self._consumer.position(tp, timeout_ms=_ASK_MS) for tp in share}
        return {
            # A topic that lost its end (an unclean election) is read from its beginning again.
            tp: Way(min(self._starts[tp], end), end, self._begins[tp])
            for tp, end in ends.items()
            if end is not None
        }

    def _learn(self, new: list[TopicPartition]) -> None:
        """Find where reading began of what is newly ours."""
        if not new:
            return
        self._begins |= self._consumer.beginning_offsets(new, timeout_ms=_ASK_MS)
        for tp in new:
            stood = self._consumer.committed(tp, timeout_ms=_ASK_MS)
            self._starts[tp] = self._begins[tp] if stood is None else stood

    def _go_back(self, tp: TopicPartition, place: Place, way: Way) -> int:
        to = way.begin if place.here is None else max(place.here, way.begin)
        log.warning(
            "the store went back: it lacks what stands from offset %d to %d; reading it again",
            to,
            way.end,
            extra={"topic": tp.topic, "partition": tp.partition, "offset": to},
        )
        self._consumer.seek(tp, to)
        self._starts[tp] = to
        return to
