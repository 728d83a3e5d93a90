"""The wall as a newsroom sees it: complete, alive, and each number with what it counts."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.pages import (
    FIGURE,
    FIRST_BAR,
    LATER,
    article,
    click,
    open_wall,
    problems,
    status,
)
from tests.dashboard.snapshots import (
    FEB_24,
    KAZAN,
    MOSCOW,
    claim,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.integration]


def test_wall_says_its_total_and_what_it_counts(wall: Page) -> None:
    expect(wall.locator(FIGURE)).to_have_text("2,007")
    headline = wall.locator(".vigil-board-headline")
    expect(headline).to_contain_text("reported detentions")
    expect(headline).to_contain_text("detentions, not people")
    expect(status(wall)).to_contain_text("LIVE")


def test_parts_add_up_to_the_total(wall: Page) -> None:
    cells = wall.locator(".vigil-board-addition .v-number").all_text_contents()
    *parts, total = (int(text.replace(",", "")) for text in cells)
    assert parts == [1255, 752]
    assert sum(parts) == total == 2007


def test_newest_claims_have_sentence_mark_outlet_and_time(wall: Page) -> None:
    ticker = wall.locator(".vigil-board-ticker li").first
    expect(ticker.locator("mark")).to_have_count(1)
    expect(ticker).to_contain_text("The Wire")
    expect(ticker).to_contain_text("24 Feb 2022, 12:00 UTC")


@pytest.mark.usefixtures("told")
def test_no_request_leaves_the_machine_and_nothing_is_wrong_on_the_console(
    screen: Page, dashboard: str
) -> None:
    asked: list[str] = []
    wrong = problems(screen)
    screen.on("request", lambda request: asked.append(request.url))
    open_wall(screen, dashboard, "?rotate=5")
    view = screen.locator(".st-key-wall").get_attribute("data-view")
    expect(screen.locator(".st-key-wall")).not_to_have_attribute(
        "data-view", view or "", timeout=15_000
    )
    screen.wait_for_timeout(1_000)  # it fades in
    hosts = {urlsplit(address).netloc for address in asked if address.startswith("http")}
    assert hosts == {urlsplit(dashboard).netloc}
    assert wrong == []


def test_update_changes_values_and_no_nodes(wall: Page, tell: Callable[..., None]) -> None:
    marked = """() => [...document.querySelectorAll(
        '.st-key-wall, .vigil-chart, .vigil-board, .vigil-watch, .v-figure, .main-svg')].map(
        one => one.vigilTestMark ??= Math.random())"""
    before = wall.evaluate(marked)
    tell(article(9, claim(MOSCOW, 1200, "By night it was 1,200 in Moscow.")))
    expect(wall.locator(FIRST_BAR).first).to_contain_text("1,200")
    wall.wait_for_timeout(1_500)
    assert wall.evaluate(marked) == before


def test_newest_claim_comes_in_first_and_the_others_keep_their_elements(
    wall: Page, tell: Callable[..., None]
) -> None:
    first = wall.locator(".vigil-board-ticker li").first.element_handle()
    text = "By midnight 44 more sat in Kazan."
    tell(article(11, claim(KAZAN, 44, text), seen_at=LATER))
    expect(wall.locator(".vigil-board-ticker li").first).to_contain_text(text)
    assert first.evaluate("one => [...one.parentElement.children].indexOf(one)") == 1
    assert wall.locator(".vigil-board-ticker li").count() == 3


def test_markup_in_a_sentence_is_shown_as_text(wall: Page, tell: Callable[..., None]) -> None:
    text = "<b onclick='x'>Men</b> took 77 <img src=x onerror='window.harmed = 1'> away."
    tell(article(12, claim(KAZAN, 77, text), seen_at=LATER))
    expect(wall.locator(".vigil-board-ticker")).to_contain_text("<b onclick='x'>Men</b>")
    assert wall.evaluate("() => window.harmed") is None


@pytest.mark.usefixtures("told")
def test_views_turn_and_keep_their_charts(screen: Page, dashboard: str) -> None:
    open_wall(screen, dashboard, "?rotate=5")
    seen: set[str] = set()
    deadline = time.monotonic() + 40
    while len(seen) < 4 and time.monotonic() < deadline:
        view, shown = screen.evaluate(
            """() => [document.querySelector('.st-key-wall').dataset.view,
                [...document.querySelectorAll('.vigil-chart')].filter(one =>
                    getComputedStyle(one).opacity === '1').map(one =>
                    one.className.match(/vigil-chart-(\\w+)/)[1])]"""
        )
        if shown == [view]:  # faded in, and nothing else is
            seen.add(view)
        screen.wait_for_timeout(200)
    assert seen == {"world", "days", "ranking", "countries"}


@pytest.mark.usefixtures("told")
def test_window_of_days_and_country_come_from_the_address(screen: Page, dashboard: str) -> None:
    open_wall(screen, dashboard, "?days=2&country=RU")
    expect(screen.locator(FIGURE)).to_have_text("300")
    expect(screen.locator(".vigil-board-masthead")).to_contain_text(
        f"Russia, 26 Feb 2022 \N{EN DASH} {FEB_24.day + 3} Feb 2022"
    )


def test_click_on_the_total_leads_to_its_sentences(wall: Page) -> None:
    wall.locator(FIGURE).click()
    expect(wall.locator(".vigil-board-evidence")).to_contain_text("Monitors counted 900")


def test_click_on_a_bar_leads_to_its_sentences(wall: Page) -> None:
    click(wall, ".vigil-chart-ranking .bars .point path")
    expect(wall.locator(".vigil-board-evidence")).to_contain_text("Monitors counted 900")
