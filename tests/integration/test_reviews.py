"""Reviews from their topic to the store: beside claims, before them, through a rebuild."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING

import pytest

from consumers.aggregator.ledger import Ledger
from consumers.aggregator.rebuild import rebuild
from consumers.aggregator.service import GROUP, TOPICS, serve
from tests.consumers.aggregator.ledgers import (
    KAZAN,
    MOSCOW,
    NOW,
    claim,
    dump,
    give,
    review,
)
from tests.integration.commands import environment
from tests.integration.test_services import dead_letters
from vigil import broker, health, rebuilding, topics, wire
from vigil.claim import ClaimSet
from vigil.errors import BrokerError
from vigil.processes import spawn
from vigil.review import key
from vigil.store import make_store

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from vigil.rebuilding import Rebuilding
    from vigil.review import Review
    from vigil.settings import Settings

pytestmark = pytest.mark.integration

ARTICLES = [
    ClaimSet(f"{n:024x}", "r1", NOW, (claim(900 + n, MOSCOW), claim(20 + n, KAZAN)), outlet=f"P{n}")
    for n in range(12)
]
# Every second article's figure for Moscow is wrong; of these every second was taken back.
REVIEWS = [review(one.article, one.claims[0], hour=1) for one in ARTICLES[::2]]
REVIEWS += [review(one.article, one.claims[0], "none", hour=2) for one in ARTICLES[::4]]


def send(settings: Settings, items: Sequence[ClaimSet | Review]) -> None:
    with broker.make_producer(settings) as producer:
        for one in items:
            if isinstance(one, ClaimSet):
                producer.send(
                    topics.CLAIMS.name, key=one.article.encode(), value=wire.encode_claims(one)
                )
            else:
                producer.send(
                    topics.REVIEWS.name, key=one.key.encode(), value=wire.encode_review(one)
                )


@contextmanager
def aggregating(settings: Settings) -> Iterator[None]:
    """Run an aggregator while the block runs."""
    stopping = threading.Event()
    service = threading.Thread(target=serve, args=(settings,), kwargs={"stopping": stopping})
    service.start()
    try:
        yield
    finally:
        stopping.set()
        service.join()


def wait_until_taken(settings: Settings) -> None:
    """Wait until the aggregators' group has committed all there is."""
    deadline = time.monotonic() + 60
    while any(health.waiting(settings, group=GROUP, topic=topic).messages for topic in TOPICS):
        assert time.monotonic() < deadline, "the aggregator takes nothing in"


def ledger(settings: Settings) -> Ledger:
    return Ledger(make_store(settings), authority_order=settings.authority_order)


def content(settings: Settings) -> dict[str, object]:
    stored = dump(make_store(settings))
    stored.pop(rebuilding.KEY, None)
    return stored


@pytest.fixture
def undisturbed(servers: Settings) -> dict[str, object]:
    """What is to be in the store in the end."""
    give(ledger(servers), [*ARTICLES, *REVIEWS])
    stored = content(servers)
    make_store(servers).flushall()
    return stored


@pytest.mark.parametrize("first", ["claims", "reviews"])
def test_aggregator_takes_both_topics_in_any_order(
    servers: Settings, undisturbed: dict[str, object], first: str
) -> None:
    parts: list[Sequence[ClaimSet | Review]] = [ARTICLES, REVIEWS]
    with aggregating(servers):
        for items in parts if first == "claims" else parts[::-1]:
            send(servers, items)
            wait_until_taken(servers)
    assert content(servers) == undisturbed


def test_rebuild_replays_both_topics_and_tells_the_way_of_both(
    servers: Settings, undisturbed: dict[str, object]
) -> None:
    send(servers, [*ARTICLES, *REVIEWS])
    marks: list[Rebuilding] = []
    done = rebuild(servers, ledger(servers), progress=marks.append)
    assert (done.messages, done.claims, done.reviews) == (21, 24, 9)
    assert (marks[-1].read, marks[-1].total) == (21, 21)
    assert content(servers) == undisturbed


def test_rebuild_refuses_to_lose_reviews_that_the_topic_has_not(servers: Settings) -> None:
    give(ledger(servers), [*ARTICLES, *REVIEWS])
    before = content(servers)
    send(servers, ARTICLES)
    with pytest.raises(
        BrokerError, match=r"topic reviews .* is empty, .* 6 articles that a person"
    ):
        rebuild(servers, ledger(servers))
    assert content(servers) == before


def test_tombstone_takes_a_review_back(servers: Settings) -> None:
    give(ledger(servers), ARTICLES)
    without = content(servers)
    said = REVIEWS[0]
    send(servers, [*ARTICLES, said])
    with aggregating(servers), broker.make_producer(servers) as producer:
        name = key(said.article, said.claim).encode()
        producer.send(topics.REVIEWS.name, key=name, value=None).get(10)
        wait_until_taken(servers)
    stored = content(servers)
    assert _estimates(stored) == _estimates(without)
    record = stored[f"vigil:{{{said.article}}}:record"]
    assert isinstance(record, dict)
    assert said.by not in record["reviews"]


def _estimates(stored: dict[str, object]) -> dict[str, object]:
    return {name: held for name, held in stored.items() if name.endswith("}:estimates")}


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        (b"a#9c1e4f0011223344", b"{", "not a message of Review"),
        (b"another#9c1e4f0011223344", wire.encode_review(REVIEWS[0]), "its key is another"),
        (b"no claim", None, "names no article and claim"),
    ],
    ids=["not json", "another key", "tombstone of nothing"],
)
def test_review_that_cannot_be_read_is_a_dead_letter(
    servers: Settings, name: bytes, value: bytes | None, why: str
) -> None:
    with broker.make_producer(servers) as producer:
        producer.send(topics.REVIEWS.name, key=name, value=value).get(10)
    with aggregating(servers):
        [letter] = dead_letters(servers, count=1)
    headers = {header: text.decode() for header, text in letter.headers}
    assert (headers["stage"], headers["topic"]) == ("aggregate", "reviews")
    assert why in headers["error"]


@pytest.mark.slow
def test_killed_aggregator_loses_and_doubles_no_review(
    servers: Settings, undisturbed: dict[str, object], tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "vigil", "aggregate"]
    parts: list[Sequence[ClaimSet | Review]]
    parts = [ARTICLES[:6], REVIEWS[:5], REVIEWS[5:], ARTICLES[6:]]
    with ExitStack() as stack:
        for killed, part in enumerate(parts):
            folder = tmp_path / f"{killed}"
            folder.mkdir()
            process = spawn("aggregate", command, folder=folder, env=environment(servers))
            stack.callback(process.stop)
            send(servers, part)
            # At another point of its work each time: while it starts, joins, handles, commits.
            with suppress(subprocess.TimeoutExpired):
                process.popen.wait(killed * 1.5)
            process.popen.kill()
            process.popen.wait()
        stack.enter_context(aggregating(servers))
        wait_until_taken(servers)
    assert content(servers) == undisturbed
