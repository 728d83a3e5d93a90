"""The overview: the total, the cities, the map, the days and the newest items, alive."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard.charts.ranking import OTHERS, REST
from dashboard.charts.tally import Filters
from dashboard.charts.words import KINDS
from dashboard.live.components import board, chart
from dashboard.live.shared import now, source
from dashboard.views import address, chips, evidence, panels
from dashboard.views.explored import View, view_of
from dashboard.views.filters import row
from dashboard.views.page import PULSE, dress, mode, top
from dashboard.views.picks import cities_picked, days_picked, pick_from
from dashboard.views.state import Subject, subject_from_query
from vigil.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.live.nodes import Child
    from dashboard.live.source import Source, State


# What there is while the store has not answered yet.
NOTHING: Final = Snapshot(
    version=-1,
    first_day=None,
    last_day=None,
    estimates=(),
    feed=(),
    articles=0,
    changed_at=None,
)


def show() -> None:
    """Run the page: the overview, or the sentences of the number somebody clicked."""
    dress(None, "explore.css")
    address.arrive()

    @st.fragment(run_every=PULSE)
    def pulse() -> None:
        address.say()
        _page(source())

    pulse()


def _page(shared: Source) -> None:
    """Show everything once.

    Every run puts the same parts in the same places, whether they have something to say or not;
    the style sheet hides those that are not asked for. Where the parts change from one run to the
    next, a click that meets a pulse leaves the browser with the halves of two pages, and it gives
    up the connection.
    """
    state, subject = shared.state(), address.subject()
    snapshot, stale = state.snapshot or NOTHING, state.stale_since is not None
    filters = address.filters()
    view = _view(shared, snapshot, filters)
    top(state, now(), lambda: row(view.choices, filters))
    filtered = chips.chips(filters, view.choices.countries, empty=not view.tally.days)
    board("chips", filtered if not subject else [], on_pick=_chip, escape=chips.ESCAPE)
    texts = _sentences(shared, state, view, subject) if subject else []
    board("evidence", texts, on_pick=_leave, stale=stale)
    board("empty", _instead(state, view) if not subject else [], on_pick=_reset, stale=stale)
    with st.container(key="overview"):
        _body(view, stale=stale)
    board("aside", view.aside if not subject else [], on_pick=_ask, stale=stale)


def _sentences(shared: Source, state: State, view: View, subject: Subject) -> list[Child]:
    """Return the sentences of a number: of a sum those that are searched, of a figure all."""
    if state.snapshot and not (subject.place and subject.when):
        state = replace(state, snapshot=view.snapshot)
    return evidence.texts(shared, state, subject, back=panels.leave())


def _instead(state: State, view: View) -> list[Child]:
    """Return what stands in place of the charts where no day has a figure."""
    snapshot = state.snapshot
    if snapshot is None or not (snapshot.articles or snapshot.estimates):
        return panels.empty(state)
    return [] if view.tally.days else panels.nothing_fits(view.tally.filters)


def _body(view: View, *, stale: bool) -> None:
    sums = view.tally
    what = KINDS[sums.filters.kind].headline
    left, middle, right = st.columns([1.15, 2.15, 1], gap="medium")

    def draw(name: str, figure: str, label: str, on_pick: Callable[[str], None]) -> None:
        chart(
            name, figure, stamp=view.stamp, label=label, on_pick=on_pick, stale=stale, filters=True
        )

    with left:
        board("headline", panels.headline(view.snapshot, sums, now()), on_pick=_ask, stale=stale)
        board("ranking-title", panels.ranking_title(sums), stale=stale)
        draw("ranking", view.ranking, f"Bars: {what} by city", _pick_city)
    with middle:
        draw("world", view.world, f"Map: {what} by city", _pick_city)
        board("days-title", panels.key(sums), stale=stale)
        draw("days", view.days, f"Bars: {what} by day", _pick_day)
    with right:
        board("feed", view.feed, on_pick=_ask, stale=stale)


def _ask(query: str) -> None:
    address.set_subject(subject_from_query(json.loads(query)))


def _pick_city(sent: str) -> None:
    pick, filters = pick_from(sent), address.filters()
    code = next(iter(pick.codes), OTHERS)
    if pick.number or (code == OTHERS and not pick.drawn):
        place = None if code == OTHERS else code.removeprefix(REST)
        address.set_subject(Subject(filters, place=place))
    else:
        address.set_filters(cities_picked(filters, pick))


def _pick_day(sent: str) -> None:
    pick, filters = pick_from(sent), address.filters()
    if pick.number and pick.codes:
        address.set_subject(Subject(filters, when=pick.codes[0]))
    else:
        address.set_filters(days_picked(filters, pick))


def _chip(sent: str) -> None:
    filters = address.filters()
    if sent == chips.SENTENCES:
        address.set_subject(Subject(filters))
    else:
        address.set_filters(chips.without(filters, sent))


def _leave(_back: str) -> None:
    address.set_subject(None)


def _reset(_reset: str) -> None:
    address.set_filters(Filters())


def _view(shared: Source, snapshot: Snapshot, filters: Filters) -> View:
    """Return the view, made anew only when the store, the filters or the room changed."""
    kept: View | None = st.session_state.get("view")
    made = view_of(shared, snapshot, filters, mode(), kept=kept)
    st.session_state["view"] = made
    return made
