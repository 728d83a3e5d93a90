"""A real dashboard in a real headless Chromium, over a real store."""

from __future__ import annotations

import shutil
from functools import partial
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.pages import evening, open_wall, send, window
from tests.browser.servers import Dashboard
from tests.conftest import missing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page
    from redis import Redis

    from vigil.settings import Settings

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
    expect.set_options(timeout=60_000)  # a busy machine may take its time to draw
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def dashboard(store_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a dashboard over the test run's store."""
    folder = tmp_path_factory.mktemp("dashboard")
    with Dashboard(store_settings.redis.get_secret_value(), folder) as dashboard:
        yield dashboard.address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh browser window of a desk's size."""
    with window(browser, viewport={"width": 1440, "height": 900}) as page:
        yield page


@pytest.fixture
def tell(store: Redis) -> Callable[..., None]:
    """What sends claims to the store."""
    return partial(send, store)


@pytest.fixture
def told(tell: Callable[..., None]) -> None:
    """A store that knows an evening's claims."""
    tell(*evening())


@pytest.fixture
def screen(browser: Browser) -> Iterator[Page]:
    """A screen of the size most walls have."""
    with window(browser, viewport={"width": 1920, "height": 1080}) as page:
        yield page


@pytest.fixture
def wall(screen: Page, dashboard: str, told: None) -> Page:  # told before drawn
    """The wall, drawn."""
    open_wall(screen, dashboard)
    return screen
