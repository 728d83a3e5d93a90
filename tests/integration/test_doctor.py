"""``vigil doctor``: well on servers that are, and a next step for everything that is not."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from kafka.admin import ConfigResource, ConfigResourceType

from consumers.reporting import say
from tests.integration.commands import environment, vigil
from tests.integration.running import wait_for
from vigil import broker, topics
from vigil.checks.brokers import check_kafka
from vigil.checks.heard import check_services
from vigil.checks.stores import _clock, check_redis
from vigil.embedded import start_store
from vigil.reports import ServiceReport
from vigil.settings import Settings
from vigil.store import make_store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from redis import Redis

    from vigil.checks.finding import Finding
    from vigil.embedded import Server

pytestmark = pytest.mark.integration

NOW = datetime(2026, 5, 25, 12, 0, tzinfo=UTC)
PASSWORD = "hunter-2-%2F"  # noqa: S105  # of nothing


def told(found: Iterable[Finding], about: str) -> list[tuple[str, str]]:
    """Return level and step of what is said of one thing."""
    return [(one.level, one.do) for one in found if one.about == about]


def test_servers_that_are_well_are_found_well(servers: Settings) -> None:
    done = vigil("doctor", "--json", env=environment(servers) | {"VIGIL_PORT": "0"})
    assert done.returncode == 0, done.stdout
    found = json.loads(done.stdout)
    assert found["healthy"]
    levels = {one["about"]: one["level"] for one in found["findings"]}
    assert levels.pop("vigil extract") == levels.pop("vigil aggregate") == "warning"  # not started
    assert set(levels.values()) == {"ok"}, found
    assert {f"topic {topic.name}" for topic in topics.ALL} <= set(levels)
    assert {"settings", "data folder", "disk", "language model", "Kafka", "Redis"} <= set(levels)
    assert {"clock", "Redis on disk", "Redis memory", "Redis rights"} <= set(levels)


@pytest.mark.parametrize("servers", ["real"], indirect=True)  # Tansu tells nothing of its topics
@pytest.mark.parametrize("policy", ["delete", "compact,delete"])
def test_topics_that_lose_claims_or_articles_are_told(servers: Settings, policy: str) -> None:
    wrong = {"cleanup.policy": policy, "max.message.bytes": "1000", "min.insync.replicas": "2"}
    claims = ConfigResource(ConfigResourceType.TOPIC, topics.CLAIMS.name, configs=wrong)
    with broker.administering(servers) as admin:
        admin.alter_configs([claims])
        admin.delete_topics([topics.REVIEWS.name])
        # Brokers hear of both a little later.
        wait_for(lambda: topics.REVIEWS.name not in admin.list_topics(), what="the topic gone")
    wait_for(lambda: len(told(check_kafka(servers), "topic claims")) > 1, what="the change known")
    settings = servers.model_copy(update={"partitions": 9, "replication": 3})
    found = list(check_kafka(settings))
    said = told(found, "topic claims")
    assert [level for level, _ in said] == ["warning", "problem", "problem", "warning"]
    assert [step.partition(",")[0] for _, step in said] == [
        "set VIGIL_PARTITIONS to 6",
        "set its min.insync.replicas to 1",
        "set its cleanup.policy to compact with kafka-configs",
        "set its max.message.bytes to 1048576 with kafka-configs",
    ]
    assert told(found, "topic reviews") == [("problem", "set VIGIL_REPLICATION to 1 at most")]


def test_nobody_there_is_told_with_what_to_do_and_without_the_password(
    nobody: str, tmp_path: Path
) -> None:
    env = environment() | {
        "VIGIL_KAFKA": nobody,
        "VIGIL_REDIS": f"redis://desk:{PASSWORD}@{nobody}/0",
        "VIGIL_NAMES_KEY": PASSWORD,
        "VIGIL_DATA": str(tmp_path),
    }
    done = vigil("doctor", env=env)
    assert done.returncode == 1
    assert "problem  Kafka" in done.stdout
    assert "-> start Kafka, or set VIGIL_KAFKA" in done.stdout
    assert f"problem  Redis           at {nobody}" in done.stdout
    assert "-> start Redis, or set VIGIL_REDIS" in done.stdout
    assert "hunter" not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_settings_that_make_no_sense_are_all_it_tells() -> None:
    done = vigil("doctor", "--json", env=environment() | {"VIGIL_BATCH": "hunter"})
    [found] = json.loads(done.stdout)["findings"]
    assert done.returncode == 1
    assert (found["level"], found["about"]) == ("problem", "settings")
    assert "VIGIL_BATCH" in found["said"]
    assert "hunter" not in done.stdout + done.stderr


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A store of our own, to be set up badly."""
    started = start_store(tmp_path_factory.mktemp("own"))
    yield started
    started.process.stop()


@pytest.fixture
def own(server: Server) -> Iterator[Redis]:
    client = make_store(at(server.address))
    yield client
    for name, value in (("maxmemory", "0"), ("maxmemory-policy", "noeviction")):
        client.config_set(name, value)
    client.config_set("appendonly", "yes")
    client.replicaof("NO", "ONE")
    client.close()


def at(address: str) -> Settings:
    return Settings().model_copy(update={"redis": type(Settings().redis)(address)})


def test_store_that_forgets_is_told(own: Redis, server: Server) -> None:
    own.config_set("appendonly", "no")
    own.config_set("maxmemory", "1gb")
    own.config_set("maxmemory-policy", "allkeys-lru")
    found = list(check_redis(at(server.address)))
    [disk] = told(found, "Redis on disk")
    assert disk == ("warning", "set appendonly to yes; after a loss, vigil rebuild fills it again")
    assert told(found, "Redis memory") == [("problem", "set its maxmemory-policy to noeviction")]


def test_store_that_is_nearly_full_is_told(own: Redis, server: Server) -> None:
    used = int(own.info("memory")["used_memory"])
    own.config_set("maxmemory", int(used * 1.05))
    [(level, step)] = told(check_redis(at(server.address)), "Redis memory")
    assert level == "problem"
    assert "VIGIL_RETENTION_DAYS" in step


def test_replica_is_told(own: Redis, server: Server, nobody: str) -> None:
    own.replicaof(*nobody.split(":"))
    found = list(check_redis(at(server.address)))
    assert ("problem", "set VIGIL_REDIS to its primary") in told(found, "Redis")


def test_user_who_may_not_run_scripts_is_told(own: Redis, server: Server) -> None:
    own.acl_setuser(
        "desk", enabled=True, passwords=["+hunter"], keys=["*"], commands=["+@all", "-evalsha"]
    )
    host = server.address.removeprefix("redis://")
    for password in ("hunter", "wrong"):
        found = list(check_redis(at(f"redis://desk:{password}@{host}")))
        level, step = told(found, "Redis")[-1]
        assert (level, step.partition(" in ")[0]) == ("problem", "look at user and password")
        assert "hunter" not in str(found)
        assert "wrong" not in str(found)


@pytest.mark.parametrize("address", ["http://hunter", "redis://:1234/56@host:6379"])
def test_address_that_is_none_is_told_without_it(address: str) -> None:
    [found] = check_redis(at(address))
    assert found.level == "problem"
    assert "redis://user:password@host" in found.do
    assert "hunter" not in str(found)
    assert "1234" not in str(found)


def test_clock_that_is_another_is_told_with_its_difference() -> None:
    asked = NOW.timestamp()
    for server, level in ((asked + 0.5, "ok"), (asked + 60, "warning"), (asked - 60, "warning")):
        [found] = _clock([{"server_time_usec": round(server * 1e6)}], asked, asked + 0.1)
        assert found.level == level
        assert ("by 60 s" in found.said) == (level == "warning")
    assert list(_clock([{}], asked, asked)) == []  # a server that does not tell


def test_services_are_judged_by_what_they_said_last(store: Redis, store_settings: Settings) -> None:
    assert [one.said for one in check_services(store_settings, now=NOW)] == [
        "was never heard of",
        "was never heard of",
    ]
    then = NOW - timedelta(seconds=3)
    long_ago = NOW - timedelta(minutes=3)
    for one in (
        ServiceReport("extract", "a:1", then, then, lag={}),
        ServiceReport("extract", "a:2", then, then, state="retrying", problem="Redis is away"),
        ServiceReport("aggregate", "b:1", long_ago, long_ago, state="stopped", problem="refused"),
    ):
        say(store, one)
    found = list(check_services(store_settings, now=NOW))
    assert [(one.level, one.said) for one in found] == [
        ("problem", "a:2 fails and tries again: Redis is away"),
        ("ok", "2 running, last heard of 3 s ago"),
        ("warning", "none runs; the last: refused"),
    ]
