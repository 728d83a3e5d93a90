"""What the ledger wrote is what the reader shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from consumers.aggregator.ledger import Ledger
from dashboard.live.lookback import Lookback
from dashboard.present import FEED_SHOWN
from dashboard.reader import Reader
from dashboard.views.searching import ShelfThen
from tests.consumers.aggregator.ledgers import (
    DAY,
    FEDERATION,
    KAZAN,
    MINSK,
    MONITOR,
    MOSCOW,
    NEXT_DAY,
    NOW,
    ORDER,
    RUSSIA,
    claim,
)
from tests.dashboard.told import MORNING, detention, give
from vigil import keys
from vigil.claim import ClaimSet
from vigil.errors import StoreUnavailable, WireError
from vigil.estimate import Rule
from vigil.rebuilding import Rebuilding

if TYPE_CHECKING:
    from datetime import datetime

    from vigil.snapshot import Evidence

pytestmark = pytest.mark.integration


def test_snapshot_says_that_the_store_is_being_rebuilt(store: Redis, reader: Reader) -> None:
    assert reader.read().rebuilding is None
    mark = Rebuilding("t", "running", NOW, NOW, 3, 12)
    told = reader.version()
    Ledger(store, authority_order=ORDER).mark(mark, takes_over=True)
    assert reader.version() > told
    assert reader.read().rebuilding == reader.as_known_at(NOW).rebuilding == mark


def test_corrections_lead_to_both_sentences(store: Redis, reader: Reader) -> None:
    give(store, claim(900, MOSCOW, authority=MONITOR), claim(24, KAZAN, authority=MONITOR))
    give(store, claim(850, MOSCOW, authority=MONITOR), article="b", minutes=9)
    [correction] = reader.corrections(detention(MOSCOW))
    assert (correction.cause, correction.at) == ("authority", MORNING + timedelta(minutes=9))
    assert correction.now
    told = reader.claims_told([correction.was, correction.now])
    assert [claim.sentence for _, claim in told.values()] == ["900 taken away", "850 taken away"]
    assert reader.corrections(detention(KAZAN)) == ()
    assert reader.corrections(detention(MOSCOW), known_at=MORNING) == ()


def test_sentences_are_those_of_each_claim_by_its_number(store: Redis, reader: Reader) -> None:
    give(store, claim(900, MOSCOW), claim(24, KAZAN), article="a")
    give(store, claim(40, MINSK), article="b")
    give(store, article="c")
    assert reader.sentences({"a", "c", "unknown"}) == {"a": ("900 taken away", "24 taken away")}


def test_sentences_of_a_moment_are_those_that_were_known(store: Redis, reader: Reader) -> None:
    give(store, claim(900, MOSCOW))
    give(store, claim(850, MOSCOW), minutes=5)
    give(store, claim(24, KAZAN), article="b", minutes=9)
    then = MORNING + timedelta(minutes=4)
    assert reader.sentences_at({"a", "b"}, then) == {"a": ("900 taken away",)}
    assert reader.sentences({"a", "b"}) == {"a": ("850 taken away",), "b": ("24 taken away",)}


def test_claims_of_then_are_read_once_for_all_figures_of_a_country_and_day(
    store: Redis, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(store, claim(900, MOSCOW), claim(24, KAZAN))
    give(store, claim(850, MOSCOW), minutes=5)
    then, asked, read = MORNING + timedelta(minutes=4), list[str](), reader.claims_at

    def reading(slot: str, moment: datetime) -> tuple[Evidence, ...]:
        asked.append(slot)
        return read(slot, moment)

    monkeypatch.setattr(reader, "claims_at", reading)
    shelf = ShelfThen(Lookback(reader, clock=lambda: NOW), 1, then)
    for place in (MOSCOW, KAZAN):
        [known] = reader.evidence_at(detention(place), then)
        assert shelf.evidence(detention(place)) == (replace(known, counts=False),)
    assert len(asked) == 1


def test_history_of_a_country_follows_its_cities(store: Redis, reader: Reader) -> None:
    give(store, claim(900, MOSCOW))
    give(store, claim(24, KAZAN), article="b", minutes=5)
    give(store, claim(2_000, FEDERATION, authority=MONITOR), article="c", minutes=10)
    steps = reader.history(detention(RUSSIA))
    assert [(one.seen_at - MORNING).seconds // 60 for one in steps] == [0, 5, 10]
    found = [one.estimate for one in steps if one.estimate]
    assert [(one.best, one.unspecified) for one in found] == [(900, 0), (924, 0), (2_000, 1_076)]


def test_past_has_the_feed_and_the_evidence_of_its_moment(store: Redis, reader: Reader) -> None:
    give(store, claim(900, MOSCOW), title="First")
    give(store, claim(850, MOSCOW), minutes=5, title="Second")
    give(store, claim(24, KAZAN), article="b", minutes=9)
    then = MORNING + timedelta(minutes=4)
    snapshot = reader.as_known_at(then)
    assert [(one.article, one.title) for one in snapshot.feed] == [("a", "First")]
    assert (snapshot.articles, snapshot.version) == (1, reader.version())
    [evidence] = reader.evidence_at(detention(MOSCOW), then)
    assert (evidence.title, evidence.claim.low, evidence.counts) == ("First", 900, True)
    assert reader.evidence_at(detention(KAZAN), then) == ()
    known = reader.estimate_at(detention(MOSCOW), then)
    assert known == next(iter(snapshot.estimates))
    assert reader.estimate_at(detention(KAZAN), then) is None
    assert reader.as_known_at(MORNING - timedelta(seconds=1)).estimates == ()


def test_past_of_a_window_is_that_of_its_days(store: Redis, reader: Reader) -> None:
    give(store, claim(900, MOSCOW), claim(7, MOSCOW, day=NEXT_DAY), claim(3, MOSCOW, day=None))
    snapshot = reader.as_known_at(MORNING, first_day=NEXT_DAY)
    assert {one.bucket.day for one in snapshot.estimates} == {None, NEXT_DAY}


def test_empty_store_is_an_empty_snapshot(reader: Reader) -> None:
    snapshot = reader.read()
    assert (snapshot.version, reader.version(), snapshot.articles) == (0, 0, 0)
    assert (snapshot.estimates, snapshot.feed, snapshot.changed_at) == ((), (), None)


def test_snapshot_tells_version_articles_and_time_of_change(store: Redis, reader: Reader) -> None:
    give(store, claim(5))
    give(store, article="quiet")
    snapshot = reader.read()
    assert snapshot.version == reader.version() > 0
    assert (snapshot.articles, snapshot.changed_at) == (2, NOW)


def test_estimates_are_sorted_by_day_country_place_and_kind(store: Redis, reader: Reader) -> None:
    give(
        store,
        claim(1, MOSCOW, day=NEXT_DAY),
        claim(2, RUSSIA),
        claim(3, MINSK),
        claim(4, MINSK, kind="protest"),
        claim(5, KAZAN, day=None),
        claim(6, RUSSIA, period=(DAY, NEXT_DAY)),
    )
    buckets = [one.bucket for one in reader.read().estimates]
    shown = [
        (bucket.day, bucket.place.name if bucket.place else "", bucket.kind) for bucket in buckets
    ]
    assert shown == [
        (None, "Kazan", "detention"),
        (None, "Russia", "detention"),
        (DAY, "Minsk", "detention"),
        (DAY, "Minsk", "protest"),
        (DAY, "Belarus", "detention"),
        (DAY, "Belarus", "protest"),
        (DAY, "Russia", "detention"),
        (NEXT_DAY, "Moscow", "detention"),
        (NEXT_DAY, "Russia", "detention"),
    ]


def test_window_holds_its_days_and_everything_without_a_day(store: Redis, reader: Reader) -> None:
    give(store, claim(1), claim(2, day=NEXT_DAY), claim(3, day=None))
    give(store, claim(4, period=(DAY, NEXT_DAY)), article="b")
    snapshot = reader.read(first_day=NEXT_DAY, last_day=NEXT_DAY)
    assert (snapshot.first_day, snapshot.last_day) == (NEXT_DAY, NEXT_DAY)
    cities = [one for one in snapshot.estimates if one.bucket.place == MOSCOW]
    assert sorted(one.best for one in cities) == [2, 3, 4]


@pytest.mark.parametrize(
    ("first", "last", "best"), [(NEXT_DAY, None, 2), (None, DAY, 1)], ids=["from", "until"]
)
def test_window_may_be_open(
    store: Redis, reader: Reader, first: None, last: None, best: int
) -> None:
    give(store, claim(1, MINSK), claim(2, MINSK, day=NEXT_DAY))
    estimates = reader.read(first_day=first, last_day=last).estimates
    assert {one.best for one in estimates} == {best}


def test_feed_shows_articles_with_claims_newest_first(store: Redis, reader: Reader) -> None:
    give(
        store,
        claim(1),
        article="early",
        title="An early walk",
        outlet="Post",
        url="https://p.example",
    )
    give(store, claim(2), article="late", minutes=9)
    give(store, article="quiet", minutes=10)
    first, second = reader.read().feed
    assert (first.article, first.seen_at) == ("late", MORNING + timedelta(minutes=9))
    assert (second.title, second.outlet, second.url) == (
        "An early walk",
        "Post",
        "https://p.example",
    )
    assert second.claims == (claim(1),)


def test_feed_leaves_out_what_was_withdrawn(store: Redis, reader: Reader) -> None:
    give(store, claim(1), article="stays")
    give(store, claim(2), article="goes")
    give(store, article="goes", minutes=5)
    assert [item.article for item in reader.read().feed] == ["stays"]


def test_feed_fills_up_behind_many_withdrawn(store: Redis, reader: Reader) -> None:
    number = FEED_SHOWN + 20
    sets = [
        ClaimSet(f"{one:04}", "r1", MORNING + timedelta(minutes=one), (claim(1 + one % 7),))
        for one in range(number)
    ]
    gone = [replace(one, revision="r2", claims=()) for one in sets[-20:]]
    Ledger(store, authority_order=ORDER).apply([*sets, *gone], now=NOW)
    feed = reader.read().feed
    assert len(feed) == FEED_SHOWN
    assert (feed[0].article, feed[-1].article) == (f"{number - 21:04}", "0000")


def test_evidence_is_newest_first_and_tells_what_counts(store: Redis, reader: Reader) -> None:
    give(store, claim(800, authority=MONITOR), article="noon", title="By noon", outlet="Post")
    give(store, claim(5, KAZAN), claim(1_667, authority=MONITOR), article="night", minutes=600)
    newest, oldest = reader.evidence(detention(MOSCOW))
    assert (newest.article, newest.number, newest.counts) == ("night", 1, True)
    assert (oldest.article, oldest.title, oldest.outlet, oldest.counts) == (
        "noon",
        "By noon",
        "Post",
        False,
    )
    assert oldest.claim.sentence == "800 taken away"


def test_evidence_of_a_sum_of_cities_is_that_of_its_cities(store: Redis, reader: Reader) -> None:
    give(store, claim(800), claim(20, KAZAN), claim(60, kind="protest"))
    (russia,) = (
        one
        for one in reader.read().estimates
        if one.rule == Rule.CITIES and one.bucket.kind == "detention"
    )
    evidence = reader.evidence(russia.bucket)
    assert [(one.claim.figure, one.counts) for one in evidence] == [(800, True), (20, True)]
    assert len(evidence) == russia.claims


def test_evidence_knows_a_country_by_all_its_names(store: Redis, reader: Reader) -> None:
    give(store, claim(800, RUSSIA))
    give(store, claim(800, FEDERATION), article="b", minutes=1)
    assert [one.article for one in reader.evidence(detention(RUSSIA))] == ["b", "a"]


def test_evidence_of_a_bucket_nobody_speaks_of_is_empty(store: Redis, reader: Reader) -> None:
    give(store, claim(800))
    assert reader.evidence(detention(KAZAN)) == ()


def test_reading_leaves_no_trace(store: Redis, reader: Reader) -> None:
    give(store, claim(800))
    before = reader.version()
    assert reader.read() == reader.read()
    assert reader.version() == before


def test_store_of_another_vigil_is_said_to_be_unreadable(store: Redis, reader: Reader) -> None:
    give(store, claim(800))
    store.hset(keys.slot_estimates("RU:2022-02-24"), "detention|city|Moscow|524901", "{}")
    with pytest.raises(WireError, match="not a stored Estimate"):
        reader.read()


def test_store_that_is_not_there_asks_to_try_again(nobody: str) -> None:
    absent = Redis.from_url(f"redis://{nobody}/0", retry=Retry(NoBackoff(), 0))
    with pytest.raises(StoreUnavailable, match="reading the version: Redis is not answering"):
        Reader(absent).version()
