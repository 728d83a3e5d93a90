"""Waiting until everything that was sent has been counted."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vigil import admin, broker, topics, wire
from vigil.errors import BrokerUnavailable, WireError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kafka import KafkaConsumer
    from kafka.consumer.fetcher import ConsumerRecord

    from vigil.settings import Settings

# Nothing has moved for so long although every part runs: something is wrong that will not mend.
_PATIENCE_SECONDS = 120.0
_POLL_MS = 200


@dataclass(slots=True)
class _Outcome:
    """What is still awaited, what failed, and how far the topic ``claims`` was read."""

    wanted: set[tuple[str, str]]
    failed: list[str] = field(default_factory=list)
    ends: dict[int, int] = field(default_factory=dict)

    def take_claims(self, record: ConsumerRecord) -> None:
        self.ends[record.partition] = record.offset + 1
        try:
            claims = wire.decode_claims(record.value or b"")
        except WireError:
            return  # withdrawn, or somebody else's
        self.wanted.discard((claims.article, claims.revision))

    def take_dead(self, record: ConsumerRecord) -> None:
        headers = {name: value.decode(errors="replace") for name, value in record.headers}
        try:
            article = wire.decode_article(record.value or b"")
        except WireError:
            return  # not one of ours: we send nothing that cannot be read
        if (article.id, article.revision) in self.wanted:
            self.wanted.discard((article.id, article.revision))
            self.failed.append(f"{article.origin or article.id}: {headers.get('error', '?')}")


def wait_until_counted(
    sent: Iterable[tuple[str, str]],
    settings: Settings,
    *,
    group: str,
    check: Callable[[], None],
    progress: Callable[[int], None] = lambda _left: None,
) -> list[str]:
    """Wait until the claims of every article are in the store.

    Follows the topics as they fill and then the aggregator's committed offsets, which move only
    after the store has what stands before them.

    Args:
        sent: Id and revision of every article.
        settings: Where the broker is.
        group: The aggregators' group.
        check: Raises when a part of the pipeline has ended.
        progress: Told how many articles are still awaited.

    Returns:
        One line for every article that ended as a dead letter.

    Raises:
        BrokerUnavailable: Nothing moved for two minutes.
    """
    outcome = _Outcome(set(sent))
    claims = broker.make_reader(settings, topics.CLAIMS)
    dead = broker.make_reader(settings, topics.DEAD)
    patience = _Patience()
    try:
        while outcome.wanted:
            check()
            before = len(outcome.wanted)
            with broker.map_errors("waiting for the claims"):
                for record in _take(claims):
                    outcome.take_claims(record)
                for record in _take(dead, timeout_ms=0):
                    outcome.take_dead(record)
            progress(len(outcome.wanted))
            patience.spend(moved=len(outcome.wanted) < before)
    finally:
        claims.close()
        dead.close()
    while not _reached(admin.committed(settings, group=group, topic=topics.CLAIMS), outcome.ends):
        check()
        patience.spend(moved=False)
        time.sleep(_POLL_MS / 1000 / 4)
    return sorted(outcome.failed)


class _Patience:
    """Runs out when nothing moves."""

    def __init__(self) -> None:
        self._moved_at = time.monotonic()

    def spend(self, *, moved: bool) -> None:
        now = time.monotonic()
        if moved:
            self._moved_at = now
        elif now - self._moved_at > _PATIENCE_SECONDS:
            message = f"nothing has moved for {_PATIENCE_SECONDS:.0f} s, though every part runs"
            raise BrokerUnavailable(message)


def _take(reader: KafkaConsumer, *, timeout_ms: int = _POLL_MS) -> list[ConsumerRecord]:
    return [r for batch in reader.poll(timeout_ms=timeout_ms).values() for r in batch]


def _reached(committed: dict[int, int], ends: dict[int, int]) -> bool:
    return all(committed.get(partition, 0) >= end for partition, end in ends.items())
