"""The two components a page is made of: a chart that moves and a text that changes in place."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard.charts.library import plotly_js_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from streamlit.components.v2.types import ComponentRenderer

    from dashboard.live.nodes import Child

ASSETS: Final = "vigil-assets"  # the route in serve.py that plotly.js is served under
_STATIC: Final = "app/static"  # Streamlit's own route to dashboard/static


def chart(
    name: str,
    figure: str,
    *,
    stamp: str,
    label: str,
    on_pick: Callable[[str], None],
    stale: bool = False,
) -> None:
    """Show a figure in the one node it has on this page.

    Args:
        name: What it is called, on the page and in its CSS class.
        figure: Data and layout, as JSON: parsed by the browser only when it draws.
        stamp: Equal for equal figures; the browser draws only when it changes.
        label: What a screen reader says; without changing figures.
        on_pick: Called with what was clicked, before the page is run.
        stale: Whether the values are no longer live.
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
    key = f"chart-{name}"
    _chart()(key=key, data=data, on_picked_change=lambda: _pass_on(key, on_pick))


def board(
    name: str,
    children: Sequence[Child],
    *,
    on_pick: Callable[[str], None] | None = None,
    stale: bool = False,
) -> None:
    """Show a tree of texts; ``on_pick`` is called with what was clicked, before the page is run."""
    data = {
        "name": name,
        "children": [child for child in children if child is not None],
        "stale": stale,
    }
    key = f"board-{name}"
    _board()(key=key, data=data, on_picked_change=lambda: _pass_on(key, on_pick))


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


def _pass_on(key: str, on_pick: Callable[[str], None] | None) -> None:
    """Call ``on_pick`` with what a component sent.

    A callback and no value to look at in the run: what follows a click is then shown by that same
    run. Starting another one from inside (``st.rerun``) drops messages the browser waits for.
    """
    picked = st.session_state[key].get("picked")
    if on_pick and isinstance(picked, str):
        on_pick(picked)
