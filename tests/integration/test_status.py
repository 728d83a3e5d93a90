"""``vigil status``: what waits, what failed, what is stored, and a clear word when out of reach."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from consumers.aggregator import service as aggregator
from consumers.aggregator.ledger import Ledger
from consumers.dead_letters import DeadLetters
from consumers.extractor import service as extractor
from consumers.runner import run
from tests.consumers.aggregator.ledgers import KAZAN, MONITOR, MOSCOW, NOW, RUSSIA, claim, review
from tests.integration.commands import environment, vigil
from tests.integration.test_runner import Stop
from vigil import broker, health, sources, topics
from vigil.claim import ClaimSet
from vigil.cli.status import GROUPS, look
from vigil.errors import WireError
from vigil.rebuilding import Rebuilding
from vigil.sources import Source
from vigil.store import make_store

if TYPE_CHECKING:
    from vigil.settings import Settings

pytestmark = pytest.mark.integration

ARTICLE = ClaimSet(
    "0a", "r1", NOW, (claim(1_702, RUSSIA, authority=MONITOR), claim(940, MOSCOW), claim(30, KAZAN))
)


def ledger(settings: Settings) -> Ledger:
    return Ledger(make_store(settings), authority_order=settings.authority_order)


def send(settings: Settings, topic: topics.Topic, count: int) -> None:
    with broker.make_producer(settings) as producer:
        for number in range(count):
            producer.send(topic.name, key=b"%d" % number, value=b"x")


def test_groups_are_those_of_the_services() -> None:
    assert (
        (extractor.GROUP, topics.ARTICLES),
        *((aggregator.GROUP, topic) for topic in aggregator.TOPICS),
    ) == GROUPS


def test_status_of_fresh_servers_is_healthy(servers: Settings) -> None:
    done = vigil("status", "--json", env=environment(servers))
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["healthy"]
    assert [(one["group"], one["topic"], one["messages"]) for one in told["lag"]] == [
        ("vigil-extract", "articles", 0),
        ("vigil-aggregate", "claims", 0),
        ("vigil-aggregate", "reviews", 0),
    ]
    assert told["store"]["reviews"] == {"wrong": 0, "confirmed": 0, "lapsed": 0}
    assert told["store"]["articles"] == 0
    assert told["store"]["newest"] is None


def test_lag_counts_what_a_group_has_not_committed(servers: Settings) -> None:
    # In one batch, which Tansu counts as one where it is asked for end offsets.
    send(servers, topics.ARTICLES, 500)
    group = "status-test"
    before = health.waiting(servers, group=group, topic=topics.ARTICLES)
    handle = Stop(1)
    with broker.make_consumer(servers, topics.ARTICLES, group=group) as consumer:
        run(consumer, handle, stopping=handle.stopping)
    after = health.waiting(servers, group=group, topic=topics.ARTICLES)
    assert before.messages == 500
    assert after.messages == 500 - len(handle.seen)
    assert sum(after.partitions.values()) == after.messages


def test_status_counts_what_is_stored(servers: Settings) -> None:
    ledger(servers).apply([ARTICLE, ClaimSet("0b", "r1", NOW)], now=NOW)
    told = health.stored(servers)
    assert (told.articles, told.claims, told.estimates, told.slots) == (2, 3, 3, 1)
    assert told.newest == NOW
    assert told.changed_at == NOW
    assert told.memory > 0
    assert told.evicts is None


def test_status_counts_reviews_by_what_became_of_them(servers: Settings) -> None:
    russia, moscow, kazan = ARTICLE.claims
    ledger(servers).apply(
        [ARTICLE],
        [
            review("0a", moscow),
            review("0a", russia, "confirmed"),
            review("0a", kazan),
            review("0a", kazan, "none", hour=2),
            review("0a", claim(31, KAZAN)),
            review("never seen", moscow),
        ],
        now=NOW,
    )
    assert health.stored(servers).reviews == health.Reviews(wrong=1, confirmed=1, lapsed=2)
    done = vigil("status", env=environment(servers))
    assert "  reviews                 2\n    wrong                 1\n" in done.stdout
    assert "    lapsed                2\n" in done.stdout


def test_status_counts_reviews_that_wait(servers: Settings) -> None:
    send(servers, topics.REVIEWS, 3)
    waiting = {one.topic: one.messages for one in look(servers, now=NOW).waiting}
    assert waiting == {"articles": 0, "claims": 0, "reviews": 3}


def test_status_says_how_old_the_newest_item_is(servers: Settings) -> None:
    now = datetime.now(UTC)
    seen_at = now - timedelta(hours=5)
    ledger(servers).apply([ClaimSet("0a", "r1", seen_at, ARTICLE.claims)], now=now)
    done = vigil("status", env=environment(servers))
    assert done.returncode == 0, done.stderr
    assert "5 hours ago" in done.stdout
    assert "  claims                  3\n" in done.stdout


def test_status_tells_dead_letters_by_stage(servers: Settings) -> None:
    send(servers, topics.ARTICLES, 3)
    with (
        broker.make_producer(servers) as producer,
        broker.make_consumer(servers, topics.ARTICLES, group="dead-test") as consumer,
    ):
        letters = DeadLetters(producer, stage="extract")
        stop = Stop(3)

        def bury(records: Any) -> None:
            for record in records:
                letters.put(record, WireError("not a message"))
            stop(records)

        run(consumer, bury, stopping=stop.stopping)
    report = look(servers, now=datetime.now(UTC))
    assert report.dead
    assert report.dead.stages == {"extract": 3}
    assert report.dead.newest
    assert report.dead.newest - datetime.now(UTC) < timedelta(minutes=1)
    assert report.faults == []
    assert any("3 dead letters" in note for note in report.notes)


@pytest.mark.parametrize(
    ("mark", "note"),
    [
        (Rebuilding("t", "running", NOW, NOW, read=3, total=9), "being rebuilt (3 of 9)"),
        (Rebuilding("t", "stopped", NOW, NOW), "run vigil rebuild again"),
        (Rebuilding("t", "running", NOW, NOW - timedelta(hours=1)), "run vigil rebuild again"),
    ],
    ids=["running", "stopped", "died"],
)
def test_status_tells_a_store_that_is_incomplete(
    servers: Settings, mark: Rebuilding, note: str
) -> None:
    ledger(servers).mark(mark, takes_over=True)
    [told] = look(servers, now=NOW).notes
    assert note in told


def test_status_says_nothing_of_a_rebuild_that_is_done(servers: Settings) -> None:
    ledger(servers).mark(Rebuilding("t", "done", NOW, NOW), takes_over=True)
    assert look(servers, now=NOW).notes == []


def test_status_warns_of_a_store_that_drops_keys(servers: Settings) -> None:
    make_store(servers).config_set("maxmemory", "64mb")
    make_store(servers).config_set("maxmemory-policy", "allkeys-lru")
    [note] = look(servers, now=NOW).notes
    assert "allkeys-lru" in note
    assert "noeviction" in note


def test_status_names_the_feeds_that_need_a_look(servers: Settings) -> None:
    now = datetime.now(UTC)
    store, due = make_store(servers), now + timedelta(minutes=5)
    for url, told in {
        "https://a.example/rss": {"newest_at": now, "ok_at": now, "seen": 9, "sent": 7},
        "https://b.example/rss": {"error": "HTTP 404 (not found)", "error_at": now, "failures": 3},
        "https://c.example/rss": {"newest_at": now - timedelta(days=9), "ok_at": now},
    }.items():
        sources.write(store, Source(url, "", now, due, **told))  # type: ignore[arg-type]
    done = vigil("status", env=environment(servers))
    assert done.returncode == 0, done.stderr
    assert "Feeds\n  well                    1\n" in done.stdout
    assert (
        "  broken       https://b.example/rss: HTTP 404 (not found); never well yet\n"
        "  silent       https://c.example/rss: nothing new since 9 days ago\n"
    ) in done.stdout
    assert "of 3 feeds, 2 need a look: 1 broken, 1 silent" in done.stderr
    told = json.loads(vigil("status", "--json", env=environment(servers)).stdout)["feeds"]
    assert [(one["url"][8], one["state"]) for one in told] == [
        ("b", "broken"), ("c", "silent"), ("a", "well"),
    ]  # fmt: skip
    assert (told[2]["seen"], told[2]["sent"], told[0]["failures"]) == (9, 7, 3)


@pytest.mark.slow
def test_status_without_servers_fails_and_says_what_to_do(nobody: str) -> None:
    env = environment() | {
        "VIGIL_KAFKA": nobody,
        "VIGIL_REDIS": f"redis://{nobody}/0",
    }
    done = vigil("status", "--json", env=env)
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert not told["healthy"]
    assert told["store"] is None
    assert "is Kafka up at" in done.stderr
    assert "is Redis up" in done.stderr
    assert "Traceback" not in done.stderr


def test_status_without_redis_still_tells_of_kafka(servers: Settings, nobody: str) -> None:
    send(servers, topics.ARTICLES, 4)
    env = environment(servers) | {"VIGIL_REDIS": f"redis://{nobody}/0"}
    done = vigil("status", env=env)
    assert done.returncode == 1
    assert "  articles                4 waiting for vigil-extract" in done.stdout
    assert "is Redis up" in done.stderr
