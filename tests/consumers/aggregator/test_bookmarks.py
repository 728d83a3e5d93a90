"""Bookmarks: a store that went back is noticed, and nothing is called missing that is there."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from kafka import TopicPartition

from consumers.aggregator.bookmarks import Bookmarks, Place, Way
from consumers.aggregator.ledger import Ledger
from consumers.aggregator.scripts import Scripts
from consumers.metering import Meter
from tests.consumers.aggregator.ledgers import NOW, ORDER, claim, dump, give
from vigil import keys, rebuilding
from vigil.claim import ClaimSet
from vigil.rebuilding import Rebuilding

if TYPE_CHECKING:
    from redis import Redis

CLAIMS = TopicPartition("claims", 3)
OTHER = TopicPartition("claims", 4)


@pytest.fixture
def marks(store: Redis) -> Bookmarks:
    return made(store)


def made(store: Redis, topic_id: str = "one") -> Bookmarks:
    marks = Bookmarks(store, Scripts(store), ids={"claims": topic_id})
    marks.watch()
    return marks


def servers_told(
    scripts: Scripts, servers: str, *way: str | int, topics: str = "claims@one"
) -> list[int]:
    """Say it of some servers, to whatever process they are."""
    at = NOW.isoformat()
    process, _ = scripts.bookmark([at, servers, "", "", ""])
    return scripts.bookmark([at, servers, "", process, topics, *way])[1]


def move(marks: Bookmarks, start: int, end: int, *, begin: int = 0, by: str = "") -> Place | None:
    return marks.move({CLAIMS: Way(start, end, begin)}, now=NOW, token=by).get(CLAIMS)


def mark_of(store: Redis) -> Rebuilding | None:
    fields: Any = store.hgetall(rebuilding.KEY)
    return rebuilding.parse(fields)


def test_store_that_is_filled_from_the_beginning_misses_nothing(
    store: Redis, marks: Bookmarks
) -> None:
    assert move(marks, 5, 9, begin=5) == Place(9, 0)
    assert move(marks, 9, 20) == Place(20, 0)
    assert mark_of(store) is None


def test_late_writer_takes_no_bookmark_back(marks: Bookmarks) -> None:
    move(marks, 0, 50)
    assert move(marks, 10, 20) == Place(50, 0)
    assert move(marks, 50, 60) == Place(60, 0)


def test_what_lies_before_and_is_not_there_is_missing_until_it_comes(
    store: Redis, marks: Bookmarks
) -> None:
    move(marks, 0, 50)
    store.flushall()
    assert move(marks, 50, 60) == Place(None, 60)
    mark = mark_of(store)
    assert mark
    assert (mark.state, mark.read, mark.total) == ("running", 0, 60)
    assert move(marks, 0, 40) == Place(40, 60)
    assert move(marks, 40, 70) == Place(70, 0)
    mark = mark_of(store)
    assert mark
    assert mark.done


def test_store_of_two_writers_is_whole_when_both_have_come_again(
    store: Redis, marks: Bookmarks
) -> None:
    both = {CLAIMS: Way(0, 50, 0), OTHER: Way(0, 7, 0)}
    marks.move(both, now=NOW)
    store.flushall()
    marks.move({CLAIMS: Way(50, 50, 0)}, now=NOW)
    marks.move({OTHER: Way(7, 7, 0)}, now=NOW)
    marks.move({CLAIMS: Way(0, 50, 0)}, now=NOW)
    mark = mark_of(store)
    assert mark
    assert not mark.done
    marks.move({OTHER: Way(0, 7, 0)}, now=NOW)
    mark = mark_of(store)
    assert mark
    assert mark.done


def test_topic_that_was_made_anew_begins_anew(store: Redis, marks: Bookmarks) -> None:
    move(marks, 0, 50)
    anew = made(store, "two")
    assert move(anew, 0, 5) == Place(5, 0)
    assert move(anew, 20, 30) == Place(5, 30)


def test_servers_that_are_others_miss_everything(store: Redis) -> None:
    scripts = Scripts(store)
    assert servers_told(scripts, "a", "claims@one[0]", 0, 50, 0) == [50, 0]
    assert servers_told(scripts, "b", "claims@one[0]", 50, 60, 0) == [-1, 60]
    assert servers_told(scripts, "b", "claims@one[0]", 0, 60, 0) == [60, 0]


def test_aggregators_say_nothing_while_a_rebuild_fills_the_store(
    store: Redis, marks: Bookmarks
) -> None:
    ledger = Ledger(store, authority_order=ORDER)
    move(marks, 0, 50)
    ledger.mark(Rebuilding("x", "running", NOW, NOW), takes_over=True)
    ledger.forget()
    assert move(marks, 50, 60) is None
    assert move(marks, 0, 30, by="x") == Place(30, 0)
    assert move(marks, 40, 50, by="x") == Place(30, 50)  # went back while it was filled
    assert move(marks, 30, 60, by="x") == Place(60, 0)
    ledger.mark(Rebuilding("x", "done", NOW, NOW))
    assert move(marks, 50, 70) == Place(70, 0)


def test_rebuild_that_broke_off_is_not_called_done_by_aggregators(
    store: Redis, marks: Bookmarks
) -> None:
    ledger = Ledger(store, authority_order=ORDER)
    ledger.mark(Rebuilding("x", "stopped", NOW, NOW), takes_over=True)
    assert move(marks, 50, 60) == Place(None, 60)
    assert move(marks, 0, 60) == Place(60, 0)
    mark = mark_of(store)
    assert mark
    assert mark.state == "stopped"


def test_clock_that_jumps_changes_nothing_but_when_it_changed(store: Redis) -> None:
    jumps = [timedelta(hours=hours) for hours in (0, 30, -90, 1, 24 * 400, -24 * 400)]
    sets = [ClaimSet(f"a{number}", "r1", NOW, (claim(number + 5),)) for number in range(6)]
    ledger = Ledger(store, authority_order=ORDER)
    give(ledger, sets)
    wanted = dump(store)
    store.flushall()
    ledger = Ledger(store, authority_order=ORDER)
    clock = [NOW]
    meter = Meter("aggregate", now=lambda: clock[0])
    for number, (one, jump) in enumerate(zip(sets, jumps, strict=True)):
        clock[0] = NOW + jump
        meter.takes({"claims": 1})
        ledger.apply([one], now=clock[0])
        made(store).move({CLAIMS: Way(number, number + 1, 0)}, now=clock[0])
        meter.waited([0])
        meter.handled(1)
        told = meter.report()
        assert all(rate >= 0 for rate in told.rates.values())
        assert all(wait >= 0 for wait in told.waits_ms)
    assert dump(store) == wanted
    assert store.exists(keys.MISSING) == 0


def test_store_put_back_to_before_the_beginning_goes_on_from_there(
    store: Redis, marks: Bookmarks
) -> None:
    move(marks, 0, 50)
    assert move(marks, 300, 300, begin=100) == Place(50, 300)
    assert move(marks, 100, 200, begin=100) == Place(200, 300)
    assert move(marks, 200, 300, begin=100) == Place(300, 0)
    mark = mark_of(store)
    assert mark
    assert mark.done


def test_other_servers_miss_nothing_of_a_topic_that_is_no_more(store: Redis) -> None:
    scripts = Scripts(store)
    servers_told(scripts, "a", "claims@old[0]", 0, 50, 0, topics="claims@old")
    servers_told(scripts, "a", "claims@new[0]", 0, 7, 0, topics="claims@new reviews@new")
    servers_told(scripts, "b", "reviews@new[0]", 0, 1, 0, topics="claims@new reviews@new")
    assert store.hgetall(keys.MISSING) == {"claims@new[0]": "7"}
