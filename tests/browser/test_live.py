"""The whole way in a real browser: an article that goes into Kafka comes out on the wall."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from bench.screen import begun
from bench.soak import Gauges
from tests.browser.pages import FIGURE, status
from tests.conftest import missing
from tests.integration.commands import environment
from vigil import broker
from vigil.embedded import start_broker
from vigil.errors import EmbeddedError
from vigil.processes import spawn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page
    from redis import Redis

    from vigil.processes import Process
    from vigil.settings import Settings

pytestmark = [pytest.mark.browser, pytest.mark.integration, pytest.mark.slow]

ITEMS = 10


@pytest.fixture
def live(
    store: Redis, store_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Settings, list[Process]]]:
    """A broker, an extractor and an aggregator beside the test run's store and dashboard."""
    assert store.dbsize() == 0
    folder = tmp_path_factory.mktemp("live")
    with ExitStack() as stack:
        try:
            server = start_broker(folder)
        except EmbeddedError as error:
            missing("the embedded broker", str(error))
        stack.callback(server.process.stop)
        settings = store_settings.model_copy(update={"kafka": server.address})
        broker.ensure_topics(settings)
        services = []
        for name in ("extract", "aggregate"):
            command = [sys.executable, "-m", "vigil", name]
            service = spawn(name, command, folder=folder, env=environment(settings))
            stack.callback(service.stop)
            services.append(service)
        yield settings, services


def test_articles_come_from_kafka_to_the_screen_and_health_tells_how(
    screen: Page, dashboard: str, live: tuple[Settings, list[Process]]
) -> None:
    settings, services = live
    screen.goto(f"{dashboard}/wall")
    with broker.make_producer(settings) as producer:
        stream = begun(producer, screen)
        gauges = Gauges(screen, {"extractor": services[0].popen.pid}, lambda: 0.0)
        for _ in range(ITEMS):
            stream.send()
            stream.await_all(screen)
    # How long is measured where nobody else needs the machine: `make bench`, `make soak`.
    assert len(stream.waits) == ITEMS
    expect(screen.locator(FIGURE)).to_have_text(f"{stream.number:,}")
    expect(status(screen)).to_contain_text("nothing waiting", timeout=60_000)
    expect(screen.locator(".vigil-board-changed")).to_contain_text(
        f"+{stream.number} in the hour to the newest item", timeout=60_000
    )
    used = gauges.sample()
    assert used.heap > 1
    assert used.processes["extractor"] > 1
    screen.goto(f"{dashboard}/health")
    expect(screen.locator(".vigil-board-status")).to_contain_text("WELL", timeout=60_000)
    for name in ("extractor", "aggregator"):
        row = screen.locator(".vigil-board-services tr", has_text=name)
        expect(row).to_contain_text("runs")
        expect(row).to_contain_text("ms")
    services[0].stop()
    expect(screen.locator(".vigil-board-problems")).to_contain_text(
        "No extractor is running: stopped", timeout=60_000
    )
