"""The connection between page and server: what it carries too late, and what ends it for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.pages import FIGURE, click, problems, wait_until_drawn
from tests.browser.servers import Dashboard

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page, WebSocketRoute

    from vigil.settings import Settings

# So much time goes by at once, while the clock of the screen is set back.
JUMP = """ahead => {
    const day = Date.now;
    const tick = performance.now.bind(performance);
    Date.now = () => day() - 3_600_000;
    performance.now = () => tick() + ahead;
}"""

pytestmark = [pytest.mark.browser, pytest.mark.integration, pytest.mark.usefixtures("told")]


@pytest.mark.parametrize("path", ["/evidence?kind=detention", "/health", "/replay", "/wall"])
def test_every_page_is_watched(page: Page, dashboard: str, path: str) -> None:
    page.goto(dashboard + path)
    expect(page.locator(".vigil-watch")).to_have_count(1)


def test_page_that_streamlit_gave_up_says_so_and_is_loaded_anew(page: Page, dashboard: str) -> None:
    lines: list[WebSocketRoute] = []

    def take(line: WebSocketRoute) -> None:
        line.connect_to_server()
        lines.append(line)

    page.route_web_socket("**/_stcore/stream", take)
    page.goto(dashboard)
    said, watch = page.locator(".vigil-board-status"), page.locator(".vigil-watch")
    expect(said).to_contain_text("UTC")
    expect(watch).to_be_empty()
    lines[0].send("no message that Streamlit knows: it never connects again by itself")
    expect(page.get_by_text("Connection error")).to_be_visible()
    page.evaluate(JUMP, 6_000)
    expect(watch).to_contain_text("STALE")
    expect(said).to_be_hidden()
    # it fades: a look at once may still see all of it
    expect(page.locator(".vigil-board-brand")).not_to_have_css("opacity", "1")
    expect(said).to_be_visible()
    assert len(lines) == 2
    expect(watch).to_be_empty()


def test_view_that_comes_back_while_a_pulse_is_under_way_is_shown(
    page: Page, store_settings: Settings, tmp_path: Path
) -> None:
    """A browser tells what it holds, throws it away as a pulse ends, and is then referred to it."""
    wrong = problems(page)
    everything_is_kept = {"STREAMLIT_GLOBAL_MIN_CACHED_MESSAGE_SIZE": "1"}
    address = store_settings.redis.get_secret_value()
    with Dashboard(address, tmp_path, more=everything_is_kept) as dashboard:
        with page.expect_websocket() as met:
            page.goto(dashboard.address)
        wait_until_drawn(page)
        total = page.locator(FIGURE).inner_text()
        for pulses in (2, 3, 3, 4):
            click(page, ".vigil-chart-ranking .bars .point path")
            expect(page.locator(FIGURE)).not_to_have_text(total)
            for _ in range(pulses):
                met.value.wait_for_event("framesent")
            page.keyboard.press("Escape")
            expect(page.locator(FIGURE)).to_have_text(total)
        page.wait_for_timeout(1_500)  # what comes after the figure
    assert wrong == []
