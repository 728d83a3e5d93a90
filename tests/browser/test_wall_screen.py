"""The wall on its screen: it fits, and can be read from three metres."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.pages import (
    FIGURE,
    evening,
    open_wall,
    send,
    status,
    window,
)
from tests.browser.servers import hanging
from vigil.store import make_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, ViewportSize
    from redis import Redis

    from vigil.settings import Settings

pytestmark = [pytest.mark.browser, pytest.mark.integration]

FULL: ViewportSize = {"width": 1920, "height": 1080}
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


@pytest.fixture(scope="module")
def evening_store(store_settings: Settings) -> Iterator[Redis]:
    """A store that knows an evening, for all tests here: none of them changes what it knows."""
    store = make_store(store_settings)
    store.flushall()
    send(store, *evening())
    yield store
    store.close()


@pytest.fixture(scope="module")
def hung(
    request: pytest.FixtureRequest, browser: Browser, dashboard: str, evening_store: Redis
) -> Iterator[Page]:
    """A wall over an evening, opened once for all tests of its address."""
    with window(browser, viewport=FULL) as page:
        open_wall(page, dashboard, request.param)
        yield page


def at(*queries: str) -> pytest.MarkDecorator:
    """Run a test at walls of these addresses."""
    return pytest.mark.parametrize("hung", queries, indirect=True, scope="module")


@pytest.fixture
def wall(hung: Page) -> Iterator[Page]:
    """The wall, of whatever size a test makes it."""
    yield hung
    hung.set_viewport_size(FULL)
    hung.wait_for_timeout(800)


@at("")
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


@at("", "?theme=light", "?rotate=3600")
def test_texts_can_be_read_from_three_metres(hung: Page) -> None:
    shown = hung.evaluate(TEXTS)
    assert len(shown) > 30
    assert [one for one in shown if one["px"] < 24] == []
    figures = [one["px"] for one in shown if one["text"] == "2,007"]
    assert max(figures) >= 96  # 72 pt


@at("")
def test_texts_grow_with_the_screen(wall: Page) -> None:
    before = wall.locator(FIGURE).bounding_box()
    wall.set_viewport_size({"width": 3840, "height": 2160})
    wall.wait_for_timeout(500)
    after = wall.locator(FIGURE).bounding_box()
    assert before
    assert after
    assert after["height"] == pytest.approx(2 * before["height"], rel=0.02)


@at("", "?theme=light")
@pytest.mark.parametrize("fresh", ["live", "stale"])
def test_contrast_is_enough(hung: Page, evening_store: Redis, fresh: str) -> None:
    with hanging(evening_store) if fresh == "stale" else nullcontext():
        expect(status(hung)).to_contain_text(fresh.upper())
        hung.wait_for_timeout(600)  # colours fade
        texts = hung.evaluate(TEXTS)
    low = [
        (one["text"], one["ink"], one["ground"])
        for one in texts
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


@at("")
def test_no_furniture_of_streamlit_is_to_be_seen(wall: Page) -> None:
    for name in ("stHeader", "stToolbar", "stStatusWidget", "stSidebar", "stMainMenu"):
        for one in wall.locator(f"[data-testid={name}]").all():
            expect(one).to_be_hidden()
    assert "Deploy" not in wall.locator("body").inner_text()


@pytest.mark.usefixtures("evening_store")
def test_reduced_motion_is_respected(browser: Browser, dashboard: str) -> None:
    with window(browser, reduced_motion="reduce") as page:
        open_wall(page, dashboard, "?rotate=5")
        moving = page.evaluate(
            """() => [...document.querySelectorAll('.st-key-wall *')].filter(one =>
                parseFloat(getComputedStyle(one).transitionDuration) > 0).length"""
        )
    assert moving == 0
