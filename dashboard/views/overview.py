"""The overview: the total, the cities, the map, the days and the newest items, alive."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

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
    view = _view(snapshot, filters)
    top(state, now(), lambda: row(view.choices, filters))
    texts = evidence.texts(shared, state, subject, back=panels.leave()) if subject else []
    board("evidence", texts, on_pick=_leave, stale=stale)
    board("empty", _instead(state, view) if not subject else [], on_pick=_reset, stale=stale)
    with st.container(key="overview"):
        _body(snapshot, view, stale=stale)
    board("aside", view.aside if not subject else [], on_pick=_ask, stale=stale)


def _instead(state: State, view: View) -> list[Child]:
    """Return what stands in place of the charts where no day has a figure."""
    snapshot = state.snapshot
    if snapshot is None or not (snapshot.articles or snapshot.estimates):
        return panels.empty(state)
    return [] if view.tally.days else panels.nothing_fits(view.tally.filters)


def _body(snapshot: Snapshot, view: View, *, stale: bool) -> None:
    sums = view.tally
    what = KINDS[sums.filters.kind].headline
    left, middle, right = st.columns([1.15, 2.15, 1], gap="medium")

    def draw(name: str, figure: str, label: str, on_pick: Callable[[str], None]) -> None:
        chart(name, figure, stamp=view.stamp, label=label, on_pick=on_pick, stale=stale)

    with left:
        board("headline", panels.headline(snapshot, sums, now()), on_pick=_ask, stale=stale)
        board("ranking-title", panels.ranking_title(sums), stale=stale)
        draw("ranking", view.ranking, f"Bars: {what} by city", _ask_place)
    with middle:
        draw("world", view.world, f"Map: {what} by city", _ask_place)
        board("days-title", panels.key(sums), stale=stale)
        draw("days", view.days, f"Bars: {what} by day", _ask_day)
    with right:
        board("feed", view.feed, on_pick=_ask, stale=stale)


def _ask(query: str) -> None:
    address.set_subject(subject_from_query(json.loads(query)))


def _ask_place(code: str) -> None:
    place = None if code == OTHERS else code.removeprefix(REST)
    address.set_subject(Subject(address.filters(), place=place))


def _ask_day(day: str) -> None:
    address.set_subject(Subject(address.filters(), when=day))


def _leave(_back: str) -> None:
    address.set_subject(None)


def _reset(_reset: str) -> None:
    address.set_filters(Filters())


def _view(snapshot: Snapshot, filters: Filters) -> View:
    stamp = f"{snapshot.stamp}|{filters}|{mode()}"
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
