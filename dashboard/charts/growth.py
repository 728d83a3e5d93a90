"""The history of one figure -> a step chart: the figure, its range, and what each voice said."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import plotly.graph_objects as go

from dashboard.charts import theme as look
from dashboard.charts.words import authority_text, moment_exact, number, plain, span
from vigil.article import BEFORE_ALL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.charts.theme import Theme
    from vigil.estimate import Estimate, Figure
    from vigil.resolving.known import Step

# Lines that can be told apart by the form of their marks alone; the others are in the table.
MARKS: Final = (("square", "\N{BLACK SQUARE}"), ("diamond", "\N{BLACK DIAMOND}"),
                ("triangle-up", "\N{BLACK UP-POINTING TRIANGLE}"),
                ("cross", "\N{HEAVY GREEK CROSS}"))  # fmt: skip
_MOST_MARKS: Final = 24  # on a line; more would cover it
_BEYOND: Final = 0.05  # the last figure still stands: so much of the width is drawn after it
_LEAST: Final = timedelta(minutes=10)  # the width of a history that has one moment only
_HEADROOM: Final = 1.12
_DIGIT: Final = 0.62  # width of a digit in the size of labels, and a little
_TICKS: Final = [
    {"dtickrange": [None, 59_999], "value": "%H:%M:%S\n%-d %b %Y"},
    {"dtickrange": [60_000, 86_399_999], "value": "%H:%M\n%-d %b %Y"},
    {"dtickrange": [86_400_000, "M1"], "value": "%-d %b\n%Y"},
    {"dtickrange": ["M1", "M11"], "value": "%b\n%Y"},
    {"dtickrange": ["M12", None], "value": "%Y"},
]


class Point(NamedTuple):
    """Where something stands from a moment on; ``value`` is None where it says nothing."""

    at: datetime
    value: int | None


def voices_of(figure: Figure) -> tuple[str, ...]:
    """Return whose figure it is, in words; where no name is given, the outlets'."""
    who = authority_text(figure.authority)
    if figure.authority.name:
        return (who,)
    return tuple(f"{who}, {outlet}" for outlet in figure.outlets or ("outlet not known",))


def voices(steps: Sequence[Step]) -> tuple[str, ...]:
    """Return the voices of a history, those that spoke at most of its moments first."""
    figures = chain.from_iterable(one.estimate.figures for one in steps if one.estimate)
    spoke = Counter(voice for figure in figures for voice in voices_of(figure))
    return tuple(sorted(spoke, key=lambda voice: (-spoke[voice], voice)))


def drawn_voices(steps: Sequence[Step]) -> tuple[str, ...]:
    """Return the voices that have a line of their own; a lone voice has none beside the figure."""
    found = voices(steps)
    return found[: len(MARKS)] if len(found) > 1 else ()


def has_range(steps: Sequence[Step]) -> bool:
    """Return whether counts ever differed."""
    return any(one.estimate and _upper(one.estimate) > one.estimate.low for one in steps)


def growth(
    steps: Sequence[Step],
    theme: Theme,
    *,
    codes: Sequence[str],
    known: datetime | None = None,
) -> dict[str, Any]:
    """Return the figure: each change at the moment it became known, in UTC.

    What was known before all times stands at the left edge. A range that is open upward is drawn
    to the highest figure in it.

    Args:
        steps: The history, the oldest first; one at least.
        theme: In which colours and sizes.
        codes: What a click on each step gives.
        known: The moment of the past that the page shows, marked; None for now.
    """
    start, end = _ends(steps)
    at = [max(one.seen_at, start) for one in steps]
    shown = [Point(x, one.estimate.best if one.estimate else None) for x, one in zip(at, steps)]  # noqa: B905
    traces = [
        _band(at, steps, end, theme),
        _line("the figure shown", shown, end, {"color": theme.accent, "width": 6}),
        *_voice_traces(at, steps, codes, end, theme),
        _marks(at, steps, codes, theme),
    ]
    last = shown[-1].value
    layout = {
        **look.base_layout(theme),
        "margin": {
            "l": 4,
            "r": 14 + round(_DIGIT * theme.label_px * len(number(last or 0))),
            "t": round(1.6 * theme.tick_px),
            "b": round(2.9 * theme.tick_px),
        },
        "xaxis": _time_axis(start, end, theme),
        "yaxis": _count_axis(steps, theme),
        "shapes": _then_line(known, start, end, theme),
        "annotations": [
            *([_last_figure(last, end, theme)] if last is not None else []),
            *_then_word(known, start, end, theme),
        ],
    }
    figure: dict[str, Any] = go.Figure(data=traces, layout=layout).to_plotly_json()
    return figure


def _ends(steps: Sequence[Step]) -> tuple[datetime, datetime]:
    dated = [one.seen_at for one in steps if one.seen_at > BEFORE_ALL] or [BEFORE_ALL]
    width = max(dated[-1] - dated[0], _LEAST)
    undated = len(dated) < len(steps)
    return dated[0] - width * (_BEYOND if undated else 0.0), dated[-1] + width * _BEYOND


def _upper(estimate: Estimate) -> int:
    """Return how high the range is drawn; one that is open upward to the highest figure in it."""
    if estimate.high is not None:
        return estimate.high
    return max([estimate.best, *((one.high or one.low or 0) for one in estimate.figures)])


def _utc(when: datetime) -> str:
    return when.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ")


def _line(name: str, points: Sequence[Point], end: datetime, line: dict[str, object]) -> go.Scatter:
    """Return a stair: each value to the moment of the next, a gap where nothing was said."""
    x: list[str | None] = []
    y: list[int | None] = []
    for point, until in zip(points, [*(one.at for one in points[1:]), end], strict=True):
        if point.value is None:
            x, y = [*x, None], [*y, None]
        else:
            x += [_utc(point.at), _utc(until)]
            y += [point.value, point.value]
    return go.Scatter(
        name=plain(name), mode="lines", x=x, y=y, line=line, connectgaps=False, hoverinfo="skip",
        cliponaxis=False,
    )  # fmt: skip


def _band(at: Sequence[datetime], steps: Sequence[Step], end: datetime, theme: Theme) -> go.Scatter:
    x: list[str | None] = []
    y: list[int | None] = []
    for since, until, one in zip(at, [*at[1:], end], steps, strict=True):
        if one.estimate and _upper(one.estimate) > one.estimate.low:
            left, right = _utc(since), _utc(until)
            low, high = one.estimate.low, _upper(one.estimate)
            x += [left, right, right, left, left, None]
            y += [low, low, high, high, low, None]
    return go.Scatter(
        name="range", mode="lines", x=x, y=y, fill="toself", fillcolor=theme.accent_soft,
        line={"width": 0, "color": theme.accent_soft}, hoverinfo="skip",
    )  # fmt: skip


def _voice_traces(
    at: Sequence[datetime],
    steps: Sequence[Step],
    codes: Sequence[str],
    end: datetime,
    theme: Theme,
) -> list[go.Scatter]:
    traces = []
    for voice, (symbol, _) in zip(drawn_voices(steps), MARKS, strict=False):
        points = [Point(x, _said(one.estimate, voice)) for x, one in zip(at, steps, strict=True)]
        new = [
            (_utc(point.at), point.value, [code])
            for before, point, code in zip([None, *points], points, codes, strict=False)
            if point.value is not None and (before is None or before.value != point.value)
        ]
        new = new[:: -(-len(new) // _MOST_MARKS)] if new else new
        traces += [
            _line(voice, points, end, {"color": theme.ink, "width": 1.5}),
            go.Scatter(
                name=plain(voice), mode="markers",
                x=[one[0] for one in new], y=[one[1] for one in new],
                customdata=[one[2] for one in new],
                marker={"symbol": symbol, "size": 11, "color": theme.ink},
                cliponaxis=False, hovertemplate=f"{plain(voice)}: %{{y:,}}<extra></extra>",
            ),
        ]  # fmt: skip
    return traces


def _said(estimate: Estimate | None, voice: str) -> int | None:
    for figure in estimate.figures if estimate else ():
        if voice in voices_of(figure):
            return figure.high if figure.low is None else figure.low
    return None


def _marks(
    at: Sequence[datetime], steps: Sequence[Step], codes: Sequence[str], theme: Theme
) -> go.Scatter:
    """Return a mark at each change: it says what became known, and answers a click.

    Where the voices have marks of their own it is not seen: it would hide them.
    """
    seen = not drawn_voices(steps)
    rim = {"color": theme.surface, "width": 1.5 if seen else 0}
    told = [
        (_utc(x), one.estimate.best, [code, moment_exact(one.seen_at), _figure_text(one.estimate)])
        for x, one, code in zip(at, steps, codes, strict=True)
        if one.estimate
    ]
    return go.Scatter(
        name="changes", mode="markers", x=[one[0] for one in told], y=[one[1] for one in told],
        customdata=[one[2] for one in told], cliponaxis=False,
        marker={"size": 11, "color": theme.accent if seen else "rgba(0,0,0,0)", "line": rim},
        hovertemplate="%{customdata[1]}<br>%{customdata[2]}<extra></extra>",
    )  # fmt: skip


def _figure_text(estimate: Estimate) -> str:
    reach = span(estimate.low, estimate.high)
    beside = "" if reach == number(estimate.best) else f", range {reach}"
    return f"{number(estimate.best)}{beside}, {plain(authority_text(estimate.authority))}"


def _time_axis(start: datetime, end: datetime, theme: Theme) -> dict[str, Any]:
    return {
        "type": "date",
        "range": [_utc(start), _utc(end)],
        "tickformatstops": _TICKS,
        "nticks": 5,
        "tickfont": {"size": theme.tick_px, "color": theme.muted},
        "ticks": "outside",
        "tickcolor": theme.muted,
        "tickangle": 0,
        "showgrid": False,
        "zeroline": False,
        "showline": True,
        "linecolor": theme.muted,
    }


def _count_axis(steps: Sequence[Step], theme: Theme) -> dict[str, Any]:
    top = max((_upper(one.estimate) for one in steps if one.estimate), default=1)
    return {
        "range": [0, top * _HEADROOM],
        "fixedrange": True,
        "nticks": 5,
        "tickformat": ",d",
        "tickfont": {"size": theme.tick_px, "color": theme.muted},
        "gridcolor": theme.faint,
        "zeroline": False,
        "automargin": "left",
        "ticklabelstandoff": 6,
    }


def _last_figure(last: int, end: datetime, theme: Theme) -> dict[str, Any]:
    return {
        "text": f"<b>{number(last)}</b>", "x": _utc(end), "y": last, "xanchor": "left",
        "xshift": 6, "showarrow": False, "font": {"size": theme.label_px, "color": theme.accent},
    }  # fmt: skip


def _then_line(
    known: datetime | None, start: datetime, end: datetime, theme: Theme
) -> list[dict[str, Any]]:
    if known is None:
        return []
    x = _utc(min(max(known, start), end))
    line = {"color": theme.ink, "width": 2, "dash": "dot"}
    return [{"type": "line", "x0": x, "x1": x, "yref": "paper", "y0": 0, "y1": 1, "line": line}]


def _then_word(
    known: datetime | None, start: datetime, end: datetime, theme: Theme
) -> list[dict[str, Any]]:
    if known is None:
        return []
    x = min(max(known, start), end)
    side = "left" if x - start < (end - start) / 2 else "right"
    return [{
        "text": "this page, as known then", "x": _utc(x), "yref": "paper", "y": 1,
        "xanchor": side, "yanchor": "bottom", "showarrow": False,
        "font": {"size": theme.tick_px, "color": theme.ink},
    }]  # fmt: skip
