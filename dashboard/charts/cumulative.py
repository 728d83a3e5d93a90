"""Tally and its ranges -> what the days add up to: one stair over the episodes, with its range."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import plotly.graph_objects as go

from dashboard.charts import theme as look
from dashboard.charts.day_axes import (
    FOOT,
    HEADROOM,
    MOST_EPISODES,
    asked_for,
    axes_of,
    gaps,
    padded,
    shown_episodes,
    titles,
)
from dashboard.charts.reach import Reach, running
from dashboard.charts.selection import is_partial
from dashboard.charts.words import day_text, number, span, unread_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from dashboard.charts.tally import Tally
    from dashboard.charts.theme import Theme

    Points = tuple[list[str], list[int]]

_HALF = timedelta(hours=12)
_NOTHING = Reach(0, 0, 0)


def cumulative(
    tally: Tally,
    days: Mapping[date, Reach],
    theme: Theme,
    *,
    most: int = MOST_EPISODES,
    highest: int | None = None,
) -> dict[str, Any]:
    """Return the figure: the newest ``most`` episodes side by side, the stair running through them.

    What came before the first of them is where the stair begins, so that it ends at the total of
    the view. It stays level where nothing was read. A click on a day gives it as ``YYYY-MM-DD``.

    Args:
        tally: What to draw.
        days: ``reaches`` of the same view.
        theme: In which colours and sizes.
        most: How many episodes.
        highest: The figure its scale is made for, where it shares it with another chart.
    """
    shown = shown_episodes(tally, most=most)
    stretches = [padded(episode) for episode in shown]
    why_not = unread_text(filtered=is_partial(tally.filters))
    totals = running(days)
    top = (highest or highest_of(days)) * (1 + HEADROOM * theme.tick_px / look.TICK_PX)
    traces: list[Any] = []
    notes: list[dict[str, Any]] = []
    for number_, stretch in enumerate(stretches, 1):
        axis = f"x{number_ if number_ > 1 else ''}"
        stairs = _stairs(stretch, totals)
        traces += [
            gaps(asked_for(stretch, tally), days, top, axis, theme, why_not=why_not),
            *_band(stretch, stairs, axis, theme),
            _line(stretch, stairs, axis, theme),
            _marks(stretch, days, totals, axis, theme),
        ]
        notes.append(_end(stairs[-1].best, stretch, axis, theme, last=number_ == len(stretches)))
    layout = {
        **look.base_layout(theme),
        "hovermode": "x",  # the whole day answers
        "margin": {"l": 18, "r": 18, "t": 8, "b": round(FOOT * theme.tick_px)},
        "annotations": [*titles(shown, stretches, theme), *notes],
        "yaxis": {"visible": False, "fixedrange": True, "range": [0, top]},
        **axes_of(stretches, theme),
    }
    figure: dict[str, Any] = go.Figure(data=traces, layout=layout).to_plotly_json()
    return figure


def highest_of(days: Mapping[date, Reach]) -> int:
    """Return the highest figure that the stair of these days or its range comes to."""
    end = list(running(days).values())[-1:]
    return max((_upper(one) for one in end), default=1)


def _upper(one: Reach) -> int:
    """Return how high a range is drawn; one that is open upward to its figure."""
    return one.best if one.high is None else one.high


def _stairs(stretch: Sequence[date], totals: Mapping[date, Reach]) -> list[Reach]:
    """Return the sum before a stretch, then that at each of its days."""
    before = [one for day, one in totals.items() if day < stretch[0]]
    found = [before[-1] if before else _NOTHING]
    for day in stretch:
        found.append(totals.get(day, found[-1]))
    return found


def _steps(stretch: Sequence[date], values: Sequence[int]) -> Points:
    """Return the corners of a stair whose days stand on midnight, as bars do."""
    x, y = [_edge(stretch[0])], [values[0]]
    for day, value in zip(stretch, values[1:], strict=True):
        x += [_edge(day), _edge(day + timedelta(days=1))]
        y += [value, value]
    return x, y


def _edge(day: date) -> str:
    """Return the moment half a day before the midnight a day begins with."""
    return f"{day - timedelta(days=1)} 12:00:00"


def _line(stretch: Sequence[date], stairs: Sequence[Reach], axis: str, theme: Theme) -> go.Scatter:
    x, y = _steps(stretch, [one.best for one in stairs])
    return go.Scatter(
        name="so far", mode="lines", x=x, y=y, xaxis=axis, hoverinfo="skip", cliponaxis=False,
        line={"color": theme.accent, "width": 4},
    )  # fmt: skip


def _band(
    stretch: Sequence[date], stairs: Sequence[Reach], axis: str, theme: Theme
) -> list[go.Scatter]:
    """Return the range, from its floor to its ceiling: two stairs, the second filled to the first.

    They are there where nothing differs, too: what comes later finds the same traces.
    """
    quiet = {"width": 0, "color": theme.accent_soft}
    low, high = ([one.low for one in stairs], [_upper(one) for one in stairs])
    return [
        go.Scatter(
            name=name, mode="lines", x=x, y=y, xaxis=axis, hoverinfo="skip", line=quiet,
            fill=fill, fillcolor=theme.accent_soft,
        )
        for name, fill, (x, y) in (
            ("low", "none", _steps(stretch, low)),
            ("range", "tonexty", _steps(stretch, high)),
        )
    ]  # fmt: skip


def _marks(
    stretch: Sequence[date],
    days: Mapping[date, Reach],
    totals: Mapping[date, Reach],
    axis: str,
    theme: Theme,
) -> go.Scatter:
    """Return a mark at each day that has a figure: it says it, and answers a click."""
    read = [day for day in stretch if day in days]
    told = [[day.isoformat(), day_text(day), _told(days[day], totals[day])] for day in read]
    return go.Scatter(
        name="days", mode="markers", xaxis=axis,
        x=[day.isoformat() for day in read], y=[totals[day].best for day in read],
        customdata=told,
        marker={"size": 9, "color": theme.accent, "line": {"color": theme.ground, "width": 1.5}},
        cliponaxis=False, hovertemplate="%{customdata[1]}: %{customdata[2]}<extra></extra>",
    )  # fmt: skip


def _told(day: Reach, total: Reach) -> str:
    reach = span(total.low, total.high)
    beside = "" if reach == number(total.best) else f", range {reach}"
    return f"+{number(day.best)}, {number(total.best)} so far{beside}"


def _end(
    value: int, stretch: Sequence[date], axis: str, theme: Theme, *, last: bool
) -> dict[str, Any]:
    """Write where the stair has come to at the end of a facet; loud at the end of all."""
    text, colour = number(value), theme.accent if last else theme.ink
    return {
        "text": f"<b>{text}</b>" if last else text, "xref": axis, "x": stretch[-1].isoformat(),
        "xshift": 8, "xanchor": "right", "yref": "y", "y": value, "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": theme.label_px if last else theme.tick_px + 2, "color": colour},
    }  # fmt: skip
