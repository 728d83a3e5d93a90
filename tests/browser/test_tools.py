"""The tools of the overview as people use them: files, tables, two periods, the past."""

from __future__ import annotations

import csv
import io
import struct
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.pages import FIGURE, article, problems, wait_until_drawn
from tests.dashboard.snapshots import KAZAN, MOSCOW, NOON, RUSSIA, claim

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.integration]

JAN_31 = date(2021, 1, 31)
PERIODS = "/?from=2022-02-24&to=2022-02-24&beside=2021-01-31..2021-01-31"
STAIR = """() => document.querySelector('.vigil-chart-sum')?.data
    ?.filter(trace => trace.name === 'so far').at(-1)?.y.at(-1)"""
# A picture is asked for six seconds after the server last said anything.
SILENT = """() => {
    const write = CanvasRenderingContext2D.prototype.fillText;
    window.vigilWritten = [];
    CanvasRenderingContext2D.prototype.fillText = function (text, ...where) {
        window.vigilWritten.push(text);
        write.call(this, text, ...where);
    };
    const now = Date.now;
    Date.now = () => now() + 6_000;
    document.dispatchEvent(new Event('visibilitychange'));
    document.querySelector('.vigil-save [data-kind=png]').click();
}"""
# What of the page a picture shows: its charts, and the texts that stand with them.
REGION = """() => {
    const charts = ['ranking', 'world', 'days'].map(name => `.vigil-chart-${name}`);
    const boards = ['headline', 'ranking-title', 'days-title'].map(name => `.vigil-board-${name}`);
    const boxes = [...charts, ...boards].map(
        one => document.querySelector(one).getBoundingClientRect());
    const least = side => Math.floor(Math.min(...boxes.map(box => box[side])));
    const most = side => Math.ceil(Math.max(...boxes.map(box => box[side])));
    return [most('right') - least('left'), most('bottom') - least('top')];
}"""


@pytest.fixture
def known(page: Page, tell: Callable[..., None]) -> Iterator[Page]:
    """A page over a store that knows two days; nothing goes wrong on its console."""
    earlier = NOON - timedelta(hours=2)
    tell(
        article(1, claim(RUSSIA, 1667, "Across the country 1,667 were held.")),
        article(2, claim(MOSCOW, 900, "Monitors counted 900 in the capital."), seen_at=earlier),
        article(3, claim(KAZAN, 15, "In Kazan 15 were led away.")),
        article(4, claim(MOSCOW, 1600, "In January 1,600 were held there.", day=JAN_31)),
    )
    wrong = problems(page)
    yield page
    assert wrong == []


def tool(page: Page, name: str) -> None:
    page.locator(".vigil-board-tools").get_by_role("button", name=name, exact=True).click()


def test_table_that_is_saved_has_the_rows_of_the_page(known: Page, dashboard: str) -> None:
    known.goto(f"{dashboard}/?from=2022-02-24&to=2022-02-24")
    wait_until_drawn(known)
    with known.expect_download() as download:
        known.get_by_role("button", name="Save the rows of this view as CSV").click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["place"], row["part"], row["best"]) for row in rows] == [
        ("Moscow", "city", "900"),
        ("Kazan", "city", "15"),
        ("Russia", "city not stated", "752"),
    ]
    expect(known.locator(FIGURE)).to_have_text(f"{sum(int(row['best']) for row in rows):,}")
    assert download.value.suggested_filename == "vigil-detention-2022-02-24.csv"
    assert rows[0]["evidence"].startswith(f"{dashboard}/evidence?")
    assert "place=RU%3Acity%3AMoscow%3A524901&when=2022-02-24" in rows[0]["evidence"]


def test_picture_that_is_saved_is_a_png_of_what_is_on_the_screen(
    known: Page, dashboard: str
) -> None:
    known.goto(dashboard)
    wait_until_drawn(known)
    asked: list[str] = []
    known.on("request", lambda request: asked.append(request.url))
    with known.expect_download() as download:
        known.get_by_role("button", name="Save the charts on the screen").click()
    data = Path(download.value.path()).read_bytes()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    size = struct.unpack(">II", data[16:24])
    width, height = known.evaluate(REGION)
    assert size == (2 * (width + 2 * 32), 2 * (height + 64 + 52))
    assert len(data) > 20_000
    with known.expect_download():
        known.evaluate(SILENT)
    [foot] = [text for text in known.evaluate("window.vigilWritten") if "Made" in text]
    assert foot.startswith("STALE for ")
    assert all(one.startswith((dashboard, "blob:", "data:")) for one in asked)


def test_tables_stand_beside_the_charts_and_in_the_address(known: Page, dashboard: str) -> None:
    known.goto(dashboard)
    wait_until_drawn(known)
    tool(known, "Tables")
    known.wait_for_url("**/?tables=yes")
    cities = known.get_by_role("table", name="Reported detentions by city")
    expect(cities.get_by_role("row", name="Moscow")).to_contain_text("2,500")
    days = known.get_by_role("table", name="Reported detentions by day")
    expect(days.get_by_role("rowheader", name="24 Feb", exact=True)).to_be_visible()
    cities.get_by_role("button", name="15", exact=True).click()
    expect(known.locator(".vigil-board-evidence")).to_contain_text("In Kazan 15 were led away.")


def test_cumulative_ends_at_the_total_and_moves_with_it(
    known: Page, dashboard: str, tell: Callable[..., None]
) -> None:
    known.goto(f"{dashboard}/?days=cumulative&places=bars")
    known.wait_for_function(f"({STAIR})() === 3267")
    line = known.locator(".vigil-chart-sum path.js-line").last
    line.evaluate("one => { one.vigilTestMark = true }")
    expect(known.locator(".vigil-chart-places")).to_be_visible()
    expect(known.locator(".vigil-chart-world")).to_be_hidden()
    tell(article(5, claim(KAZAN, 1000, "By night it was 1,000 in Kazan.")))
    known.wait_for_function(f"({STAIR})() === 3500")
    assert line.evaluate("one => one.vigilTestMark")  # the same line, moved


def test_two_periods_are_compared_by_a_tool_and_by_address(known: Page, dashboard: str) -> None:
    known.goto(f"{dashboard}/?from=2022-02-24&to=2022-02-24")
    wait_until_drawn(known)
    tool(known, "Compare")
    known.wait_for_url("**beside=2021-01-31..2021-01-31*")
    known.goto(f"{dashboard}{PERIODS}")
    first, second = (known.locator(f".vigil-board-beside-{name}") for name in ("first", "second"))
    expect(first.locator(".v-figure")).to_have_text("1,667")
    expect(second.locator(".v-figure")).to_have_text("1,600")
    expect(second).to_contain_text("1 of 1 day with data")
    known.wait_for_function(
        """() => ['beside-first', 'beside-second', 'beside-cities'].every(
            name => document.querySelector('.vigil-chart-' + name)?.vigilStamp)"""
    )
    tops = known.evaluate(
        """() => ['first', 'second'].map(name =>
            document.querySelector('.vigil-chart-beside-' + name)._fullLayout.yaxis.range[1])"""
    )
    assert tops[0] == tops[1]
    second.locator(".v-figure").click()
    expect(known.locator(".vigil-board-evidence")).to_contain_text("In January 1,600 were held")


def test_slider_leads_to_the_past_and_back(known: Page, dashboard: str) -> None:
    known.goto(dashboard)
    wait_until_drawn(known)
    tool(known, "As known at")
    slider = known.get_by_role("slider", name="As known at")
    expect(slider).to_have_attribute("aria-valuetext", "now")
    slider.press("Home")
    known.wait_for_url("**known=2022-02-24T10*")
    expect(known.locator(FIGURE)).to_have_text("900")
    expect(known.locator(".vigil-board-status")).to_contain_text("PAST")
    expect(known.locator(".vigil-board-status")).not_to_contain_text("LIVE")
    said = known.locator(".vigil-board-past")
    expect(said).to_contain_text("As known at 24 Feb 2022, 10:00 UTC, not live.")
    expect(said).to_contain_text("Total of now: 3,267.")
    expect(slider).to_have_attribute("aria-valuetext", "24 Feb 2022, 10:00 UTC")
    said.get_by_role("button", name="Back to now").click()
    expect(known.locator(FIGURE)).to_have_text("3,267")
    expect(known.locator(".vigil-board-status")).to_contain_text("LIVE")
    assert "known=" not in known.url


def test_past_of_a_view_opens_by_its_address_and_so_do_its_sentences(
    known: Page, dashboard: str, tell: Callable[..., None]
) -> None:
    tell(article(9, claim(MOSCOW, 1200, "Much later 1,200 were counted."),
                 seen_at=NOON + timedelta(hours=9)))  # fmt: skip
    known.goto(f"{dashboard}/?known=2022-02-24T11:00Z")
    expect(known.locator(FIGURE)).to_have_text("900")
    known.locator(FIGURE).click()
    evidence = known.locator(".vigil-board-evidence")
    expect(evidence).to_contain_text("Monitors counted 900 in the capital.")
    expect(evidence).not_to_contain_text("Much later")
