"""``vigil dead-letters``: what failed is listed, sent back byte for byte, or discarded; once."""

from __future__ import annotations

import json
import time
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from consumers.dead_letters import DeadLetters
from tests.integration.commands import environment, vigil
from vigil import broker, dead, health, topics
from vigil.embedded import start_broker
from vigil.errors import DeadLetterError, WireError
from vigil.settings import Settings

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

    from kafka import KafkaConsumer

pytestmark = pytest.mark.integration

SECRET = b"Pat Roe was held"  # what stands for the text of an article


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    server = start_broker(tmp_path_factory.mktemp("broker"))
    made = Settings().model_copy(update={"kafka": server.address})
    broker.ensure_topics(made)
    yield made
    server.process.stop()


@pytest.fixture(autouse=True)
def nothing_to_do(settings: Settings) -> None:
    """Deal with what other tests left."""
    list(dead.discard(settings, waiting(settings)))


def put(
    settings: Settings,
    *keys: str,
    topic: str = "articles",
    stage: str = "extract",
    tries: int = 0,
    offset: int = 7,
) -> list[dead.DeadLetter]:
    """Let something fail; return the dead letters."""
    with broker.make_producer(settings) as producer:
        letters = DeadLetters(producer, stage=stage)
        for key in keys:
            headers = [("tries", str(tries).encode())] if tries else []
            record: Any = SimpleNamespace(
                key=key.encode(), value=SECRET, headers=headers, topic=topic, partition=2,
                offset=offset,
            )  # fmt: skip
            letters.put(record, WireError("not a message of Article"))
    return waiting(settings)


def waiting(settings: Settings) -> list[dead.DeadLetter]:
    return [letter for letter in dead.letters(settings) if letter.handled is None]


def run(settings: Settings, *arguments: object) -> subprocess.CompletedProcess[str]:
    env = environment() | {"VIGIL_KAFKA": settings.kafka}
    return vigil("dead-letters", *arguments, env=env)


def messages(settings: Settings, topic: topics.Topic, key: str) -> list[Any]:
    """Return the messages of a key, once there is one."""
    found: list[Any] = []
    reader: KafkaConsumer = broker.make_reader(settings, topic)
    deadline = time.monotonic() + 60
    while not found:
        assert time.monotonic() < deadline, f"nothing of {key} came"
        for records in reader.poll(timeout_ms=300).values():
            found += [one for one in records if one.key == key.encode()]
    reader.close()
    return found


def test_letter_tells_where_it_came_from_and_why(settings: Settings) -> None:
    [letter] = put(settings, "a1", tries=2)
    assert (letter.stage, letter.origin) == ("extract", "articles[2]@7")
    assert (letter.reason, letter.tries) == ("not a message of Article", 2)
    assert letter.size == len(SECRET)


def test_requeued_letter_is_sent_as_received_and_counts_its_tries(settings: Settings) -> None:
    [letter] = put(settings, "b1", tries=1)
    [(done, reason)] = dead.requeue(settings, [letter])
    assert (done.id, reason) == (letter.id, "")
    [message] = messages(settings, topics.ARTICLES, "b1")
    assert message.value == SECRET
    assert dict(message.headers)["tries"] == b"2"


def test_requeueing_twice_sends_once(settings: Settings) -> None:
    [letter] = put(settings, "c1")
    list(dead.requeue(settings, [letter]))
    [(_, reason)] = dead.requeue(settings, [letter])
    assert reason == "requeued already"
    assert len(messages(settings, topics.ARTICLES, "c1")) == 1


def test_only_letters_nobody_dealt_with_are_counted(settings: Settings) -> None:
    first, second = put(settings, "d1", "d2", stage="aggregate")
    list(dead.requeue(settings, [first]))
    assert health.dead_letters(settings).stages == {"aggregate": 1}
    list(dead.discard(settings, [second]))
    assert health.dead_letters(settings) == health.DeadLetters()


def test_old_claims_are_not_put_behind_newer_ones(settings: Settings) -> None:
    with broker.make_producer(settings) as producer:
        producer.send(topics.CLAIMS.name, key=b"e1", value=b"newer").get(30)
    [letter] = put(settings, "e1", topic="claims", stage="aggregate", offset=-1)
    [(_, reason)] = dead.requeue(settings, [letter])
    assert reason == "a newer message of the same key stands on claims: discard this one"
    assert [letter.id for letter in waiting(settings)] == [letter.id]


def test_letter_that_is_not_there_is_told(settings: Settings) -> None:
    with pytest.raises(DeadLetterError, match=r"^there is no dead letter 77-1"):
        dead.find(settings, {"77-1"})


def test_command_lists_and_tells_no_word_of_the_text(settings: Settings) -> None:
    [letter] = put(settings, "f1")
    listed, shown = run(settings, "list", "--json"), run(settings, "show", letter.id)
    assert json.loads(listed.stdout)["id"] == letter.id
    assert "not a message of Article" in shown.stdout
    assert "Pat Roe" not in listed.stdout + listed.stderr + shown.stdout + shown.stderr
    assert SECRET.decode() in run(settings, "show", letter.id, "--text").stdout


def test_command_asks_before_it_sends_anything_back(settings: Settings) -> None:
    put(settings, "g1", "g2")
    refused = run(settings, "requeue", "--all")
    assert (refused.returncode, len(waiting(settings))) == (1, 2)
    assert "give --yes" in refused.stderr
    done = run(settings, "requeue", "--all", "--yes")
    assert (done.returncode, waiting(settings)) == (0, [])
    assert "2 dead letters sent back" in done.stderr


def test_command_deals_with_one_stage_alone(settings: Settings) -> None:
    [letter] = put(settings, "h1", stage="extract")
    put(settings, "h2", stage="aggregate")
    done = run(settings, "discard", "--stage", "extract", "--yes", "--json")
    assert json.loads(done.stdout)["done"]
    assert [letter.stage for letter in waiting(settings)] == ["aggregate"]
    assert letter.id not in run(settings, "list").stdout
    listed = run(settings, "list", "--all", "--json").stdout.splitlines()
    found = {one["id"]: one["handled"] for one in map(json.loads, listed)}
    assert found[letter.id]["did"] == "discarded"
