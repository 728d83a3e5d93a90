"""The days of a replay -> columns of articles, those the clock has passed in the accent."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import plotly.graph_objects as go

from dashboard.charts import theme as look
from dashboard.charts.words import day_text, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.charts.theme import Theme

_MOST_TICKS: Final = 9


def stretches(days: Sequence[tuple[str, int]], position: int, theme: Theme) -> dict[str, Any]:
    """Return the figure: a column for each stretch of days with articles, none for those without.

    The columns stand side by side, however far apart their days are: an archive of ten years has
    its articles on a few of them.

    Args:
        days: First day of each stretch, and how many articles it has.
        position: How many articles the clock has passed.
        theme: In which colours and sizes.
    """
    passed = _passed(days, position)
    names = [day_text(date.fromisoformat(day)) for day, _ in days]
    shown = {
        "x": list(range(len(days))),
        "customdata": [[day] for day, _ in days],
        "hovertext": [
            f"{name}: {number(count)} {'article' if count == 1 else 'articles'}"
            for name, (_, count) in zip(names, days, strict=True)
        ],
        "hoverinfo": "text",
    }
    to_come = [count - gone for gone, (_, count) in zip(passed, days, strict=True)]
    traces = [
        go.Bar(**shown, y=passed, marker={"color": theme.accent, "line": {"width": 0}}),
        go.Bar(**shown, y=to_come, marker={"color": theme.faint, "line": {"width": 0}}),
    ]
    layout = {
        **look.base_layout(theme),
        "barmode": "stack",
        "bargap": 0.18,
        "margin": {"l": 28, "r": 28, "t": 4, "b": round(2.8 * theme.tick_px)},
        "xaxis": _axis(names, theme),
        "yaxis": {"visible": False, "fixedrange": True, "rangemode": "tozero"},
    }
    figure: dict[str, Any] = go.Figure(data=traces, layout=layout).to_plotly_json()
    return figure


def _passed(days: Sequence[tuple[str, int]], position: int) -> list[int]:
    """Return how many articles of each stretch the clock has passed."""
    left, found = position, []
    for _, count in days:
        gone = min(max(0, left), count)
        found.append(gone)
        left -= count
    return found


def _axis(names: Sequence[str], theme: Theme) -> dict[str, Any]:
    every = max(1, -(-len(names) // _MOST_TICKS))
    ticks = list(range(0, len(names), every))
    return {
        "tickvals": ticks,
        "ticktext": [_broken(names[at]) for at in ticks],
        "tickfont": {"size": theme.tick_px, "color": theme.muted},
        "tickangle": 0,
        "range": [-0.6, max(len(names), 8) - 0.4],  # few days make no walls of columns
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
    }


def _broken(name: str) -> str:
    """Return ``24 Feb 2022`` with the year below."""
    day, _, year = name.rpartition(" ")
    return f"{day}<br>{year}"
