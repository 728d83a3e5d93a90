"""The ledger in a real store: what moves, what stays, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from consumers.aggregator import scripts
from consumers.aggregator.ledger import Applied, Ledger
from consumers.aggregator.record import record_of
from dashboard.reader import Reader
from tests.consumers.aggregator.faulty import FaultyStore
from tests.consumers.aggregator.ledgers import (
    KAZAN,
    MOMENTS,
    MOSCOW,
    NEXT_DAY,
    NOW,
    ORDER,
    RUSSIA,
    claim,
    dump,
    review,
)
from vigil import keys, revisions, stored
from vigil.claim import ClaimSet
from vigil.errors import StaleWrite, StoreError, StoreUnavailable

pytestmark = pytest.mark.integration

SLOT = "RU:2022-02-24"
FIRST = ClaimSet("a", "r1", MOMENTS[1], (claim(900, MOSCOW), claim(1_667, RUSSIA)), outlet="Post")


@pytest.fixture
def ledger(store: Redis) -> Ledger:
    return Ledger(store, authority_order=ORDER)


def counters(store: Redis, slot: str = SLOT) -> dict[str, str]:
    client: Any = store
    found: dict[str, str] = client.hgetall(keys.slot_counters(slot))
    return found


def version(store: Redis, key: str = keys.VERSION) -> int:
    client: Any = store
    return int(client.get(key) or 0)


def test_counters_are_plain_numbers_by_bucket(store: Redis, ledger: Ledger) -> None:
    assert ledger.apply([FIRST], now=NOW) == Applied(articles=1, slots=1, stale=0)
    assert counters(store) == {
        "detention|city|Moscow|524901": "900",
        "detention|country|Russia|": "1667",
    }


def test_nothing_given_changes_nothing(store: Redis, ledger: Ledger) -> None:
    assert ledger.apply([], now=NOW) == Applied(articles=0, slots=0, stale=0)
    assert dump(store) == {}


def test_repetition_is_free(store: Redis, ledger: Ledger) -> None:
    ledger.apply([FIRST], now=NOW)
    told = version(store)
    assert ledger.apply([FIRST, FIRST], now=NOW + timedelta(hours=1)).slots == 0
    client: Any = store
    assert (version(store), version(store, keys.slot_version(SLOT))) == (told, 1)
    assert client.get(keys.CHANGED_AT) == NOW.isoformat()


def test_new_revision_replaces_what_the_old_one_said(store: Redis, ledger: Ledger) -> None:
    ledger.apply([FIRST], now=NOW)
    moved = claim(24, KAZAN, day=NEXT_DAY)
    applied = ledger.apply(
        [replace(FIRST, revision="r2", seen_at=MOMENTS[3], claims=(moved,))], now=NOW
    )
    assert applied.slots == 2
    assert counters(store) == {}
    assert counters(store, "RU:2022-02-25") == {
        "detention|city|Kazan|551487": "24",
        "detention|country|Russia|": "24",
    }


def test_late_old_revision_changes_no_counter(store: Redis, ledger: Ledger) -> None:
    newer = replace(FIRST, revision="r2", seen_at=MOMENTS[3], claims=(claim(950, MOSCOW),))
    ledger.apply([newer], now=NOW)
    before = counters(store)
    ledger.apply([FIRST], now=NOW)
    assert counters(store) == before


def test_withdrawn_article_leaves_only_a_tombstone(store: Redis, ledger: Ledger) -> None:
    ledger.apply([FIRST], now=NOW)
    ledger.apply([ClaimSet("a", "", MOMENTS[4])], now=NOW)
    client: Any = store
    assert counters(store) == {}
    (tombstone,) = client.hvals(keys.slot_claims(SLOT))
    assert stored.decode(tombstone).claims == ()
    assert client.hget(keys.record("a"), "body") == ""


@pytest.mark.parametrize("first", ["withdrawn first", "said first", "together"])
def test_withdrawn_article_leaves_its_figures_and_no_word(store: Redis, first: str) -> None:
    said = replace(FIRST, title="A square is emptied", claims=(claim(900), claim(7, KAZAN)))
    withdrawn = ClaimSet("a", "", MOMENTS[4])
    for batch in {
        "withdrawn first": [[withdrawn], [said], [said]],
        "said first": [[said], [withdrawn]],
        "together": [[said, withdrawn]],
    }[first]:
        Ledger(store, authority_order=ORDER).apply(batch, now=NOW)
    assert "taken away" not in str(dump(store))
    assert "A square" not in str(dump(store))
    assert [one.best for one in Reader(store).as_known_at(MOMENTS[3]).estimates] == [7, 900, 907]
    assert Reader(store).as_known_at(MOMENTS[4]).estimates == ()


def test_withdrawn_claim_keeps_what_a_person_said_of_it(store: Redis, ledger: Ledger) -> None:
    ledger.apply([FIRST], [review("a", FIRST.claims[0])], now=NOW)
    ledger.apply([ClaimSet("a", "", datetime(2022, 3, 2, tzinfo=UTC))], now=NOW)
    before, after = (datetime(2022, 3, 1, hour, tzinfo=UTC) for hour in (0, 1))
    assert [one.best for one in Reader(store).as_known_at(before).estimates] == [900, 1_667]
    assert [one.best for one in Reader(store).as_known_at(after).estimates] == [1_667]


def test_only_the_newest_superseded_revisions_are_kept(store: Redis, ledger: Ledger) -> None:
    minutes = [
        replace(FIRST, revision=f"r{at}", seen_at=MOMENTS[1] + timedelta(minutes=at))
        for at in range(revisions.KEPT + 3)
    ]
    for one in [*minutes[1::2], *minutes[::-2], *minutes]:
        ledger.apply([one], now=NOW)
    content = dump(store)
    store.flushall(asynchronous=False)
    ledger.apply(minutes, now=NOW)
    assert dump(store) == content
    client: Any = store
    assert len(client.hget(keys.record("a"), "earlier").splitlines()) == revisions.KEPT
    reader = Reader(store)
    assert reader.as_known_at(minutes[1].seen_at).estimates == ()
    assert reader.as_known_at(minutes[2].seen_at).estimates


def test_two_extractions_of_one_revision_have_one_winner(store: Redis, ledger: Ledger) -> None:
    other = replace(FIRST, claims=(claim(7, MOSCOW),))
    ledger.apply([FIRST], now=NOW)
    ledger.apply([other], now=NOW)
    content = dump(store)
    store.flushall(asynchronous=False)
    ledger.apply([other], now=NOW)
    ledger.apply([FIRST], now=NOW)
    assert dump(store) == content


def test_article_without_claims_is_counted_as_read(store: Redis, ledger: Ledger) -> None:
    ledger.apply([ClaimSet("quiet", "r1", MOMENTS[1])], now=NOW)
    client: Any = store
    assert client.smembers(keys.ARTICLES) == {"quiet"}
    assert version(store) > 0
    assert client.zcard(keys.FEED) == 0


def test_every_key_of_a_script_shares_one_hash_tag(store: Redis, ledger: Ledger) -> None:
    ledger.apply([FIRST], now=NOW)
    client: Any = store
    tags = {key[key.index("{") + 1 : key.index("}")] for key in client.scan_iter()}
    assert tags == {"all", "a", SLOT}


def test_every_key_is_described_in_the_documentation(store: Redis, ledger: Ledger) -> None:
    ledger.apply([FIRST], [review("a", FIRST.claims[0])], now=NOW)
    page = Path(__file__).parents[3].joinpath("docs/redis.md").read_text("utf-8")
    client: Any = store
    for key in client.scan_iter():
        name = key.replace("{a}", "{ARTICLE}").replace(SLOT, "SLOT")
        assert f"| `{name}` | " in page


def test_feed_keeps_the_newest_in_any_order(
    store: Redis, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scripts, "FEED_KEPT", 3)
    sets = [
        ClaimSet(
            f"a{number}", "r1", MOMENTS[1] + timedelta(minutes=number % 4), (claim(number + 1),)
        )
        for number in range(8)
    ]
    contents = []
    for delivered in (sets, sets[::-1], [*sets[3:], *sets[:3]]):
        store.flushall(asynchronous=False)
        for one in delivered:
            ledger.apply([one], now=NOW)
        contents.append(dump(store)[keys.FEED])
    assert contents[0] == contents[1] == contents[2]
    assert len(contents[0]) == 3  # type: ignore[arg-type]  # a list of members


def test_announcement_of_an_article_out_of_the_feed_is_no_news(
    store: Redis, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scripts, "FEED_KEPT", 1)
    later = replace(FIRST, article="b", seen_at=MOMENTS[3])
    ledger.apply([FIRST, later], now=NOW)
    before = version(store)
    ledger.apply([FIRST], now=NOW)
    assert version(store) == before


def test_announcement_of_a_place_in_the_feed_is_news(store: Redis) -> None:
    # Its writer died before it could tell, and another one has told the slots since.
    announce = scripts.Scripts(store).announce
    announce([record_of(FIRST)], {SLOT: 2}, now=NOW)
    told = version(store)
    later = record_of(replace(FIRST, revision="r2", seen_at=MOMENTS[3]))
    assert announce([later], {SLOT: 2}, now=NOW)
    assert not announce([later], {SLOT: 2}, now=NOW)
    assert not announce([record_of(FIRST)], {SLOT: 1}, now=NOW)
    assert version(store) == told + 1


def test_store_that_was_emptied_tells_no_version_again(store: Redis, ledger: Ledger) -> None:
    ledger.apply([FIRST], now=NOW)
    told = version(store)
    store.flushall(asynchronous=False)
    ledger.apply([FIRST], now=NOW)
    assert version(store) > told


class RivalStore(FaultyStore):
    """A store in which somebody else writes the slot whenever it has just been read."""

    def __init__(self, like: Redis, rival: Redis) -> None:
        super().__init__(like)
        self._rival = rival

    def execute_command(self, *args: Any, **options: Any) -> Any:
        reply = super().execute_command(*args, **options)
        if args[0] == "HGETALL":
            self._rival.incr(keys.slot_version(SLOT))
        return reply


def test_slot_that_always_changes_first_is_a_stale_write(store: Redis) -> None:
    contested = Ledger(RivalStore(store, store), authority_order=ORDER)
    with pytest.raises(StaleWrite, match=SLOT):
        contested.apply([FIRST], now=NOW)
    assert counters(store) == {}


def test_store_that_is_not_there_asks_to_try_again(nobody: str) -> None:
    absent = Redis.from_url(f"redis://{nobody}/0", retry=Retry(NoBackoff(), 0))
    with pytest.raises(StoreUnavailable, match="recording 1 articles, the first a: Redis is not"):
        Ledger(absent, authority_order=ORDER).apply([FIRST], now=NOW)


def test_key_of_another_type_is_refused_by_name(store: Redis, ledger: Ledger) -> None:
    store.set(keys.record("a"), "not a hash")
    with pytest.raises(StoreError, match="recording 1 articles, the first a: Redis refused"):
        ledger.apply([FIRST], now=NOW)


@pytest.mark.parametrize(
    ("setting", "value", "reason"),
    [("min-replicas-to-write", "1", "too few replicas"), ("maxmemory", "1mb", "out of memory")],
)
def test_store_that_takes_nothing_in_is_worth_another_try(
    store: Redis, ledger: Ledger, setting: str, value: str, reason: str
) -> None:
    client: Any = store
    before = client.config_get(setting)[setting]
    client.config_set(setting, value)
    try:
        with pytest.raises(StoreUnavailable, match=f"Redis takes nothing in .{reason}"):
            ledger.apply([FIRST], now=NOW)
    finally:
        client.config_set(setting, before)
    assert ledger.apply([FIRST], now=NOW).articles == 1


def test_script_header_lists_keys_arguments_and_reply() -> None:
    folder = resources.files("consumers.aggregator").joinpath("lua")
    names = {entry.name.removesuffix(".lua") for entry in folder.iterdir()}
    assert names == {
        "register", "settle", "announce", "forget", "rebuild", "expire", "bookmark", "retire",
    }  # fmt: skip
    for name in names:
        text = folder.joinpath(f"{name}.lua").read_text("utf-8")
        assert [one for one in ("KEYS[1]", "ARGV[1]", "Returns") if f"-- {one}" not in text] == []
