"""``python -m bench.soak``: a wall, an item a second, half an hour: memory has to stay flat."""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from bench.screen import BOUND_MS, begun, opened, vigil_with_dashboard
from vigil import broker
from vigil.reports import quantile_ms
from vigil.store import make_store, memory_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from playwright.sync_api import CDPSession, Page

    from bench.screen import Stream
    from vigil.cli.local import Local

_MB: Final = 1_048_576
# Of the samples after the warm-up, the last third beside the first: so much more is a leak at the
# length of a shift. Below a megabyte or two it is the noise of two allocators.
_GROWTH: Final = 1.05
_NOISE_MB: Final = 2.0
_WARM_UP: Final = 1 / 5


@dataclass(frozen=True, slots=True)
class Sample:
    """What was in use at one moment, in megabytes.

    Attributes:
        minute: Since the beginning.
        heap: JavaScript of the page, after its garbage was collected.
        nodes: DOM nodes of the page.
        store: What Redis says it uses: it grows with what is stored.
        processes: Name of a process -> its resident memory.
    """

    minute: float
    heap: float
    nodes: int
    store: float
    processes: dict[str, float]


class Gauges:
    """Reads how much memory the parts use."""

    def __init__(self, page: Page, pids: dict[str, int], stored: Callable[[], float]) -> None:
        self._cdp: CDPSession = page.context.new_cdp_session(page)
        self._cdp.send("Performance.enable")
        self._pids = pids
        self._stored = stored
        self._began = time.monotonic()

    def sample(self) -> Sample:
        """Return what is in use now."""
        self._cdp.send("HeapProfiler.collectGarbage")
        told: Any = self._cdp.send("Performance.getMetrics")["metrics"]
        metrics = {one["name"]: one["value"] for one in told}
        return Sample(
            minute=(time.monotonic() - self._began) / 60,
            heap=metrics["JSHeapUsedSize"] / _MB,
            nodes=int(metrics["Nodes"]),
            store=self._stored(),
            processes={name: resident(pid) for name, pid in self._pids.items()},
        )


def resident(pid: int) -> float:
    """Return the resident memory of a process in megabytes."""
    told = subprocess.run(  # noqa: S603  # what Linux and macOS share
        ["ps", "-o", "rss=", "-p", str(pid)],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    )
    return int(told.stdout) / 1024


def soak(page: Page, stream: Stream, gauges: Gauges, *, minutes: float) -> list[Sample]:
    """Send an article a second for so long; return some sixty samples."""
    began = time.monotonic()
    end, every = began + 60 * minutes, minutes
    due, next_sample = began, began
    samples = []
    while time.monotonic() < end:
        stream.send()
        if time.monotonic() >= next_sample:
            samples.append(gauges.sample())
            next_sample += every
        stream.look(page)
        due += 1
        page.wait_for_timeout(max(0, 1_000 * (due - time.monotonic())))
    stream.await_all(page)
    samples.append(gauges.sample())
    return samples


def growth(values: Sequence[float]) -> float:
    """Return how many times the last third of the samples is the first third, after warm-up."""
    warm = values[round(len(values) * _WARM_UP) :]
    third = max(1, len(warm) // 3)
    return statistics.median(warm[-third:]) / statistics.median(warm[:third])


def flat(values: Sequence[float]) -> bool:
    """Whether memory stays where it was after the warm-up."""
    warm = values[round(len(values) * _WARM_UP) :]
    third = max(1, len(warm) // 3)
    grown = statistics.median(warm[-third:]) - statistics.median(warm[:third])
    return growth(values) <= _GROWTH or grown <= _NOISE_MB


def main() -> int:
    """Soak and print what was measured; 1 where memory grew or the screen was late."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0)
    minutes: float = parser.parse_args().minutes
    with (
        vigil_with_dashboard() as (local, address),
        broker.make_producer(local.settings) as producer,
        opened(address) as page,
    ):
        store = make_store(local.settings)
        gauges = Gauges(page, pids_of(local), lambda: memory_of(store).used / _MB)
        stream = begun(producer, page)
        samples = soak(page, stream, gauges, minutes=minutes)
    return told(samples, stream.waits)


def pids_of(local: Local) -> dict[str, int]:
    """Return the processes that are watched, by name."""
    return {one.name: one.popen.pid for one in local.services}


def told(samples: Sequence[Sample], waits: Sequence[int]) -> int:
    """Print the table and the verdict; return the exit status."""
    out = sys.stdout.write
    names = list(samples[0].processes)
    heads = ("minute", "heap", "nodes", "store", *names)
    out("".join(f"{head:>12}" for head in heads) + "   (megabytes)\n")
    for one in samples:
        out(f"{one.minute:12.1f}{one.heap:12.1f}{one.nodes:12,}{one.store:12.1f}")
        out("".join(f"{one.processes[name]:12.1f}" for name in names) + "\n")
    wrong = []
    for name, values in (
        ("browser heap", [one.heap for one in samples]),
        ("dashboard server", [one.processes["dashboard"] for one in samples]),
    ):
        out(f"{name}: the last third is {growth(values):.3f} times the first after warm-up\n")
        if not flat(values):
            wrong.append(f"the {name} grows")
    half, most = (quantile_ms(waits, share) or 0 for share in (0.5, 0.95))
    out(f"Kafka to screen, {len(waits):,} articles: half within {half} ms, 95% within {most} ms\n")
    if most > BOUND_MS:
        wrong.append(f"one in twenty articles was later than {BOUND_MS:,} ms")
    out("".join(f"NOT GOOD: {one}\n" for one in wrong) or "flat, and in time\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
