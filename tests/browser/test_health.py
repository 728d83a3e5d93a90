"""The page of health as people see it: what runs, what is silent, and what to do next."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from consumers.reporting import say
from tests.browser.pages import problems, status
from tests.browser.servers import hanging
from vigil.letters import Letter, LetterList
from vigil.reports import Batch, ServiceReport

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from redis import Redis

pytestmark = [pytest.mark.browser, pytest.mark.integration]


def tells(store: Redis, service: str, *, lag: int = 0, ago: float = -3600) -> None:
    """Say that a service runs; an hour ahead, so that it stays so while a test looks."""
    at = datetime.now(UTC) - timedelta(seconds=ago)
    say(
        store,
        ServiceReport(
            service,
            "desk:7",
            at - timedelta(hours=1),
            at,
            lag={"articles": lag},
            rates={"articles": 2.0, "claims": 5.5},
            batch=Batch(3, 0.25, at),
            waits_ms=(120, 180, 1_900),
        ),
    )


def test_health_tells_what_runs_and_how_fast(page: Page, dashboard: str, store: Redis) -> None:
    wrong = problems(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    tells(store, "extract", lag=1_234)
    tells(store, "aggregate")
    page.goto(f"{dashboard}/health")
    expect(page.locator(".vigil-board-status")).to_contain_text("WELL")
    gauges = page.locator(".vigil-board-gauges")
    expect(gauges).to_contain_text("1,234")
    expect(gauges).to_contain_text("180 ms / 1.9 s")
    expect(page.locator(".vigil-board-services")).to_contain_text("extractor")
    expect(page.locator(".vigil-board-problems")).to_be_hidden()
    hosts = {urlsplit(address).netloc for address in asked if address.startswith("http")}
    assert hosts == {urlsplit(dashboard).netloc}
    assert wrong == []


def test_health_names_who_is_silent(page: Page, dashboard: str, store: Redis) -> None:
    tells(store, "extract", ago=200)
    tells(store, "aggregate")
    page.goto(f"{dashboard}/health")
    expect(page.locator(".vigil-board-status")).to_contain_text("LOOK")
    expect(page.locator(".vigil-board-problems")).to_contain_text(
        re.compile(r"No extractor is running: silent for \d+ min")
    )
    expect(page.locator(".vigil-board-services .v-alarm")).to_contain_text("SILENT for")


def test_wall_says_when_nobody_reads_articles(wall: Page, store: Redis) -> None:
    expect(status(wall)).to_contain_text("no services running")
    tells(store, "extract", lag=12)
    tells(store, "aggregate")
    expect(status(wall)).to_contain_text("12 waiting", timeout=60_000)
    with hanging(store):
        expect(status(wall)).to_contain_text("STALE", timeout=60_000)
        expect(status(wall)).not_to_contain_text("waiting")


def test_overview_leads_to_health(page: Page, dashboard: str, store: Redis) -> None:
    tells(store, "aggregate")
    page.goto(dashboard)
    page.locator(".vigil-board-status a").click()
    expect(page.locator(".vigil-board-problems")).to_contain_text("No extractor has ever reported")


def test_dead_letter_is_sent_again_by_a_click(page: Page, dashboard: str, store: Redis) -> None:
    letters = LetterList(store)
    reason = "not a message of Article: <b>id</b> is missing"
    letters.add([Letter("2-5", "extract", reason, "articles[1]@8", datetime.now(UTC), 900)])
    page.goto(f"{dashboard}/health")
    row = page.locator(".vigil-board-letters tbody tr")
    expect(row).to_contain_text(reason)
    row.get_by_role("button", name="Send again").click()
    expect(row).to_contain_text("is being sent again")
    [listed] = letters.read()
    assert listed.wish
    assert listed.wish.action == "requeue"
