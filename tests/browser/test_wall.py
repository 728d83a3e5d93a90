"""The wall as a newsroom sees it: readable, complete, and never old numbers as live."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from consumers.aggregator.ledger import Ledger
from tests.browser.servers import Dashboard
from tests.dashboard.snapshots import (
    FEB_24,
    KAZAN,
    MOSCOW,
    NOON,
    PETERSBURG,
    RUSSIA,
    TEHRAN,
    claim,
)
from vigil.claim import Claim, ClaimSet
from vigil.embedded import start_store
from vigil.settings import Settings
from vigil.store import make_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page
    from redis import Redis

pytestmark = [pytest.mark.browser, pytest.mark.integration]

LATER = datetime(2022, 2, 24, 13, 0, tzinfo=UTC)
FIGURE = ".vigil-board-headline .v-figure"
FIRST_BAR = ".vigil-chart-ranking .bars .point text"
SCREENS = [(1920, 1080), (3840, 2160), (1366, 768), (1920, 1200)]

# Every text on the screen, with its size as it is seen, its colour and the ground it stands on.
TEXTS = """() => {
    const shown = [], wall = document.querySelector('.st-key-wall');
    const scale = wall.getBoundingClientRect().width / wall.offsetWidth;
    const walk = document.createTreeWalker(wall, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const text = walk.currentNode.data.trim(), parent = walk.currentNode.parentElement;
        const box = parent.getBoundingClientRect(), style = getComputedStyle(parent);
        if (!text || !box.width || !box.height || style.visibility === 'hidden') continue;
        if (parent.closest('style, script, title')) continue;
        let ground = parent;
        while (ground && getComputedStyle(ground).backgroundColor.endsWith(', 0)'))
            ground = ground.parentElement;
        shown.push({ text, px: parseFloat(style.fontSize) * scale,
            svg: parent instanceof SVGElement,
            ink: parent instanceof SVGElement ? style.fill : style.color,
            ground: getComputedStyle(ground ?? document.body).backgroundColor,
            left: box.left, right: box.right, top: box.top, bottom: box.bottom });
    }
    return shown;
}"""


def article(number: int, *claims: Claim, seen_at: datetime = NOON) -> ClaimSet:
    return ClaimSet(
        article=f"{number:024x}",
        revision="1",
        seen_at=seen_at,
        claims=claims,
        title="Evening",
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


@pytest.fixture
def tell(store: Redis) -> Callable[..., None]:
    """What sends articles' claims to the store."""
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


def open_wall(page: Page, dashboard: str, query: str = "") -> None:
    page.goto(f"{dashboard}/wall{query}")
    wait_until_drawn(page)


def wait_until_drawn(page: Page) -> None:
    for name in ("ranking", "world", "days"):
        page.wait_for_function(
            "name => document.querySelector('.vigil-chart-' + name)?.vigilStamp", arg=name
        )
    page.locator(FIRST_BAR).first.wait_for(state="attached")
    page.wait_for_timeout(600)  # sizes settle, bars glide


def status(page: Page) -> Any:
    return page.locator(".vigil-watch")


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


@pytest.mark.parametrize("size", SCREENS, ids=lambda size: f"{size[0]}x{size[1]}")
def test_everything_fits_the_screen_without_scroll_bars(wall: Page, size: tuple[int, int]) -> None:
    wall.set_viewport_size({"width": size[0], "height": size[1]})
    wall.wait_for_timeout(800)
    page = wall.evaluate(
        """() => [...document.querySelectorAll('*')].filter(one =>
            one.scrollHeight > one.clientHeight && one.clientHeight > 0 &&
            /auto|scroll/.test(getComputedStyle(one).overflowY)).map(one => one.className)"""
    )
    assert page == []
    box = wall.locator(".st-key-wall").bounding_box()
    assert box == pytest.approx({"x": 0, "y": 0, "width": size[0], "height": size[1]}, abs=1)
    assert wall.evaluate("() => document.documentElement.scrollWidth") == size[0]
    assert wall.evaluate("() => document.documentElement.scrollHeight") == size[1]
    outside = [
        one["text"]
        for one in wall.evaluate(TEXTS)
        if one["left"] < 0 or one["right"] > size[0] or one["top"] < 0 or one["bottom"] > size[1]
    ]
    assert outside == []


@pytest.mark.parametrize("query", ["", "?theme=light", "?rotate=3600"])
def test_texts_can_be_read_from_three_metres(
    screen: Page, dashboard: str, tell: Callable[..., None], query: str
) -> None:
    del tell
    open_wall(screen, dashboard, query)
    shown = screen.evaluate(TEXTS)
    assert len(shown) > 30
    assert [one for one in shown if one["px"] < 24] == []
    figures = [one["px"] for one in shown if one["text"] == "2,007"]
    assert max(figures) >= 96  # 72 pt


def test_texts_grow_with_the_screen(wall: Page) -> None:
    before = wall.locator(FIGURE).bounding_box()
    wall.set_viewport_size({"width": 3840, "height": 2160})
    wall.wait_for_timeout(500)
    after = wall.locator(FIGURE).bounding_box()
    assert before
    assert after
    assert after["height"] == pytest.approx(2 * before["height"], rel=0.02)


@pytest.mark.parametrize("query", ["", "?theme=light"])
@pytest.mark.parametrize("fresh", ["live", "stale"])
def test_contrast_is_enough(
    screen: Page, dashboard: str, store: Redis, query: str, fresh: str
) -> None:
    send(store, *evening())
    open_wall(screen, dashboard, query)
    if fresh == "stale":
        store.client_pause(8_000)
        expect(status(screen)).to_contain_text("STALE", timeout=10_000)
        screen.wait_for_timeout(600)
    low = [
        (one["text"], one["ink"], one["ground"])
        for one in screen.evaluate(TEXTS)
        if contrast(one["ink"], one["ground"], grey=fresh == "stale") < 4.5
    ]
    assert low == []


def contrast(ink: str, ground: str, *, grey: bool) -> float:
    """Return the contrast of two CSS colours as WCAG 2 has it, the first faded where ``grey``."""
    front, back = ([float(part) for part in rgb(text)] for text in (ink, ground))
    if grey:
        front = [0.9 * part + 0.1 * other for part, other in zip(front, back, strict=True)]
    light, dark = sorted((luminance(front), luminance(back)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def rgb(text: str) -> list[str]:
    return text[text.index("(") + 1 : -1].split(",")[:3]


def luminance(colour: list[float]) -> float:
    parts = [part / 255 for part in colour]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_no_furniture_of_streamlit_is_to_be_seen(wall: Page) -> None:
    for name in ("stHeader", "stToolbar", "stStatusWidget", "stSidebar", "stMainMenu"):
        for one in wall.locator(f"[data-testid={name}]").all():
            expect(one).to_be_hidden()
    assert "Deploy" not in wall.locator("body").inner_text()


def test_no_request_leaves_the_machine_and_nothing_is_wrong_on_the_console(
    screen: Page, dashboard: str, tell: Callable[..., None]
) -> None:
    del tell
    asked: list[str] = []
    wrong: list[str] = []
    screen.on("request", lambda request: asked.append(request.url))
    screen.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    screen.on("pageerror", lambda error: wrong.append(str(error)))
    open_wall(screen, dashboard, "?rotate=5")
    screen.wait_for_timeout(6_000)  # a turn of the views
    hosts = {urlsplit(address).netloc for address in asked if address.startswith("http")}
    assert hosts == {urlsplit(dashboard).netloc}
    assert wrong == []


def test_update_changes_values_and_no_nodes(wall: Page, tell: Callable[..., None]) -> None:
    marked = """() => [...document.querySelectorAll(
        '.st-key-wall, .vigil-chart, .vigil-board, .vigil-watch, .v-figure, .main-svg')].map(
        one => one.vigilTestMark ??= Math.random())"""
    before = wall.evaluate(marked)
    began = time.monotonic()
    tell(article(9, claim(MOSCOW, 1200, "By night it was 1,200 in Moscow.")))
    expect(wall.locator(FIRST_BAR).first).to_contain_text("1,200")
    assert time.monotonic() - began < 2.5
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


def test_views_turn_and_keep_their_charts(
    screen: Page, dashboard: str, tell: Callable[..., None]
) -> None:
    del tell
    open_wall(screen, dashboard, "?rotate=5")
    seen: set[str | None] = set()
    deadline = time.monotonic() + 22
    while len(seen) < 4 and time.monotonic() < deadline:
        view = screen.locator(".st-key-wall").get_attribute("data-view")
        if view not in seen:
            screen.wait_for_timeout(1_000)  # faded in
            expect(screen.locator(f".vigil-chart-{view} .main-svg").first).to_be_visible()
        seen.add(view)
        screen.wait_for_timeout(250)
    assert seen == {"world", "days", "ranking", "countries"}


def test_window_of_days_and_country_come_from_the_address(
    screen: Page, dashboard: str, tell: Callable[..., None]
) -> None:
    del tell
    open_wall(screen, dashboard, "?days=2&country=RU")
    expect(screen.locator(FIGURE)).to_have_text("300")
    expect(screen.locator(".vigil-board-masthead")).to_contain_text(
        f"Russia, 26 Feb 2022 \N{EN DASH} {FEB_24.day + 3} Feb 2022"
    )


def test_click_on_the_total_leads_to_its_sentences(wall: Page) -> None:
    wall.locator(FIGURE).click()
    expect(wall.locator(".vigil-board-evidence")).to_contain_text("Monitors counted 900")


def test_click_on_a_bar_leads_to_its_sentences(wall: Page) -> None:
    bar = wall.locator(".vigil-chart-ranking .bars .point path").first.bounding_box()
    assert bar
    wall.mouse.click(bar["x"] + bar["width"] / 2, bar["y"] + bar["height"] / 2)
    expect(wall.locator(".vigil-board-evidence")).to_contain_text("Monitors counted 900")


def test_reduced_motion_is_respected(
    browser: Browser, dashboard: str, tell: Callable[..., None]
) -> None:
    del tell
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    open_wall(page, dashboard, "?rotate=5")
    moving = page.evaluate(
        """() => [...document.querySelectorAll('.st-key-wall *')].filter(one =>
            parseFloat(getComputedStyle(one).transitionDuration) > 0).length"""
    )
    context.close()
    assert moving == 0


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
    expect(status(wall)).to_contain_text("LIVE", timeout=5_000)


def test_screen_whose_own_clock_is_wrong_says_the_servers_time(
    browser: Browser, dashboard: str, tell: Callable[..., None]
) -> None:
    del tell
    context = browser.new_context()
    context.add_init_script("const now = Date.now; Date.now = () => now() - 3_600_000 * 5;")
    page = context.new_page()
    open_wall(page, dashboard)
    expect(status(page)).to_contain_text(f"{datetime.now(UTC):%H:%M:}")
    context.close()


@pytest.mark.slow
def test_killed_server_greys_the_wall_and_a_new_one_revives_it(
    screen: Page, store: Redis, store_settings: Settings, tmp_path: Path
) -> None:
    send(store, *evening())
    server = Dashboard(store_settings.redis.get_secret_value(), tmp_path)
    server.start()
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
    server.kill()


def expect_stale(screen: Page) -> None:
    expect(status(screen)).to_contain_text("STALE", timeout=15_000)
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
    dashboard = Dashboard(server.address, tmp_path)
    dashboard.start()
    open_wall(screen, dashboard.address)
    os.kill(server.process.popen.pid, signal.SIGKILL)
    expect_stale(screen)
    expect(screen.locator(FIGURE)).to_have_text("2,007")
    dashboard.kill()  # the new server never knew what the wall still shows
    dashboard.start()
    screen.wait_for_timeout(8_000)
    expect(screen.locator(FIGURE)).to_have_text("2,007")
    expect(status(screen)).to_contain_text("STALE")
    again = subprocess.Popen(server.process.popen.args)
    try:
        expect(status(screen)).to_contain_text("LIVE", timeout=90_000)
        expect(screen.locator(FIGURE)).to_have_text("2,007")
        expect(screen.locator(".st-key-wall")).to_have_attribute("data-fresh", "live")
    finally:
        dashboard.kill()
        again.kill()
        again.wait()


def fill(address: str, *claim_sets: ClaimSet) -> None:
    settings = Settings().model_copy(update={"redis": type(Settings().redis)(address)})
    client = make_store(settings)
    send(client, *claim_sets)
    client.close()
