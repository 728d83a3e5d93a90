"""What the overview shows beside its three charts: others in their place, tables, two periods."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from dashboard.charts.compare import Period
from dashboard.charts.cumulative import cumulative
from dashboard.charts.ranking import ranking
from dashboard.charts.reach import reaches
from dashboard.charts.theme import theme_of
from dashboard.charts.words import KINDS, moment_exact
from dashboard.charts.world import world
from dashboard.live.tools import Picture
from dashboard.views import besides, tables

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from dashboard.charts.tally import Filters
    from dashboard.live.nodes import Child
    from dashboard.views.besides import Beside
    from dashboard.views.explored import View
    from dashboard.views.showing import Showing
    from vigil.snapshot import Snapshot

SMALL_MAP: Final = (340, 420)  # width and height of the panel of the small map, in pixels
_LARGE_ROWS: Final = 9  # cities that have a bar where they have the room of the map


class Extras(NamedTuple):
    """Made anew only when the store or the view changed; what is not shown is None or empty.

    Attributes:
        stamp: Equal for equal content.
        sum: What the days add up to: the figure, as JSON.
        places: Bars with ranges in the place of the map: the figure, as JSON.
        atlas: The map in the place of the bars: the figure, as JSON.
        by_city: The table of the charts of places.
        by_day: The table of the charts of days.
        beside: Two periods.
    """

    stamp: str
    sum: str | None
    places: str | None
    atlas: str | None
    by_city: list[Child]
    by_day: list[Child]
    beside: Beside | None


def extras(
    view: View,
    other: Snapshot,
    showing: Showing,
    mode: str,
    *,
    kept: Extras | None = None,
) -> Extras:
    """Return what is shown beside the charts of a view.

    Args:
        view: The view.
        other: What is known of a period that it is compared with, as ``view.snapshot``.
        showing: How it is shown.
        mode: "light" or "dark".
        kept: What was made before.
    """
    stamp, sums, snapshot = f"{view.stamp}|{showing}", view.tally, view.snapshot
    if kept and kept.stamp == stamp:
        return kept
    theme, filters = theme_of(mode), sums.filters
    running = showing.days == "sum"
    days = reaches(snapshot, filters) if running or showing.tables else {}
    large = showing.places == "bars"
    beside = None
    if showing.beside:
        periods = Period(filters.first, filters.last), showing.beside
        both = _both(snapshot, other)
        beside = besides.made(both, filters, showing, periods, theme, stamp=stamp)
    return Extras(
        stamp=stamp,
        sum=json.dumps(cumulative(sums, days, theme)) if running else None,
        places=json.dumps(ranking(sums, theme, most=_LARGE_ROWS, ranges=True, gathered=True))
        if large
        else None,
        atlas=json.dumps(world(sums, theme, panel=SMALL_MAP)) if large else None,
        by_city=tables.by_city(sums, days) if showing.tables else [],
        by_day=tables.by_day(sums, days) if showing.tables else [],
        beside=beside,
    )


def _both(one: Snapshot, other: Snapshot) -> Snapshot:
    """Return the estimates of two snapshots in one: a search leaves each its own days alone."""
    if one.estimates == other.estimates:
        return one
    known = {estimate.bucket: estimate for estimate in (*one.estimates, *other.estimates)}
    return replace(one, estimates=tuple(known.values()))


def views_of(filters: Filters, showing: Showing) -> list[Filters]:
    """Return the views on the screen: one, or the two that are compared."""
    if showing.beside is None:
        return [filters]
    return [filters, replace(filters, first=showing.beside.first, last=showing.beside.last)]


def picture(
    filters: Filters, showing: Showing, words: Sequence[str], known: datetime | None
) -> Picture:
    """Return what a picture of the page shows and says.

    Args:
        filters: The view.
        showing: How it is shown.
        words: What is filtered for, without its days.
        known: The moment of the past that is shown; None for now.
    """
    when = Period(filters.first, filters.last).text
    if showing.beside:
        when = f"{when} beside {showing.beside.text}"
    what = KINDS[filters.kind].headline.capitalize()
    return Picture(
        charts=("ranking", "atlas", "world", "places", "days", "sum", "beside-first",
                "beside-second", "beside-cities"),
        boards=("headline", "ranking-title", "days-title", "beside-first", "beside-second",
                "beside-cities-title"),
        title=", ".join(part for part in (what, *words, when)),
        note=f"As known at {moment_exact(known)}" if known else "",
        source=_source(filters),
        file=file_name(filters, showing, known),
    )  # fmt: skip


def _source(filters: Filters) -> str:
    return f"Vigil: {KINDS[filters.kind].headline}, not people"


def file_name(filters: Filters, showing: Showing, known: datetime | None) -> str:
    """Return the name of a file with what is on the screen, without ending."""
    ends = [filters.first, filters.last]
    if showing.beside:
        ends += [showing.beside.first, showing.beside.last]
    parts = ["vigil", filters.kind, filters.country or "", *(f"{one}" for one in ends if one)]
    if known:
        parts.append(f"known-{known:%Y%m%dT%H%MZ}")
    return "-".join(dict.fromkeys(part for part in parts if part))
