"""What charts of days share: stretches of calendar side by side, and the gaps in them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import plotly.graph_objects as go

from dashboard.charts import theme as look
from dashboard.charts.episodes import Episode, episodes
from dashboard.charts.words import day_text, plain

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence
    from datetime import date

    from dashboard.charts.tally import Tally
    from dashboard.charts.theme import Theme

MOST_EPISODES: Final = 6
FOOT: Final = 4.5  # height below the axis, in the size of its labels: ticks and two lines
HEADROOM: Final = 0.14  # for the figure above the highest bar
# A lone day gets the width of so many days, so that bars are equally wide in every facet.
_LEAST_DAYS: Final = 7
_BREAK: Final = 0.018  # between two facets, as a share of the width
# At the type size of a desk; larger type needs more of the same room.
_NARROW: Final = 10  # days; a title beside its neighbour's needs more
_LABELS: Final = 17  # day labels that fit side by side


def shown_episodes(tally: Tally, *, most: int = MOST_EPISODES) -> tuple[Episode, ...]:
    """Return the episodes a figure shows: the newest, in order."""
    return episodes(day.day for day in tally.days)[-most:]


def padded(episode: Episode) -> list[date]:
    """Return the days a facet shows: a short episode gets quiet days on either side."""
    short = max(0, _LEAST_DAYS - episode.length)
    before, after = timedelta(days=short // 2), timedelta(days=short - short // 2)
    return Episode(episode.first - before, episode.last + after).days()


def asked_for(stretch: Iterable[date], tally: Tally) -> list[date]:
    """Return the days of a stretch that were asked for and have come; of others nothing is said."""
    first, ends = tally.filters.first, (tally.filters.last, tally.until)
    last = min(filter(None, ends), default=None)
    return [day for day in stretch if (not first or day >= first) and (not last or day <= last)]


def gaps(
    stretch: Iterable[date],
    read: Container[date],
    top: float,
    axis: str,
    theme: Theme,
    *,
    why_not: str,
) -> go.Bar:
    """Return the hatched columns of the days of a stretch without a figure, and why it has none."""
    unread = [day for day in stretch if day not in read]
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


def axes_of(stretches: Sequence[Sequence[date]], theme: Theme) -> dict[str, Any]:
    """Return the axes of the facets, as wide as their stretches are long."""
    lengths = [len(stretch) for stretch in stretches]
    room = 1 - _BREAK * max(0, len(lengths) - 1)
    step = max(1, -(-sum(lengths) // fitting(_LABELS, theme)))
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


def titles(
    shown: Sequence[Episode], stretches: Sequence[Sequence[date]], theme: Theme
) -> list[dict[str, Any]]:
    """Return the labels of the facets, below their axes."""
    return [
        {
            "text": _title(episode, wide=fitting(len(stretch), theme) > _NARROW),
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


def fitting(count: int, theme: Theme) -> int:
    """Return how many fit in this theme's type where ``count`` fit in a desk's."""
    return count * look.TICK_PX // theme.tick_px
