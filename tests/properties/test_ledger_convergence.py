"""Whatever the order, repetition, batching, crash or rivalry: the same bytes in the store.

Claims and reviews of them come on two topics, so each may come before the other.
"""

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
from tests.consumers.aggregator.faulty import Crash, FaultyStore
from tests.consumers.aggregator.ledgers import (
    DAY,
    KAZAN,
    MOMENTS,
    MOSCOW,
    ORDER,
    claim,
    dump,
    give,
    news,
    review,
)
from vigil.claim import ClaimSet
from vigil.review import Review

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redis import Redis

pytestmark = pytest.mark.integration

News = ClaimSet | Review
some_news = st.lists(news(), min_size=1, max_size=8)


def ledger(store: Redis) -> Ledger:
    return Ledger(store, authority_order=ORDER)


def clean_dump(store: Redis, items: Sequence[News]) -> dict[str, object]:
    """Return what the store holds after each set was taken in once, in this order."""
    store.flushall(asynchronous=False)
    for one in items:
        give(ledger(store), [one])
    content = dump(store)
    store.flushall(asynchronous=False)
    return content


def batches(items: Sequence[News], cuts: Sequence[int]) -> list[Sequence[News]]:
    edges = sorted({0, len(items), *(cut % (len(items) + 1) for cut in cuts)})
    return [items[start:end] for start, end in itertools.pairwise(edges)]


@given(data=st.data(), items=some_news, cuts=st.lists(st.integers(0, 20), max_size=3))
def test_order_repetition_and_batching_leave_the_same_bytes(
    store: Redis, data: st.DataObject, items: list[News], cuts: list[int]
) -> None:
    expected = clean_dump(store, items)
    repeated = [*items, *data.draw(st.lists(st.sampled_from(items), max_size=4))]
    delivered = data.draw(st.permutations(repeated))
    for batch in batches(delivered, cuts):
        give(ledger(store), batch)
    assert dump(store) == expected


@given(items=some_news)
def test_redelivery_moves_no_version(store: Redis, items: list[News]) -> None:
    store.flushall(asynchronous=False)
    give(ledger(store), items)
    before = {key: store.get(key) for key in sorted(store.keys("*version"))}
    for one in reversed(items):
        give(ledger(store), [one])
    assert {key: store.get(key) for key in sorted(store.keys("*version"))} == before


@given(items=some_news, deaths=st.lists(st.integers(0, 40), min_size=1, max_size=3))
@example(items=[ClaimSet("a", "r1", MOMENTS[1], (claim(5, MOSCOW), claim(9, KAZAN)))], deaths=[5])
def test_crash_between_any_two_commands_is_healed_by_redelivery(
    store: Redis, items: list[News], deaths: list[int]
) -> None:
    expected = clean_dump(store, items)
    for death in deaths:
        # Dies somewhere in the batch, or takes it in whole where it has fewer commands.
        try:
            give(ledger(FaultyStore(store, before=death)), items)
        except Crash:
            continue
    give(ledger(store), items)
    assert dump(store) == expected


def test_crash_at_every_single_command_leaves_the_dashboard_told(store: Redis) -> None:
    first = ClaimSet("a", "r1", MOMENTS[1], (claim(800, MOSCOW), claim(24, KAZAN)))
    second = ClaimSet("a", "r2", MOMENTS[3], (claim(900, MOSCOW),), outlet="Northline")
    commands = 0
    while True:
        store.flushall(asynchronous=False)
        give(ledger(store), [first])
        shown = Reader(store).version()
        try:
            give(ledger(FaultyStore(store, before=commands)), [second])
        except Crash:
            assert Reader(store).version() == shown
            give(ledger(store), [second])
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


def test_crash_at_every_single_command_of_a_review_is_healed(store: Redis) -> None:
    said = claim(800, MOSCOW)
    told: list[News] = [
        ClaimSet("a", "r1", MOMENTS[1], (said, claim(24, KAZAN)), outlet="Northline")
    ]
    found = review("a", said)
    expected = clean_dump(store, [*told, found])
    for commands in range(100):
        store.flushall(asynchronous=False)
        give(ledger(store), told)
        shown = Reader(store).version()
        try:
            give(ledger(FaultyStore(store, before=commands)), [found])
        except Crash:
            assert Reader(store).version() == shown
            give(ledger(store), [found])
            assert Reader(store).version() > shown
            assert dump(store) == expected
            continue
        break
    assert commands > 5
    assert {one.best for one in Reader(store).read().estimates} == {24}


RIVALS: tuple[News, ...] = (
    ClaimSet("a", "r1", MOMENTS[1], (claim(800, MOSCOW), claim(24, KAZAN)), outlet="Northline"),
    ClaimSet("a", "r2", MOMENTS[3], (claim(800, MOSCOW), claim(30, KAZAN)), outlet="Northline"),
    review("a", claim(800, MOSCOW)),
    review("a", claim(800, MOSCOW), "confirmed", hour=2),
    review("a", claim(30, KAZAN), hour=3),
)


@pytest.mark.parametrize(("mine", "other"), list(itertools.permutations(range(len(RIVALS)), 2)))
def test_review_and_revision_between_any_two_commands_end_in_the_same_bytes(
    store: Redis, mine: int, other: int
) -> None:
    before_both = [one for at, one in enumerate(RIVALS) if at not in {mine, other}]
    expected = clean_dump(store, RIVALS)
    rival = ledger(store)
    for before in range(100):
        store.flushall(asynchronous=False)
        give(ledger(store), before_both)
        interrupted = FaultyStore(
            store, before=before, happens=lambda: give(rival, [RIVALS[other]])
        )
        give(ledger(interrupted), [RIVALS[mine]])
        if interrupted.left is not None and interrupted.left >= 0:
            break  # the batch has fewer commands
        assert dump(store) == expected
    assert before > 1


@pytest.mark.parametrize("first", [0, 1], ids=["newer cuts in", "older cuts in"])
def test_other_revision_between_any_two_commands_ends_in_the_same_bytes(
    store: Redis, first: int
) -> None:
    expected = clean_dump(store, REVISIONS)
    mine, other = REVISIONS[first], REVISIONS[1 - first]
    rival = ledger(store)
    for before in range(100):
        store.flushall(asynchronous=False)
        interrupted = FaultyStore(store, before=before, happens=lambda: give(rival, [other]))
        give(ledger(interrupted), [mine])
        if interrupted.left is not None and interrupted.left >= 0:
            break  # the batch has fewer commands
        assert dump(store) == expected
        assert {one.best for one in Reader(store).read().estimates} == {900}
    assert before > 5


@given(items=some_news)
def test_commands_sent_twice_leave_the_same_bytes(store: Redis, items: list[News]) -> None:
    expected = clean_dump(store, items)
    give(ledger(FaultyStore(store, twice=True)), items)
    assert dump(store) == expected


def in_threads(stores: Sequence[Redis], deliveries: Sequence[Sequence[News]]) -> int:
    """Let one ledger a thread take in its delivery, one set at a time; return the stale writes."""
    start = Barrier(len(deliveries))

    def work(store: Redis, items: Sequence[News]) -> int:
        mine = ledger(store)
        start.wait(timeout=30)
        return sum(give(mine, [one]).stale for one in items)

    with ThreadPoolExecutor(len(deliveries)) as pool:
        return sum(pool.map(work, stores, deliveries))


@hypothesis_settings(max_examples=40)
@given(items=st.lists(news(), min_size=2, max_size=12), data=st.data())
def test_two_ledgers_side_by_side_leave_the_same_bytes(
    store: Redis, items: list[News], data: st.DataObject
) -> None:
    expected = clean_dump(store, items)
    in_threads([store, store], [items, data.draw(st.permutations(items))])
    assert dump(store) == expected


def test_eight_ledgers_fighting_for_one_slot_leave_the_same_bytes(store: Redis) -> None:
    items = [
        ClaimSet(f"article-{number}", "r1", MOMENTS[1], (claim(number + 1),), outlet=f"o{number}")
        for number in range(40)
    ]
    expected = clean_dump(store, items)
    deliveries: list[Any] = [items[turn * 5 :] + items[: turn * 5] for turn in range(8)]
    stale = in_threads([store] * 8, deliveries)
    assert dump(store) == expected
    assert stale > 0, "the ledgers never met: the test proves nothing"
    (estimate,) = (one for one in Reader(store).read().estimates if one.bucket.place == MOSCOW)
    assert (estimate.bucket.day, estimate.claims) == (DAY, 40)
