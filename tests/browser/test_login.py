"""The door: before a login nothing is shown, and after it only to those who may come in."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.pages import wait_until_drawn, window
from tests.browser.provider import CLIENT, CLIENT_SECRET, providing
from tests.browser.servers import Dashboard

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.browser.provider import Provider
    from vigil.settings import Settings

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGES = ("", "/wall", "/evidence", "/health", "/replay")
FIGURE = "2,007"  # the headline


@contextmanager
def guarded(settings: Settings, folder: Path, provider: Provider) -> Iterator[Dashboard]:
    """Run a dashboard that lets in one person at the desk whom the provider knows."""
    dashboard = Dashboard(settings.redis.get_secret_value(), folder)
    file = folder / "login.toml"
    file.write_text(
        f'redirect_uri = "{dashboard.address}/oauth2callback"\n'
        'cookie_secret = "hunter2-of-the-cookies-and-long-enough"\n'
        f'client_id = "{CLIENT}"\nclient_secret = "{CLIENT_SECRET}"\n'
        f'server_metadata_url = "{provider.address}/.well-known/openid-configuration"\n'
        'allowed = ["editor@desk.example"]\n'
    )
    dashboard.more = {"VIGIL_LOGIN": str(file)}
    with dashboard:
        yield dashboard


def log_in(page: Page, dashboard: Dashboard) -> None:
    page.goto(dashboard.address)
    page.get_by_role("button", name="Log in").click()


@pytest.mark.usefixtures("told")
def test_nothing_is_shown_before_a_login(
    browser: Browser, store_settings: Settings, tmp_path: Path
) -> None:
    person = {"email": "editor@desk.example", "email_verified": True}
    with (
        providing(**person) as provider,
        guarded(store_settings, tmp_path, provider) as dashboard,
        window(browser) as page,
    ):
        received: list[str] = []
        page.on("websocket", lambda ws: ws.on("framereceived", lambda it: received.append(str(it))))
        for path in PAGES:
            page.goto(dashboard.address + path)
            expect(page.get_by_role("button", name="Log in")).to_be_visible()
        assert FIGURE not in "".join(received)
        assert "Tehran" not in "".join(received)
        log_in(page, dashboard)
        expect(page.get_by_text(FIGURE).first).to_be_visible()
        page.goto(dashboard.address + "/wall")
        wait_until_drawn(page)
        assert dashboard.process
        assert "hunter2" not in dashboard.process.log.read_text()
        assert "hunter2" not in "".join(received)


@pytest.mark.usefixtures("told")
def test_who_is_not_on_the_list_stays_outside(
    browser: Browser, store_settings: Settings, tmp_path: Path
) -> None:
    with providing() as provider, guarded(store_settings, tmp_path, provider) as dashboard:
        for person in (
            {"email": "stranger@desk.example", "email_verified": True},
            {"email": "editor@desk.example", "email_verified": False},
            {"name": "nobody"},
        ):
            provider.person = person
            with window(browser) as page:
                log_in(page, dashboard)
                expect(page.get_by_text("not among those who may see this")).to_be_visible()
                expect(page.get_by_text(FIGURE)).to_have_count(0)
