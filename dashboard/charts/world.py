"""Tally -> the map: one bubble a city, its area the figure, names where there is room."""

from __future__ import annotations

from math import ceil, sqrt
from typing import TYPE_CHECKING, Any, Final

import plotly.graph_objects as go

from dashboard.charts import theme as look
from dashboard.charts.map_names import LETTER, placed
from dashboard.charts.projection import View, middle, place_on, view_of
from dashboard.charts.words import number, plain, span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.charts.tally import PlaceTotal, Tally
    from dashboard.charts.theme import Theme

# Lengths in the size of names.
_LARGEST: Final = 3.8  # diameter of the bubble that stands for the scale's top
_SPACE: Final = 0.2  # width of a space
_SMALLEST_PX: Final = 7  # a dot one can still click
_NAMES: Final = 6
_NAME_HEIGHT: Final = 1.35  # of a line of names
# Width and height, in pixels, of the panel the map stands in on a small desk's screen.
PANEL: Final = (680, 340)


def world(tally: Tally, theme: Theme, *, panel: tuple[int, int] = PANEL) -> dict[str, Any]:
    """Return the figure; a click on a bubble gives the city's place code.

    Args:
        tally: What to draw.
        theme: In which colours and sizes.
        panel: Width and height of the panel it stands in, in pixels, or near them.
    """
    located = [city for city in tally.cities if _point(city)]
    view = view_of([point for city in located if (point := _point(city))], panel[0] / panel[1])
    figure = go.Figure(
        data=[_bubbles(located, theme), _names(located, view, theme, panel)],
        layout={**look.base_layout(theme), "geo": _geo(view, theme)},
    )
    plain_dict: dict[str, Any] = figure.to_plotly_json()
    return plain_dict


def scale_top(largest: int) -> int:
    """Return the figure the largest bubble stands for: 1, 2 or 5 times a power of ten.

    Coarse on purpose: bubbles keep their size while figures grow beside them.
    """
    power = 1
    while True:
        for lead in (1, 2, 5):
            if lead * power >= largest:
                return lead * power
        power *= 10


def _top(located: Sequence[PlaceTotal]) -> int:
    return scale_top(max((city.best for city in located), default=1))


def _point(city: PlaceTotal) -> tuple[float, float] | None:
    if city.latitude is None or city.longitude is None:
        return None
    return city.longitude, city.latitude


def _bubbles(located: Sequence[PlaceTotal], theme: Theme) -> go.Scattergeo:
    top = _top(located)
    return go.Scattergeo(
        name="cities",
        mode="markers",
        lon=[city.longitude for city in located],
        lat=[city.latitude for city in located],
        customdata=[[city.code, plain(city.name), span(city.low, city.high)] for city in located],
        hovertemplate="%{customdata[1]}: %{marker.size:,}<br>range %{customdata[2]}<extra></extra>",
        marker={
            "size": [city.best for city in located],
            "sizemode": "area",
            "sizeref": 2 * top / (_LARGEST * theme.label_px) ** 2,
            "sizemin": _SMALLEST_PX / 2,
            "color": theme.accent,
            "opacity": 0.72,
            "line": {"color": theme.surface, "width": 1.5},
        },
    )


def _names(
    located: Sequence[PlaceTotal], view: View, theme: Theme, panel: tuple[int, int]
) -> go.Scattergeo:
    top = _top(located)
    texts = [_name(city, top, theme) for city in located]
    width, height = (theme.label_px / side for side in panel)
    points = [place_on(view, *point) for city in located if (point := _point(city))]
    rooms = (
        (x, y, (len(text) * LETTER + len(clear) * _SPACE) * width)
        for (x, y), (text, clear) in zip(points, texts, strict=True)
    )
    named = placed(rooms, _NAME_HEIGHT * height, _NAMES)
    return go.Scattergeo(
        name="names",
        mode="text",
        lon=[located[at].longitude for at, _ in named],
        lat=[located[at].latitude for at, _ in named],
        text=[
            texts[at][1] + texts[at][0] if side == "right" else "".join(texts[at])
            for at, side in named
        ],
        textposition=[f"middle {side}" for _, side in named],
        textfont={"family": look.FONT, "size": theme.label_px, "color": theme.ink},
        hoverinfo="skip",
    )


def _name(city: PlaceTotal, top: int, theme: Theme) -> tuple[str, str]:
    """Return name and figure, and the spaces that keep them clear of the bubble.

    plotly knows no distance between a point and its text.
    """
    radius = max(_SMALLEST_PX, _LARGEST * theme.label_px * sqrt(city.best / top)) / 2
    clear = "\N{NO-BREAK SPACE}" * (1 + ceil(radius / (_SPACE * theme.label_px)))
    return f"{plain(city.name)} {number(city.best)}", clear


def _geo(view: View, theme: Theme) -> dict[str, Any]:
    lon, lat = view.centre
    projection: dict[str, Any] = (
        {"type": "natural earth"}
        if view.world
        else {"type": "azimuthal equal area", "rotation": {"lon": lon, "lat": lat}}
    )
    return {
        "fitbounds": False,  # plotly 7 would follow the data with every update
        "projection": projection,
        "center": {"lon": lon, "lat": round(middle(view), 4)},
        "lonaxis": {"range": [view.west, view.east]},
        "lataxis": {"range": [view.south, view.north]},
        "resolution": 110,
        "bgcolor": "rgba(0,0,0,0)",
        "showframe": False,
        "showcoastlines": False,
        "showland": True,
        "landcolor": theme.land,
        "showcountries": True,
        "countrycolor": theme.border,
        "countrywidth": 1,
        "showocean": False,
        "showlakes": False,
        "uirevision": look.UIREVISION,
    }
