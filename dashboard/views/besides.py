"""Two periods on the screen: their totals, their days on one scale, their cities in pairs."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from dashboard.charts.beside import beside, colours
from dashboard.charts.compare import compare
from dashboard.charts.cumulative import cumulative
from dashboard.charts.days import days
from dashboard.charts.words import KINDS, number, span
from dashboard.live.nodes import node
from dashboard.views import tables
from dashboard.views.panels import pick
from dashboard.views.state import Subject

if TYPE_CHECKING:
    from dashboard.charts.compare import Comparison, Period, Side
    from dashboard.charts.tally import Filters
    from dashboard.charts.theme import Theme
    from dashboard.live.nodes import Child
    from dashboard.views.showing import Showing
    from vigil.snapshot import Snapshot

NAMES = ("first", "second")


class Beside(NamedTuple):
    """What a comparison is made of; made anew only when the store or the view changed.

    Attributes:
        stamp: Equal for equal content.
        snapshot: What it is made of.
        comparison: The two periods.
        heads: What stands above each chart of days.
        days: The charts of days, as JSON.
        cities: The chart of cities, as JSON.
        tables: By city, and by day of each; empty where they are not asked for.
    """

    stamp: str
    snapshot: Snapshot
    comparison: Comparison
    heads: tuple[list[Child], list[Child]]
    days: tuple[str, str]
    cities: str
    tables: tuple[list[Child], list[Child], list[Child]]


def made(
    snapshot: Snapshot,
    filters: Filters,
    showing: Showing,
    periods: tuple[Period, Period],
    theme: Theme,
    *,
    stamp: str,
) -> Beside:
    """Return what two periods of a view look like."""
    found = compare(snapshot, filters, *periods)
    one, other = found.sides
    rows: tuple[list[Child], list[Child], list[Child]] = ([], [], [])
    if showing.tables:
        by_day = [tables.by_day(side.tally, side.days) for side in found.sides]
        rows = (tables.by_period(found), by_day[0], by_day[1])
    return Beside(
        stamp=stamp,
        snapshot=snapshot,
        comparison=found,
        heads=(head(one, NAMES[0]), head(other, NAMES[1])),
        days=(
            json.dumps(_days(found, 0, theme, showing)),
            json.dumps(_days(found, 1, theme, showing)),
        ),
        cities=json.dumps(beside(found, theme)),
        tables=rows,
    )


def _days(found: Comparison, at: int, theme: Theme, showing: Showing) -> dict[str, object]:
    side = found.sides[at]
    own = replace(theme, accent=colours(theme)[at])
    if showing.days == "sum":
        return cumulative(side.tally, side.days, own, highest=found.highest("sum"))
    return days(side.tally, own, highest=found.highest("days"))


def head(side: Side, name: str) -> list[Child]:
    """Return what a period comes to: its total, the range of it, and what it rests on."""
    words = KINDS[side.tally.filters.kind]
    total = side.total
    every = Subject(side.tally.filters)
    differs = span(total.low, total.high)
    known = f"{number(side.read)} of {number(side.length)} day{'s' * (side.length != 1)} with data"
    return [
        node("h2", node("span", look=f"v-swatch v-{name}"), side.period.text),
        node(
            "button",
            number(total.best),
            look=f"v-figure v-of-{name}",
            pick=pick(every),
            label=f"{number(total.best)} {words.headline}, {side.period.text}: evidence",
        )
        if side.days
        else node("div", "no figure", look="v-figure v-none"),
        node("div", f"{words.headline}, {_range(differs, total.best)}", look="v-what"),
        node("div", f"{known}, {_cities(len(side.tally.cities))}", look="v-caveat"),
    ]


def _cities(count: int) -> str:
    return f"{number(count)} {'city' if count == 1 else 'cities'}"


def cities_title(found: Comparison) -> list[Child]:
    """Return the heading of the chart of cities, with its key."""
    key = [
        node("span", node("span", look=f"v-swatch v-{name}"), side.period.text)
        for name, side in zip(NAMES, found.sides, strict=True)
    ]
    hatched = (
        node("span", "hatched: city not stated")
        if any(not pair.city for pair in found.pairs)
        else None
    )
    return [node("h2", "By city"), node("div", *key, hatched, look="v-key")]


def _range(differs: str, best: int) -> str:
    return "all counts agree" if differs == number(best) else f"range {differs}"
