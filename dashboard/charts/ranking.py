"""Tally -> the ranking: cities as bars, the rest and the part without a city below them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import plotly.graph_objects as go

from dashboard.charts import theme as look
from dashboard.charts.selection import by_source
from dashboard.charts.words import number, plain, rest_text, span

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dashboard.charts.tally import PlaceTotal, Tally
    from dashboard.charts.theme import Theme

MOST_CITIES: Final = 15
# Room is kept for so many rows: a lone bar as high as the chart would be a wall, not a bar.
FEWEST_ROWS: Final = 10
_DIGIT: Final = 0.6  # width of a digit or comma in the size of labels, and a little
# Letters that fit beside the longest bar, at least: where ranges are written, it is so long.
_LETTERS_BESIDE: Final = 7
OTHERS: Final = "others"
# Before the code of a country whose cities do not explain all of its figure; alone: all of them.
REST: Final = "rest:"


@dataclass(frozen=True, slots=True)
class Row:
    """One bar: what a click on it gives, its name, its figure, and its range where it has one."""

    code: str
    name: str
    best: int
    range: str = ""


def ranking(
    tally: Tally,
    theme: Theme,
    *,
    most: int = MOST_CITIES,
    ranges: bool = False,
    gathered: bool = False,
    kept: Collection[str] = (),
) -> dict[str, Any]:
    """Return the figure: largest city on top, bars that add up to the total.

    A click on a bar gives its place code, ``OTHERS`` for the cities that are summed up, or ``REST``
    for all that has no city.

    Args:
        tally: What to draw.
        theme: In which colours and sizes.
        most: How many cities have a bar of their own.
        ranges: Whether a range is written beside its figure where the counts differ.
        gathered: Whether the parts without a city are one bar, not one for each country.
        kept: Codes of cities that have a bar of their own however small they are, where they fit.
    """
    solid, hatched = _city_rows(tally, most, kept), _rest_rows(tally, gathered=gathered)
    traces = [
        bars(solid, "cities", solid_marker(theme), theme, ranges=ranges),
        bars(hatched, "city not stated", look.unspecified_marker(theme), theme),
    ]
    return figure(traces, [*solid, *hatched], theme, ranges=ranges)


def _city_rows(tally: Tally, most: int, kept: Collection[str]) -> list[Row]:
    small = [city for city in tally.cities[most:] if city.code in kept][:most]
    shown = [*tally.cities[: most - len(small)], *small]
    rest = [city for city in tally.cities if city not in shown]
    rows = [_row(city) for city in shown]
    if rest:
        name = f"{len(rest)} more {'city' if len(rest) == 1 else 'cities'}"
        rows.append(Row(OTHERS, name, sum(city.best for city in rest)))
    return rows


def _row(city: PlaceTotal) -> Row:
    return Row(city.code, city.name, city.best, span(city.low, city.high))


def _rest_rows(tally: Tally, *, gathered: bool) -> list[Row]:
    parts = tally.unspecified
    if gathered and parts:
        return [Row(REST, "City not stated", sum(part.best for part in parts))]
    what = rest_text(by_source=by_source(tally.filters))
    return [Row(f"{REST}{part.code}", f"{part.name}, {what}", part.best) for part in parts]


def solid_marker(theme: Theme) -> dict[str, object]:
    """Return the look of what is counted and has a city."""
    return {"color": theme.accent, "line": {"width": 0}}


def bars(
    rows: Sequence[Row],
    name: str,
    marker: dict[str, object],
    theme: Theme,
    *,
    ranges: bool = False,
) -> go.Bar:
    """Return horizontal bars, each with its figure beyond its end."""
    told = any(row.range for row in rows)
    return go.Bar(
        name=name,
        orientation="h",
        y=[row.code for row in rows],
        x=[row.best for row in rows],
        text=[_figures(row, theme, ranges=ranges) for row in rows],
        textposition="outside",
        textfont={"size": theme.label_px, "color": theme.ink},
        cliponaxis=False,
        constraintext="none",
        customdata=[[row.code, plain(row.name)] for row in rows],
        hovertext=[row.range for row in rows] if told else None,
        hovertemplate="%{customdata[1]}: %{x:,}"
        + ("<br>range %{hovertext}" if told else "")
        + "<extra></extra>",
        marker=marker,
    )


def _figures(row: Row, theme: Theme, *, ranges: bool) -> str:
    if not (ranges and _differs(row)):
        return number(row.best)
    return f'{number(row.best)}<span style="color:{theme.muted}">{_beside(row)}</span>'


def _beside(row: Row) -> str:
    """Return the range in few letters: ``(500-1,450)``, ``(900+)``, or ``+`` after its figure."""
    few = row.range.replace(" or more", "+")
    return "+" if few == f"{number(row.best)}+" else f" ({few})"


def _differs(row: Row) -> bool:
    return bool(row.range) and row.range != number(row.best)


def figure(
    traces: list[go.Bar], rows: Sequence[Row], theme: Theme, *, ranges: bool = False
) -> dict[str, Any]:
    """Return horizontal bars, one row each, the first on top."""
    codes = [row.code for row in rows]
    longest = max((row.best for row in rows), default=1)
    room = max((_letters(row, longest, ranges=ranges) for row in rows), default=1)
    layout = {
        **look.base_layout(theme),
        # Room on the right for the figure beyond the longest bar.
        "margin": {"l": 0, "r": round(_DIGIT * theme.label_px * (room + 1)), "t": 0, "b": 0},
        # The whole row answers, not only a bar that may be two pixels long.
        "hovermode": "y",
        "hoverdistance": -1,
        "bargap": 0.34,
        "barmode": "overlay",
        "xaxis": {"visible": False, "fixedrange": True, "range": [0, longest]},
        "yaxis": _names(rows, codes, theme),
    }
    made: dict[str, Any] = go.Figure(data=traces, layout=layout).to_plotly_json()
    return made


def _letters(row: Row, longest: int, *, ranges: bool) -> int:
    """Return the letters that stand beyond the longest bar; a short bar leaves room before it."""
    letters = len(number(row.best))
    if ranges and _differs(row):
        letters += len(_beside(row))
    before = _LETTERS_BESIDE * (1 - row.best / max(longest, 1))
    return max(len(number(longest)), round(letters - before))


def _names(rows: Sequence[Row], codes: list[str], theme: Theme) -> dict[str, Any]:
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": codes,
        "range": [max(len(codes), FEWEST_ROWS) - 0.5, -0.5],
        "fixedrange": True,
        "tickmode": "array",
        "tickvals": codes,
        "ticktext": [plain(row.name) + "\N{NO-BREAK SPACE}" * 2 for row in rows],
        "tickfont": {"size": theme.label_px, "color": theme.ink},
        "automargin": True,
        "showgrid": False,
        "zeroline": False,
        "showline": False,
    }
