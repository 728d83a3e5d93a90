"""Vigil on a Kafka and a Redis that let nobody in whom they do not know, and let nobody do more."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import trustme
from kafka.errors import KafkaError
from pydantic import SecretStr

from consumers.aggregator.service import GROUP
from tests.integration.articles import write_articles
from tests.integration.commands import vigil
from tests.integration.secured import (
    Pair,
    all_alive,
    family,
    pages_are_read,
    rarely_done,
    sent_articles,
)
from tests.integration.test_services import exported
from tests.real.secured import DEPLOY, start_secured_kafka, start_secured_redis
from vigil import admission, broker, health, keys, topics
from vigil.cli.settle import wait_until_counted
from vigil.errors import BrokerError, SettingsError, StoreError, VigilError
from vigil.letters import LetterList
from vigil.letters import Wish as LetterWish
from vigil.processes import Process, spawn
from vigil.replay_clock import ReplayClock
from vigil.replaying import Request
from vigil.store import make_store, map_errors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigil.settings import Settings

pytestmark = [pytest.mark.integration, pytest.mark.slow]

USERS = ["admin", "producer", "extractor", "aggregator", "desk", "status"]


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """Apache Kafka and Redis with TLS, users and rights; topics made by one who may."""
    folder = tmp_path_factory.mktemp("secured")
    with ExitStack() as stack:
        redis = start_secured_redis(folder / "redis")
        stack.callback(redis.server.process.stop)
        kafka = start_secured_kafka(folder / "kafka", USERS)
        stack.callback(kafka.server.process.stop)
        broker.ensure_topics(kafka.settings("admin"))
        kafka.allow((DEPLOY / "kafka-acls.txt").read_text())
        yield Pair(kafka, redis)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Clients that wait a moment only for a Kafka that does not let them in."""
    monkeypatch.setattr(admission, "_SECONDS", 3.0)


def test_services_work_with_their_rights_and_tell_no_secret(pair: Pair, tmp_path: Path) -> None:
    write_articles(tmp_path / "articles")
    with ExitStack() as stack:

        def start(name: str, *command: str) -> Process:
            env = pair.env(name) | {"VIGIL_LOG_LEVEL": "debug"}
            program = [sys.executable, "-m", "vigil", *command]
            process = spawn(name, program, folder=tmp_path, env=env)
            stack.callback(process.stop)
            return process

        running = [start("extractor", "extract"), start("aggregator", "aggregate")]
        folder = tmp_path / "articles"
        done = [vigil("replay", folder, "--rate", "100", env=pair.env("producer"))]
        sent = sent_articles(folder)
        reading = pair.kafka.settings("status")
        wait_until_counted(sent, reading, group=GROUP, check=lambda: all_alive(running))
        counted = exported(pair.redis.settings("dashboard"))
        assert "Moscow" in counted
        assert ",940," in counted
        pages_are_read(pair)
        reader = pair.env("status", store_user="reader")
        desk = pair.env("desk", store_user="reader")
        done.append(vigil("status", env=reader))
        done.append(vigil("doctor", env=pair.env("status", store_user="aggregator")))
        done.append(vigil("review", "list", "--country", "RU", env=desk))
        done.append(vigil("dead-letters", "list", env=desk))
        done.append(vigil("rebuild", "--yes", env=pair.env("aggregator")))
        assert [(one.returncode, one.stderr) for one in done if one.returncode] == []
        assert exported(pair.redis.settings("dashboard")) == counted
        seen = [Path(f"/proc/{pid}/cmdline").read_text() for pid in family(running)]
        assert any("extract" in line for line in seen)
        said = [one.stdout + one.stderr for one in done]
        said += [process.log.read_text() for process in running]
        assert "hunter2" not in "".join([*seen, *said])
        assert "does not let this user" not in "".join(said)
        rarely_done(pair)
        refused = make_store(pair.redis.settings("admin")).acl_log()
        assert {one["object"] for one in refused} <= CLIENTS_TALK, refused


# What redis-py tells of its own accord, and the doctor asks; both do without where they may not.
CLIENTS_TALK = {"config|get", "client|setinfo", "client|maint_notifications", "client", "command"}


@pytest.mark.parametrize(
    ("user", "topic"),
    [
        ("producer", topics.CLAIMS),
        ("producer", topics.REVIEWS),
        ("extractor", topics.ARTICLES),
        ("extractor", topics.REVIEWS),
        ("status", topics.ARTICLES),
    ],
    ids=lambda one: getattr(one, "name", one),
)
def test_kafka_lets_nobody_write_what_is_not_theirs(
    pair: Pair, user: str, topic: topics.Topic
) -> None:
    with broker.make_producer(pair.kafka.settings(user)) as producer:
        with pytest.raises(KafkaError, match="AuthorizationFailed"):
            producer.send(topic.name, key=b"a", value=b"false").get(60)
        producer.flush(60)


def test_kafka_lets_a_producer_read_nothing(pair: Pair) -> None:
    with pytest.raises(BrokerError):
        health.waiting(pair.kafka.settings("producer"), group=GROUP, topic=topics.CLAIMS)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"kafka_password": SecretStr("hunter2-wrong")}, "VIGIL_KAFKA_PASSWORD"),
        ({"kafka_security": "plaintext"}, "it speaks TLS on this port: set VIGIL_KAFKA_SECURITY"),
        ({"kafka_security": "ssl"}, "VIGIL_KAFKA_SECURITY=sasl_ssl"),
        ({"kafka_ca": "another"}, "is VIGIL_KAFKA_CA the authority that signed it"),
        ({"kafka_security": "ssl", "kafka": "certificates"}, "set VIGIL_KAFKA_CERT"),
    ],
    ids=["password", "plaintext", "no-password", "authority", "no-certificate"],
)
def test_who_is_not_let_in_by_kafka_is_told_why(
    pair: Pair, tmp_path: Path, wrong: dict[str, Any], said: str
) -> None:
    if wrong.get("kafka_ca"):
        trustme.CA().cert_pem.write_to_path(tmp_path / "another.pem")
        wrong = {"kafka_ca": tmp_path / "another.pem"}
    if wrong.get("kafka"):
        wrong = wrong | {"kafka": pair.kafka.by_certificate}
    settings = pair.kafka.settings("producer").model_copy(update=wrong)
    with pytest.raises(BrokerError) as caught, broker.administering(settings, bootstrap_ms=1_500):
        pass
    assert said in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_kafka_takes_passwords_in_the_plain_and_certificates(pair: Pair) -> None:
    plain = pair.kafka.settings("producer").model_copy(update={"kafka_mechanism": "PLAIN"})
    cert, key = pair.kafka.authority.issue("producer")
    certified = plain.model_copy(
        update={
            "kafka": pair.kafka.by_certificate,
            "kafka_security": "ssl",
            "kafka_cert": cert,
            "kafka_key": key,
        }
    )
    for settings in (plain, certified):
        with broker.make_producer(settings) as producer:
            producer.send(topics.ARTICLES.name, key=b"a", value=None).get(60)


@pytest.mark.usefixtures("impatient")
def test_tls_where_none_is_spoken_is_said(pair: Pair, store_settings: Settings) -> None:
    plain = store_settings.redis.get_secret_value().removeprefix("redis://").partition("/")[0]
    settings = pair.kafka.settings("producer").model_copy(update={"kafka": plain})
    with pytest.raises(BrokerError, match="does not speak TLS on this port"):
        broker.ensure_topics(settings)


def test_a_key_that_is_none_is_said(pair: Pair) -> None:
    cert, _ = pair.kafka.authority.issue("producer")
    wrong = {"kafka_cert": cert, "kafka_key": pair.kafka.authority.file}
    with pytest.raises(SettingsError, match="VIGIL_KAFKA_KEY"):
        broker.ensure_topics(pair.kafka.settings("producer").model_copy(update=wrong))


@pytest.mark.parametrize("user", ["dashboard", "reader", "extractor", "producer"])
def test_redis_lets_only_an_aggregator_write_what_is_counted(pair: Pair, user: str) -> None:
    store = make_store(pair.redis.settings(user))
    refused = pytest.raises(StoreError, match="does not let this user do it")
    with refused, map_errors("writing a counter"):
        store.hset(keys.slot_counters("RU:2022-02-24"), "RU|Moscow", "13")
    store.close()


def test_a_dashboard_may_do_what_its_pages_need_and_no_more(pair: Pair) -> None:
    store = make_store(pair.redis.settings("dashboard"))
    letters = LetterList(store)
    letters.wish("0-0", LetterWish("discard", datetime.now(UTC)))
    letters.read()
    ReplayClock(store).ask(Request("token", "stop"))
    for refused in (
        lambda: store.delete(keys.VERSION),
        store.flushall,
        lambda: store.config_get("*"),
        lambda: store.keys("*"),
        lambda: store.eval("return redis.call('SET', KEYS[1], '9')", 1, keys.VERSION),
        lambda: store.evalsha(store.script_load(_SNEAKY), 0),
    ):
        with pytest.raises(Exception, match=r"permission|can't access"):
            refused()
    store.close()


_SNEAKY = "return redis.call('HSET', 'vigil:{RU:2022-02-24}:counters', 'x', '9')"


@pytest.mark.parametrize(
    ("user", "password", "ca", "said"),
    [
        ("dashboard", "hunter2-wrong", True, "does not know this user with this password"),
        ("dashboard", None, False, "is VIGIL_REDIS_CA the authority"),
    ],
    ids=["password", "authority"],
)
def test_who_is_not_let_in_by_redis_is_told_why(
    pair: Pair, user: str, password: str | None, ca: bool, said: str
) -> None:
    settings = pair.redis.settings(user, password)
    if not ca:
        settings = settings.model_copy(update={"redis_ca": None})
    with pytest.raises(VigilError, match=said) as caught:
        health.stored(settings)
    assert "hunter2" not in str(caught.value)


def test_rights_are_those_of_users_that_are_tested() -> None:
    lines = [line for line in (DEPLOY / "kafka-acls.txt").read_text().splitlines() if line.strip()]
    users = {line.split()[0] for line in lines if not line.startswith("#")}
    assert users == set(USERS) - {"admin"}
    assert os.access(DEPLOY / "kafka-acls.sh", os.X_OK)
