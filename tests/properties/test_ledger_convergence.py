"""Whatever the order, repetition, batching, crash or rivalry: the same bytes in the store."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from consumers.aggregator.ledger import Ledger
from dashboard.reader import Reader
from tests.consumers.aggregator.ledgers import (
    DAY,
    KAZAN,
    MOMENTS,
    MOSCOW,
    NOW,
    ORDER,
    Crash,
    FaultyStore,
    claim,
    claim_sets,
    dump,
)
from vigil.claim import ClaimSet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redis import Redis

pytestmark = pytest.mark.integration

some_claim_sets = st.lists(claim_sets(), min_size=1, max_size=7)


def ledger(store: Redis) -> Ledger:
    return Ledger(store, authority_order=ORDER)


def clean_dump(store: Redis, sets: Sequence[ClaimSet]) -> dict[str, object]:
    """Return what the store holds after each set was taken in once, in this order."""
    store.flushall(asynchronous=False)
    for one in sets:
        ledger(store).apply([one], now=NOW)
    content = dump(store)
    store.flushall(asynchronous=False)
    return content


def batches(sets: Sequence[ClaimSet], cuts: Sequence[int]) -> list[Sequence[ClaimSet]]:
    edges = sorted({0, len(sets), *(cut % (len(sets) + 1) for cut in cuts)})
    return [sets[start:end] for start, end in itertools.pairwise(edges)]


@given(data=st.data(), sets=some_claim_sets, cuts=st.lists(st.integers(0, 20), max_size=3))
def test_order_repetition_and_batching_leave_the_same_bytes(
    store: Redis, data: st.DataObject, sets: list[ClaimSet], cuts: list[int]
) -> None:
    expected = clean_dump(store, sets)
    repeated = [*sets, *data.draw(st.lists(st.sampled_from(sets), max_size=4))]
    delivered = data.draw(st.permutations(repeated))
    for batch in batches(delivered, cuts):
        ledger(store).apply(batch, now=NOW)
    assert dump(store) == expected


@given(sets=some_claim_sets)
def test_redelivery_moves_no_version(store: Redis, sets: list[ClaimSet]) -> None:
    store.flushall(asynchronous=False)
    ledger(store).apply(sets, now=NOW)
    before = {key: store.get(key) for key in sorted(store.keys("*version"))}
    for one in reversed(sets):
        ledger(store).apply([one], now=NOW)
    assert {key: store.get(key) for key in sorted(store.keys("*version"))} == before


@given(sets=some_claim_sets, deaths=st.lists(st.integers(0, 40), min_size=1, max_size=3))
@example(sets=[ClaimSet("a", "r1", MOMENTS[1], (claim(5, MOSCOW), claim(9, KAZAN)))], deaths=[5])
def test_crash_between_any_two_commands_is_healed_by_redelivery(
    store: Redis, sets: list[ClaimSet], deaths: list[int]
) -> None:
    expected = clean_dump(store, sets)
    for death in deaths:
        # Dies somewhere in the batch, or takes it in whole where it has fewer commands.
        try:
            ledger(FaultyStore(store, before=death)).apply(sets, now=NOW)
        except Crash:
            continue
    ledger(store).apply(sets, now=NOW)
    assert dump(store) == expected


def test_crash_at_every_single_command_leaves_the_dashboard_told(store: Redis) -> None:
    first = ClaimSet("a", "r1", MOMENTS[1], (claim(800, MOSCOW), claim(24, KAZAN)))
    second = ClaimSet("a", "r2", MOMENTS[3], (claim(900, MOSCOW),), outlet="Northline")
    commands = 0
    while True:
        store.flushall(asynchronous=False)
        ledger(store).apply([first], now=NOW)
        shown = Reader(store).version()
        try:
            ledger(FaultyStore(store, before=commands)).apply([second], now=NOW)
        except Crash:
            assert Reader(store).version() == shown
            ledger(store).apply([second], now=NOW)
            assert Reader(store).version() > shown
            assert [one.best for one in Reader(store).read().estimates] == [900, 900]
            commands += 1
            continue
        break
    assert commands > 5


REVISIONS = (
    ClaimSet("a", "r1", MOMENTS[1], (claim(800, MOSCOW), claim(24, KAZAN)), outlet="Northline"),
    ClaimSet("a", "r2", MOMENTS[3], (claim(900, MOSCOW),), outlet="Northline"),
)


@pytest.mark.parametrize("first", [0, 1], ids=["newer cuts in", "older cuts in"])
def test_other_revision_between_any_two_commands_ends_in_the_same_bytes(
    store: Redis, first: int
) -> None:
    expected = clean_dump(store, REVISIONS)
    mine, other = REVISIONS[first], REVISIONS[1 - first]
    rival = ledger(store)
    for before in range(100):
        store.flushall(asynchronous=False)
        interrupted = FaultyStore(
            store, before=before, happens=lambda: rival.apply([other], now=NOW)
        )
        ledger(interrupted).apply([mine], now=NOW)
        if interrupted.left is not None and interrupted.left >= 0:
            break  # the batch has fewer commands
        assert dump(store) == expected
        assert {one.best for one in Reader(store).read().estimates} == {900}
    assert before > 5


@given(sets=some_claim_sets)
def test_commands_sent_twice_leave_the_same_bytes(store: Redis, sets: list[ClaimSet]) -> None:
    expected = clean_dump(store, sets)
    ledger(FaultyStore(store, twice=True)).apply(sets, now=NOW)
    assert dump(store) == expected


def in_threads(stores: Sequence[Redis], deliveries: Sequence[Sequence[ClaimSet]]) -> int:
    """Let one ledger a thread take in its delivery, one set at a time; return the stale writes."""
    start = Barrier(len(deliveries))

    def work(store: Redis, sets: Sequence[ClaimSet]) -> int:
        mine = ledger(store)
        start.wait(timeout=30)
        return sum(mine.apply([one], now=NOW).stale for one in sets)

    with ThreadPoolExecutor(len(deliveries)) as pool:
        return sum(pool.map(work, stores, deliveries))


@hypothesis_settings(max_examples=40)
@given(sets=st.lists(claim_sets(), min_size=2, max_size=12), data=st.data())
def test_two_ledgers_side_by_side_leave_the_same_bytes(
    store: Redis, sets: list[ClaimSet], data: st.DataObject
) -> None:
    expected = clean_dump(store, sets)
    in_threads([store, store], [sets, data.draw(st.permutations(sets))])
    assert dump(store) == expected


def test_eight_ledgers_fighting_for_one_slot_leave_the_same_bytes(store: Redis) -> None:
    sets = [
        ClaimSet(f"article-{number}", "r1", MOMENTS[1], (claim(number + 1),), outlet=f"o{number}")
        for number in range(40)
    ]
    expected = clean_dump(store, sets)
    deliveries: list[Any] = [sets[turn * 5 :] + sets[: turn * 5] for turn in range(8)]
    stale = in_threads([store] * 8, deliveries)
    assert dump(store) == expected
    assert stale > 0, "the ledgers never met: the test proves nothing"
    (estimate,) = (one for one in Reader(store).read().estimates if one.bucket.place == MOSCOW)
    assert (estimate.bucket.day, estimate.claims) == (DAY, 40)
