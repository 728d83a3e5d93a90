"""The page of evidence as people see it: its steps, its correction, and the past by an address."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.pages import article, problems
from tests.dashboard.snapshots import MOSCOW, NOON, claim

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.integration]

MOSCOW_THAT_DAY = "/evidence?kind=detention&place=RU:city:Moscow:524901&when=2022-02-24"
STEPS = """() => document.querySelector('.vigil-chart-growth')?.data
    ?.find(trace => trace.name === 'the figure shown')?.y"""
# What is wider than its box, or reaches over the edge of the window.
CLIPPED = """() => [...document.querySelectorAll('.st-key-evidence .vigil-board *')]
    .filter(one => one.getBoundingClientRect().right > window.innerWidth
                   || (one.tagName === 'TD' && one.scrollWidth > one.clientWidth + 1))
    .map(one => one.textContent)"""


def revision(minutes: int, figure: int, sentence: str) -> Any:
    """Return the article on Moscow as it was revised so many minutes after noon."""
    seen = NOON + timedelta(minutes=minutes)
    return replace(
        article(2, claim(MOSCOW, figure, sentence), seen_at=seen), revision=f"r{minutes}"
    )


@pytest.mark.usefixtures("told")
def test_two_revisions_are_a_step_a_correction_and_a_past_by_address(
    page: Page, dashboard: str, tell: Callable[..., None]
) -> None:
    wrong = problems(page)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{dashboard}{MOSCOW_THAT_DAY}")
    grown = page.locator(".vigil-board-grown-title")
    expect(grown).to_contain_text("900 since 24 Feb 2022, 12:00 UTC, unchanged.")

    # Two revisions, the second of which takes back some of the first: they arrive while one looks.
    tell(revision(60, 1_400, "By evening 1,400 were counted."))
    page.wait_for_function(f"({STEPS})()?.length === 4")
    tell(revision(180, 1_313, "It was corrected to 1,313 at night."))
    page.wait_for_function(f"({STEPS})()?.length === 6")
    assert page.evaluate(STEPS) == [900, 900, 1_400, 1_400, 1_313, 1_313]
    corrected = page.locator(".vigil-board-corrections")
    expect(corrected).to_contain_text(
        "was 1,400, now 1,313, OVD-Info (monitor), 24 Feb 2022, 15:00 UTC"
    )
    expect(corrected.locator("mark")).to_have_text(["1,400", "1,313"])
    label = page.locator(".vigil-chart-growth").get_attribute("aria-label") or ""
    assert "Step chart" in label
    assert page.evaluate(CLIPPED) == []

    # The past, by its address alone.
    page.goto(f"{dashboard}{MOSCOW_THAT_DAY}&known=2022-02-24T13:30Z")
    evidence = page.locator(".vigil-board-evidence")
    expect(evidence).to_contain_text("As known at 24 Feb 2022, 13:30 UTC.")
    expect(evidence.locator(".v-figure")).to_have_text("1,400")
    expect(evidence).to_contain_text("By evening 1,400 were counted.")
    expect(evidence).not_to_contain_text("corrected to 1,313")
    page.wait_for_timeout(2_500)  # a pulse or two more do not lead back to now
    expect(evidence.locator(".v-figure")).to_have_text("1,400")
    expect(page.locator(".vigil-board-status")).to_contain_text("PAST")
    assert page.evaluate(CLIPPED) == []
    evidence.get_by_role("link", name="Back to now").click()
    expect(evidence.locator(".v-figure")).to_have_text("1,313")
    assert "known=" not in page.url
    assert wrong == []


@pytest.mark.usefixtures("told")
def test_moment_is_chosen_from_the_table_and_from_the_selector(
    page: Page, dashboard: str, tell: Callable[..., None]
) -> None:
    tell(revision(60, 1_400, "By evening 1,400 were counted."))
    page.goto(f"{dashboard}{MOSCOW_THAT_DAY}")
    figure = page.locator(".vigil-board-evidence .v-figure")
    expect(figure).to_have_text("1,400")
    page.get_by_role("button", name="24 Feb 2022, 12:00 UTC").click()
    expect(figure).to_have_text("900")
    page.wait_for_url("**known=2022-02-24T12*")
    choice = page.get_by_role("combobox", name="Show this page as known")
    expect(choice).to_have_value("24 Feb 2022, 12:00 UTC: 900")
    choice.click()
    page.get_by_role("option", name="now").click()
    expect(figure).to_have_text("1,400")
    expect(page.locator(".vigil-board-status")).to_contain_text("LIVE")


@pytest.mark.usefixtures("told")
def test_overview_leads_to_the_history_of_a_figure(
    page: Page, dashboard: str, tell: Callable[..., None]
) -> None:
    tell(revision(60, 1_400, "By evening 1,400 were counted."))
    page.goto(f"{dashboard}{MOSCOW_THAT_DAY.replace('/evidence?', '/?show=evidence&')}")
    page.get_by_role("link", name="How it grew, and what was corrected").click()
    page.wait_for_function(f"({STEPS})()?.length === 4")
    expect(page.locator(".vigil-board-evidence .v-figure")).to_have_text("1,400")
