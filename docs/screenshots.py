"""Take the pictures of README and docs: a replay of the bundled corpus, in headless Chromium."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

IMAGES = Path(__file__).with_name("images")
SIZE = (1920, 1080)
WALLS = {
    "wall": "",
    "wall-light": "?theme=light",
    "wall-rotating": "?rotate=3600",
}
EXPLORED = {
    "compared": "?from=2022-02-24&to=2022-02-24&beside=2021-01-31..2021-01-31",
    "tables": "?tables=yes&days=cumulative",
    "past": "?from=2022-02-24&to=2022-02-24&known=2022-02-24T19:04Z",
}
EVIDENCE = "?kind=detention&place=RU:country:Russia:&when=2022-02-24"
REPLAYED = "2022-02-24 19:00"
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_DRAWN_MS = 6_000  # the charts glide to their values


def main() -> int:
    """Replay the corpus quickly and photograph each page, light and dark."""
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next(filter(None, map(shutil.which, names)), None)
    if program is None:
        sys.stderr.write("no Chromium: install it (Debian: apt-get install chromium)\n")
        return 1
    IMAGES.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "vigil", "demo", "--port", "0", "--rate", "50", "--no-browser"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as demo:  # noqa: S603  # ours
        try:
            address = _said(demo, r"http://\S+")
            _said(demo, "Every article has been replayed")
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM)
                for scheme in ("light", "dark"):
                    page = browser.new_page(
                        viewport={"width": SIZE[0], "height": SIZE[1]}, color_scheme=scheme
                    )
                    _photograph(page, address, scheme)
                page = browser.new_page(viewport={"width": SIZE[0], "height": SIZE[1]})
                for name, query in EXPLORED.items():
                    _photograph_explored(page, address, name, query)
                _photograph_evidence(page, address)
                _photograph_health(page, address)
                for name, query in WALLS.items():
                    _photograph_wall(page, address, name, query)
                # Last: it takes the clock of all pages back.
                page = browser.new_page(viewport={"width": SIZE[0], "height": SIZE[1]})
                _photograph_replay(page, address)
                browser.close()
        finally:
            demo.terminate()
    return 0


def _photograph(page: Page, address: str, scheme: str) -> None:
    page.goto(address)
    page.locator(".vigil-chart-ranking .bars .point text").first.wait_for()
    page.wait_for_timeout(_DRAWN_MS)
    suffix = "" if scheme == "light" else f"-{scheme}"
    page.screenshot(path=IMAGES / f"overview{suffix}.png")


def _photograph_explored(page: Page, address: str, name: str, query: str) -> None:
    page.goto(address + "/" + query)
    page.locator(".vigil-board-headline .v-figure").wait_for(state="attached")
    page.wait_for_timeout(_DRAWN_MS)
    page.screenshot(path=IMAGES / f"{name}.png")


def _photograph_evidence(page: Page, address: str) -> None:
    page.goto(f"{address}/evidence{EVIDENCE}")
    page.locator(".vigil-chart-growth .scatterlayer .point").first.wait_for(state="attached")
    page.wait_for_timeout(_DRAWN_MS)
    page.screenshot(path=IMAGES / "evidence.png")


def _photograph_health(page: Page, address: str) -> None:
    page.goto(f"{address}/health")
    page.locator(".vigil-board-services tbody tr").first.wait_for()
    page.wait_for_timeout(_DRAWN_MS)
    page.screenshot(path=IMAGES / "health.png")


def _photograph_wall(page: Page, address: str, name: str, query: str) -> None:
    page.goto(f"{address}/wall{query}")
    page.locator(".vigil-chart-ranking .bars .point text").first.wait_for(state="attached")
    page.wait_for_timeout(_DRAWN_MS)
    page.screenshot(path=IMAGES / f"{name}.png")


def _photograph_replay(page: Page, address: str) -> None:
    page.goto(f"{address}/replay")
    asked = page.get_by_placeholder("go to a date")
    asked.fill(REPLAYED)
    asked.press("Enter")
    page.locator(".vigil-board-clock .v-time").filter(has_text=REPLAYED[-5:]).wait_for()
    page.locator(".vigil-chart-stretches .bars .point").first.wait_for(state="attached")
    page.wait_for_timeout(_DRAWN_MS)
    page.screenshot(path=IMAGES / "replay.png")


def _said(demo: subprocess.Popen[str], pattern: str) -> str:
    for line in demo.stderr or ():
        if match := re.search(pattern, line):
            return match.group()
    message = f"the demo ended without saying {pattern!r}"
    raise RuntimeError(message)


if __name__ == "__main__":
    sys.exit(main())
