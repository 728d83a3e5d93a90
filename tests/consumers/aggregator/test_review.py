"""What a person says of a claim decides whether it counts, and is said of the number."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from consumers.aggregator.ledger import Ledger
from dashboard.reader import Reader
from tests.consumers.aggregator.ledgers import (
    KAZAN,
    MOMENTS,
    MONITOR,
    MOSCOW,
    NOW,
    ORDER,
    RUSSIA,
    claim,
    dump,
    give,
    review,
)
from tests.vigil.resolving.statements import resolved, said, span
from vigil import keys, stored, wire
from vigil.claim import Claim, ClaimSet
from vigil.estimate import Estimate, Rule
from vigil.resolving.resolve import Statement, resolve, resolve_slot

if TYPE_CHECKING:
    from redis import Redis

    from vigil.review import Review, Verdict


def judged(what: Claim, verdict: Verdict, outlet: str = "Northline") -> Statement:
    return replace(said(what, outlet=outlet), verdict=verdict)


# --- resolving ------------------------------------------------------------------------------


def test_wrong_claim_takes_no_part() -> None:
    estimate = resolved(
        judged(claim(9_000, authority=MONITOR), "wrong", outlet="Post"), said(claim(40))
    )
    assert (span(estimate), estimate.rule) == ((40, 40, 40), Rule.ONLY)
    assert (estimate.claims, estimate.outlets) == (1, ("Northline",))
    assert estimate.overruled == ("Post-12#0",)


def test_wrong_figure_opens_no_span_and_is_not_unconfirmed() -> None:
    estimate = resolved(judged(claim(9_000), "wrong", outlet="Post"), said(claim(40)))
    assert (estimate.unconfirmed, len(estimate.figures)) == ((), 1)


def test_wrong_name_is_counted_no_more() -> None:
    estimate = resolved(
        judged(claim(1, named=("anna",)), "wrong", outlet="Post"), said(claim(1, named=("boris",)))
    )
    assert (estimate.best, estimate.rests_on) == (1, ("Northline-12#0",))


def test_bucket_of_wrong_claims_alone_has_no_estimate() -> None:
    wrong = judged(claim(40), "wrong")
    with pytest.raises(ValueError, match="without statements"):
        resolve([wrong], authority_order=ORDER)
    assert resolve_slot([wrong], authority_order=ORDER) == ()


def test_wrong_city_is_taken_out_of_its_country() -> None:
    [kazan, russia] = resolve_slot(
        [
            judged(claim(900, MOSCOW), "wrong", outlet="Post"),
            said(claim(24, KAZAN)),
            judged(claim(30, KAZAN), "wrong", outlet="Lantern"),
        ],
        authority_order=ORDER,
    )
    assert (kazan.best, russia.best, russia.rule) == (24, 24, Rule.CITIES)
    assert russia.overruled == kazan.overruled == ("Lantern-12#0",)


def test_lone_figure_that_a_person_confirmed_is_not_set_aside() -> None:
    lone = claim(9_000)
    rest = [said(claim(40)), said(claim(45), outlet="L")]
    before = resolved(said(lone, outlet="Post"), *rest)
    after = resolved(judged(lone, "confirmed", outlet="Post"), *rest)
    assert (before.best, before.unconfirmed, before.confirmed) == (45, (9_000,), ())
    assert (after.best, after.unconfirmed, after.confirmed) == (9_000, (), ("Post-12#0",))


def test_confirmed_figure_below_a_lone_one_confirms_only_itself() -> None:
    estimate = resolved(
        said(claim(9_000), outlet="Post"),
        judged(claim(900), "confirmed", outlet="L"),
        said(claim(40)),
    )
    assert (estimate.best, estimate.unconfirmed) == (900, (9_000,))


def test_confirmed_claim_that_the_number_does_not_rest_on_confirms_no_number() -> None:
    estimate = resolved(
        judged(claim(500), "confirmed", outlet="Post"), said(claim(1_450, authority=MONITOR))
    )
    assert (estimate.best, estimate.confirmed) == (1_450, ())


def test_confirmed_name_and_city_are_said_of_the_sum() -> None:
    [kazan, russia] = resolve_slot(
        [judged(claim(2, KAZAN, named=("anna", "boris")), "confirmed")], authority_order=ORDER
    )
    assert kazan.confirmed == russia.confirmed == ("Northline-12#0",)


# --- the store ------------------------------------------------------------------------------

FIRST = ClaimSet("a", "r1", MOMENTS[1], (claim(900, MOSCOW), claim(24, KAZAN)), outlet="Post")
SLOT = "RU:2022-02-24"


@pytest.fixture
def ledger(store: Redis) -> Ledger:
    return Ledger(store, authority_order=ORDER)


def shown(store: Redis) -> dict[str, int]:
    client: Any = store
    counters = client.hgetall(keys.slot_counters(SLOT))
    return {bucket.split("|")[2]: int(best) for bucket, best in counters.items()}


def test_review_takes_a_figure_out_and_undoing_brings_it_back(store: Redis, ledger: Ledger) -> None:
    give(ledger, [FIRST])
    before = shown(store)
    give(ledger, [review("a", claim(900, MOSCOW))])
    assert shown(store) == {"Kazan": 24, "Russia": 24}
    give(ledger, [review("a", claim(900, MOSCOW), "none", hour=2)])
    assert shown(store) == before == {"Moscow": 900, "Kazan": 24, "Russia": 924}


def test_review_that_comes_before_its_claim_waits_for_it(store: Redis, ledger: Ledger) -> None:
    give(ledger, [review("a", claim(900, MOSCOW))])
    assert (ledger.articles(), ledger.reviewed()) == (0, 1)
    give(ledger, [FIRST])
    assert shown(store) == {"Kazan": 24, "Russia": 24}


def test_review_survives_a_revision_that_leaves_its_sentence(store: Redis, ledger: Ledger) -> None:
    give(ledger, [FIRST, review("a", claim(900, MOSCOW))])
    moved = (claim(3, RUSSIA), claim(900, MOSCOW))
    give(ledger, [replace(FIRST, revision="r2", seen_at=MOMENTS[3], claims=moved)])
    assert shown(store) == {"Russia": 3}


def test_review_lapses_when_the_statement_changed(store: Redis, ledger: Ledger) -> None:
    give(ledger, [FIRST, review("a", claim(900, MOSCOW))])
    give(ledger, [replace(FIRST, revision="r2", seen_at=MOMENTS[3], claims=(claim(950, MOSCOW),))])
    assert shown(store) == {"Moscow": 950, "Russia": 950}


def test_review_speaks_of_its_own_article_only(store: Redis, ledger: Ledger) -> None:
    other = replace(FIRST, article="b", outlet="Lantern")
    give(ledger, [FIRST, other, review("a", claim(900, MOSCOW))])
    [moscow] = (one for one in Reader(store).read().estimates if one.bucket.place == MOSCOW)
    assert (moscow.best, moscow.claims, moscow.outlets) == (900, 1, ("Lantern",))
    assert (moscow.rests_on, moscow.overruled) == (("b#0",), ("a#0",))


def test_review_that_changes_no_number_is_news_all_the_same(store: Redis, ledger: Ledger) -> None:
    give(ledger, [FIRST, review("a", claim(900, MOSCOW))])
    version, estimates = Reader(store).version(), Reader(store).read().estimates
    give(ledger, [review("a", claim(900, MOSCOW), hour=2, reason="Another article's figure")])
    assert Reader(store).version() > version
    assert Reader(store).read().estimates == estimates


def test_store_without_reviews_holds_nothing_of_them(store: Redis, ledger: Ledger) -> None:
    give(ledger, [FIRST])
    client: Any = store
    assert set(client.hgetall(keys.record("a"))) == {"order", "slots", "body"}
    assert not client.exists(keys.REVIEWED)
    assert all(order.count(" ") == 2 for order in _orders(store))
    give(ledger, [review("a", claim(900, MOSCOW))])
    assert all(order.count(" ") == 3 for order in _orders(store))


def _orders(store: Redis) -> list[str]:
    client: Any = store
    return [stored.decode(text).order for text in client.hvals(keys.slot_claims(SLOT))]


def test_contribution_of_an_earlier_vigil_is_read(store: Redis, ledger: Ledger) -> None:
    give(ledger, [FIRST])
    client: Any = store
    [text] = client.hvals(keys.slot_claims(SLOT))
    order, outlet, claims, _ = msgspec.json.decode(text)
    # Neither what persons said of the claims, nor what earlier revisions said.
    older = msgspec.json.encode([order, outlet, [one[:-2] for one in claims]]).decode()
    assert stored.decode(older) == stored.decode(text)
    client.hset(keys.slot_claims(SLOT), "a", older)
    give(ledger, [review("a", claim(900, MOSCOW))])
    assert shown(store) == {"Kazan": 24, "Russia": 24}


def test_estimate_of_an_earlier_vigil_is_read() -> None:
    estimate = resolved(said(claim(40)))
    fields = msgspec.json.decode(wire.encode(estimate))
    del fields["confirmed"], fields["overruled"]
    assert wire.decode(msgspec.json.encode(fields), Estimate) == estimate


def test_rebuilt_store_has_its_reviews_again(store: Redis, ledger: Ledger) -> None:
    news: list[ClaimSet | Review] = [FIRST, review("a", claim(900, MOSCOW))]
    give(ledger, news)
    before = dump(store)
    ledger.forget()
    assert (ledger.reviewed(), dump(store)) == (0, {})
    give(ledger, reversed(news))
    assert dump(store) == before


def test_batch_of_reviews_alone_is_counted_by_articles(ledger: Ledger) -> None:
    some = [review("a", claim(900, MOSCOW)), review("a", claim(24, KAZAN))]
    assert ledger.apply([], some, now=NOW).articles == 1


def test_bucket_is_gone_with_its_last_claim(store: Redis, ledger: Ledger) -> None:
    give(ledger, [FIRST, *(review("a", one) for one in FIRST.claims)])
    assert Reader(store).read().estimates == ()
    assert shown(store) == {}
    assert Reader(store).read().articles == 1
