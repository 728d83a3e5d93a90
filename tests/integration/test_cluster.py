"""Redis Cluster: the same numbers from three primaries as from one server."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import SecretStr

from consumers.aggregator.ledger import Ledger
from dashboard.reader import Reader
from tests.consumers.aggregator.ledgers import (
    KAZAN,
    MINSK,
    NOW,
    ORDER,
    claim,
    dump,
    give,
    review,
)
from tests.integration.cluster import cluster
from tests.integration.commands import environment, vigil
from tests.integration.faults import exports, finish, send_all
from tests.integration.streams import stream
from vigil import broker, rebuilding
from vigil.checks.stores import check_redis
from vigil.claim import ClaimSet
from vigil.embedded import Server, start_broker
from vigil.errors import SettingsError, StoreError, StoreUnavailable
from vigil.processes import free_port
from vigil.settings import Settings
from vigil.store import make_store, memory_of, servers_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from redis import Redis

pytestmark = pytest.mark.integration

SETS = [
    ClaimSet(f"{number:024x}", "r1", NOW, (claim(number + 5), claim(number + 1, place)))
    for number, place in zip(range(40), itertools.cycle([KAZAN, MINSK]), strict=False)
]
REVIEW = review(SETS[3].article, SETS[3].claims[0])


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with cluster(tmp_path_factory.mktemp("cluster")) as address:
        yield address


@pytest.fixture
def many(node: str, store_settings: Settings) -> Settings:
    """Settings that lead to an empty cluster."""
    settings = store_settings.model_copy(update={"redis": SecretStr(node)})
    make_store(settings).flushall()
    return settings


@pytest.fixture
def another_broker(tmp_path: Path) -> Iterator[Server]:
    server = start_broker(tmp_path)
    yield server
    server.process.stop()


def ledger(store: Redis) -> Ledger:
    return Ledger(store, authority_order=ORDER)


def content(store: Redis) -> dict[str, object]:
    """Return all that is stored but for versions and the mark of a rebuild."""
    return {key: value for key, value in dump(store).items() if key != rebuilding.KEY}


def test_cluster_holds_what_one_server_holds(store: Redis, many: Settings) -> None:
    for one in (store, make_store(many)):
        give(ledger(one), [*SETS[:30], REVIEW])
        give(ledger(one), [*SETS[20:], *SETS[:5]])
    spread: Any = make_store(many)
    assert content(spread) == content(store)
    sizes = [spread.dbsize(target_nodes=one) for one in spread.get_primaries()]
    assert len(sizes) == 3
    assert all(sizes), "all keys stand on few nodes: the test proves nothing"
    assert Reader(spread).read().estimates == Reader(store).read().estimates


def test_cluster_whose_nodes_forgot_the_scripts_goes_on(store: Redis, many: Settings) -> None:
    spread: Any = make_store(many)
    writer = ledger(spread)
    for one in SETS:
        spread.script_flush()
        give(writer, [one])
    give(ledger(store), SETS)
    assert content(spread) == content(store)


def test_cluster_is_emptied_whole(many: Settings) -> None:
    store = make_store(many)
    give(ledger(store), SETS)
    assert ledger(store).forget()
    assert content(store) == {}


def test_memory_of_a_cluster_is_that_of_its_primaries(many: Settings) -> None:
    store: Any = make_store(many)
    told = memory_of(store)
    each = [one["used_memory"] for one in store.info("memory").values()]
    assert len(each) == 3
    assert told.used == pytest.approx(sum(each), rel=0.2)
    assert (told.limit, told.evicts) == (None, None)


def test_cluster_out_of_reach_is_worth_another_try() -> None:
    away = Settings(redis=SecretStr(f"redis+cluster://127.0.0.1:{free_port()}"))
    with pytest.raises(StoreUnavailable, match="reading the version: Redis is not answering"):
        Reader(make_store(away)).version()
    [found] = check_redis(away)
    assert (found.level, found.about) == ("problem", "Redis")
    assert "is not answering" in found.said


def test_one_server_is_no_cluster_and_says_so(store_settings: Settings) -> None:
    address = store_settings.redis.get_secret_value().replace("redis://", "redis+cluster://")
    wrong = store_settings.model_copy(update={"redis": SecretStr(address)})
    with pytest.raises(StoreError, match="luster") as raised:
        Reader(make_store(wrong)).version()
    assert not raised.value.retriable


@pytest.mark.slow
@pytest.mark.parametrize("servers", ["embedded"], indirect=True)  # only the store differs
def test_commands_tell_of_a_cluster_what_they_tell_of_one_server(
    many: Settings, servers: Settings, another_broker: Server
) -> None:
    messages = list(itertools.islice(stream(7), 400))
    send_all(servers, messages)
    finish(servers, servers.data)
    wanted = exports(servers)
    settings = many.model_copy(update={"kafka": another_broker.address})
    broker.ensure_topics(settings)
    send_all(settings, messages)
    finish(settings, servers.data)
    assert exports(settings) == wanted
    make_store(settings).flushall()
    rebuilt = vigil("rebuild", "--yes", env=environment(settings))
    assert rebuilt.returncode == 0, rebuilt.stderr
    assert exports(settings) == wanted
    status = vigil("status", "--json", env=environment(settings))
    assert status.returncode == 0, status.stderr
    one = vigil("status", "--json", env=environment(servers))
    same = ("articles", "claims", "estimates", "slots", "reviews", "newest")
    told, there = (json.loads(done.stdout)["store"] for done in (status, one))
    assert {name: told[name] for name in same} == {name: there[name] for name in same}


def test_doctor_knows_a_cluster_and_an_address_that_does_not_say_so(many: Settings) -> None:
    found = list(check_redis(many))
    assert "3 primaries" in found[0].said
    # A node that keeps nothing on disk is told, three times; all the rest is well.
    assert [one.about for one in found if one.level != "ok"] == ["Redis on disk"] * 3
    address = many.redis.get_secret_value().replace("redis+cluster", "redis")
    alone = many.model_copy(update={"redis": SecretStr(address)})
    [wrong] = [one for one in check_redis(alone) if one.level == "problem"][:1]
    assert wrong.do.startswith("begin VIGIL_REDIS with redis+cluster://")


def test_cluster_of_one_primary_is_taken_for_one(tmp_path: Path, store_settings: Settings) -> None:
    with cluster(tmp_path / "one", primaries=1) as address:
        settings = store_settings.model_copy(update={"redis": SecretStr(address)})
        one = make_store(settings)
        give(ledger(one), SETS[:3])
        assert servers_of(one) == servers_of(one) != ""
        assert memory_of(one).used > 0
        assert [found.said for found in check_redis(settings) if found.level == "problem"] == []


def test_password_that_is_no_part_of_an_address_is_not_repeated() -> None:
    for scheme in ("redis+cluster", "redis"):
        settings = Settings(redis=SecretStr(f"{scheme}://desk:s3c/ret@127.0.0.1:6379"))
        with pytest.raises(SettingsError) as caught:
            make_store(settings)
        assert "s3c" not in str(caught.value)
        assert caught.value.__cause__ is None
