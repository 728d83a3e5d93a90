"""Messages nobody should ever send, on every topic: they are kept apart, and all else goes on."""

from __future__ import annotations

import gzip
import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from kafka.errors import KafkaError

from producers.files import as_published, read
from producers.push import push
from tests.consumers.aggregator.ledgers import NOW, claim
from tests.integration.articles import write_articles
from tests.integration.commands import environment, vigil
from tests.integration.faults import exports
from tests.integration.members import members, undisturbed
from vigil import broker, topics, wire
from vigil.claim import ClaimSet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vigil.settings import Settings

pytestmark = [pytest.mark.integration, pytest.mark.slow]

SAID = wire.encode_claims(ClaimSet("poison", "r1", NOW, (claim(900),)))
ANY = (
    b"",
    b"not JSON",
    b"\xff\xfe\x00",
    b"[" * 100_000,
    b"x" * 900_000,
    gzip.compress(SAID),
    b'{"schema": "one", "body": {}}',
    b'{"schema": 1}',
    b'{"schema": 1, "body": {"id": 7, "article": [], "claim": null}}',
    json.dumps({"schema": wire.SCHEMA + 1, "body": {}}).encode(),
)
KEYS = (b"poison", b"\xff", b"no#fingerprint")


def twisted() -> Iterator[bytes]:
    """Yield claims that can be decoded and could not be stored, ordered or shown."""
    for name, value in (
        ("article", "two words"), ("article", ""), ("article", "a}b"), ("revision", "r\n1"),
        ("seen_at", "2022-03-01T09:30:00"), ("seen_at", "0001-01-01T00:00:00+10:00"),
        ("seen_at", "9999-12-31T23:59:59-10:00"), ("published", "0001-01-01T00:00:00+10:00"),
    ):  # fmt: skip
        said = json.loads(SAID)
        said["body"][name] = value
        yield json.dumps(said).encode()
    for country in ("RU:x", "R U", ""):
        said = json.loads(SAID)
        said["body"]["claims"][0]["place"]["country"] = country
        yield json.dumps(said).encode()
    for figure in (-5, 10**40):
        said = json.loads(SAID)
        said["body"]["claims"][0]["low"] = figure
        yield json.dumps(said).encode()


TWISTED = tuple(twisted())


def poison(settings: Settings) -> int:
    """Send all of it to every topic; return how many messages of articles, claims and reviews."""
    sent = 0
    with broker.make_producer(settings) as producer:
        for topic in topics.ALL:
            some: list[tuple[bytes | None, bytes | None]]
            some = [(key, value) for key in KEYS for value in (*ANY, *TWISTED)]
            some += [(b"another", SAID), (b"\xff", None), (b"a b", None)]
            if topic in (topics.ARTICLES, topics.DEAD):
                some += [(None, value) for value in (*ANY, SAID)]
            for key, value in some:
                put(producer, topic, key, value)
            sent += len(some) * (topic in (topics.ARTICLES, topics.CLAIMS, topics.REVIEWS))
    for topic in (topics.CLAIMS, topics.REVIEWS, topics.HANDLED):
        # Apache Kafka takes no message without a key on a compacted topic; others do.
        with suppress(KafkaError), broker.make_producer(settings) as producer:
            put(producer, topic, None, SAID)
    return sent


def put(producer: Any, topic: topics.Topic, key: bytes | None, value: bytes | None) -> None:
    headers = [("sent-at", b"9" * 5_000), ("tries", b"\xff")]
    producer.send(topic.name, key=key, value=value, headers=headers).get(30)


@pytest.mark.parametrize(
    "servers", ["real", pytest.param("embedded", marks=pytest.mark.long)], indirect=True
)
def test_poison_on_every_topic_changes_no_number(
    servers: Settings, store_settings: Settings, tmp_path: Path, figures: dict[str, float]
) -> None:
    paths = write_articles(tmp_path / "articles")
    wanted = undisturbed(paths, store_settings)
    sent = poison(servers)
    assert sent > 200
    with members(servers, tmp_path, extractors=1, aggregators=1) as services:
        with broker.make_producer(servers) as producer:
            report = push(read(paths, seen_at=as_published), producer=producer)
        services.settle(report.articles)
        again = poison(servers)
        with broker.make_producer(servers) as producer:
            report = push(read(paths, seen_at=as_published), producer=producer)
        services.settle(report.articles)
        services.check()
        assert "newer than" in services.logs("extract")
        assert "newer than" in services.logs("aggregate")
    assert again == sent
    figures |= {"articles": len(paths), "messages of poison for services": sent + again}
    assert exports(servers) == wanted
    for command in (("status",), ("dead-letters", "list", "--json"), ("rebuild", "--yes")):
        told = vigil(*command, env=environment(servers))
        assert "Traceback" not in told.stderr, told.stderr
    assert exports(servers) == wanted
