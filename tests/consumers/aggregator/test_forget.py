"""Emptying and filling again beside a ledger at work: the end is the same, wherever they meet."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from consumers.aggregator.ledger import Ledger
from tests.consumers.aggregator import ledgers
from tests.consumers.aggregator.faulty import Crash, FaultyStore
from tests.consumers.aggregator.ledgers import (
    KAZAN,
    MONITOR,
    MOSCOW,
    NEXT_DAY,
    NOW,
    ORDER,
    POLICE,
    RUSSIA,
    claim,
    dump,
    review,
)
from vigil import keys, rebuilding
from vigil.claim import ClaimSet
from vigil.rebuilding import Rebuilding

if TYPE_CHECKING:
    from redis import Redis

    from vigil.review import Review


def article(name: str, *claims: Any, hour: int = 12, revision: str = "r1") -> ClaimSet:
    seen_at = datetime(2022, 2, 24, hour, tzinfo=UTC)
    return ClaimSet(name, revision, seen_at, claims, outlet=f"Outlet {name}")


HISTORY = (
    article("a", claim(389, RUSSIA, authority=MONITOR), hour=12),
    article("b", claim(120, MOSCOW, authority=POLICE), hour=13),
    article("a", claim(1_702, RUSSIA, authority=MONITOR), hour=20, revision="r2"),
    article("c", claim(940, MOSCOW, authority=MONITOR), claim(30, KAZAN), hour=21),
    review("c", claim(30, KAZAN)),
    review("b", claim(150, MOSCOW, authority=POLICE, day=NEXT_DAY), "confirmed"),
)
# What an aggregator has in hand while the store is emptied: it moves a figure to the next day,
# overrules another and takes back what was said of a third.
IN_HAND = (
    article("b", claim(150, MOSCOW, authority=POLICE, day=NEXT_DAY), hour=22, revision="r2"),
    article("d", claim(35, KAZAN, authority=MONITOR), hour=22),
    review("a", claim(1_702, RUSSIA, authority=MONITOR), hour=2),
    review("c", claim(30, KAZAN), "none", hour=2),
)


def ledger(store: Redis) -> Ledger:
    return Ledger(store, authority_order=ORDER)


def give(store: Redis, *items: ClaimSet | Review) -> None:
    for one in items:
        ledgers.give(ledger(store), [one])


def estimates(store: Redis) -> dict[str, object]:
    """Return all that is stored without the tombstones, which tell of revisions long gone."""
    stored = dump(store)
    stored.pop(rebuilding.KEY, None)
    return {
        key: {article: text for article, text in content.items() if "null,[]" not in text}
        if key.endswith(":claims") and isinstance(content, dict)
        else content
        for key, content in stored.items()
    }


@pytest.fixture
def undisturbed(store: Redis) -> dict[str, object]:
    give(store, *HISTORY, *IN_HAND)
    told = estimates(store)
    store.flushall()
    return told


def test_forget_leaves_nothing_but_versions(store: Redis) -> None:
    give(store, *HISTORY)
    ledger(store).forget()
    left: Any = store.keys("*")
    assert left
    assert all(key.endswith("}:version") for key in left)


def test_forget_touches_no_foreign_key(store: Redis) -> None:
    foreign = {"vigil": "x", "vigil:settings": "x", "other:{RU:2022-02-24}:claims": "x"}
    give(store, *HISTORY)
    for key, value in foreign.items():
        store.set(key, value)
    ledger(store).forget()
    assert {key: store.get(key) for key in foreign} == foreign


def test_forget_never_takes_a_version_back(store: Redis) -> None:
    give(store, *HISTORY)
    before = {key: int(str(store.get(key))) for key in store.scan_iter("*version")}
    ledger(store).forget()
    give(store, *HISTORY)
    assert before
    assert all(int(str(store.get(key))) > old for key, old in before.items())


def test_forgotten_store_given_all_again_is_the_same(store: Redis) -> None:
    give(store, *HISTORY)
    before = dump(store)
    ledger(store).forget()
    give(store, *reversed(HISTORY))
    assert dump(store) == before


def commands_of(store: Redis) -> int:
    """Return how many commands an aggregator needs for what it has in hand."""
    give(store, *HISTORY)
    counting = FaultyStore(store, before=1_000)
    ledgers.give(ledger(counting), IN_HAND)
    store.flushall()
    return 1_000 - (counting.left or 0)


@pytest.mark.parametrize("replayed", range(len(HISTORY) + 1))
def test_rebuild_beside_an_aggregator_converges_wherever_they_meet(
    store: Redis, undisturbed: dict[str, object], replayed: int
) -> None:
    def empty_and_begin() -> None:
        ledger(store).forget()
        give(store, *HISTORY[:replayed])

    for met in range(commands_of(store)):
        store.flushall()
        give(store, *HISTORY)
        meeting = FaultyStore(store, before=met, happens=empty_and_begin)
        ledgers.give(ledger(meeting), IN_HAND)
        give(store, *HISTORY[replayed:], *IN_HAND)
        assert estimates(store) == undisturbed, f"met before command {met}"


def test_rebuild_after_a_rebuild_that_died_converges(
    store: Redis, undisturbed: dict[str, object]
) -> None:
    for died in range(12):
        store.flushall()
        give(store, *HISTORY, *IN_HAND)
        with suppress(Crash):
            dying = ledger(FaultyStore(store, before=died))
            dying.forget()
            ledgers.give(dying, HISTORY)
            pytest.fail("it was to die before it was done")
        ledger(store).forget()
        give(store, *HISTORY, *IN_HAND)
        assert estimates(store) == undisturbed, f"died before command {died}"


def test_forget_sent_twice_forgets_once(store: Redis) -> None:
    give(store, *HISTORY)
    ledger(FaultyStore(store, twice=True)).forget()
    give(store, *HISTORY)
    assert ledger(store).articles() == 3
    assert store.hlen(keys.slot_claims("RU:2022-02-24")) == 3


MARK = Rebuilding("first", "running", started_at=NOW, updated_at=NOW)


def read_mark(store: Redis) -> Rebuilding | None:
    fields: Any = store.hgetall(rebuilding.KEY)
    return rebuilding.parse(fields)


def test_mark_reads_back(store: Redis) -> None:
    assert read_mark(store) is None
    assert ledger(store).mark(MARK, takes_over=True)
    assert read_mark(store) == MARK


def test_mark_of_a_rebuild_that_was_taken_over_is_refused(store: Redis) -> None:
    ledger(store).mark(MARK, takes_over=True)
    other = replace(MARK, token="second")  # noqa: S106  # no secret: it tells two rebuilds apart
    assert ledger(store).mark(other, takes_over=True)
    assert not ledger(store).mark(replace(MARK, state="done"))
    assert read_mark(store) == other


def test_mark_moves_the_version_when_the_state_changes(store: Redis) -> None:
    versions = []
    for mark in (
        MARK,
        replace(MARK, read=7),
        replace(MARK, state="done"),
        replace(MARK, state="done"),
    ):
        ledger(store).mark(mark, takes_over=True)
        shown: Any = store.get(keys.VERSION)
        versions.append(int(shown))
    assert [each - versions[0] for each in versions] == [0, 0, 1, 1]


def test_mark_survives_forgetting(store: Redis) -> None:
    ledger(store).mark(MARK, takes_over=True)
    ledger(store).forget()
    assert read_mark(store) == MARK


def test_rebuild_that_says_nothing_for_long_is_silent() -> None:
    later = NOW + timedelta(minutes=3)
    assert MARK.silent(later)
    assert not MARK.silent(NOW + timedelta(minutes=1))
    assert not replace(MARK, state="done").silent(later)
