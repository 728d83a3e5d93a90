"""Tally -> the days: one facet an episode, stacked bars, hatched gaps where nothing was read."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import plotly.graph_objects as go

from dashboard.charts import theme as look
from dashboard.charts.episodes import Episode, episodes
from dashboard.charts.selection import by_source, is_partial
from dashboard.charts.words import day_text, number, plain, rest_text, unread_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dashboard.charts.tally import DayTotal, Tally
    from dashboard.charts.theme import Theme

MOST_EPISODES: Final = 6
# A lone day gets the width of so many days, so that bars are equally wide in every facet.
_LEAST_DAYS: Final = 7
_BREAK: Final = 0.018  # between two facets, as a share of the width
_BAR_MS: Final = 0.74 * 86_400_000
# At the type size of a desk; larger type needs more of the same room.
_NARROW: Final = 10  # days; a title beside its neighbour's needs more
_LABELS: Final = 17  # day labels that fit side by side
_FIGURES: Final = 13  # figures that fit side by side above the bars
_FOOT: Final = 4.5  # height below the axis, in the size of its labels: ticks and two lines
_HEADROOM: Final = 0.14  # for the figure above the highest bar


class Layer(NamedTuple):
    """One part of what has a city: its name, its colour, and the city's code, if it is one."""

    name: str
    colour: str
    code: str = ""


def days(
    tally: Tally, theme: Theme, *, most: int = MOST_EPISODES, by_city: bool = False
) -> dict[str, Any]:
    """Return the figure: the newest ``most`` episodes side by side, on one scale.

    A click on a bar gives the day as ``YYYY-MM-DD``.

    Args:
        tally: What to draw.
        theme: In which colours and sizes.
        most: How many episodes.
        by_city: Whether what has a city is stacked by the cities of ``stacked``.
    """
    layers = stacked(tally, theme) if by_city else [Layer("in cities", theme.accent)]
    shown = shown_episodes(tally, most=most)
    stretches = [_padded(episode) for episode in shown]
    totals = {day.day: day for day in tally.days}
    highest = max((day.total for day in tally.days if _within(day.day, shown)), default=1)
    top = highest * (1 + _HEADROOM * theme.tick_px / look.TICK_PX)
    words = _words(tally)
    traces: list[go.Bar] = []
    for number_, stretch in enumerate(stretches, 1):
        axis = f"x{number_ if number_ > 1 else ''}"
        traces += _facet(stretch, totals, top, axis, theme, layers=layers, words=words)
    layout = {
        **look.base_layout(theme),
        "barmode": "stack",
        "hovermode": "x",  # the whole day answers, not only its bar
        "margin": {"l": 18, "r": 18, "t": 8, "b": round(_FOOT * theme.tick_px)},
        "annotations": [
            *_titles(shown, stretches, theme),
            *_peaks(shown, stretches, totals, theme),
        ],
        "yaxis": {"visible": False, "fixedrange": True, "range": [0, top]},
        **_axes(stretches, theme),
    }
    figure: dict[str, Any] = go.Figure(data=traces, layout=layout).to_plotly_json()
    return figure


def shown_episodes(tally: Tally, *, most: int = MOST_EPISODES) -> tuple[Episode, ...]:
    """Return the episodes the figure shows: the newest, in order."""
    return episodes(day.day for day in tally.days)[-most:]


def _words(tally: Tally) -> tuple[str, str]:
    """Return what is beyond the cities, and why a day has no bar."""
    rest = rest_text(by_source=by_source(tally.filters))
    return rest, unread_text(filtered=is_partial(tally.filters))


def _padded(episode: Episode) -> list[date]:
    short = max(0, _LEAST_DAYS - episode.length)
    before, after = timedelta(days=short // 2), timedelta(days=short - short // 2)
    return Episode(episode.first - before, episode.last + after).days()


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
    top: float,
    axis: str,
    theme: Theme,
    *,
    layers: Sequence[Layer],
    words: tuple[str, str],
) -> list[go.Bar]:
    rest, why_not = words
    read = [totals[day] for day in stretch if day in totals]
    unread = [day for day in stretch if day not in totals]
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
        _gaps(unread, top, axis, theme, why_not),
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


def _gaps(unread: list[date], top: float, axis: str, theme: Theme, why_not: str) -> go.Bar:
    return go.Bar(
        name="nothing read",
        x=[day.isoformat() for day in unread],
        y=[top for _ in unread],
        xaxis=axis,
        width=86_400_000,
        hovertext=[f"{day_text(day)}: {why_not}, not zero" for day in unread],
        hovertemplate="%{hovertext}<extra></extra>",
        marker=look.unread_marker(theme),
    )


def _axes(stretches: Sequence[Sequence[date]], theme: Theme) -> dict[str, Any]:
    lengths = [len(stretch) for stretch in stretches]
    room = 1 - _BREAK * max(0, len(lengths) - 1)
    step = max(1, -(-sum(lengths) // _fitting(_LABELS, theme)))
    axes, start = {}, 0.0
    for number_, (stretch, length) in enumerate(zip(stretches, lengths, strict=True), 1):
        end = min(1.0, start + room * length / sum(lengths))
        axes[f"xaxis{number_ if number_ > 1 else ''}"] = _axis(stretch, (start, end), step, theme)
        start = end + _BREAK
    return axes


def _axis(
    stretch: Sequence[date], domain: tuple[float, float], step: int, theme: Theme
) -> dict[str, Any]:
    half = timedelta(hours=12)
    ticks = stretch[min(step, len(stretch)) // 2 :: step]  # under the bar of a lone day
    return {
        "type": "date",
        "domain": [round(domain[0], 6), round(domain[1], 6)],
        "range": [_noon(stretch[0], -half), _noon(stretch[-1], half)],
        "tickmode": "array",
        "tickvals": [day.isoformat() for day in ticks],
        "ticktext": [str(day.day) for day in ticks],
        "tickfont": {"size": theme.tick_px, "color": theme.muted},
        "ticks": "",
        "tickangle": 0,
        "showgrid": False,
        "zeroline": False,
        "showline": True,
        "linecolor": theme.muted,
        "linewidth": 1,
        "anchor": "y",
    }


def _noon(day: date, shift: timedelta) -> str:
    edge = day if shift < timedelta(0) else day + timedelta(days=1)
    # Bars stand on midnight: half a day on either side frames them.
    return f"{edge - timedelta(days=1)} 12:00:00" if edge == day else f"{day} 12:00:00"


def _titles(
    shown: Sequence[Episode], stretches: Sequence[Sequence[date]], theme: Theme
) -> list[dict[str, Any]]:
    return [
        {
            "text": _title(episode, wide=_fitting(len(stretch), theme) > _NARROW),
            "xref": f"x{number_ if number_ > 1 else ''}",
            "x": stretch[len(stretch) // 2].isoformat(),
            "yref": "paper",
            "y": 0,
            "yshift": -round(1.6 * theme.tick_px),
            "yanchor": "top",
            "xanchor": "center",
            "showarrow": False,
            "font": {"size": theme.tick_px + 2, "color": theme.ink},
        }
        for number_, (episode, stretch) in enumerate(zip(shown, stretches, strict=True), 1)
    ]


def _title(episode: Episode, *, wide: bool) -> str:
    """Return the label of a facet; in a narrow one the year goes below."""
    label = plain(episode.label)
    return label if wide else "<br>".join(label.rsplit(" ", 1))


def _peaks(
    shown: Sequence[Episode],
    stretches: Sequence[Sequence[date]],
    totals: dict[date, DayTotal],
    theme: Theme,
) -> list[dict[str, Any]]:
    """Write its figure above each day that stands out from the days beside it: quiet."""
    room = -(-sum(map(len, stretches)) // _fitting(_FIGURES, theme))
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


def _fitting(count: int, theme: Theme) -> int:
    """Return how many fit in this theme's type where ``count`` fit in a desk's."""
    return count * look.TICK_PX // theme.tick_px


def _within(day: date, shown: Sequence[Episode]) -> bool:
    return any(episode.first <= day <= episode.last for episode in shown)
