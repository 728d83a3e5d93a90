"""A real dashboard in a real headless Chromium, over a real store."""

from __future__ import annotations

import os
import shutil
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.walls import evening, open_wall, send
from tests.conftest import missing
from vigil.processes import free_port, spawn, wait_until_ready

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page
    from redis import Redis

    from vigil.settings import Settings

SERVE = Path(__file__).parents[2] / "dashboard" / "serve.py"
# A browser that does only what the page asks for: nothing of its own on the network.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, one for the whole run."""
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next(filter(None, map(shutil.which, names)), None)
    if program is None:
        missing("Chromium", "install it (Debian: apt-get install chromium), then run this again")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def dashboard(store_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a dashboard over the test run's store."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    options = ["--server.address", "127.0.0.1", "--server.port", str(port)]
    process = spawn(
        "dashboard",
        [sys.executable, "-m", "streamlit", "run", str(SERVE), *options],
        folder=tmp_path_factory.mktemp("dashboard"),
        env={**os.environ, "VIGIL_REDIS": store_settings.redis.get_secret_value()},
    )
    try:
        wait_until_ready(process, lambda: healthy(address), seconds=60)
        yield address
    finally:
        process.stop()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh browser window of a desk's size."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


def healthy(address: str) -> bool:
    """Return whether the dashboard's server answers."""
    try:
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@pytest.fixture
def tell(store: Redis) -> Callable[..., None]:
    """What sends more claims to a store that knows an evening's."""
    send(store, *evening())
    return lambda *claim_sets: send(store, *claim_sets)


@pytest.fixture
def screen(browser: Browser) -> Iterator[Page]:
    """A screen of the size most walls have."""
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def wall(screen: Page, dashboard: str, tell: Callable[..., None]) -> Page:
    """The wall, drawn."""
    del tell
    open_wall(screen, dashboard)
    return screen
