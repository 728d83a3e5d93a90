"""A fail-over in the middle of a batch: what the lost primary alone had is written once more."""

from __future__ import annotations

import time
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from kafka import TopicPartition

from consumers.aggregator.bookmarks import Place, Way
from consumers.aggregator.ledger import Ledger
from consumers.aggregator.rebuild import rebuild
from tests.consumers.aggregator.ledgers import NOW, ORDER, claim, give
from vigil import broker, keys, topics, wire
from vigil.claim import ClaimSet
from vigil.embedded import start_store
from vigil.errors import StoreError, StoreUnavailable
from vigil.store import make_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from redis import Redis

    from vigil.settings import Settings

CLAIMS = TopicPartition("claims", 3)
SETS = [ClaimSet(f"a{number}", "r1", NOW, (claim(number + 5),)) for number in range(3)]


class Pair:
    """A primary, its replica, and a client whose address leads to the primary of the two."""

    def __init__(self, store: Redis, other: Redis) -> None:
        self.primary: Any = store
        self.replica: Any = other

    def follows(self) -> None:
        """Let the replica follow; when it returns, it does."""
        self.primary.config_set("repl-diskless-sync-delay", 0)
        at = self.primary.connection_pool.connection_kwargs
        self.replica.replicaof(at["host"], at["port"])
        deadline = time.monotonic() + 60
        while self.replica.info("replication")["master_link_status"] != "up":
            assert time.monotonic() < deadline, "the replica never followed"
            time.sleep(0.01)

    def copied(self) -> None:
        """Let the replica have all there is, and nothing that comes later."""
        self.primary.incr("anything")  # a connection waits for what it wrote itself
        deadline = time.monotonic() + 60
        while not self.primary.wait(1, 1000):
            assert time.monotonic() < deadline, "the replica never had it all"
        self.replica.replicaof("NO", "ONE")

    def fails_over(self) -> None:
        """From now on the client's address is that of the replica."""
        pool = self.primary.connection_pool
        pool.connection_kwargs.update(self.replica.connection_pool.connection_kwargs)
        pool.disconnect()
        pool.reset()


@pytest.fixture
def pair(store_settings: Settings, store: Redis, tmp_path: Path) -> Iterator[Pair]:
    with ExitStack() as stack:
        server = start_store(tmp_path)
        stack.callback(server.process.stop)
        address = type(store_settings.redis)(server.address)
        # While it takes over what the primary has, a replica on a busy disk answers nothing.
        others = store_settings.model_copy(update={"redis": address})
        other = stack.enter_context(closing(make_store(others, timeout=60)))
        switching = stack.enter_context(closing(make_store(store_settings)))
        pair = Pair(switching, other)
        pair.follows()
        yield pair


def test_batch_that_met_two_primaries_is_written_again(pair: Pair) -> None:
    ledger = Ledger(pair.primary, authority_order=ORDER)
    marks = ledger.bookmarks({"claims": "one"})
    marks.watch()
    give(ledger, SETS[:1])
    assert marks.move({CLAIMS: Way(0, 1, 0)}, now=NOW) == {CLAIMS: Place(1, 0)}
    pair.copied()
    give(ledger, SETS[1:2])  # acknowledged, and nowhere else
    pair.fails_over()
    give(ledger, SETS[2:])
    with pytest.raises(StoreUnavailable, match="replaced"):
        marks.move({CLAIMS: Way(1, 3, 0)}, now=NOW)
    give(ledger, SETS[1:])
    assert marks.move({CLAIMS: Way(1, 3, 0)}, now=NOW) == {CLAIMS: Place(3, 0)}
    assert pair.replica.smembers(keys.ARTICLES) == {one.article for one in SETS}


def test_server_that_was_replaced_while_nothing_was_written_is_only_looked_at(pair: Pair) -> None:
    ledger = Ledger(pair.primary, authority_order=ORDER)
    marks = ledger.bookmarks({"claims": "one"})
    marks.watch()
    marks.move({CLAIMS: Way(0, 1, 0)}, now=NOW)
    pair.copied()
    marks.move({CLAIMS: Way(1, 3, 0)}, now=NOW)
    pair.fails_over()
    marks.watch()
    assert marks.move({CLAIMS: Way(3, 3, 0)}, now=NOW) == {CLAIMS: Place(1, 3)}


@pytest.mark.integration
@pytest.mark.parametrize("servers", ["embedded"], indirect=True)
def test_rebuild_that_met_two_primaries_says_so(servers: Settings, pair: Pair) -> None:
    with broker.make_producer(servers) as producer:
        for one in SETS:
            value = wire.encode_claims(one)
            producer.send(topics.CLAIMS.name, key=one.article.encode(), value=value).get(10)
    ledger = Ledger(pair.primary, authority_order=ORDER)
    asked = 0

    def clock() -> datetime:
        nonlocal asked
        asked += 1
        if asked == 3:  # before the first batch is written
            pair.copied()
        if asked == 4:  # before it is said that it is
            pair.fails_over()
        return datetime.now(UTC)

    with pytest.raises(StoreError, match="replaced"):
        rebuild(servers, ledger, now=clock)
    assert pair.replica.scard(keys.ARTICLES) == 0
    rebuild(servers, ledger)
    assert pair.replica.scard(keys.ARTICLES) == 3
