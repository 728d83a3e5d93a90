"""The ledger in a real store beside a plain reference, step by step."""

from __future__ import annotations

from dataclasses import replace
from hashlib import blake2b
from typing import TYPE_CHECKING

from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from consumers.aggregator.ledger import Ledger
from dashboard.reader import FEED_SHOWN, Reader
from tests.consumers.aggregator.ledgers import (
    NOW,
    ORDER,
    Crash,
    FaultyStore,
    claim_sets,
    newest,
    reference,
)
from vigil import wire

if TYPE_CHECKING:
    from redis import Redis

    from vigil.claim import ClaimSet


def test_ledger_agrees_with_the_reference_after_every_step(store: Redis) -> None:
    class LedgerMachine(RuleBasedStateMachine):
        """Deliver, repeat, crash; after each step the screen shows what the reference says."""

        @initialize()
        def start(self) -> None:
            store.flushall(asynchronous=False)
            self.ledger = Ledger(store, authority_order=ORDER)
            self.delivered: list[ClaimSet] = []
            self.version = 0

        @rule(sets=st.lists(claim_sets(), min_size=1, max_size=3))
        def deliver(self, sets: list[ClaimSet]) -> None:
            self.take([_own_revision(one) for one in sets])

        @rule(data=st.data())
        def deliver_again(self, data: st.DataObject) -> None:
            if self.delivered:
                self.take([data.draw(st.sampled_from(self.delivered))])

        @rule(one=claim_sets(), death=st.integers(0, 12))
        def crash_and_deliver_again(self, one: ClaimSet, death: int) -> None:
            mine = _own_revision(one)
            try:
                dying = FaultyStore(store, before=death)
                Ledger(dying, authority_order=ORDER).apply([mine], now=NOW)
            except Crash:
                pass
            self.take([mine])

        def take(self, sets: list[ClaimSet]) -> None:
            self.ledger.apply(sets, now=NOW)
            self.delivered += sets

        @invariant()
        def screen_shows_what_the_reference_says(self) -> None:
            snapshot = Reader(store).read()
            assert set(snapshot.estimates) == reference(self.delivered)
            assert len(snapshot.estimates) == len(set(snapshot.estimates))
            assert snapshot.articles == len(newest(self.delivered))
            assert snapshot.version >= self.version
            self.version = snapshot.version

        @invariant()
        def feed_shows_the_newest_claims_first(self) -> None:
            claiming = [one for one in newest(self.delivered).values() if one.claims]
            expected = sorted(claiming, key=lambda one: (one.seen_at, one.article), reverse=True)
            feed = Reader(store).read().feed
            assert [item.article for item in feed] == [one.article for one in expected][:FEED_SHOWN]
            assert all(item.claims for item in feed)

    run_state_machine_as_test(
        LedgerMachine, settings=hypothesis_settings(max_examples=40, stateful_step_count=15)
    )


def _own_revision(one: ClaimSet) -> ClaimSet:
    """Give different contents different revisions, as the producer's hash of the text does."""
    return replace(one, revision=blake2b(wire.encode(one), digest_size=8).hexdigest())
