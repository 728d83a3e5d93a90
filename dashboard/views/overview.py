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
from dashboard.live.shared import lookback, now, source
from dashboard.views import address, bench, chips, evidence, growing, panels, past
from dashboard.views.explored import View, days_around, view_of
from dashboard.views.extras import Extras, extras
from dashboard.views.filters import Choices, choices, row
from dashboard.views.page import PULSE, dress, mode, top
from dashboard.views.picks import cities_picked, days_picked, pick_from
from dashboard.views.searching import ShelfThen
from dashboard.views.state import Subject, subject_from_query
from vigil.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.live.nodes import Child
    from dashboard.live.source import Source, State
    from dashboard.views.past import Then
    from dashboard.views.searching import Shelf


# Added to what a screen reader says of a chart.
_VALUES: Final = ". The tool Tables shows its values"
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
    dress(None, "explore.css", "tools.css")
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
    state, subject, filters = shared.state(), address.subject(), address.filters()
    current = state.snapshot or NOTHING
    there = _there(current, filters)
    then = bench.then(current, filters, days_around(filters, there.episodes))
    shown = then.shown(current, NOTHING)
    shelf = _shelf(shared, shown)
    view = _view(shelf, shown, filters, there, then)
    extra = _extras(shelf, view, shown, silent=then.silent and then.known.moment is not None)
    unread = view.unread or extra.unread
    stale = state.stale_since is not None or unread
    top(state, now(), lambda: row(there, filters), status=_status(state, then, unread=unread))
    hidden = subject is not None or not (view.tally.days or extra.beside)
    with st.container(key="bar"):
        left, right, files = st.columns([7, 9, 1.6], gap="small", vertical_alignment="center")
        with left:
            filtered = chips.chips(filters, there.countries, empty=not view.tally.days)
            board("chips", filtered if not subject else [], on_pick=_chip, escape=chips.ESCAPE)
        with right:
            bench.tools(there.episodes, hidden=hidden, stale=stale)
    of_now = _shelf(shared, current)
    bench.looking_back(then, current, of_now, hidden=subject is not None, stale=stale)
    texts = _sentences(shared, state, view, extra, then)
    board("evidence", texts, on_pick=_leave, stale=stale)
    instead = _instead(state, view, then) if hidden and not subject else []
    board("empty", instead, on_pick=_reset, stale=stale)
    with st.container(key="overview"):
        _body(view, extra, stale=stale)
    with st.container(key="beside"):
        bench.compared(extra, _pick_other, _ask, hidden=hidden, stale=stale)
    board("aside", view.aside if not subject else [], on_pick=_ask, stale=stale)
    with files:
        words = chips.words(filters, there.countries)
        as_of = view.snapshot.known_at or (state.read_at if state.stale_since else None)
        whole = panels.rebuilding(state, now()) is None
        bench.saving(view.snapshot, extra, words, as_of, whole=whole, hidden=hidden or unread)


def _status(state: State, then: Then, *, unread: bool) -> list[Child] | None:
    """Return the status where the past is shown; nothing hides that figures are old or missing."""
    if state.stale_since:
        return None
    if unread:
        return panels.unread()
    if panels.rebuilding(state, now()):
        return None  # of the past, too, figures are missing
    return growing.status(then.known.moment) if then.known.moment else None


def _sentences(shared: Source, state: State, view: View, extra: Extras, then: Then) -> list[Child]:
    """Return the sentences of a number: of a sum those that are searched, of a figure all."""
    subject = address.subject()
    if subject is None:
        return []
    if state.snapshot and (then.known.moment or not (subject.place and subject.when)):
        if view.unread and not view.snapshot.estimates:
            return [panels.leave(), *panels.nothing_read()]
        shown = extra.beside.snapshot if extra.beside else view.snapshot
        state = replace(state, snapshot=shown)
    return evidence.texts(shared, state, subject, back=panels.leave(), known=then.known)


def _instead(state: State, view: View, then: Then) -> list[Child]:
    """Return what stands in place of the charts where no day has a figure."""
    snapshot = state.snapshot
    if snapshot is None or not (snapshot.articles or snapshot.estimates):
        return panels.empty(state)
    if view.tally.days:
        return []
    if view.unread:
        return panels.nothing_read()
    return past.nothing_then(then) if then.known.moment else panels.nothing_fits(view.tally.filters)


def _body(view: View, extra: Extras, *, stale: bool) -> None:
    sums = view.tally
    what = KINDS[sums.filters.kind].headline
    left, middle, right = st.columns([1.15, 2.15, 1], gap="medium")

    def draw(name: str, figure: str | None, label: str, on_pick: Callable[[str], None]) -> None:
        chart(
            name, figure, stamp=extra.stamp, label=label, on_pick=on_pick, stale=stale, filters=True
        )

    with left:
        board("headline", panels.headline(view.snapshot, sums, now()), on_pick=_ask, stale=stale)
        board("ranking-title", panels.ranking_title(sums), stale=stale)
        draw("ranking", view.ranking, f"Bars: {what} by city{_VALUES}", _pick_city)
        draw("places", extra.places, f"Bars: {what} by city, with ranges{_VALUES}", _pick_city)
    with middle:
        draw("world", view.world, f"Map: {what} by city{_VALUES}", _pick_city)
        board("days-title", extra.key or panels.key(sums), stale=stale)
        draw("days", view.days, f"Bars: {what} by day{_VALUES}", _pick_day)
        draw("sum", extra.sum, f"Stair: what {what} come to, day by day{_VALUES}", _pick_day)
    with right:
        board("city-table", extra.by_city, on_pick=_ask, stale=stale)
        board("day-table", extra.by_day, on_pick=_ask, stale=stale)
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


def _pick_other(code: str) -> None:
    """Show the sentences of a bar of a comparison."""
    bench.ask_beside(code)


def _there(snapshot: Snapshot, filters: Filters) -> Choices:
    """Return what there is to choose from, anew only when the store or filters changed."""
    stamp = f"{snapshot.stamp}|{filters}"
    kept: tuple[str, Choices] | None = st.session_state.get("choices")
    if kept is None or kept[0] != stamp:
        kept = stamp, choices(snapshot, filters)
        st.session_state["choices"] = kept
    return kept[1]


def _shelf(shared: Source, shown: Snapshot) -> Shelf:
    """Return where the sentences are read that a text is looked for in: of then, or of now.

    Then is a moment somebody looks back on, or the clock of a replay that is behind the store.
    """
    moment = shown.known_at
    return ShelfThen(lookback(), shown.version, moment) if moment else shared


def _view(shelf: Shelf, snapshot: Snapshot, filters: Filters, there: Choices, then: Then) -> View:
    """Return the view, made anew only when the store, the filters or the room changed."""
    kept: View | None = st.session_state.get("view")
    known = past.code_of(then)
    made = view_of(shelf, snapshot, filters, mode(), there=there, known=known, kept=kept)
    st.session_state["view"] = made
    return made


def _extras(shelf: Shelf, view: View, snapshot: Snapshot, *, silent: bool) -> Extras:
    """Return what is beside the charts of the view, made anew only when something changed.

    While the past is silent it is compared with nothing: that no day has data is not known.
    """
    kept: Extras | None = st.session_state.get("extras")
    showing = address.showing()
    other = None if silent else bench.other_period(shelf, snapshot, view.tally.filters)
    made = extras(view, other, showing, mode(), kept=kept)
    st.session_state["extras"] = made
    return made
