"""The replay's page in a real browser: what one viewer asks, all viewers see."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from producers.replay import Corpus, Replayer, begun
from tests.browser.pages import FIGURE, article, status, window
from tests.dashboard.snapshots import MOSCOW, claim
from vigil.article import Article
from vigil.pace import Pace
from vigil.replay_clock import ReplayClock
from vigil.replaying import Request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page
    from redis import Redis

pytestmark = [pytest.mark.browser, pytest.mark.integration]

EVENING = datetime(2022, 2, 24, 17, 0, tzinfo=UTC)
MOMENTS = tuple(EVENING + timedelta(hours=number) for number in range(4))
PAGE_FIGURE = ".st-key-replay .vigil-board-headline .v-figure"
CLOCK = ".vigil-board-clock"
SLOW = 90_000  # a busy machine takes its time


@contextmanager
def replayed(store: Redis, tell: Callable[..., None]) -> Iterator[None]:
    """Hold a replay at its end, over a store that knows 100 more each hour of an evening."""
    corpus = Corpus(
        "an evening",
        tuple(Article(f"{n:024x}", "1", moment, "") for n, moment in enumerate(MOMENTS)),
        "e1",
        MOMENTS,
        (("2022-02-24", 4),),
    )
    tell(
        *(
            article(n, claim(MOSCOW, 100 * n + 100, f"They counted {100 * n + 100}."), seen_at=at)
            for n, at in enumerate(MOMENTS)
        )
    )
    clock = ReplayClock(store, holder="here 41 a")
    clock.take()
    run = Replayer(
        corpus=corpus,
        player=begun(corpus, pace=Pace(rate=1_000), now=time.monotonic()),
        applied=0,
        clock=clock,
        send=lambda items: sum(not isinstance(one, Article) for one in items),
        now=time.monotonic,
        wait=time.sleep,
        stay=True,
    )
    thread = threading.Thread(target=run.run, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ReplayClock(store).ask(Request("end", "stop"))
        thread.join(60)


def press(page: Page, name: str) -> None:
    page.locator(".vigil-board-controls").get_by_role("button", name=name, exact=True).click()


def test_all_viewers_see_one_clock_and_the_board_as_it_was_known_then(
    browser: Browser, dashboard: str, screen: Page, store: Redis, tell: Callable[..., None]
) -> None:
    errors: list[str] = []
    with replayed(store, tell), window(browser, viewport={"width": 1920, "height": 1080}) as desk:
        for page in (desk, screen):
            page.on("pageerror", lambda error: errors.append(error.message))
        screen.goto(f"{dashboard}/wall")
        desk.goto(f"{dashboard}/replay")
        expect(status(screen)).to_contain_text(
            "REPLAY24 Feb 2022, 20:00 UTCat its end", timeout=SLOW
        )
        expect(desk.locator(CLOCK)).to_contain_text("20:00 UTC", timeout=SLOW)
        typed = desk.get_by_placeholder("go to a date")
        typed.fill("2022-02-24 18:30")
        typed.press("Enter")
        for page, figure in ((desk, PAGE_FIGURE), (screen, FIGURE)):
            expect(page.locator(figure)).to_have_text("200", timeout=SLOW)
        expect(status(screen)).to_contain_text("24 Feb 2022, 18:30 UTC", timeout=SLOW)
        press(desk, "on to the next article")
        expect(desk.locator(CLOCK)).to_contain_text("19:00 UTC", timeout=SLOW)
        expect(screen.locator(FIGURE)).to_have_text("300", timeout=SLOW)
        press(desk, "End the replay")
        expect(status(screen)).to_contain_text("LIVE", timeout=SLOW)
        expect(screen.locator(FIGURE)).to_have_text("400", timeout=SLOW)
        expect(desk.locator(".vigil-board-empty")).to_contain_text("No replay now", timeout=SLOW)
    assert errors == []
