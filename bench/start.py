"""From the start of everything on one machine to the first bar on the chart."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bench.figure import Figure
from bench.screen import blank, browsing
from vigil.processes import accepts, free_port, spawn, wait_until_ready

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_STARTS: Final = 3
_SECONDS: Final = 120.0
_FIRST_BAR: Final = ".vigil-chart-ranking .bars .point text"
_DRAWN: Final = "bar => document.querySelector(bar)?.textContent"


def figures() -> list[Figure]:
    """Return how long ``vigil demo`` takes to its page and to the first bar on it."""
    with browsing() as browser:
        starts = [_start(browser) for _ in range(_STARTS)]
    served, drawn = (statistics.median(column) for column in zip(*starts, strict=True))
    how = f"vigil demo as a process on an empty data folder, median of {_STARTS} starts, to the "
    return [
        Figure("demo, start to its page", served, "s", None, None, how + "port of its dashboard"),
        Figure(
            "demo, start to the first bar", drawn, "s", None, None,
            how + "first bar of the overview in a headless Chromium that runs already; the "
            "bundled corpus at its usual pace",
        ),
    ]  # fmt: skip


def _start(browser: Browser) -> tuple[float, float]:
    """Start a demo; return the seconds until its dashboard answers and until a bar is drawn."""
    with tempfile.TemporaryDirectory(prefix="vigil-bench-") as name:
        folder, port = Path(name), free_port()
        data = folder / "data"
        page = blank(browser)
        command = [sys.executable, "-m", "vigil", "demo", "--no-browser", "--port", str(port)]
        began = time.perf_counter()
        demo = spawn("demo", command, folder=folder, env=os.environ | {"VIGIL_DATA": str(data)})
        try:
            wait_until_ready(demo, lambda: accepts(port), seconds=_SECONDS)
            served = time.perf_counter() - began
            page.goto(f"http://127.0.0.1:{port}")
            page.wait_for_function(_DRAWN, arg=_FIRST_BAR, timeout=_SECONDS * 1_000)
            return served, time.perf_counter() - began
        finally:
            page.close()
            demo.stop()
