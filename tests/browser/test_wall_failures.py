"""The wall when something fails: never blank, and never old numbers as live."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from consumers.aggregator.ledger import Ledger
from tests.browser.pages import (
    FIGURE,
    FIRST_BAR,
    article,
    evening,
    marks,
    open_wall,
    send,
    status,
    window,
)
from tests.browser.servers import Dashboard
from tests.dashboard.snapshots import KAZAN, MOSCOW, claim
from vigil.claim import AUTHORITY_ORDER
from vigil.embedded import start_store
from vigil.rebuilding import Rebuilding
from vigil.settings import Settings
from vigil.store import make_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, Page
    from redis import Redis

    from vigil.claim import ClaimSet

pytestmark = [pytest.mark.browser, pytest.mark.integration]


def test_tab_that_slept_never_shows_old_numbers_as_live(wall: Page) -> None:
    # Time goes on while nothing runs: what a lid that is closed does to a tab.
    expect(status(wall)).to_contain_text("LIVE")
    jumped = wall.evaluate(
        """() => {
            const now = Date.now;
            Date.now = () => now() + 600_000;
            document.dispatchEvent(new Event('visibilitychange'));
            return document.querySelector('.vigil-watch').textContent;
        }"""
    )
    assert "STALE" in jumped
    assert "10 min" in jumped
    expect(status(wall)).to_contain_text("LIVE")


def test_wall_says_that_its_store_is_being_rebuilt(wall: Page, store: Redis) -> None:
    expect(status(wall)).to_contain_text("LIVE")
    now = datetime.now(UTC)
    mark = Rebuilding("t", "running", now, now, 45, 100)
    ledger = Ledger(store, authority_order=AUTHORITY_ORDER)
    ledger.mark(mark, takes_over=True)
    expect(status(wall)).to_contain_text("REBUILDING")
    expect(status(wall)).to_contain_text("figures are incomplete, 45% read")
    ledger.mark(replace(mark, state="done"))
    expect(status(wall)).to_contain_text("LIVE")


# A library whose next drawing of the map never ends, and of the ranking breaks off.
CLUMSY = """() => {
    const ways = { world: () => new Promise(() => {}), ranking: () => Promise.reject(Error('no')) };
    window.vigilPlotly = window.vigilPlotly.then((own) => ({ ...own, react: (root, ...figure) => {
        for (const [name, way] of Object.entries(ways)) {
            if (!root.classList.contains(`vigil-chart-${name}`)) continue;
            delete ways[name];
            return way();
        }
        return own.react(root, ...figure);
    } }));
}"""


def test_figure_that_could_not_be_drawn_is_drawn_again(
    wall: Page, tell: Callable[..., None]
) -> None:
    wall.evaluate(CLUMSY)
    tell(article(6, claim(KAZAN, 20, "Police in Kazan counted 20.")))
    ranking, world = (wall.locator(f".vigil-chart-{name}") for name in ("ranking", "world"))
    expect(ranking).to_have_attribute("data-problem", "no")
    marks(wall, "ranking", [900, 747, 300, 40, 20], [])
    expect(world).to_have_attribute("data-problem", "plotly.js did not finish a figure")
    marks(wall, "world", [900, 300, 40, 20], [])
    for one in (ranking, world):
        expect(one).not_to_have_attribute("data-problem", re.compile("."))


@pytest.mark.usefixtures("told")
def test_screen_whose_own_clock_is_wrong_says_the_servers_time(
    browser: Browser, dashboard: str
) -> None:
    with window(browser) as page:
        page.add_init_script("const now = Date.now; Date.now = () => now() - 3_600_000 * 5;")
        open_wall(page, dashboard)
        now = datetime.now(UTC)
        minutes = (now, now + timedelta(minutes=1))  # it may turn while we look
        shown = "|".join(f"{minute:%H:%M:}" for minute in minutes)
        expect(status(page)).to_contain_text(re.compile(shown))


@pytest.mark.slow
def test_killed_server_greys_the_wall_and_a_new_one_revives_it(
    screen: Page, store: Redis, store_settings: Settings, tmp_path: Path
) -> None:
    send(store, *evening())
    with Dashboard(store_settings.redis.get_secret_value(), tmp_path) as server:
        open_wall(screen, server.address)
        server.kill()
        expect_stale(screen)
        screen.wait_for_timeout(4_000)
        expect(screen.locator(FIGURE)).to_have_text("2,007")
        expect(status(screen)).to_contain_text("STALE")
        expect(screen.get_by_role("dialog")).to_be_hidden()
        send(store, article(9, claim(MOSCOW, 1200, "By night it was 1,200 in Moscow.")))
        server.start()
        expect(status(screen)).to_contain_text("LIVE", timeout=90_000)
        expect(screen.locator(FIRST_BAR).first).to_contain_text("1,200")


def expect_stale(screen: Page) -> None:
    expect(status(screen)).to_contain_text("STALE")
    expect(screen.locator(".st-key-wall")).to_have_attribute("data-fresh", "stale")
    screen.wait_for_timeout(600)
    look = "one => getComputedStyle(one).filter"
    assert screen.locator(".vigil-board-headline").evaluate(look) == "grayscale(1)"
    assert screen.locator(".vigil-chart-days").evaluate(look) == "grayscale(1)"


@pytest.mark.slow
def test_killed_store_greys_the_wall_and_a_new_one_revives_it(screen: Page, tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    server = start_store(tmp_path / "store")
    fill(server.address, *evening())
    with ExitStack() as stack:
        stack.callback(server.process.stop)
        dashboard = stack.enter_context(Dashboard(server.address, tmp_path))
        open_wall(screen, dashboard.address)
        os.kill(server.process.popen.pid, signal.SIGKILL)
        expect_stale(screen)
        expect(screen.locator(FIGURE)).to_have_text("2,007")
        dashboard.kill()  # the new server never knew what the wall still shows
        dashboard.start()
        screen.wait_for_timeout(8_000)
        expect(screen.locator(FIGURE)).to_have_text("2,007")
        expect(status(screen)).to_contain_text("STALE")
        again = stack.enter_context(subprocess.Popen(server.process.popen.args))
        stack.callback(again.kill)
        expect(status(screen)).to_contain_text("LIVE", timeout=90_000)
        expect(screen.locator(FIGURE)).to_have_text("2,007")
        expect(screen.locator(".st-key-wall")).to_have_attribute("data-fresh", "live")


def fill(address: str, *claim_sets: ClaimSet) -> None:
    settings = Settings().model_copy(update={"redis": type(Settings().redis)(address)})
    client = make_store(settings)
    send(client, *claim_sets)
    client.close()
