"""The overview as people see it: drawn, alive without a flash, and silent on the network."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.pages import (
    FIGURE,
    FIRST_BAR,
    article,
    click,
    problems,
    resting,
    wait_until_drawn,
)
from tests.browser.servers import hanging
from tests.dashboard.snapshots import KAZAN, MOSCOW, RUSSIA, claim

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from redis import Redis

pytestmark = [pytest.mark.browser, pytest.mark.integration]


@pytest.fixture
def opened(page: Page, dashboard: str, tell: Callable[..., None]) -> Page:
    """The overview, with two cities and a country on it, drawn."""
    tell(
        article(1, claim(RUSSIA, 1667, "Across the country 1,667 were held.")),
        article(2, claim(MOSCOW, 900, "Monitors counted 900 in the capital.")),
        article(3, claim(KAZAN, 15, "In Kazan 15 were led away.")),
    )
    page.goto(dashboard)
    wait_until_drawn(page)
    return page


def wait_for_first_bar(page: Page, text: str) -> None:
    page.wait_for_function(
        "([bar, text]) => document.querySelector(bar)?.textContent === text",
        arg=[FIRST_BAR, text],
        polling=50,
    )


def test_overview_draws_its_charts_and_says_its_total(opened: Page) -> None:
    expect(opened.locator(FIGURE)).to_have_text("1,667")
    expect(opened.locator(FIRST_BAR).first).to_have_text("900")
    # Land is drawn from the base map alone: without it there is no path to count.
    assert opened.locator(".vigil-chart-world .layer.land path").count() >= 1


def test_no_request_leaves_the_machine_and_nothing_is_wrong_on_the_console(
    page: Page, dashboard: str, tell: Callable[..., None]
) -> None:
    tell(article(1, claim(MOSCOW, 900, "Monitors counted 900 in the capital.")))
    asked: list[str] = []
    wrong = problems(page)
    page.on("request", lambda request: asked.append(request.url))
    page.goto(dashboard)
    wait_until_drawn(page)
    page.wait_for_timeout(1_500)  # a pulse or two more
    hosts = {urlsplit(address).netloc for address in asked if address.startswith("http")}
    assert hosts == {urlsplit(dashboard).netloc}
    assert any("world_110m.json" in address for address in asked)
    assert wrong == []


def test_every_change_in_the_store_moves_the_bar(opened: Page, tell: Callable[..., None]) -> None:
    # How soon is measured where nobody else needs the machine: `make bench`, `make soak`.
    for number, figure in enumerate(range(910, 960, 10), 10):
        tell(article(number, claim(MOSCOW, figure, f"By night it was {figure}.")))
        wait_for_first_bar(opened, str(figure))


def test_bars_stand_where_they_belong_from_the_first_moment(
    page: Page, dashboard: str, told: None
) -> None:
    page.goto(dashboard)
    # From now on the server has read the evening: what it read before would move to it.
    expect(page.locator(FIGURE)).to_have_text("2,007")
    page.add_init_script("""(() => {
        window.sizes = new Set();
        const look = () => {
            const bar = document.querySelector(".vigil-chart-ranking .bars .point path");
            if (bar) window.sizes.add(Math.round(bar.getBoundingClientRect().width));
            requestAnimationFrame(look);
        };
        look();
    })()""")
    page.reload()
    wait_until_drawn(page)
    resting(page, ".vigil-chart-ranking .bars .point path")
    assert len(page.evaluate("() => [...window.sizes]")) == 1


def drag(page: Page, name: str, start: float, end: float) -> None:
    """Drag the mouse across a chart, from one share of its width to another."""
    box = resting(page, f".vigil-chart-{name}")
    height = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * start, height)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * end, height, steps=5)
    page.mouse.up()


def views(page: Page) -> list[object]:
    """Return which part of its days and of the world the charts show, and their marks."""
    shown: list[object] = page.evaluate(
        """() => {
            const [days, world] = ['days', 'world'].map(
                name => document.querySelector('.vigil-chart-' + name));
            days.vigilTestMark ??= Math.random();
            world.vigilTestMark ??= Math.random();
            const { center, projection } = world._fullLayout.geo;
            return [days.vigilTestMark, days._fullLayout.xaxis.range,
                    world.vigilTestMark, center.lon, projection.rotation.lon];
        }"""
    )
    return shown


def test_chart_keeps_its_node_and_its_zoom_through_updates(
    opened: Page, tell: Callable[..., None]
) -> None:
    untouched = views(opened)
    opened.locator(".vigil-chart-days").hover()
    opened.locator(".vigil-chart-days .modebar-btn[data-val=zoom]").first.click()
    drag(opened, "days", 0.3, 0.7)
    drag(opened, "world", 0.3, 0.7)
    opened.wait_for_timeout(600)  # the gesture's own animation
    touched = views(opened)
    assert untouched[1] != touched[1]
    assert untouched[3:] != touched[3:]
    for number, figure in enumerate((930, 940), 9):
        tell(article(number, claim(MOSCOW, figure, f"By night it was {figure}.")))
        wait_for_first_bar(opened, str(figure))
        opened.wait_for_timeout(600)  # all charts, and their transitions
        assert views(opened) == touched


def test_script_in_an_article_is_shown_as_text(opened: Page, tell: Callable[..., None]) -> None:
    title = "<script>window.harmed = 1</script><img src=x onerror='window.harmed = 1'>"
    tell(article(1, claim(MOSCOW, 900, "<b>Bold</b> men took 900 away."), title=title))
    expect(opened.locator(".vigil-board-feed")).to_contain_text(title)
    expect(opened.locator(".vigil-board-feed")).to_contain_text("<b>Bold</b> men")
    assert opened.evaluate("() => window.harmed") is None


def test_click_on_the_figure_of_a_bar_leads_to_its_sentences_and_back(opened: Page) -> None:
    click(opened, FIRST_BAR)
    evidence = opened.locator(".vigil-board-evidence")
    expect(evidence).to_contain_text("Monitors counted 900 in the capital.")
    expect(evidence.locator("mark").first).to_have_text("900")
    link = evidence.locator("a", has_text="The Wire").first
    assert link.get_attribute("href") == "https://example.org/evening"
    assert "noopener" in (link.get_attribute("rel") or "")
    evidence.locator(".v-back").click()
    wait_until_drawn(opened)
    expect(opened.locator(FIGURE)).to_have_text("1,667")


def test_address_of_a_number_opens_in_another_browser(opened: Page, dashboard: str) -> None:
    opened.goto(f"{dashboard}/evidence?kind=detention&place=RU:city:Kazan:551487&when=2022-02-24")
    evidence = opened.locator(".vigil-board-evidence")
    expect(evidence).to_contain_text("In Kazan 15 were led away.")
    evidence.locator(".v-back").click()
    wait_until_drawn(opened)


def test_filter_goes_to_the_address_and_survives_a_reload(opened: Page) -> None:
    opened.get_by_role("combobox", name="Days").click()
    opened.get_by_role("option", name="24 Feb 2022").click()
    opened.wait_for_url("**/?from=2022-02-24&to=2022-02-24")
    opened.reload()
    wait_until_drawn(opened)
    expect(opened.get_by_role("combobox", name="Days")).to_have_value("24 Feb 2022")


def test_store_that_hangs_is_said_in_words_and_forgotten_when_it_is_back(
    opened: Page, store: Redis
) -> None:
    status = opened.locator(".vigil-board-status")
    with hanging(store):
        expect(status).to_contain_text("STALE since")
        expect(opened.locator(FIGURE)).to_have_text("1,667")
        expect(opened.locator(".vigil-board-headline")).to_have_class(re.compile("vigil-stale"))
    expect(status).to_contain_text("LIVE")


def test_empty_store_says_what_to_do_and_fills_by_itself(
    page: Page, dashboard: str, tell: Callable[..., None]
) -> None:
    page.goto(dashboard)
    expect(page.locator(".vigil-board-empty")).to_contain_text("vigil push PATH")
    tell(article(1, claim(MOSCOW, 900, "Monitors counted 900 in the capital.")))
    wait_until_drawn(page)
