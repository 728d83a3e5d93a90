"""Snapshot and filters -> what the overview shows; a chart keeps the marks one could choose."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from dashboard.charts.days import days
from dashboard.charts.picking import pickable
from dashboard.charts.ranking import ranking
from dashboard.charts.tally import tally
from dashboard.charts.theme import theme_of
from dashboard.charts.world import world
from dashboard.views import panels
from dashboard.views.searching import searched
from vigil.errors import VigilError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.charts.episodes import Episode
    from dashboard.charts.tally import Filters, Tally
    from dashboard.live.nodes import Child
    from dashboard.views.filters import Choices
    from dashboard.views.searching import Shelf
    from vigil.snapshot import Snapshot


class View(NamedTuple):
    """What a view is made of; made anew only when the store or the view changed.

    Attributes:
        stamp: Equal for equal content.
        snapshot: What was found of the text that is looked for, else all there is.
        tally: The sums of what is filtered for.
        by_city: The sums of what is filtered for, but of all cities: those one could choose.
        by_day: The sums of what is filtered for, but of all days around: those one could choose.
        choices: What its filters offer.
        ranking: The figure, as JSON.
        world: The figure, as JSON.
        days: The figure, as JSON.
        feed: The newest items.
        aside: The table of what is kept apart.
        unread: Whether the sentences that are searched cannot be read just now: what is shown was
            found before, or is nothing.
    """

    stamp: str
    snapshot: Snapshot
    tally: Tally
    by_city: Tally
    by_day: Tally
    choices: Choices
    ranking: str
    world: str
    days: str
    feed: list[Child]
    aside: list[Child]
    unread: bool = False


def view_of(
    shelf: Shelf,
    snapshot: Snapshot,
    filters: Filters,
    mode: str,
    *,
    there: Choices,
    known: str = "",
    kept: View | None = None,
) -> View:
    """Return the view of a snapshot.

    Args:
        shelf: Where the sentences are read that a text is looked for in.
        snapshot: All there is, or was known at a moment.
        filters: What is filtered for.
        mode: "light" or "dark".
        there: What there is to choose from, now.
        known: The moment of the past that the snapshot is of; "" for now.
        kept: The view made before: the same where nothing changed, and where sentences are needed
            that the store does not give just now.
    """
    stamp = f"{snapshot.stamp}|{known}|{filters}|{mode}"
    if kept and kept.stamp == stamp:
        return kept._replace(unread=False)
    around = days_around(filters, there.episodes)
    try:
        shown = searched(snapshot, replace(around, cities=()), shelf)
    except VigilError:
        same = kept and kept.snapshot.known_at == snapshot.known_at
        if kept and same and kept.tally.filters == filters:
            return kept._replace(unread=True)
        nothing, stamp = replace(snapshot, estimates=()), f"{stamp}|unread"  # the next pulse tries
        made = _made(stamp, nothing, filters, around=around, there=there, mode=mode)
        return made._replace(unread=True)
    return _made(stamp, shown, filters, around=around, there=there, mode=mode)


def _made(
    stamp: str,
    snapshot: Snapshot,
    filters: Filters,
    *,
    around: Filters,
    there: Choices,
    mode: str,
) -> View:
    theme, sums = theme_of(mode), tally(snapshot, filters)
    by_city = tally(snapshot, replace(filters, cities=())) if filters.cities else sums
    by_day = tally(snapshot, around) if around != filters else sums
    bars = ranking(by_city, theme, kept=filters.cities)
    dots, columns = world(by_city, theme), days(by_day, theme)
    chosen = [day.day.isoformat() for day in sums.days] if around != filters else []
    cities = filters.cities
    return View(
        stamp=stamp,
        snapshot=snapshot,
        tally=sums,
        by_city=by_city,
        by_day=by_day,
        choices=there,
        ranking=json.dumps(pickable(bars, theme, drag="select", direction="v", chosen=cities)),
        world=json.dumps(pickable(dots, theme, drag="pan", chosen=cities)),
        days=json.dumps(pickable(columns, theme, drag="select", direction="h", chosen=chosen)),
        feed=panels.feed(snapshot, filters),
        aside=panels.aside(sums),
    )


def days_around(filters: Filters, there: Sequence[Episode]) -> Filters:
    """Return the filters with their days widened to the whole of the episodes they touch."""
    touched = [
        one
        for one in there
        if (filters.first is None or one.last >= filters.first)
        and (filters.last is None or one.first <= filters.last)
    ]
    if not touched or filters.first is filters.last is None:
        return filters
    return replace(
        filters,
        first=filters.first and min(filters.first, touched[0].first),
        last=filters.last and max(filters.last, touched[-1].last),
    )
