"""Three brokers and many members: whoever is lost, added or taken away, the numbers are the same.

``make scale-faults`` does the same with more articles, and each of the brokers is killed.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tests.integration.faults import exports
from tests.integration.members import members, undisturbed
from tests.integration.news import Stream, write_news
from tests.real.brokers import NODES, Brokers, three_brokers
from tests.real.servers import emptied
from vigil import topics

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vigil.settings import Settings

pytestmark = [
    pytest.mark.integration,
    pytest.mark.slow,
    pytest.mark.long,
    pytest.mark.timeout(1_800),
]

FEW = 8  # what `--kills` is where nobody asks
SHORT, LONG = 240, 2_000  # articles
A_SECOND = 40


@pytest.fixture(scope="module")
def brokers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Brokers]:
    with three_brokers(tmp_path_factory.mktemp("brokers")) as three:
        yield three


@pytest.fixture
def cluster(brokers: Brokers, store_settings: Settings, tmp_path: Path) -> Settings:
    """Settings that lead to three brokers with empty topics, and to an empty store."""
    update = {"kafka": brokers.addresses, "replication": len(NODES), "data": tmp_path}
    brokers.revive()
    settings = emptied(store_settings.model_copy(update=update))
    brokers.wait_until_whole()
    return settings


@pytest.fixture(scope="module")
def news(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    many = int(request.config.getoption("--kills")) > FEW
    return write_news(tmp_path_factory.mktemp("news"), LONG if many else SHORT)


@pytest.fixture(scope="module")
def wanted(store_settings: Settings, news: list[Path]) -> dict[str, str]:
    return undisturbed(news, store_settings)


def test_topics_have_three_copies_of_which_two_must_be_written(
    brokers: Brokers, cluster: Settings
) -> None:
    for topic in topics.ALL:
        assert brokers.copies(topic.name) == [(3, 3)] * cluster.partitions
        assert brokers.configured(topic.name, "min.insync.replicas") == "2"


def test_any_broker_may_be_lost_in_the_middle_of_a_stream(
    brokers: Brokers,
    news: list[Path],
    wanted: dict[str, str],
    cluster: Settings,
    tmp_path: Path,
    *,
    figures: dict[str, float],
) -> None:
    lost = NODES if len(news) > SHORT else NODES[:1]
    with members(cluster, tmp_path) as services:
        with Stream(cluster, news, a_second=A_SECOND) as stream:
            for turn, node in enumerate(lost):
                stream.wait((turn + 0.2) / len(lost))
                brokers.kill(node)
                killed, sent = time.monotonic(), len(stream.sent)
                stream.wait((turn + 0.7) / len(lost))
                services.check()
                figures |= {
                    f"articles sent without broker {node}": len(stream.sent) - sent,
                    f"seconds without broker {node}": time.monotonic() - killed,
                }
                brokers.start(node)
            stream.wait(1)
        services.settle(stream.sent)
    figures["articles"] = len(stream.sent)
    assert exports(cluster) == wanted


def test_members_come_and_go_under_load(
    news: list[Path],
    wanted: dict[str, str],
    cluster: Settings,
    tmp_path: Path,
    figures: dict[str, float],
) -> None:
    with members(cluster, tmp_path, extractors=1, aggregators=1) as services:
        with Stream(cluster, news, a_second=A_SECOND) as stream:
            stream.wait(0.1)
            services.add("extract")
            services.add("aggregate", 2)
            stream.wait(0.4)
            services.kill("extract")
            services.kill("aggregate")
            stream.wait(0.6)
            services.add("extract")
            services.remove("aggregate")
            stream.wait(0.8)
            services.remove("extract")
            services.add("aggregate")
            stream.wait(1)
            sent = time.monotonic()
        services.settle(stream.sent)
    figures |= {
        "articles": len(stream.sent),
        "came, left or were killed": 10,
        "seconds until all was counted": time.monotonic() - sent,
    }
    assert exports(cluster) == wanted
