"""``vigil push`` of an archive that was broken off: gone on with, and nothing left out."""

from __future__ import annotations

import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from producers.files import as_published
from producers.outbox import Outbox
from producers.positions import Positions
from producers.pushing import run, steps
from tests.integration.commands import environment, vigil
from tests.producers.archives import address, pages, warc
from vigil import broker, topics
from vigil.article import Article, article_id

if TYPE_CHECKING:
    from pathlib import Path

    from vigil.settings import Settings

pytestmark = pytest.mark.integration

MANY, SOME = 40, 8


@pytest.mark.parametrize("servers", ["embedded"], indirect=True)  # the broker plays no part here
def test_push_of_an_archive_goes_on_where_it_was_broken_off(
    servers: Settings, tmp_path: Path
) -> None:
    archive = tmp_path / "night.warc.gz"
    records = warc(*pages(range(MANY)))
    records[20] = records[20][:30] + b"xxxxxxxxxx" + records[20][40:]
    archive.write_bytes(b"".join(records))
    push_some(archive, servers)
    ended = vigil("push", archive, env=environment(servers))
    assert ended.returncode == 3, ended.stderr
    assert f"{archive}: going on at byte" in ended.stderr
    assert f"refused {archive}@" in ended.stderr
    assert "articles sent, 1 refused" in ended.stderr
    sent = on_topic(servers, at_least=MANY)
    assert set(sent) == {article_id(url=address(number), text="") for number in range(MANY)}
    assert len(sent) <= 2 * MANY - SOME  # nothing that was settled is sent again


def push_some(archive: Path, settings: Settings) -> None:
    """Push an archive until so many articles of it have been settled, as Ctrl-C would end it."""
    settled = 0

    def stop_soon(_: object, outcome: object) -> None:
        nonlocal settled
        settled += isinstance(outcome, Article)
        if settled == SOME:
            raise KeyboardInterrupt

    with closing(Positions(settings.data)) as places, broker.producing(settings) as producer:
        todo = steps([archive], seen_at=as_published, positions=places)
        # Caught in here: a producer that is dropped with what it holds goes on trying, for ever.
        with pytest.raises(KeyboardInterrupt):
            run(todo, Outbox(producer), positions=places, progress=stop_soon)


def on_topic(settings: Settings, *, at_least: int) -> list[str]:
    """Return the articles on the topic, each as often as it stands there."""
    found: list[str] = []
    with closing(broker.make_reader(settings, topics.ARTICLES)) as reader:
        deadline, quiet = time.monotonic() + 60, 0
        while (quiet < 3 or len(found) < at_least) and time.monotonic() < deadline:
            records = [one for some in reader.poll(timeout_ms=300).values() for one in some]
            found += [one.key.decode() for one in records]
            quiet = 0 if records else quiet + 1
    return found
