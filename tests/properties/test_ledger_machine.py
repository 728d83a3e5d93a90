"""The ledger in a real store beside a plain reference, step by step."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

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
from dashboard.present import FEED_SHOWN, Present
from dashboard.reader import Reader
from tests.consumers.aggregator.faulty import Crash, FaultyStore
from tests.consumers.aggregator.ledgers import (
    NOW,
    ORDER,
    claim_sets,
    give,
    newest,
    news,
    own_revision,
    reference,
    review,
    reviews,
)
from vigil.claim import ClaimSet
from vigil.review import Review, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redis import Redis


class LedgerMachine(RuleBasedStateMachine):
    """Deliver, repeat, crash; after each step the screen shows what the reference says."""

    store: ClassVar[Redis]

    @initialize()
    def start(self) -> None:
        self.store.flushall(asynchronous=False)
        self.ledger = Ledger(self.store, authority_order=ORDER)
        self.delivered: list[ClaimSet | Review] = []
        self.version = 0
        self.present = Present(self.store, clock=lambda: NOW)

    @rule(sets=st.lists(claim_sets(), min_size=1, max_size=3))
    def deliver(self, sets: list[ClaimSet]) -> None:
        self.take([own_revision(one) for one in sets])

    @rule(found=st.lists(reviews(), min_size=1, max_size=2))
    def review_something(self, found: list[Review]) -> None:
        self.take(found)

    @rule(
        data=st.data(),
        verdict=st.sampled_from(["wrong", "confirmed", "none"]),
        hour=st.integers(1, 9),
    )
    def review_what_stands(self, data: st.DataObject, verdict: Verdict, hour: int) -> None:
        standing = [
            (one.article, said) for one in newest(self.claims()).values() for said in one.claims
        ]
        if standing:
            article, said = data.draw(st.sampled_from(standing))
            self.take([review(article, said, verdict, hour=hour)])

    @rule(data=st.data())
    def deliver_again(self, data: st.DataObject) -> None:
        if self.delivered:
            self.take([data.draw(st.sampled_from(self.delivered))])

    @rule(one=news(), death=st.integers(0, 12))
    def crash_and_deliver_again(self, one: ClaimSet | Review, death: int) -> None:
        mine = own_revision(one) if isinstance(one, ClaimSet) else one
        with suppress(Crash):
            give(Ledger(FaultyStore(self.store, before=death), authority_order=ORDER), [mine])
        self.take([mine])

    @rule()
    def lose_all_and_deliver_again(self) -> None:
        self.store.flushall(asynchronous=False)
        if self.delivered:
            give(self.ledger, self.delivered)

    def take(self, items: Sequence[ClaimSet | Review]) -> None:
        give(self.ledger, items)
        self.delivered += items

    def claims(self) -> list[ClaimSet]:
        return [one for one in self.delivered if isinstance(one, ClaimSet)]

    def reviews(self) -> list[Review]:
        return [one for one in self.delivered if isinstance(one, Review)]

    @invariant()
    def screen_shows_what_the_reference_says(self) -> None:
        snapshot = Reader(self.store).read()
        assert set(snapshot.estimates) == reference(self.claims(), self.reviews())
        assert len(snapshot.estimates) == len(set(snapshot.estimates))
        assert snapshot.articles == len(newest(self.claims()))
        assert snapshot.version >= self.version or not self.delivered
        self.version = snapshot.version

    @invariant()
    def what_is_kept_and_followed_is_what_is_read_anew(self) -> None:
        assert self.present.read() == Reader(self.store).read()

    @invariant()
    def feed_shows_the_newest_claims_first(self) -> None:
        claiming = [one for one in newest(self.claims()).values() if one.claims]
        expected = sorted(claiming, key=lambda one: (one.seen_at, one.article), reverse=True)
        feed = Reader(self.store).read().feed
        assert [item.article for item in feed] == [one.article for one in expected][:FEED_SHOWN]
        assert all(item.claims for item in feed)


def test_ledger_agrees_with_the_reference_after_every_step(store: Redis) -> None:
    class Machine(LedgerMachine):
        """The machine on the store of this test."""

    Machine.store = store
    run_state_machine_as_test(
        Machine, settings=hypothesis_settings(max_examples=60, stateful_step_count=15)
    )
