"""What is kept and followed is what a whole reading shows, and costs what changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from consumers.aggregator.ledger import Ledger
from dashboard.present import Present
from tests.consumers.aggregator.ledgers import (
    DAY,
    KAZAN,
    MINSK,
    MOSCOW,
    NEXT_DAY,
    NOW,
    ORDER,
    claim,
)
from tests.dashboard.told import give
from vigil import keys
from vigil.errors import StoreUnavailable
from vigil.rebuilding import Rebuilding
from vigil.store import make_store

if TYPE_CHECKING:
    from redis import Redis

    from dashboard.reader import Reader
    from vigil.settings import Settings

pytestmark = pytest.mark.integration


@pytest.fixture
def present(store: Redis) -> Present:
    return Present(store, clock=lambda: NOW)


def slots_read(store: Any) -> int:
    """Return of how many slots the estimates were read since the store was told to count."""
    told = store.info("commandstats").get("cmdstat_hvals", {"calls": 0})
    store.config_resetstat()
    return int(told["calls"])


def test_only_what_changed_is_read_again(store: Redis, reader: Reader, present: Present) -> None:
    give(store, claim(900, MOSCOW), claim(24, KAZAN, day=NEXT_DAY), claim(40, MINSK))
    assert present.read() == reader.read()
    slots_read(store)
    assert present.read().estimates
    assert slots_read(store) == 0
    give(store, claim(70, KAZAN, day=NEXT_DAY), article="b", minutes=1)
    shown = present.read()
    assert slots_read(store) == 1
    assert shown == reader.read()
    assert [one.best for one in shown.estimates if one.bucket.day == NEXT_DAY]


def test_new_day_and_a_day_that_left_are_seen(
    store: Redis, reader: Reader, present: Present
) -> None:
    give(store, claim(900, MOSCOW))
    assert len({one.bucket.day for one in present.read().estimates}) == 1
    give(store, claim(70, KAZAN, day=NEXT_DAY), article="b", minutes=24 * 60)
    assert {one.bucket.day for one in present.read().estimates} == {DAY, NEXT_DAY}
    days = (NOW.date() - NEXT_DAY).days
    Ledger(store, authority_order=ORDER, retention_days=days).retire(now=NOW)
    assert {one.bucket.day for one in present.read().estimates} == {NEXT_DAY}
    assert present.read() == reader.read()


def test_store_that_was_emptied_and_filled_with_other_figures_is_read_anew(
    store: Redis, reader: Reader, present: Present
) -> None:
    give(store, claim(900, MOSCOW))
    assert present.read().estimates
    store.flushall(asynchronous=False)
    assert present.read().estimates == ()
    give(store, claim(850, MOSCOW))
    assert [one.best for one in present.read().estimates][-1] == 850
    assert present.read() == reader.read()


def test_store_that_went_back_to_an_earlier_version_is_read_anew(
    store: Redis, reader: Reader, present: Present
) -> None:
    give(store, claim(900, MOSCOW))
    version = reader.version()
    slot = f"RU:{DAY.isoformat()}"
    present.read()
    give(store, claim(850, MOSCOW), minutes=1)
    assert [one.best for one in present.read().estimates][-1] == 850
    give(store, claim(900, MOSCOW), minutes=2)
    store.zadd(keys.SLOT_CHANGES, {slot: version})
    store.set(keys.VERSION, version)
    assert [one.best for one in present.read().estimates][-1] == 900


def test_store_that_went_back_and_on_between_two_looks_is_read_anew(
    store: Redis, reader: Reader, present: Present
) -> None:
    give(store, claim(900, MOSCOW))
    version = present.read().version
    store.set(keys.VERSION, version - 50)
    give(store, claim(70, MOSCOW), article="b", minutes=1)  # told with a version seen before
    mark = Rebuilding("aggregators", "running", NOW, NOW)
    ledger = Ledger(store, authority_order=ORDER)
    ledger.mark(mark, takes_over=True)
    ledger.mark(replace(mark, state="done"))
    store.set(keys.VERSION, version + 50)
    shown = present.read()
    assert shown == reader.read()
    assert shown.version > version


def test_while_a_rebuild_empties_the_store_all_is_read(
    store: Redis, reader: Reader, present: Present
) -> None:
    give(store, claim(900, MOSCOW))
    present.read()
    ledger = Ledger(store, authority_order=ORDER)
    ledger.mark(Rebuilding("t", "running", NOW, NOW), takes_over=True)
    store.delete(keys.slot_estimates(f"RU:{DAY.isoformat()}"))
    assert present.read().estimates == reader.read().estimates == ()


def test_all_is_read_anew_every_ten_minutes(store: Redis) -> None:
    now = [NOW]
    present = Present(store, clock=lambda: now[0])
    give(store, claim(900, MOSCOW))
    present.read()
    slots_read(store)
    now[0] += timedelta(minutes=9)
    present.read()
    assert slots_read(store) == 0
    now[0] += timedelta(minutes=1)
    present.read()
    assert slots_read(store) == 1


def test_after_a_failure_all_is_read_anew(
    store: Redis, store_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(store, claim(900, MOSCOW))
    client = make_store(store_settings)
    present = Present(client, clock=lambda: NOW)
    present.read()
    with monkeypatch.context() as patched:

        def lost(*_args: object, **_options: object) -> object:
            message = "reading what changed: Redis is not answering"
            raise StoreUnavailable(message)

        patched.setattr(client, "pipeline", lost)
        with pytest.raises(StoreUnavailable):
            present.read()
    slots_read(store)
    assert present.read().estimates
    assert slots_read(store) == 1
    client.close()
