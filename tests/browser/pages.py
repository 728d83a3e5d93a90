"""What the tests of pages share: an evening's claims, and a page that is drawn."""

from __future__ import annotations

import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from consumers.aggregator.ledger import Ledger
from tests.dashboard.snapshots import (
    KAZAN,
    MOSCOW,
    NOON,
    PETERSBURG,
    RUSSIA,
    TEHRAN,
    claim,
)
from vigil.claim import Claim, ClaimSet
from vigil.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, FloatRect, Page
    from redis import Redis

LATER = datetime(2022, 2, 24, 13, 0, tzinfo=UTC)
FIGURE = ".vigil-board-headline .v-figure"
FIRST_BAR = ".vigil-chart-ranking .bars .point text"
# The figures of a chart's marks in full colour, and of those that are faint.
MARKS = """name => {
    const own = document.querySelector('.vigil-chart-' + name).data;
    const full = [], faint = [];
    for (const trace of own.filter(one => one.customdata)) {
        const size = trace.marker.size ?? (trace.orientation === 'h' ? trace.x : trace.y);
        const opacity = trace.marker.opacity ?? 1;
        size.forEach((value, at) =>
            ((Array.isArray(opacity) ? opacity[at] : opacity) > 0.5 ? full : faint).push(value));
    }
    return [full, faint].map(each => each.filter(Boolean).sort((a, b) => b - a));
}"""


@contextmanager
def window(browser: Browser, **options: Any) -> Iterator[Page]:
    """Open a fresh window; a busy machine may take its time to draw in it."""
    context = browser.new_context(**options)
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


def article(
    number: int, *claims: Claim, seen_at: datetime = NOON, title: str = "Evening"
) -> ClaimSet:
    return ClaimSet(
        article=f"{number:024x}",
        revision="1",
        seen_at=seen_at,
        claims=claims,
        title=title,
        published=seen_at,
        outlet="The Wire",
        url="https://example.org/evening",
    )


def evening() -> list[ClaimSet]:
    later = NOON + timedelta(days=3)
    return [
        article(1, claim(RUSSIA, 1667, "Across the country 1,667 were held.")),
        article(2, claim(MOSCOW, 900, "Monitors counted 900 in the capital.")),
        article(3, claim(KAZAN, 15, "In Kazan 15 were led away.")),
        article(4, claim(PETERSBURG, 300, "By the river 300 sat in vans.", day=later.date())),
        article(5, claim(TEHRAN, 40, "In Tehran 40 students were taken.")),
    ]


def send(store: Redis, *claim_sets: ClaimSet) -> None:
    Ledger(store, authority_order=Settings().authority_order).apply(claim_sets, now=LATER)


def open_wall(page: Page, dashboard: str, query: str = "") -> None:
    page.goto(f"{dashboard}/wall{query}")
    wait_until_drawn(page)


def problems(page: Page) -> list[str]:
    """Return a list that what goes wrong in a page is put in."""
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    return wrong


def wait_until_drawn(page: Page) -> None:
    for name in ("ranking", "world", "days"):
        page.locator(f".vigil-chart-{name}.vigil-drawn").wait_for(state="attached")
    page.locator(FIRST_BAR).first.wait_for(state="attached")


def marks(page: Page, name: str, full: list[int], faint: list[int]) -> None:
    """Wait until a chart shows these figures in full colour, and those faint."""
    deadline = time.monotonic() + 60
    while (shown := page.evaluate(MARKS, name)) != [full, faint]:
        chart = page.locator(f".vigil-chart-{name}")
        assert time.monotonic() < deadline, (
            f"{name} shows {shown}, not {[full, faint]}; its problem: "
            f"{chart.get_attribute('data-problem')}; at {page.url}: "
            f"{page.locator('.vigil-board-status, .vigil-watch').all_inner_texts()}"
        )
        page.wait_for_timeout(100)


def resting(page: Page, what: str) -> FloatRect:
    """Return the box of the first element that is meant, once it moves no more.

    What lies in a chart cannot be clicked by its locator: plotly listens on a layer above it.
    """
    element = page.locator(what).first.element_handle()
    element.wait_for_element_state("stable")
    box = element.bounding_box()
    assert box
    return box


def click(page: Page, what: str) -> None:
    """Click into the middle of the first element that is meant."""
    box = resting(page, what)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def status(page: Page) -> Any:
    return page.locator(".vigil-watch")
