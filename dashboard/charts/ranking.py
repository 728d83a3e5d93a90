"""Tally -> the ranking: cities as bars, the rest and the part without a city below them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import plotly.graph_objects as go

from dashboard.charts import theme as look
from dashboard.charts.words import number, plain, span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.charts.tally import PlaceTotal, Tally
    from dashboard.charts.theme import Theme

MOST_CITIES: Final = 15
# Room is kept for so many rows: a lone bar as high as the chart would be a wall, not a bar.
FEWEST_ROWS: Final = 10
_DIGIT_PX: Final = 12  # width of a digit or comma at the size of labels, and a little
OTHERS: Final = "others"
# Before the code of a country whose cities do not explain all of its figure.
REST: Final = "rest:"


def ranking(tally: Tally, theme: Theme, *, most: int = MOST_CITIES) -> dict[str, Any]:
    """Return the figure: largest city on top, bars that add up to the total.

    A click on a bar gives its place code, or ``OTHERS`` for the cities that are summed up.
    """
    shown, rest = tally.cities[:most], tally.cities[most:]
    rows = [*(_row(city) for city in shown)]
    if rest:
        best = sum(city.best for city in rest)
        rows.append((OTHERS, f"{len(rest)} more {'city' if len(rest) == 1 else 'cities'}", best))
    hatched = [_row(part, "city not stated") for part in tally.unspecified]
    figure = go.Figure(
        data=[
            _solid_bars(rows, shown, theme),
            _bars(hatched, "city not stated", look.unspecified_marker(theme), theme),
        ],
        layout=_layout(rows + hatched, theme),
    )
    return _dict(figure)


def _row(place: PlaceTotal, suffix: str = "") -> tuple[str, str, int]:
    name = f"{place.name}, {suffix}" if suffix else place.name
    code = f"{REST}{place.code}" if suffix else place.code
    return code, name, place.best


def _solid_bars(
    rows: Sequence[tuple[str, str, int]], shown: Sequence[PlaceTotal], theme: Theme
) -> go.Bar:
    bars = _bars(rows, "cities", {"color": theme.accent, "line": {"width": 0}}, theme)
    ranges = [span(city.low, city.high) for city in shown]
    bars.hovertext = [*ranges, *("" for _ in rows[len(ranges) :])]
    bars.hovertemplate = "%{customdata[1]}: %{x:,}<br>range %{hovertext}<extra></extra>"
    return bars


def _bars(
    rows: Sequence[tuple[str, str, int]], name: str, marker: dict[str, object], theme: Theme
) -> go.Bar:
    return go.Bar(
        name=name,
        orientation="h",
        y=[code for code, _, _ in rows],
        x=[best for _, _, best in rows],
        text=[number(best) for _, _, best in rows],
        textposition="outside",
        textfont={"size": look.LABEL_PX, "color": theme.ink},
        cliponaxis=False,
        constraintext="none",
        customdata=[[code, plain(name)] for code, name, _ in rows],
        hovertemplate="%{customdata[1]}: %{x:,}<extra></extra>",
        marker=marker,
    )


def _layout(rows: Sequence[tuple[str, str, int]], theme: Theme) -> dict[str, Any]:
    codes = [code for code, _, _ in rows]
    longest = max((best for _, _, best in rows), default=1)
    return {
        **look.base_layout(theme),
        # Room on the right for the figure beyond the longest bar.
        "margin": {"l": 0, "r": _DIGIT_PX * (len(number(longest)) + 1), "t": 0, "b": 0},
        # The whole row answers, not only a bar that may be two pixels long.
        "hovermode": "y",
        "hoverdistance": -1,
        "bargap": 0.34,
        "barmode": "overlay",
        "xaxis": {"visible": False, "fixedrange": True, "range": [0, longest]},
        "yaxis": {
            "type": "category",
            "categoryorder": "array",
            "categoryarray": codes,
            "range": [max(len(codes), FEWEST_ROWS) - 0.5, -0.5],
            "fixedrange": True,
            "tickmode": "array",
            "tickvals": codes,
            "ticktext": [plain(name) + "\N{NO-BREAK SPACE}" * 2 for _, name, _ in rows],
            "tickfont": {"size": look.LABEL_PX, "color": theme.ink},
            "automargin": True,
            "showgrid": False,
            "zeroline": False,
            "showline": False,
        },
    }


def _dict(figure: go.Figure) -> dict[str, Any]:
    plain_dict: dict[str, Any] = figure.to_plotly_json()
    return plain_dict
