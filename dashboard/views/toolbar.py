"""The tools above the charts: which chart, tables, a second period, the past; no Streamlit here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from dashboard.charts.compare import Period
from dashboard.live.nodes import node

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.charts.episodes import Episode
    from dashboard.charts.tally import Filters
    from dashboard.live.nodes import Child, Node
    from dashboard.views.showing import Showing

MAP: Final = "places=map"
PLACE_BARS: Final = "places=bars"
DAY_BARS: Final = "days=bars"
RUNNING: Final = "days=cumulative"
TABLES: Final = "tables"
COMPARE: Final = "compare"
PAST: Final = "past"


def tools(showing: Showing, *, looking_back: bool, hidden: bool) -> list[Child]:
    """Return the tools of a view, each saying whether it is on.

    Args:
        showing: How the view is shown.
        looking_back: Whether the slider over the past is there.
        hidden: Whether there are no charts: nothing is to choose then.
    """
    if hidden:
        return []
    compared = showing.beside is not None
    return [
        *(
            []
            if compared
            else [
                _group(
                    "Cities",
                    _tool("Map", MAP, on=showing.places == "map"),
                    _tool("Bars", PLACE_BARS, on=showing.places == "bars"),
                )
            ]
        ),
        _group(
            "Days",
            _tool("Each", DAY_BARS, on=showing.days == "bars"),
            _tool("Cumulative", RUNNING, on=showing.days == "sum"),
        ),
        _tool("Tables", TABLES, on=showing.tables),
        _tool("Compare", COMPARE, on=compared),
        _tool("As known at", PAST, on=looking_back),
    ]


def chosen(showing: Showing, code: str, filters: Filters, there: Sequence[Episode]) -> Showing:
    """Return how a view is shown once a tool was used; ``PAST`` changes nothing of it.

    Args:
        showing: How it was shown.
        code: The tool.
        filters: The view.
        there: The stretches of days with data, in order.
    """
    if code in {MAP, PLACE_BARS}:
        return replace(showing, places="map" if code == MAP else "bars")
    if code in {DAY_BARS, RUNNING}:
        return replace(showing, days="bars" if code == DAY_BARS else "sum")
    if code == TABLES:
        return replace(showing, tables=not showing.tables)
    if code == COMPARE:
        return replace(showing, beside=None if showing.beside else other_period(filters, there))
    return showing


def other_period(filters: Filters, there: Sequence[Episode]) -> Period | None:
    """Return what a view is first compared with: the newest episode before it, else the newest.

    Of the whole of the days, it is the newest episode; None where nothing has a day.
    """
    if not there:
        return None
    earlier = [one for one in there if filters.first and one.last < filters.first]
    found = (earlier or there)[-1]
    return Period(found.first, found.last)


def _group(name: str, *buttons: Node) -> Node:
    return node("span", node("span", name, look="v-quiet"), *buttons, look="v-group")


def _tool(name: str, code: str, *, on: bool) -> Node:
    return node("button", name, look="v-tool", pick=code, state="on" if on else "off")
