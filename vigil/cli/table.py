"""Estimates as a table for a terminal."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from vigil.estimate import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigil.rows import Row

_Slot = tuple[str | None, str | None, tuple[str | None, ...]]

_WIDTH_WITHOUT_TERMINAL = 140
_STEP = "  "
_AMONG = ", among the country's"
_TOTALS = ": totals over more than one day; they contain its days, never add them"
_UNDATED = ": undated; of which day is not known, never add them"
_NOTE = (
    "Only the countries' days add up. An indented place is part of its country's figure above it; a"
    " total over more than one day contains its days and other totals; what is undated may be of"
    " any day."
)


def estimate_table(rows: Sequence[Row]) -> None:
    """Print the rows to standard output: for each kind its days, then what is never added to them.

    That are totals over several days, which contain days above, and what is undated.
    """
    console = Console(file=sys.stdout, highlight=False)
    if not console.is_terminal:
        console = Console(file=sys.stdout, highlight=False, width=_WIDTH_WITHOUT_TERMINAL)
    for kind in sorted({row["kind"] for row in rows}):
        here = [row for row in rows if row["kind"] == kind]
        days = [row for row in here if row["date"]]
        totals = [row for row in here if row["period"]]
        undated = [row for row in here if not (row["date"] or row["period"])]
        for title, some in ((kind, days), (kind + _TOTALS, totals), (kind + _UNDATED, undated)):
            if some:
                console.print(_section(title, some))
    console.print(_NOTE if rows else "no estimates: no article made a claim")


def _section(title: str, rows: Sequence[Row]) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", pad_edge=False)
    for name in ("day", "place", "reported", "range", "who counted", "in cities", "printed by"):
        numeric = name in {"reported", "range", "in cities"}
        table.add_column(name, justify="right" if numeric else "left", no_wrap=numeric)
    table.add_column("why")
    wholes = {_slot(row): row["best"] for row in rows if row["scope"] == "country"}
    parts: Counter[_Slot] = Counter()
    for row in rows:
        parts[_slot(row)] += 0 if row["scope"] == "country" else row["best"]
    for row in rows:
        slot = _slot(row)
        part = slot in wholes and row["scope"] != "country"
        among = part and row["rule"] == Rule.NAMED and parts[slot] > wholes[slot]
        # Text, never markup: places and outlets come from articles.
        table.add_row(*(Text(cell) for cell in _cells(row, part=part, among=among)))
    return table


def _slot(row: Row) -> _Slot:
    return row["country"], row["date"], tuple(row["period"] or ())


def _cells(row: Row, *, part: bool, among: bool) -> tuple[str, ...]:
    """Return the cells of a row.

    Args:
        row: The row.
        part: Whether the row of its country and the same days stands above it.
        among: Whether its people are among those counted elsewhere in the country.
    """
    place = row["place"] or "place unknown"
    country = row["country"]
    return (
        row["date"] or (_period(*row["period"]) if row["period"] else "undated"),
        _STEP * part + (f"{place}, {country}" if country and row["scope"] != "country" else place),
        f"{row['best']:,}",
        _span(row),
        row["authority"],
        f"{row['cities']:,}" if row["cities"] else "",
        ", ".join(row["outlets"]) or f"{row['claims']} claim{'s' * (row['claims'] != 1)}",
        row["rule"] + _AMONG * among,
    )


def _period(first: str | None, last: str | None) -> str:
    if first is None:
        return f"until {last}"
    return f"{first} to {last}" if last else f"since {first}"


def _span(row: Row) -> str:
    low, high = row["low"], row["high"]
    if high is None:
        return f"{low:,} or more"
    return "" if low == high else f"{low:,} to {high:,}"
