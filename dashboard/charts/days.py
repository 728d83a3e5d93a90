"""Tally -> the days: one facet an episode, stacked bars, hatched gaps where nothing was read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import plotly.graph_objects as go

from dashboard.charts import theme as look
from dashboard.charts.day_axes import (
    FOOT,
    HEADROOM,
    MOST_EPISODES,
    asked_for,
    axes_of,
    fitting,
    gaps,
    padded,
    shown_episodes,
    titles,
)
from dashboard.charts.selection import by_source, is_partial
from dashboard.charts.words import day_text, number, plain, rest_text, unread_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dashboard.charts.episodes import Episode
    from dashboard.charts.tally import DayTotal, Tally
    from dashboard.charts.theme import Theme

_BAR_MS: Final = 0.74 * 86_400_000
# At the type size of a desk; larger type needs more of the same room.
_FIGURES: Final = 13  # figures that fit side by side above the bars


class Layer(NamedTuple):
    """One part of what has a city: its name, its colour, and the city's code, if it is one."""

    name: str
    colour: str
    code: str = ""


def days(
    tally: Tally,
    theme: Theme,
    *,
    most: int = MOST_EPISODES,
    by_city: bool = False,
    highest: int | None = None,
) -> dict[str, Any]:
    """Return the figure: the newest ``most`` episodes side by side, on one scale.

    A click on a bar gives the day as ``YYYY-MM-DD``.

    Args:
        tally: What to draw.
        theme: In which colours and sizes.
        most: How many episodes.
        by_city: Whether what has a city is stacked by the cities of ``stacked``.
        highest: The figure its scale is made for, where it shares it with another chart; left
            out, its own highest.
    """
    layers = stacked(tally, theme) if by_city else [Layer("in cities", theme.accent)]
    shown = shown_episodes(tally, most=most)
    stretches = [padded(episode) for episode in shown]
    totals = {day.day: day for day in tally.days}
    own = max((day.total for day in tally.days if _within(day.day, shown)), default=1)
    highest = own if highest is None else highest
    top = highest * (1 + HEADROOM * theme.tick_px / look.TICK_PX)
    rest, why_not = _words(tally)
    traces: list[go.Bar] = []
    for number_, stretch in enumerate(stretches, 1):
        axis = f"x{number_ if number_ > 1 else ''}"
        traces += _facet(stretch, totals, axis, theme, layers=layers, rest=rest)
        traces.append(gaps(asked_for(stretch, tally), totals, top, axis, theme, why_not=why_not))
    layout = {
        **look.base_layout(theme),
        "barmode": "stack",
        "hovermode": "x",  # the whole day answers, not only its bar
        "margin": {"l": 18, "r": 18, "t": 8, "b": round(FOOT * theme.tick_px)},
        "annotations": [
            *titles(shown, stretches, theme),
            *_peaks(shown, stretches, totals, theme),
        ],
        "yaxis": {"visible": False, "fixedrange": True, "range": [0, top]},
        **axes_of(stretches, theme),
    }
    figure: dict[str, Any] = go.Figure(data=traces, layout=layout).to_plotly_json()
    return figure


def _words(tally: Tally) -> tuple[str, str]:
    """Return what is beyond the cities, and why a day has no bar."""
    rest = rest_text(by_source=by_source(tally.filters))
    return rest, unread_text(filtered=is_partial(tally.filters))


def stacked(tally: Tally, theme: Theme) -> list[Layer]:
    """Return the two largest cities and the others, in the shades they are drawn in."""
    *own, others = look.city_shades(theme)
    named = list(zip(tally.cities, own, strict=False))
    layers = [Layer(city.name, shade, city.code) for city, shade in named]
    if len(tally.cities) > len(named):
        layers.append(Layer("other cities" if named else "in cities", others))
    return layers


def _facet(
    stretch: Sequence[date],
    totals: dict[date, DayTotal],
    axis: str,
    theme: Theme,
    *,
    layers: Sequence[Layer],
    rest: str,
) -> list[go.Bar]:
    read = [totals[day] for day in stretch if day in totals]
    named = {layer.code for layer in layers if layer.code}
    return [
        *(
            _bars(
                [day.day for day in read],
                [_part(day, layer.code, named) for day in read],
                plain(layer.name),
                axis,
                {"color": layer.colour, "line": {"width": 0}},
            )
            for layer in layers
        ),
        _bars(
            [day.day for day in read],
            [day.unspecified for day in read],
            rest,
            axis,
            look.unspecified_marker(theme),
        ),
    ]


def _part(day: DayTotal, code: str, named: set[str]) -> int:
    """Return what a layer has of a day; the one without a code has what the others have not."""
    places = dict(day.places)
    if code:
        return places.get(code, 0)
    return day.cities - sum(places.get(one, 0) for one in named)


def _bars(
    at: list[date], values: list[int], name: str, axis: str, marker: dict[str, object]
) -> go.Bar:
    return go.Bar(
        name=name,
        x=[day.isoformat() for day in at],
        y=values,
        xaxis=axis,
        width=_BAR_MS,
        customdata=[[day.isoformat(), day_text(day)] for day in at],
        hovertemplate="%{customdata[1]}: %{y:,} " + name + "<extra></extra>",
        marker=marker,
    )


def _peaks(
    shown: Sequence[Episode],
    stretches: Sequence[Sequence[date]],
    totals: dict[date, DayTotal],
    theme: Theme,
) -> list[dict[str, Any]]:
    """Write its figure above each day that stands out from the days beside it: quiet."""
    room = -(-sum(map(len, stretches)) // fitting(_FIGURES, theme))
    notes = []
    for number_, episode in enumerate(shown, 1):
        inside = [totals[day] for day in episode.days() if day in totals]
        for day in inside:
            near = [one for one in inside if 0 < abs((one.day - day.day).days) < room]
            if all((day.total, day.day) > (one.total, one.day) for one in near):
                notes.append(_figure_above(day, number_, theme))
    return notes


def _figure_above(day: DayTotal, facet: int, theme: Theme) -> dict[str, Any]:
    return {
        "text": number(day.total),
        "xref": f"x{facet if facet > 1 else ''}",
        "x": day.day.isoformat(),
        "yref": "y",
        "y": day.total,
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": theme.tick_px + 2, "color": theme.ink},
    }


def _within(day: date, shown: Sequence[Episode]) -> bool:
    return any(episode.first <= day <= episode.last for episode in shown)
