"""The overview: the total, the cities, the map, the days and the newest items, alive."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from dashboard.charts.days import days
from dashboard.charts.ranking import OTHERS, REST, ranking
from dashboard.charts.tally import Filters, Tally, tally
from dashboard.charts.theme import theme_of
from dashboard.charts.words import KINDS
from dashboard.charts.world import world
from dashboard.live.components import board, chart
from dashboard.live.shared import now, source
from dashboard.views import address, evidence, panels
from dashboard.views.filters import Choices, choices, row
from dashboard.views.page import PULSE, dress, mode, top
from dashboard.views.state import Subject, subject_from_query

if TYPE_CHECKING:
    from dashboard.live.nodes import Child
    from dashboard.live.source import State
    from vigil.snapshot import Snapshot


class View(NamedTuple):
    """What a view is made of; made anew only when the store or the view changed.

    Attributes:
        stamp: Equal for equal content.
        tally: Its sums.
        choices: What its filters offer.
        ranking: The figure, as JSON.
        world: The figure, as JSON.
        days: The figure, as JSON.
        feed: The newest items.
        aside: The table of what is kept apart.
    """

    stamp: str
    tally: Tally
    choices: Choices
    ranking: str
    world: str
    days: str
    feed: list[Child]
    aside: list[Child]


def show() -> None:
    """Run the page: the overview, or the sentences of the number somebody clicked."""
    dress()
    address.arrive()

    @st.fragment(run_every=PULSE)
    def pulse() -> None:
        address.say()
        shared, subject = source(), address.subject()
        if subject is None:
            asked = _overview(shared.state())
            if asked:
                address.set_subject(asked)
                st.rerun(scope="fragment")
            return
        top(shared.state(), now())
        if evidence.body(shared, subject, back=panels.leave()):
            address.set_subject(None)
            st.rerun(scope="fragment")

    pulse()


def _overview(state: State) -> Subject | None:
    """Show everything once, and return the number somebody asked the sentences of."""
    snapshot, stale = state.snapshot, state.stale_since is not None
    filters = address.filters()
    if snapshot is None or not (snapshot.articles or snapshot.estimates):
        top(state, now())
        board("empty", panels.empty(state))
        return None
    view = _view(snapshot, filters)
    top(state, now(), lambda: row(view.choices, filters))
    if view.tally.days:
        return _body(snapshot, view, stale=stale)
    return _nothing(view, stale=stale)


def _nothing(view: View, *, stale: bool) -> Subject | None:
    """Show that no day has a figure, which is not a total of zero, and what is kept apart."""
    if board("empty", panels.nothing_fits(view.tally.filters), stale=stale) == panels.RESET:
        address.set_filters(Filters())
        st.rerun(scope="fragment")
    picked = [board("aside", view.aside, stale=stale)]
    return _asked(view.tally.filters, None, None, picked)


def _body(snapshot: Snapshot, view: View, *, stale: bool) -> Subject | None:
    sums, stamp = view.tally, view.stamp
    what = KINDS[sums.filters.kind].headline
    left, middle, right = st.columns([1.15, 2.15, 1], gap="medium")
    picked: list[str | None] = []
    with left:
        picked += [board("headline", panels.headline(snapshot, sums, now()), stale=stale)]
        board("ranking-title", panels.ranking_title(sums), stale=stale)
        label = f"Bars: {what} by city"
        place = chart("ranking", view.ranking, stamp=stamp, label=label, stale=stale)
    with middle:
        label = f"Map: {what} by city"
        place = chart("world", view.world, stamp=stamp, label=label, stale=stale) or place
        board("days-title", panels.key(sums), stale=stale)
        label = f"Bars: {what} by day"
        day = chart("days", view.days, stamp=stamp, label=label, stale=stale)
    with right:
        picked += [board("feed", view.feed, stale=stale)]
    picked += [board("aside", view.aside, stale=stale)]
    return _asked(sums.filters, place, day, picked)


def _asked(
    filters: Filters, place: str | None, day: str | None, picked: list[str | None]
) -> Subject | None:
    if place == OTHERS:
        return Subject(filters)
    if place:
        return Subject(filters, place=place.removeprefix(REST))
    if day:
        return Subject(filters, when=day)
    query = next((one for one in picked if one), None)
    return subject_from_query(json.loads(query)) if query else None


def _view(snapshot: Snapshot, filters: Filters) -> View:
    stamp = f"{snapshot.version}|{filters}|{mode()}"
    kept: View | None = st.session_state.get("view")
    if kept is None or kept.stamp != stamp:
        theme, sums = theme_of(mode()), tally(snapshot, filters)
        kept = View(
            stamp=stamp,
            tally=sums,
            choices=choices(snapshot, filters),
            ranking=json.dumps(ranking(sums, theme)),
            world=json.dumps(world(sums, theme)),
            days=json.dumps(days(sums, theme)),
            feed=panels.feed(snapshot, filters),
            aside=panels.aside(sums),
        )
        st.session_state["view"] = kept
    return kept
