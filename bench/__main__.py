"""``python -m bench``: measures, prints a table, writes ``build/bench.json``."""

from __future__ import annotations

import dataclasses
import json
import sys
from pathlib import Path

from bench import aggregation, extraction, extractors, latency, pushing, replaying, screen


def main() -> int:
    """Run every measurement; 1 when a promised ratio is not reached."""
    figures = [
        *extraction.figures(),
        *extractors.figures(),
        *pushing.figures(),
        *replaying.figures(),
        *aggregation.figures(),
        *latency.figures(),
        *screen.figures(),
    ]
    sys.stdout.write(f"{'figure':36}{'value':>12} {'unit':12}{'ratio':>9}{'to reach':>10}\n")
    for one in figures:
        ratio = "" if one.ratio is None else f"{one.ratio:.2f}"
        reach = "" if one.reach is None else f"{one.reach:g}"
        sys.stdout.write(f"{one.name:36}{one.value:12,.1f} {one.unit:12}{ratio:>9}{reach:>10}\n")
    build = Path("build")
    build.mkdir(exist_ok=True)
    rows = [dataclasses.asdict(one) for one in figures]
    (build / "bench.json").write_text(json.dumps(rows, indent=1) + "\n")
    return int(any(one.reach and (one.ratio or 0) < one.reach for one in figures))


if __name__ == "__main__":
    sys.exit(main())
