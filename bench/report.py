"""How figures are shown and kept: lines of a table, rows of ``build/bench.json``."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from bench.figure import Figure

HEAD = f"{'figure':36}{'value':>12} {'unit':12}{'ratio':>9}{'to reach':>10}"


def line(one: Figure) -> str:
    """Return a figure as a line below ``HEAD``; one that misses what it promises says so."""
    ratio = "" if one.ratio is None else f"{one.ratio:.2f}"
    reach = "" if one.reach is None else f"{one.reach:g}"
    missed = "   MISSED" if misses(one) else ""
    return f"{one.name:36}{one.value:12,.1f} {one.unit:12}{ratio:>9}{reach:>10}{missed}"


def misses(one: Figure) -> bool:
    """Whether a figure promises a ratio and does not reach it."""
    return one.reach is not None and (one.ratio is None or one.ratio < one.reach)


def lasted(seconds: float) -> str:
    """Return a length of time for people: "48 s", "9 min 05 s"."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"


def keep(figures: Sequence[Figure], path: Path, *, anew: bool) -> None:
    """Write figures to a file, each with when it was measured: they may be of several runs.

    Args:
        figures: What was measured.
        path: The file.
        anew: Whether these are all; else those of other names that it holds stay behind them.
    """
    path.parent.mkdir(exist_ok=True)
    now = {"measured_at": datetime.now(UTC).isoformat(timespec="seconds")}
    rows: list[object] = [dataclasses.asdict(one) | now for one in figures]
    rows += [] if anew else _others(figures, path)
    path.write_text(json.dumps(rows, indent=1) + "\n")


def _others(figures: Iterable[Figure], path: Path) -> list[object]:
    if not path.exists():
        return []
    names = {one.name for one in figures}
    return [row for row in json.loads(path.read_text()) if row["name"] not in names]
