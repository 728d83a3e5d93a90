"""A replay in a real browser: the numbers move while articles arrive, and nothing leaves home."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.pages import FIRST_BAR
from tests.integration.articles import write_evening
from tests.integration.commands import lines_until, running

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.integration, pytest.mark.slow]


def test_chart_changes_while_a_corpus_is_replayed(page: Page, tmp_path: Path) -> None:
    last = write_evening(tmp_path, updates=30)
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    with running("demo", tmp_path, "--port", "0", "--rate", "1", "--no-browser") as demo:
        address = lines_until(demo, r"http://127\.0\.0\.1:\d+")
        page.goto(address)
        bar = page.locator(FIRST_BAR).first
        expect(bar).to_be_visible(timeout=60_000)
        shown = [bar.text_content() or ""]
        for _ in range(2):
            expect(bar).not_to_have_text(shown[-1])
            shown.append(bar.text_content() or "")
        lines_until(demo, "Every article has been replayed")
        expect(bar).to_have_text(f"{last:,}")
        figures = [int(text.replace(",", "")) for text in shown]
        assert figures == sorted(set(figures))
        assert {host for host in hosts if host} == {urlsplit(address).netloc}
