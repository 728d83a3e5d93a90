"""What the overview shows beside its three charts: others in their place, tables, two periods."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from dashboard.charts.compare import Period
from dashboard.charts.cumulative import cumulative
from dashboard.charts.day_axes import shown_episodes
from dashboard.charts.picking import pickable
from dashboard.charts.ranking import ranking
from dashboard.charts.reach import reaches
from dashboard.charts.selection import is_partial
from dashboard.charts.theme import theme_of
from dashboard.charts.words import KINDS, moment_exact, number, unread_text
from dashboard.live.nodes import node
from dashboard.live.tools import Picture
from dashboard.views import besides, tables

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from dashboard.charts.reach import Reach
    from dashboard.charts.tally import Filters, Tally
    from dashboard.charts.theme import Theme
    from dashboard.live.nodes import Child
    from dashboard.views.besides import Beside
    from dashboard.views.explored import View
    from dashboard.views.showing import Showing
    from vigil.snapshot import Snapshot


class Extras(NamedTuple):
    """Made anew only when the store or the view changed; what is not shown is None or empty.

    Attributes:
        stamp: Equal for equal content.
        sum: What the days add up to: the figure, as JSON.
        places: Bars with ranges, where there is no map: the figure, as JSON.
        key: The key of what the days add up to.
        by_city: The table of the charts of places.
        by_day: The table of the charts of days.
        beside: Two periods.
        unread: Whether the period beside the view cannot be read just now: what is shown of the two
            was found before, or is nothing.
    """

    stamp: str
    sum: str | None
    places: str | None
    key: list[Child]
    by_city: list[Child]
    by_day: list[Child]
    beside: Beside | None
    unread: bool = False


def extras(
    view: View,
    other: Snapshot | None,
    showing: Showing,
    mode: str,
    *,
    kept: Extras | None = None,
) -> Extras:
    """Return what is shown beside the charts of a view.

    Args:
        view: The view.
        other: What is known of a period that it is compared with, as ``view.snapshot``; None while
            that cannot be read.
        showing: How it is shown.
        mode: "light" or "dark".
        kept: What was made before.
    """
    unread = bool(showing.beside) and (other is None or view.unread)
    stamp = f"{view.stamp}|{showing}" + ("|unread" if unread else "")
    sums, snapshot = view.tally, view.snapshot
    if kept and kept.stamp == stamp:
        return kept
    theme, filters = theme_of(mode), sums.filters
    running = showing.days == "sum"
    days = reaches(snapshot, filters) if running or showing.tables else {}
    beside = None
    if unread:
        beside = _of_before(kept, view, showing)
    elif showing.beside and other:
        periods = Period(filters.first, filters.last), showing.beside
        both = _both(snapshot, other)
        beside = besides.made(both, filters, showing, periods, theme, stamp=stamp)
    return Extras(
        stamp=stamp,
        sum=json.dumps(_stair(sums, days, theme)) if running else None,
        places=json.dumps(_bars(view, theme)) if showing.places == "bars" else None,
        key=_key(sums, days) if running else [],
        by_city=tables.by_city(sums, days) if showing.tables else [],
        by_day=tables.by_day(sums, days) if showing.tables else [],
        beside=beside,
        unread=unread,
    )


def _of_before(kept: Extras | None, view: View, showing: Showing) -> Beside | None:
    """Return the same two periods, of the same moment, as they were found before."""
    before = kept.beside if kept else None
    if before is None or before.snapshot.known_at != view.snapshot.known_at:
        return None
    asked = [side.tally.filters for side in before.comparison.sides]
    return before if asked == views_of(view.tally.filters, showing) else None


def _bars(view: View, theme: Theme) -> dict[str, Any]:
    cities = view.tally.filters.cities
    bars = ranking(view.by_city, theme, ranges=True, kept=cities)
    return pickable(bars, theme, drag="select", direction="v", chosen=cities)


def _stair(sums: Tally, days: Mapping[date, Reach], theme: Theme) -> dict[str, Any]:
    return pickable(cumulative(sums, days, theme), theme, drag="select", direction="h")


def _key(sums: Tally, days: Mapping[date, Reach]) -> list[Child]:
    """Return the key of the stair: what it is, and what its axis leaves out."""
    swatches = [node("span", node("span", look="v-swatch v-line"), "all days so far")]
    if any(one.low < one.best or one.high != one.best for one in days.values()):
        swatches.append(node("span", node("span", look="v-swatch v-band"), "range"))
    unread = unread_text(filtered=is_partial(sums.filters))
    swatches.append(node("span", node("span", look="v-swatch v-unread"), f"{unread}: not a zero"))
    shown = shown_episodes(sums)
    before = sum(day.total for day in sums.days if shown and day.day < shown[0].first)
    earlier = f"begins at {number(before)}, of earlier days" if before else None
    heading = node("h2", "Day by day, added up")
    return [
        heading,
        node("div", *swatches, node("span", earlier) if earlier else None, look="v-key"),
    ]


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
    filters: Filters,
    showing: Showing,
    words: Sequence[str],
    known: datetime | None,
    *,
    whole: bool = True,
) -> Picture:
    """Return what a picture of the page shows and says.

    Args:
        filters: The view.
        showing: How it is shown.
        words: What is filtered for, without its days.
        known: The moment that is shown: of the past, or when the store last answered; None for now.
        whole: Whether the store has all its figures: none is being rebuilt.
    """
    notes = [] if whole else ["figures are incomplete"]
    notes += [f"As known at {moment_exact(known)}"] if known else []
    when = Period(filters.first, filters.last).text
    if showing.beside:
        when = f"{when} beside {showing.beside.text}"
    what = KINDS[filters.kind].headline.capitalize()
    return Picture(
        charts=("ranking", "world", "places", "days", "sum", "beside-first",
                "beside-second", "beside-cities"),
        boards=("headline", "ranking-title", "days-title", "beside-first", "beside-second",
                "beside-cities-title"),
        title=", ".join(part for part in (what, *words, when)),
        note=" \N{MIDDLE DOT} ".join(notes),
        source=_source(filters),
        file=file_name(filters, showing, known, whole=whole),
    )  # fmt: skip


def _source(filters: Filters) -> str:
    return f"Vigil: {KINDS[filters.kind].headline}, not people"


def file_name(
    filters: Filters, showing: Showing, known: datetime | None, *, whole: bool = True
) -> str:
    """Return the name of a file with what is on the screen, without ending."""
    ends = [filters.first, filters.last]
    if showing.beside:
        ends += [showing.beside.first, showing.beside.last]
    parts = ["vigil", filters.kind, filters.country or "", *(f"{one}" for one in ends if one)]
    if known:
        parts.append(f"known-{known:%Y%m%dT%H%MZ}")
    if not whole:
        parts.append("incomplete")
    return "-".join(dict.fromkeys(part for part in parts if part))
