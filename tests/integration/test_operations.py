"""Every service tells Prometheus its figures, logs in JSON to the last line, and stops in order."""

from __future__ import annotations

import re
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from prometheus_client.samples import Sample

from consumers.aggregator.service import GROUP as AGGREGATE
from consumers.extractor.service import GROUP as EXTRACT
from tests.integration.articles import write_articles, write_evening
from tests.integration.running import Service, start, wait_for
from tests.producers.feeds.site import item, serving
from vigil import admin, broker, keys, topics
from vigil.embedded import embedded
from vigil.metrics import FIGURES
from vigil.processes import free_port
from vigil.replay import watermarks
from vigil.settings import Settings
from vigil.store import make_store

if TYPE_CHECKING:
    from collections.abc import Iterator


pytestmark = [pytest.mark.integration, pytest.mark.slow]

NAMES = ("extract", "aggregate", "dashboard", "watch", "feed", "replay")
TEXT = "Pat Roe"  # stands for what no figure and no line may hold
UPDATES = 40


@dataclass(frozen=True, slots=True)
class Ran:
    """What the services left behind: their last figures, their logs, how they ended.

    Attributes:
        samples: Service -> its figures when everything was handled.
        logs: Service -> the lines of its log.
        statuses: Service -> its exit status after SIGTERM.
        sent: Messages on the topic of articles at the end.
        extracted: How many of them the extractors have committed.
        claims: Messages on the topic of claims.
        aggregated: How many of them the aggregators have committed.
        articles: Articles in the store.
    """

    samples: dict[str, list[Sample]]
    logs: dict[str, list[dict[str, Any]]]
    statuses: dict[str, int]
    sent: int
    extracted: int
    claims: int
    aggregated: int
    articles: int

    def value(self, service: str, name: str, **labels: str) -> float:
        """Return a figure of a service."""
        [value] = [
            one.value
            for one in self.samples[service]
            if one.name == name and labels.items() <= one.labels.items()
        ]
        return value


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ran]:
    """Run all six, let them work, stop them while there is still something to do."""
    folder = tmp_path_factory.mktemp("running")
    with ExitStack() as stack:
        settings = stack.enter_context(embedded(Settings(data=folder), folder))
        broker.ensure_topics(settings)
        with broker.make_producer(settings) as producer:
            producer.send(topics.ARTICLES.name, key=b"poison", value=TEXT.encode()).get(30)
        services = everything(settings, folder, stack)
        wait_for(lambda: at_work(services), what="all articles in the store")
        samples = {name: service.samples() for name, service in services.items()}
        # More than they handle before they are told to stop, in batches of five.
        with broker.make_producer(settings) as producer:
            for number in range(10_000):
                producer.send(topics.ARTICLES.name, key=b"%d" % number, value=b"{}")
        before = committed(settings, EXTRACT, topics.ARTICLES)
        wait_for(
            lambda: committed(settings, EXTRACT, topics.ARTICLES) > before, what="more handled"
        )
        for service in services.values():
            service.process.popen.terminate()
        statuses = {name: one.process.popen.wait(60) for name, one in services.items()}
        yield Ran(
            samples=samples,
            logs={name: service.logged() for name, service in services.items()},
            statuses=statuses,
            sent=ends(settings, topics.ARTICLES),
            extracted=committed(settings, EXTRACT, topics.ARTICLES),
            claims=ends(settings, topics.CLAIMS) + ends(settings, topics.DEAD),
            aggregated=committed(settings, AGGREGATE, topics.CLAIMS),
            articles=int(make_store(settings).scard(keys.ARTICLES)),
        )


def everything(settings: Settings, folder: Any, stack: ExitStack) -> dict[str, Service]:
    site = stack.enter_context(serving())
    site.article("/1", "Police detained 12 people at a rally in Minsk on 24 February 2022.")
    site.feed(item("/1"))
    write_articles(folder / "watched")
    (folder / "corpus").mkdir()
    write_evening(folder / "corpus", updates=UPDATES)
    commands: dict[str, tuple[object, ...]] = {
        "extract": (),
        "aggregate": (),
        "dashboard": (),
        "watch": (folder / "watched",),
        "feed": (f"{site.address}/feed.xml", "--delay", "0"),
        "replay": (folder / "corpus", "--rate", "100", "--stay"),
    }
    env = {"VIGIL_BATCH": "5", "VIGIL_PORT": str(free_port())}
    return {
        name: start(settings, folder, stack, name, *arguments, **env)
        for name, arguments in commands.items()
    }


def at_work(services: dict[str, Service]) -> bool:
    """Whether all that was sent is counted, and everybody has said so."""
    return (
        services["feed"].value("vigil_articles_total") == 1
        and services["watch"].value("vigil_articles_total") == 4
        and services["replay"].value("vigil_replay_sent_articles") == UPDATES
        and (services["aggregate"].value("vigil_articles_total") or 0) >= UPDATES + 5
        and services["extract"].value("vigil_lag_messages", topic="articles") == 0
        and services["aggregate"].value("vigil_lag_messages", topic="claims") == 0
        and services["dashboard"].value("vigil_up") == 1
    )


def ends(settings: Settings, topic: topics.Topic) -> int:
    return sum(end for _, end in watermarks(settings, topic, starts={}).values())


def committed(settings: Settings, group: str, topic: topics.Topic) -> int:
    return sum(admin.committed(settings, group=group, topic=topic).values())


def test_consumers_tell_what_they_handled_how_late_and_what_failed(ran: Ran) -> None:
    assert ran.value("extract", "vigil_dead_letters_total", topic="articles") == 1
    handled = ran.value("extract", "vigil_messages_total", topic="articles")
    assert handled == UPDATES + 4 + 1 + 1  # replayed, watched, from the feed, poison
    for service in ("extract", "aggregate"):
        assert ran.value(service, "vigil_articles_total") == UPDATES + 5
        assert ran.value(service, "vigil_article_seconds_count") == UPDATES + 5
        assert ran.value(service, "vigil_article_seconds_bucket", le="+Inf") == UPDATES + 5
        assert ran.value(service, "vigil_claims_total") >= UPDATES
        assert ran.value(service, "vigil_batch_seconds_count") >= 2
        assert ran.value(service, "vigil_up") == 1
        assert ran.value(service, "vigil_last_batch_age_seconds") >= 0
        assert ran.value(service, "process_resident_memory_bytes") > 1e6


@pytest.mark.parametrize("name", NAMES)
def test_figures_are_described_and_their_labels_have_an_end(ran: Ran, name: str) -> None:
    assert ran.value(name, "vigil_info") == 1
    for sample in ran.samples[name]:
        base = re.sub(r"_(total|bucket|sum|count)$", "", sample.name)
        assert sample.name.startswith("process_") or {sample.name, base} & set(FIGURES)
        assert set(sample.labels) <= {"service", "topic", "version", "le"}
        assert sample.labels.get("service", name) == name
        assert sample.labels.get("topic", "claims") in {topic.name for topic in topics.ALL}
        assert TEXT not in str(sample)


@pytest.mark.parametrize("name", NAMES)
def test_every_line_of_the_log_is_json_and_names_its_message(ran: Ran, name: str) -> None:
    lines = ran.logs[name]
    assert lines
    for line in lines:
        assert {"time", "level", "logger", "message"} <= set(line)
        assert line["level"] not in {"critical"}
        assert TEXT not in str(line)
    letters = [line for line in lines if "dead letters" in line["message"]]
    assert bool(letters) == (name == "extract")
    for line in letters:
        assert line["topic"] == "articles"
        assert isinstance(line["partition"], int)
        assert isinstance(line["offset"], int)


@pytest.mark.parametrize("name", NAMES)
def test_sigterm_is_an_end_in_order(ran: Ran, name: str) -> None:
    assert ran.statuses[name] == 0, ran.logs[name][-5:]


def test_what_was_handled_before_sigterm_is_committed_and_no_more(ran: Ran) -> None:
    assert ran.extracted < ran.sent  # told to stop in the middle
    # One ClaimSet or one dead letter for each message that is committed: no batch half done.
    assert ran.extracted == ran.claims
    assert ran.aggregated == ran.articles == UPDATES + 5
