"""What is older than the retention is dropped, whole, and whatever came when."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from consumers.aggregator.ledger import Ledger
from consumers.aggregator.retention import Retired, horizon_at
from dashboard.reader import Reader
from tests.consumers.aggregator.faulty import Crash, FaultyStore
from tests.consumers.aggregator.ledgers import (
    DAY,
    KAZAN,
    NEXT_DAY,
    ORDER,
    claim,
    dump,
    newest,
    news,
    own_revision,
    reference,
    review,
)
from vigil import keys
from vigil.claim import Claim, ClaimSet
from vigil.review import Review

if TYPE_CHECKING:
    from collections.abc import Iterable

    from redis import Redis

    from vigil.estimate import Estimate

pytestmark = pytest.mark.integration

DAYS = 30
EVENING = datetime(2022, 2, 24, 19, 0, tzinfo=UTC)


def on(day: date) -> datetime:
    """Return a moment of the day on which a day is the first that is kept."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC) + timedelta(days=DAYS)


def ledger(store: Redis, days: int | None = DAYS) -> Ledger:
    return Ledger(store, authority_order=ORDER, retention_days=days)


def article(name: str, *claims: Claim, days: int = 0, revision: str = "r1") -> ClaimSet:
    return ClaimSet(name, revision, EVENING + timedelta(days=days), claims, outlet="Northline")


def shown(store: Redis) -> dict[tuple[str, str], int]:
    """Return place and day (or period, or None) -> the figure that is shown."""
    buckets = [(one.bucket, one.best) for one in Reader(store).read().estimates]
    return {
        (one.place.name if one.place else "", str(one.day or one.period)): best
        for one, best in buckets
    }


def test_days_are_counted_from_today_in_utc() -> None:
    late = datetime.fromisoformat("2022-03-02T01:30:00+03:00")
    assert horizon_at(late, days=1).first_day == date(2022, 2, 28)


def test_day_before_the_horizon_is_dropped_and_the_next_is_kept(store: Redis) -> None:
    mine = ledger(store)
    mine.apply([article("a", claim(900), claim(7, KAZAN, day=NEXT_DAY))], now=EVENING)
    told = Reader(store).version()
    assert mine.retire(now=on(DAY)) == Retired(0, 0)
    assert Reader(store).version() == told
    assert mine.retire(now=on(NEXT_DAY)) == Retired(slots=1, articles=1)
    assert Reader(store).version() > told
    assert shown(store) == {}


def test_article_that_became_known_since_stays_with_what_it_says_of_later_days(
    store: Redis,
) -> None:
    mine = ledger(store)
    mine.apply([article("a", claim(900), claim(7, KAZAN, day=NEXT_DAY), days=1)], now=EVENING)
    assert mine.retire(now=on(NEXT_DAY)) == Retired(slots=1, articles=0)
    assert shown(store) == {("Kazan", "2022-02-25"): 7, ("Russia", "2022-02-25"): 7}


def test_period_is_kept_until_its_last_day(store: Redis) -> None:
    mine = ledger(store)
    mine.apply([article("a", claim(900, period=(DAY, NEXT_DAY)), days=3)], now=EVENING)
    assert mine.retire(now=on(NEXT_DAY)).slots == 0
    assert mine.retire(now=on(NEXT_DAY) + timedelta(days=1)).slots == 1


def test_undated_figure_goes_with_its_article(store: Redis) -> None:
    mine = ledger(store)
    mine.apply(
        [article("a", claim(900, day=None)), article("b", claim(40, day=None), days=1)],
        now=EVENING,
    )
    assert shown(store) == {("Moscow", "None"): 900}
    assert mine.retire(now=on(NEXT_DAY)) == Retired(slots=0, articles=1)
    assert shown(store) == {("Moscow", "None"): 40}
    assert Reader(store).read().articles == 1
    assert not store.exists(keys.record("a"))


def test_late_article_brings_no_part_of_a_dropped_day_back(store: Redis) -> None:
    mine = ledger(store)
    mine.apply([article("a", claim(900))], now=EVENING)
    late = article("b", claim(3, KAZAN), claim(24, KAZAN, day=NEXT_DAY), days=20)
    mine.apply([late], now=on(NEXT_DAY))
    assert shown(store) == {("Kazan", "2022-02-25"): 24, ("Russia", "2022-02-25"): 24}


def test_first_batch_of_a_day_drops_what_became_old(store: Redis) -> None:
    mine = ledger(store)
    mine.apply([article("a", claim(900))], now=EVENING)
    mine.apply([article("b", claim(12, day=NEXT_DAY), days=1)], now=on(DAY))
    assert ("Moscow", "2022-02-24") in shown(store)
    mine.apply([article("c", claim(12, day=NEXT_DAY), days=1)], now=on(NEXT_DAY))
    assert shown(store) == {("Moscow", "2022-02-25"): 12, ("Russia", "2022-02-25"): 12}


def test_article_without_claims_and_lone_review_go_too(store: Redis) -> None:
    mine = ledger(store)
    mine.apply([article("a")], [review("b", claim(900))], now=EVENING)
    mine.retire(now=datetime(2022, 3, 31, 0, tzinfo=UTC))
    assert set(dump(store)) == {keys.REVIEWED, keys.record("b")}
    mine.retire(now=datetime(2022, 4, 1, 0, tzinfo=UTC))
    assert dump(store) == {}


def test_without_retention_nothing_is_ever_dropped(store: Redis) -> None:
    mine = ledger(store, None)
    mine.apply([article("a", claim(900))], now=EVENING)
    before = dump(store)
    assert mine.retire(now=datetime(2122, 1, 1, tzinfo=UTC)) == Retired(0, 0)
    assert dump(store) == before


def test_dropped_day_can_be_filled_again_by_a_longer_retention(store: Redis) -> None:
    one = article("a", claim(900))
    ledger(store).apply([one], now=EVENING)
    before = dump(store)
    ledger(store).retire(now=on(NEXT_DAY))
    ledger(store, DAYS + 1).apply([one], now=on(NEXT_DAY))
    assert dump(store) == before
    assert shown(store)[("Moscow", "2022-02-24")] == 900


ITEMS = (
    article("a", claim(900), claim(5, day=None)),
    article("a", claim(950), claim(6, KAZAN, day=None), days=0, revision="r2"),
    article("b", claim(40, KAZAN, day=None), claim(7, KAZAN, day=NEXT_DAY), days=1),
    article("c"),
)


def test_crash_at_every_single_command_is_healed_by_doing_it_again(store: Redis) -> None:
    def fill() -> None:
        store.flushall(asynchronous=False)
        Ledger(store, authority_order=ORDER).apply(ITEMS, now=EVENING)

    fill()
    ledger(store).retire(now=on(NEXT_DAY))
    expected = dump(store)
    for commands in range(100):
        fill()
        try:
            ledger(FaultyStore(store, before=commands)).retire(now=on(NEXT_DAY))
        except Crash:
            ledger(store).retire(now=on(NEXT_DAY))
            assert dump(store) == expected
            continue
        break
    assert commands > 10


def test_newer_revision_between_any_two_commands_is_not_lost(store: Redis) -> None:
    newer = article("a", claim(8, day=None), days=1, revision="r3")
    rival = Ledger(store, authority_order=ORDER)
    for commands in range(100):
        store.flushall(asynchronous=False)
        Ledger(store, authority_order=ORDER).apply(ITEMS, now=EVENING)
        interrupted = FaultyStore(
            store, before=commands, happens=lambda: rival.apply([newer], now=EVENING)
        )
        ledger(interrupted).retire(now=on(NEXT_DAY))
        if interrupted.left is not None and interrupted.left >= 0:
            break
        assert shown(store)[("Moscow", "None")] == 8
        client: Any = store
        assert client.smembers(keys.ARTICLES) == {"a", "b"}
    assert commands > 10


def kept(items: Iterable[ClaimSet | Review], first: date) -> set[Estimate]:
    """Return what is to be shown: of articles that became known since, what they say since."""
    some = list(items)
    beginning = datetime(first.year, first.month, first.day, tzinfo=UTC)
    sets = newest(one for one in some if isinstance(one, ClaimSet)).values()
    found = [one for one in some if isinstance(one, Review)]
    return {
        estimate
        for estimate in reference((one for one in sets if one.seen_at >= beginning), found)
        if _last(estimate) >= first
    }


def _last(estimate: Estimate) -> date:
    bucket = estimate.bucket
    return (bucket.period[1] if bucket.period else bucket.day) or date.max


some_news = st.lists(news(), min_size=1, max_size=8).map(
    lambda items: [own_revision(one) if isinstance(one, ClaimSet) else one for one in items]
)


@hypothesis_settings(max_examples=60)
@given(items=some_news, data=st.data(), first=st.sampled_from([DAY, NEXT_DAY]))
def test_what_is_kept_does_not_depend_on_what_came_when(
    store: Redis, items: list[ClaimSet | Review], data: st.DataObject, first: date
) -> None:
    store.flushall(asynchronous=False)
    repeated = [*items, *data.draw(st.lists(st.sampled_from(items), max_size=3))]
    for one in data.draw(st.permutations(repeated)):
        now = data.draw(st.sampled_from([EVENING, on(DAY), on(first)]))
        mine = ledger(store)
        if isinstance(one, ClaimSet):
            mine.apply([one], now=now)
        else:
            mine.apply([], [one], now=now)
    ledger(store).retire(now=on(first))
    assert set(Reader(store).read().estimates) == kept(items, first)


@hypothesis_settings(max_examples=40)
@given(items=some_news, data=st.data())
def test_filled_again_the_store_is_the_same_bytes(
    store: Redis, items: list[ClaimSet | Review], data: st.DataObject
) -> None:
    contents = []
    for order in (items, data.draw(st.permutations(items))):
        store.flushall(asynchronous=False)
        mine = ledger(store, None)
        for one in order:
            sets, found = ([one], []) if isinstance(one, ClaimSet) else ([], [one])
            mine.apply(sets, found, now=EVENING)
        ledger(store).retire(now=on(NEXT_DAY))
        contents.append(dump(store))
    assert contents[0] == contents[1]
