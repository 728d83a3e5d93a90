"""Compaction keeps what came last; a rebuild from it still gives what counts."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from kafka import KafkaAdminClient
from kafka.admin import ConfigResource, ConfigResourceType

from consumers.aggregator.rebuild import rebuild
from tests.consumers.aggregator.ledgers import MONITOR, MOSCOW, NOW, claim
from tests.integration.test_rebuild import exported, ledger
from tests.integration.test_reviews import aggregating, send, wait_until_taken
from vigil import topics, wire
from vigil.claim import ClaimSet
from vigil.replay import batches
from vigil.review import Review, fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigil.settings import Settings

pytestmark = [
    pytest.mark.integration,
    # The embedded broker compacts nothing.
    pytest.mark.parametrize("servers", ["real"], indirect=True),
]

AT_ONCE = {
    "segment.ms": "100",
    "min.compaction.lag.ms": "0",
    "max.compaction.lag.ms": "100",
    "min.cleanable.dirty.ratio": "0.01",
}
EVENING = NOW + timedelta(hours=9)
PATIENCE = 120  # seconds


def said(article: str, count: int, *, revision: str, evening: bool) -> ClaimSet:
    claims = (claim(count, MOSCOW, authority=MONITOR),) if count else ()
    return ClaimSet(article, revision, EVENING if evening else NOW, claims, outlet="Northline")


def judged(verdict: str, *, evening: bool) -> Review:
    one = fingerprint(claim(70, MOSCOW, authority=MONITOR))
    at = EVENING if evening else NOW
    return Review("judged", one, verdict, "Misread", "the desk", at)  # type: ignore[arg-type]  # a literal


# What counts is said first, and what it replaced after it.
NEW = [
    said("grown", 900, revision="r2", evening=True),
    said("emptied", 0, revision="r2", evening=True),
    said("judged", 70, revision="r1", evening=False),
]
OLD = [
    said("grown", 300, revision="r1", evening=False),
    said("emptied", 40, revision="r1", evening=False),
]


def compact_at_once(settings: Settings) -> None:
    admin = KafkaAdminClient(bootstrap_servers=settings.kafka)
    for topic in (topics.CLAIMS, topics.REVIEWS):
        admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, topic.name, AT_ONCE)])
    admin.close()


def values(settings: Settings) -> set[bytes]:
    wanted = (topics.CLAIMS, topics.REVIEWS)
    return {
        record.value
        for batch in batches(settings, *wanted, max_records=500)
        for record in batch.records
    }


def wait_until_compacted(settings: Settings, gone: set[bytes]) -> None:
    """Wait until some values are gone; more keeps coming, as only that closes a segment."""
    deadline = time.monotonic() + PATIENCE
    turn = 0
    while gone & values(settings):
        assert time.monotonic() < deadline, "nothing is compacted"
        turn += 1
        send(settings, list(fillers(turn)))


def fillers(turn: int) -> Iterator[ClaimSet | Review]:
    """Yield what changes nothing, for every partition."""
    for number in range(20):
        name = f"filler {number}"
        yield said(name, 0, revision=f"r{turn}", evening=True)
        yield replace(judged("none", evening=True), article=name, reason=f"turn {turn}")


def test_rebuild_after_compaction_gives_what_counts(servers: Settings) -> None:
    compact_at_once(servers)
    with aggregating(servers):
        send(servers, [*NEW, judged("wrong", evening=True)])
        wait_until_taken(servers)
        send(servers, [*OLD, judged("confirmed", evening=False)])
        wait_until_taken(servers)
        older = {wire.encode_claims(one) for one in OLD}
        older.add(wire.encode_review(judged("confirmed", evening=False)))
        wait_until_compacted(servers, older)
        wait_until_taken(servers)
    before = exported(servers)
    rebuild(servers, ledger(servers))
    assert exported(servers) == before
    assert "900" in before
