"""From Kafka to the screen: articles whose figure a real browser is watched for."""

from __future__ import annotations

import shutil
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from kafka import KafkaProducer

from bench.figure import Figure
from vigil import broker, topics, wire
from vigil.article import Article, article_id, revision_of
from vigil.cli.dashboard import dashboard_command
from vigil.cli.local import local_pipeline
from vigil.processes import accepts, free_port, wait_until_ready
from vigil.reports import quantile_ms
from vigil.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from vigil.cli.local import Local

ITEMS: Final = 50
BOUND_MS: Final = 2_000
# A browser that does only what the page asks for.
QUIET: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
)
_FIRST: Final = datetime(2022, 2, 24, 8, 0, tzinfo=UTC)

# Notes when each total was first painted, by the clock that the sender goes by, too.
_WATCH: Final = """() => {
    window.vigilSeen = [];
    let last = "";
    new MutationObserver(() => {
        const text = document.querySelector(".vigil-board-headline .v-figure")?.textContent ?? "";
        if (text === last) return;
        last = text;
        requestAnimationFrame(() =>
            window.vigilSeen.push([Number(text.replaceAll(",", "")), Date.now()]));
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""
_TAKE: Final = "() => window.vigilSeen.splice(0)"


@dataclass(slots=True)
class Stream:
    """Articles that each raise one city's count by one, and when they were seen.

    Attributes:
        producer: Sends them.
        number: The count the newest of them gave.
        sent: Count -> when it was sent, in milliseconds since 1970; of those not seen yet.
        waits: How many milliseconds each took to the screen, in the order they were sent.
    """

    producer: KafkaProducer
    number: int = 0
    sent: dict[int, int] = field(default_factory=dict)
    waits: list[int] = field(default_factory=list)

    def send(self) -> None:
        """Send one more, acknowledged."""
        self.number += 1
        one = article_that_counts(self.number)
        self.sent[self.number] = _now_ms()
        self.producer.send(
            topics.ARTICLES.name, key=one.id.encode(), value=wire.encode_article(one)
        ).get(30)

    def look(self, page: Page) -> None:
        """Take from the page what it showed since; a later count shows the earlier ones too."""
        seen: list[tuple[int, int]] = page.evaluate(_TAKE)
        for count, at in seen:
            for number in [one for one in self.sent if one <= count]:
                self.waits.append(at - self.sent.pop(number))

    def await_all(self, page: Page, *, seconds: float = 60) -> None:
        """Wait until the page has shown everything that was sent.

        Raises:
            TimeoutError: It did not.
        """
        deadline = time.monotonic() + seconds
        while self.sent:
            self.look(page)
            if time.monotonic() > deadline:
                message = f"{len(self.sent)} articles were not on the screen after {seconds} s"
                raise TimeoutError(message)
            page.wait_for_timeout(20)


def watch(page: Page) -> None:
    """Have a page that is open note when its total changes."""
    page.evaluate(_WATCH)


def article_that_counts(number: int) -> Article:
    """Return an article that counts ``number`` in one city: later ones overrule it."""
    text = f"In Moscow, {number:,} people were detained on 24 February 2022, OVD-Info said."
    url = f"https://wire.example/{number}"
    seen_at = _FIRST + timedelta(seconds=number)
    revision = revision_of(text=text, published=seen_at, outlet="Northline")
    return Article(
        article_id(url=url, text=text), revision, seen_at, text,
        published=seen_at, outlet="Northline", url=url,
    )  # fmt: skip


def _now_ms() -> int:
    return time.time_ns() // 1_000_000


@contextmanager
def vigil_with_dashboard() -> Iterator[tuple[Local, str]]:
    """Run all of Vigil on this machine while the block runs; yield it and the wall's address."""
    settings = Settings().model_copy(update={"port": free_port()})
    with local_pipeline(settings) as local:
        process = local.start("dashboard", dashboard_command(local.settings))
        wait_until_ready(process, lambda: accepts(settings.port), seconds=60)
        yield local, f"http://127.0.0.1:{settings.port}/wall"


@contextmanager
def browsing() -> Iterator[Browser]:
    """Run a headless Chromium while the block runs."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # only where there is one

    with sync_playwright() as playwright, ExitStack() as stack:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(QUIET))
        stack.callback(browser.close)
        yield browser


def blank(browser: Browser) -> Page:
    """Return a new page of a wall's size, as patient as a busy machine needs."""
    page = browser.new_page(viewport={"width": 1920, "height": 1080})
    page.set_default_timeout(90_000)
    return page


@contextmanager
def opened(address: str) -> Iterator[Page]:
    """Open a wall in a headless Chromium while the block runs."""
    with browsing() as browser:
        page = blank(browser)
        page.goto(address)
        page.locator(".vigil-watch strong").wait_for()
        yield page


def chromium() -> str:
    """Return where Chromium is.

    Raises:
        FileNotFoundError: It is not installed.
    """
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next(filter(None, map(shutil.which, names)), None)
    if program is None:
        message = "no Chromium: install it (Debian: apt-get install chromium)"
        raise FileNotFoundError(message)
    return program


def figures() -> list[Figure]:
    """Return how long an article takes from Kafka to the screen, one a second."""
    with (
        vigil_with_dashboard() as (local, address),
        broker.make_producer(local.settings) as producer,
        opened(address) as page,
    ):
        stream = begun(producer, page)
        for _ in range(ITEMS):
            stream.send()
            page.wait_for_timeout(1_000)
        stream.await_all(page)
    half, most = (quantile_ms(stream.waits, share) or 0 for share in (0.5, 0.95))
    how = f"{ITEMS} articles, one a second, from the send to the painted total; "
    return [
        Figure("Kafka to screen, half within", half, "ms", None, None, how),
        Figure(
            "Kafka to screen, 95% within", most, "ms", BOUND_MS / max(1, most), 1.0,
            how + f"beside {BOUND_MS:,} ms",
        ),
    ]  # fmt: skip


def begun(producer: KafkaProducer, page: Page) -> Stream:
    """Return a stream whose first article is on the screen: every part is warm."""
    stream = Stream(producer)
    watch(page)
    stream.send()
    stream.await_all(page, seconds=120)
    stream.waits.clear()
    return stream
