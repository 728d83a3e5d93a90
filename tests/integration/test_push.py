"""``vigil push``: every article acknowledged, or a clear word why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.integration.articles import write_articles
from tests.integration.commands import environment, vigil
from vigil import broker, topics, wire

if TYPE_CHECKING:
    from pathlib import Path

    from kafka.consumer.fetcher import ConsumerRecord

    from vigil.settings import Settings

pytestmark = pytest.mark.integration


def test_push_sends_every_article_keyed_by_its_id(servers: Settings, tmp_path: Path) -> None:
    paths = write_articles(tmp_path)
    done = vigil("push", *paths, env=environment(servers))
    assert done.returncode == 0, done.stderr
    assert "4 articles sent" in done.stderr
    reader = broker.make_reader(servers, topics.ARTICLES)
    records: list[ConsumerRecord] = []
    while len(records) < len(paths):
        for batch in reader.poll(timeout_ms=1000).values():
            records.extend(batch)
    reader.close()
    articles = [wire.decode_article(record.value) for record in records]
    assert {record.key.decode() for record in records} == {article.id for article in articles}
    assert {article.outlet for article in articles} == {"Northline", "The Lantern", "Volga Today"}


def test_push_without_a_broker_fails_clearly(tmp_path: Path, nobody: str) -> None:
    paths = write_articles(tmp_path)
    env = environment() | {"VIGIL_KAFKA": nobody}
    done = vigil("push", "--patience", 1, *paths, env=env)
    assert done.returncode == 1
    assert "Kafka is not answering" in done.stderr
    assert "Traceback" not in done.stderr
    assert "sent" not in done.stderr
