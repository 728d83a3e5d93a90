"""Two periods -> their cities side by side: two bars a row, on one scale."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import plotly.graph_objects as go

from dashboard.charts import theme as look
from dashboard.charts.ranking import OTHERS, REST
from dashboard.charts.words import number, plain, span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.charts.compare import Comparison, Pair
    from dashboard.charts.theme import Theme

MOST_CITIES: Final = 12
_FEWEST_ROWS: Final = 6  # room is kept for so many
_DIGIT: Final = 0.6  # width of a digit or comma in the size of labels, and a little
ABSENT: Final = "no figure"
# Where a period has no figure its row says so, in about so many digits' width.
_ABSENT_DIGITS: Final = 8


class Row(NamedTuple):
    """Two bars: what a click gives, a name, and figure and range in each period."""

    code: str
    name: str
    city: bool
    best: tuple[int | None, int | None]
    ranges: tuple[str, str]


def beside(comparison: Comparison, theme: Theme, *, most: int = MOST_CITIES) -> dict[str, Any]:
    """Return the figure; a click on a bar gives a code as in ``ranking``, after its period.

    ``first|RU:city:Moscow:524901``: each bar has sentences of its own.

    Args:
        comparison: What to draw.
        theme: In which colours and sizes.
        most: How many cities have a row of their own.
    """
    rows = rows_of(comparison, most=most)
    longest = max((best for row in rows for best in row.best if best), default=1)
    traces = [
        _bars([row for row in rows if row.city is city], at, theme, city=city)
        for city in (True, False)
        for at in (0, 1)
    ]
    codes = [row.code for row in rows]
    room = max(len(number(longest)), _ABSENT_DIGITS - 4)
    layout = {
        **look.base_layout(theme),
        "margin": {"l": 0, "r": round(_DIGIT * theme.label_px * (room + 1)), "t": 0, "b": 0},
        "hovermode": "y",
        "hoverdistance": -1,
        "barmode": "group",
        "bargap": 0.3,
        "bargroupgap": 0.08,
        "xaxis": {"visible": False, "fixedrange": True, "range": [0, longest]},
        "yaxis": {
            "type": "category",
            "categoryorder": "array",
            "categoryarray": codes,
            "range": [max(len(codes), _FEWEST_ROWS) - 0.5, -0.5],
            "fixedrange": True,
            "tickmode": "array",
            "tickvals": codes,
            "ticktext": [plain(row.name) + "\N{NO-BREAK SPACE}" * 2 for row in rows],
            "tickfont": {"size": theme.label_px, "color": theme.ink},
            "automargin": True,
            "showgrid": False,
            "zeroline": False,
            "showline": False,
        },
    }
    figure: dict[str, Any] = go.Figure(data=traces, layout=layout).to_plotly_json()
    return figure


def colours(theme: Theme) -> tuple[str, str]:
    """Return the colours of the first and of the second period: they differ in lightness."""
    return theme.accent, theme.shades[0]


def rows_of(comparison: Comparison, *, most: int = MOST_CITIES) -> list[Row]:
    """Return the rows of the figure; they add up to both totals."""
    cities = [pair for pair in comparison.pairs if pair.city]
    rest = [pair for pair in comparison.pairs if not pair.city]
    rows = [_row(pair, pair.code, pair.name) for pair in cities[:most]]
    if others := cities[most:]:
        name = f"{len(others)} more {'city' if len(others) == 1 else 'cities'}"
        rows.append(Row(OTHERS, name, True, (_sum(others, 0), _sum(others, 1)), ("", "")))
    rows += [_row(pair, f"{REST}{pair.code}", f"{pair.name}, city not stated") for pair in rest]
    return rows


def _sum(pairs: Sequence[Pair], at: int) -> int | None:
    return sum(side.best for pair in pairs if (side := pair.sides[at])) or None


def _row(pair: Pair, code: str, name: str) -> Row:
    one, other = pair.sides
    return Row(
        code,
        name,
        pair.city,
        (one.best if one else None, other.best if other else None),
        (
            span(one.low, one.high) if one else ABSENT,
            span(other.low, other.high) if other else ABSENT,
        ),
    )


def _bars(rows: Sequence[Row], at: int, theme: Theme, *, city: bool) -> go.Bar:
    colour = colours(theme)[at]
    marker = {"color": colour, "line": {"width": 0}} if city else _hatched(colour, theme)
    missing = f'<span style="color:{theme.muted}">{ABSENT}</span>'
    return go.Bar(
        name=f"{'cities' if city else 'city not stated'}, {('first', 'second')[at]} period",
        orientation="h",
        offsetgroup=("first", "second")[at],
        y=[row.code for row in rows],
        x=[row.best[at] or 0 for row in rows],
        text=[number(best) if (best := row.best[at]) else missing for row in rows],
        textposition="outside",
        textfont={"size": theme.tick_px + 1, "color": theme.ink},
        cliponaxis=False,
        constraintext="none",
        customdata=[
            [f"{('first', 'second')[at]}|{row.code}", plain(row.name), row.ranges[at]]
            for row in rows
        ],
        hovertemplate="%{customdata[1]}: %{text}<br>range %{customdata[2]}<extra></extra>",
        marker=marker,
    )


def _hatched(colour: str, theme: Theme) -> dict[str, object]:
    marker = look.unspecified_marker(theme)
    pattern = {
        "shape": "/", "fgcolor": colour, "bgcolor": theme.accent_soft, "size": 8, "solidity": 0.35,
    }  # fmt: skip
    return {**marker, "line": {"color": colour, "width": 1}, "pattern": pattern}
