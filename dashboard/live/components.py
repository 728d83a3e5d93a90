"""What pages are made of: a chart that moves, a text that changes in place, a watch that ticks."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard.charts.library import plotly_js_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from streamlit.components.v2.types import ComponentRenderer

    from dashboard.live.nodes import Child

ASSETS: Final = "vigil-assets"  # the route in serve.py that plotly.js is served under
_STATIC: Final = "app/static"  # Streamlit's own route to dashboard/static
# What a chart one filters with has for the mouse, shown while it is over the chart.
_TOOLS: Final = {
    "world": [["pan2d", "select2d", "lasso2d"], ["zoomInGeo", "zoomOutGeo", "resetGeo"]],
    "days": [["select2d", "zoom2d", "resetScale2d"]],
}


def chart(
    name: str,
    figure: str | None,
    *,
    stamp: str,
    label: str,
    on_pick: Callable[[str], None],
    stale: bool = False,
    filters: bool = False,
) -> None:
    """Show a figure in the one node it has on this page.

    Args:
        name: What it is called, on the page and in its CSS class.
        figure: Data and layout, as JSON: parsed by the browser only when it draws. None leaves
            what is drawn.
        stamp: Equal for equal figures; the browser draws only when it changes.
        label: What a screen reader says; without changing figures.
        on_pick: Called with what was clicked, before the page is run.
        stale: Whether the values are no longer live.
        filters: Whether marks are chosen here, by clicks and by drags: ``on_pick`` is then called
            with what ``dashboard.views.picks.pick_from`` reads.
    """
    data = {
        "name": name,
        "figure": figure,
        "stamp": stamp,
        "label": label,
        "stale": stale,
        "filters": filters,
        "library": f"{_root()}{ASSETS}/{plotly_js_name()}",
        "config": {
            "topojsonURL": f"{_root()}{_STATIC}/topojson/",
            "displayModeBar": "hover" if filters and name in _TOOLS else False,
            "modeBarButtons": _TOOLS.get(name, []),
            "displaylogo": False,
            "scrollZoom": False,
            "responsive": False,  # the component watches its own size
        },
    }
    key = f"chart-{name}"
    component("chart")(key=key, data=data, on_picked_change=lambda: pass_on(key, on_pick))


def board(
    name: str,
    children: Sequence[Child] | None,
    *,
    on_pick: Callable[[str], None] | None = None,
    stale: bool = False,
    escape: str | None = None,
) -> None:
    """Show a tree of texts.

    Args:
        name: What it is called, on the page and in its CSS class.
        children: The texts; None leaves what is shown.
        on_pick: Called with what was clicked, before the page is run.
        stale: Whether the values are no longer live.
        escape: What is sent when somebody presses Escape anywhere on the page.
    """
    data = {
        "name": name,
        "escape": escape,
        "children": None if children is None else [one for one in children if one is not None],
        "stale": stale,
    }
    key = f"board-{name}"
    component("board")(key=key, data=data, on_picked_change=lambda: pass_on(key, on_pick))


def watch(beat: Mapping[str, object]) -> None:
    """Show whether the numbers are true now, by the browser's own clock.

    Args:
        beat: What the server knows at this moment, as ``dashboard.views.wall_texts.beat`` says it.
    """
    component("watch")(key="watch", data={**beat, "health": f"{_root()}_stcore/health"})


def quiet_watch(now: int, stale_since: int | None) -> None:
    """Say that the server is silent, on a page that says by itself whether its numbers are true.

    Args:
        now: The server's time, in milliseconds since 1970.
        stale_since: When the store last answered, likewise; None while it does.
    """
    watch({"quiet": True, "now": now, "stale_since": stale_since})


def style(name: str = "vigil.css") -> str:
    """Return a style sheet."""
    return _asset(name)


@cache
def component(name: str) -> ComponentRenderer:
    """Return the component of ``name.js``, which fills one element of its own."""
    return st.components.v2.component(
        f"vigil.{name}",
        html=f'<div class="vigil-{name}"></div>',
        js=_asset(f"{name}.js"),
        isolate_styles=False,  # plotly's style sheet has to reach the chart, ours all of them
    )


@cache
def _asset(name: str) -> str:
    return files("dashboard.live").joinpath(name).read_text(encoding="utf-8")


def _root() -> str:
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}/" if base else "/"


def pass_on(key: str, on_pick: Callable[[str], None] | None) -> None:
    """Call ``on_pick`` with what a component sent.

    A callback and no value to look at in the run: what follows a click is then shown by that same
    run. Starting another one from inside (``st.rerun``) drops messages the browser waits for.
    """
    picked = st.session_state[key].get("picked")
    if on_pick and isinstance(picked, str):
        on_pick(picked)
