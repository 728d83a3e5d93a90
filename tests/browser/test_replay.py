"""A replay in a real browser: the numbers move while articles arrive, and nothing leaves home."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.integration.articles import write_articles
from tests.integration.commands import lines_until, running

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.integration, pytest.mark.slow]

FIRST_BAR = ".vigil-chart-ranking .bars .point text"


def test_chart_changes_while_a_corpus_is_replayed(page: Page, tmp_path: Path) -> None:
    write_articles(tmp_path)
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    # One article in four seconds: time for the browser to open before the count climbs.
    with running("demo", tmp_path, "--port", "0", "--rate", "0.25", "--no-browser") as demo:
        address = lines_until(demo, r"http://127\.0\.0\.1:\d+")
        page.goto(address)
        bar = page.locator(FIRST_BAR).first
        expect(bar).to_have_text("389", timeout=30_000)
        page.evaluate("document.querySelector('.vigil-chart-ranking').dataset.mark = 'same'")
        expect(page.locator(".vigil-chart-ranking[data-mark=same]")).to_contain_text(
            "940", timeout=30_000
        )
        expect(page.get_by_text("1,702", exact=True).first).to_be_visible()
        assert {host for host in hosts if host} == {urlsplit(address).netloc}
