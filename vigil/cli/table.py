"""Estimates as a table for a terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigil.rows import Row

_WIDTH_WITHOUT_TERMINAL = 140


def estimate_table(rows: Sequence[Row]) -> None:
    """Print the rows to standard output, a section a kind, undated last."""
    console = Console(file=sys.stdout, highlight=False)
    if not console.is_terminal:
        console = Console(file=sys.stdout, highlight=False, width=_WIDTH_WITHOUT_TERMINAL)
    for kind in sorted({row["kind"] for row in rows}):
        console.print(_section(kind, [row for row in rows if row["kind"] == kind]))
    if not rows:
        console.print("no estimates: no article made a claim")


def _section(kind: str, rows: Sequence[Row]) -> Table:
    table = Table(title=kind, title_justify="left", title_style="bold", pad_edge=False)
    for name in ("day", "place", "reported", "range", "who counted", "in cities", "printed by"):
        numeric = name in {"reported", "range", "in cities"}
        table.add_column(name, justify="right" if numeric else "left", no_wrap=numeric)
    table.add_column("why")
    for row in rows:
        # Text, never markup: places and outlets come from articles.
        table.add_row(*(Text(cell) for cell in _cells(row)))
    return table


def _cells(row: Row) -> tuple[str, ...]:
    period = row["period"]
    place = row["place"] or "place unknown"
    country = row["country"]
    return (
        row["date"] or (f"{period[0]} to {period[1]}" if period else "undated"),
        f"{place}, {country}" if country and row["scope"] != "country" else place,
        f"{row['best']:,}",
        _span(row),
        row["authority"],
        f"{row['cities']:,}" if row["cities"] else "",
        ", ".join(row["outlets"]) or f"{row['claims']} claim{'s' * (row['claims'] != 1)}",
        row["rule"],
    )


def _span(row: Row) -> str:
    low, high = row["low"], row["high"]
    if high is None:
        return f"{low:,} or more"
    return "" if low == high else f"{low:,} to {high:,}"
