"""Filters as people use them: a click on one chart filters the others, and the address says so."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.pages import (
    FIGURE,
    FIRST_BAR,
    article,
    click,
    marks,
    problems,
    resting,
    wait_until_drawn,
    window,
)  # fmt: skip
from tests.dashboard.snapshots import FEB_24, KAZAN, MOSCOW, PETERSBURG, RUSSIA, claim
from vigil.claim import Authority

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.integration]

LATER = FEB_24 + timedelta(days=3)
POLICE = Authority("police", "official")


@pytest.fixture
def opened(page: Page, dashboard: str, tell: Callable[..., None]) -> Page:
    """The overview, with three cities on two days, drawn."""
    tell(
        article(1, claim(RUSSIA, 1667, "Across the country 1,667 were held.")),
        article(2, claim(MOSCOW, 900, "Monitors counted 900 in the capital.")),
        article(
            3,
            replace(claim(MOSCOW, 500, "Officers speak of 500 rioters."), authority=POLICE),
            claim(KAZAN, 15, "In Kazan 15 were led away."),
        ),
        article(4, claim(PETERSBURG, 300, "By the river 300 sat in vans.", day=LATER)),
        article(5, claim(MOSCOW, 70, "Again 70 were held in the capital.", day=LATER)),
    )
    page.goto(dashboard)
    wait_until_drawn(page)
    return page


def test_click_on_a_bar_filters_the_map_and_the_days_and_is_restored_by_its_address(
    opened: Page, browser: Browser
) -> None:
    wrong = problems(opened)
    click(opened, ".vigil-chart-ranking .bars .point path")
    expect(opened.locator(FIGURE)).to_have_text("970")
    marks(opened, "ranking", [970], [752, 300, 15])
    marks(opened, "world", [970], [300, 15])
    marks(opened, "days", [900, 70], [])
    expect(opened.locator(".vigil-board-feed")).not_to_contain_text("In Kazan")
    expect(opened.get_by_role("button", name="Take back the filter Moscow")).to_be_visible()
    opened.wait_for_url(re.compile("city=RU"))
    opened.wait_for_timeout(2_500)  # a pulse or two more do not take it back
    expect(opened.locator(FIGURE)).to_have_text("970")

    with window(browser, viewport={"width": 1440, "height": 900}) as other:
        other.goto(opened.url)
        wait_until_drawn(other)
        expect(other.locator(FIGURE)).to_have_text("970")
        marks(other, "ranking", [970], [752, 300, 15])
        expect(other.get_by_role("group", name="Selected values").first).to_contain_text("Moscow")

    click(opened, ".vigil-chart-ranking .bars .point path")
    expect(opened.locator(FIGURE)).to_have_text("2,037")
    marks(opened, "ranking", [970, 752, 300, 15], [])
    assert "city=" not in opened.url
    assert wrong == []


def test_box_on_the_days_filters_the_cities_and_escape_takes_it_back(opened: Page) -> None:
    wrong = problems(opened)
    first = resting(opened, ".vigil-chart-days .bars .point path")
    chart = resting(opened, ".vigil-chart-days")
    height = chart["y"] + chart["height"] * 0.3
    opened.mouse.move(first["x"] - 30, height)
    opened.mouse.down()
    opened.mouse.move(first["x"] + first["width"] + 30, height, steps=8)
    opened.mouse.up()
    expect(opened.locator(FIGURE)).to_have_text("1,667")
    marks(opened, "ranking", [900, 752, 15], [])
    marks(opened, "days", [915, 752], [370])
    opened.wait_for_url("**/?from=2022-02-24&to=2022-02-24")
    opened.get_by_role("button", name="Sentences", exact=True).click()
    expect(opened.locator(".vigil-board-evidence")).to_contain_text("In Kazan 15 were led away.")
    opened.locator(".v-back").click()
    wait_until_drawn(opened)
    opened.keyboard.press("Escape")
    expect(opened.locator(FIGURE)).to_have_text("2,037")
    assert wrong == []


def test_filters_for_sources_and_text_go_to_the_address_and_to_the_sentences(
    opened: Page, browser: Browser
) -> None:
    opened.get_by_role("button", name="More", exact=True).click()
    opened.get_by_role("combobox", name="Who counted").click()
    opened.get_by_role("option", name="All official bodies").click()
    expect(opened.locator(FIGURE)).to_have_text("500")
    expect(opened.locator(FIRST_BAR).first).to_have_text("500")
    expect(opened.locator(".vigil-board-chips")).to_contain_text("not zero")
    opened.keyboard.press("Escape")  # the menu
    opened.keyboard.press("Escape")  # what is behind the button
    expect(opened.get_by_role("combobox", name="Who counted")).to_have_count(0)
    search = opened.get_by_role("textbox", name="Search places")
    search.fill("RIOTERS")
    search.press("Enter")
    opened.wait_for_url("**/?counted=official&text=RIOTERS")

    with window(browser, viewport={"width": 1440, "height": 900}) as other:
        other.goto(opened.url)
        wait_until_drawn(other)
        expect(other.locator(FIGURE)).to_have_text("500")
        other.locator(FIGURE).click()
        expect(other.locator(".vigil-board-evidence")).to_contain_text("Officers speak of 500")

    search.fill("trams")
    search.press("Enter")
    expect(opened.locator(".vigil-board-empty")).to_contain_text("Take one back")
    opened.get_by_role("button", name="show everything").click()
    expect(opened.locator(FIGURE)).to_have_text("2,037")
    expect(search).to_have_value("")
