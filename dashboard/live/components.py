"""The two components a page is made of: a chart that moves and a text that changes in place."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from dashboard.charts.library import plotly_js_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from streamlit.components.v2.types import ComponentRenderer

    from dashboard.live.nodes import Child

ASSETS: Final = "vigil-assets"  # the route in serve.py that plotly.js is served under
_STATIC: Final = "app/static"  # Streamlit's own route to dashboard/static


def chart(name: str, figure: str, *, stamp: str, label: str, stale: bool = False) -> str | None:
    """Show a figure in the one node it has on this page.

    Args:
        name: What it is called, on the page and in its CSS class.
        figure: Data and layout, as JSON: parsed by the browser only when it draws.
        stamp: Equal for equal figures; the browser draws only when it changes.
        label: What a screen reader says; without changing figures.
        stale: Whether the values are no longer live.

    Returns:
        What was clicked just now, or None.
    """
    data = {
        "name": name,
        "figure": figure,
        "stamp": stamp,
        "label": label,
        "stale": stale,
        "library": f"{_root()}{ASSETS}/{plotly_js_name()}",
        "config": {
            "topojsonURL": f"{_root()}{_STATIC}/topojson/",
            "displayModeBar": False,
            "displaylogo": False,
            "scrollZoom": False,
            "responsive": False,  # the component watches its own size
        },
    }
    return _picked(_chart()(key=f"chart-{name}", data=data, on_picked_change=_nothing))


def board(name: str, children: Sequence[Child], *, stale: bool = False) -> str | None:
    """Show a tree of texts, and return what was clicked just now, or None."""
    data = {"name": name, "children": list(children), "stale": stale}
    return _picked(_board()(key=f"board-{name}", data=data, on_picked_change=_nothing))


def style() -> str:
    """Return the style sheet of the pages."""
    return _asset("vigil.css")


@cache
def _chart() -> ComponentRenderer:
    return st.components.v2.component(
        "vigil.chart",
        html='<div class="vigil-chart"></div>',
        js=_asset("chart.js"),
        isolate_styles=False,  # plotly's own style sheet has to reach the chart
    )


@cache
def _board() -> ComponentRenderer:
    return st.components.v2.component(
        "vigil.board",
        html='<div class="vigil-board"></div>',
        js=_asset("board.js"),
        isolate_styles=False,
    )


@cache
def _asset(name: str) -> str:
    return files("dashboard.live").joinpath(name).read_text(encoding="utf-8")


def _root() -> str:
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}/" if base else "/"


def _picked(result: Any) -> str | None:  # Streamlit's result has no fixed type
    picked = getattr(result, "picked", None)
    return picked if isinstance(picked, str) else None


def _nothing() -> None:
    """Streamlit wants a callback for each trigger; the run that follows does the work."""
