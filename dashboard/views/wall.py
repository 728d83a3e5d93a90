"""The wall: what a newsroom hangs up, readable from three metres, and never has to touch."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlencode

import streamlit as st

from dashboard.charts.countries import countries
from dashboard.charts.days import days
from dashboard.charts.ranking import OTHERS, REST, ranking
from dashboard.charts.tally import tally
from dashboard.charts.words import KINDS
from dashboard.charts.world import world
from dashboard.live.components import board, chart, watch
from dashboard.live.nodes import node
from dashboard.live.shared import changes, now, services, source
from dashboard.views import panels, service_words, wall_texts
from dashboard.views.filters import country_names
from dashboard.views.page import PULSE, dress
from dashboard.views.state import EVIDENCE, Subject, subject_to_query
from dashboard.views.wall_address import hanging, window

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.charts.tally import Filters
    from dashboard.live.nodes import Child
    from dashboard.live.source import Source, State
    from dashboard.views.wall_address import Hanging
    from vigil.snapshot import Snapshot

# Width and height of the map's panel, beside everything else and alone (wall.css).
_MAP: Final = (768, 426)
_MAP_ALONE: Final = (1212, 690)
_CITIES: Final = 8
_CITIES_ALONE: Final = 12
_GO: Final = "wall-go"
# So long a browser is told where to go: what one run tells is lost where the next begins at once.
_GO_ON: Final = timedelta(seconds=10)


class Way(NamedTuple):
    """Where a click leads, and when it was made."""

    to: str
    clicked: datetime

    def told(self) -> dict[str, str]:
        """Return it for the browser, which goes once for each click."""
        return {"to": self.to, "clicked": self.clicked.isoformat()}


class View(NamedTuple):
    """What a wall is made of; made anew only when the store moved. None: nothing is known.

    Attributes:
        stamp: Equal for equal content.
        filters: What is shown, the days of the window worked out.
        texts: Name of a board -> its texts.
        figures: Name of a chart -> its figure as JSON.
        views: The views a turning wall goes through.
    """

    stamp: str
    filters: Filters
    texts: dict[str, list[Child]]
    figures: dict[str, str]
    views: tuple[str, ...]


def show() -> None:
    """Run the page. Its address is read once and never changed: a wall has no widgets."""
    asked = hanging(st.query_params.to_dict())
    dress(asked.theme, "wall.css")

    @st.fragment(run_every=PULSE)
    def pulse() -> None:
        _page(source(), asked)

    pulse()


def _page(shared: Source, asked: Hanging) -> None:
    """Show everything once; each run has the same parts, whether or not the store has answered."""
    state = shared.state()
    view = _view(state.snapshot, asked) if state.snapshot else None
    with st.container(key="wall"):
        _watch(state, view, asked)
        for name in ("masthead", "headline", "facts", "addition", "empty", "ticker"):
            board(name, _texts(name, state, view))
        board("changed", _changed(state, view))
        for name, label, on_pick in _charts(asked):
            board(f"{name}-title", view.texts[f"{name}-title"] if view else None)
            figure = view.figures[name] if view else None
            stamp = view.stamp if view else ""
            chart(name, figure, stamp=stamp, label=label, on_pick=on_pick)


def _watch(state: State, view: View | None, asked: Hanging) -> None:
    way: Way | None = st.session_state.get(_GO)
    watch(
        {
            **wall_texts.beat(state, now(), service_words.lag(services().said().known, now())),
            "rotate": asked.rotate,
            "views": view.views if view else ("world",),
            "go": way.told() if way and now() - way.clicked <= _GO_ON else None,
        }
    )


def _texts(name: str, state: State, view: View | None) -> list[Child] | None:
    """Return a board's texts; where the store never answered, only ``empty`` has something to say.

    The browser keeps what it shows while that lasts, and hides ``empty`` behind it.
    """
    if view:
        return view.texts[name]
    return panels.empty(state) if name == "empty" else None


def _changed(state: State, view: View | None) -> list[Child] | None:
    """Return how the total changed lately; while the store is silent, what is shown stays."""
    if view is None or state.snapshot is None or state.stale_since:
        return None
    moment = state.replaying.clock if state.replaying else now()
    return wall_texts.changed(changes().changes(state.snapshot, moment), view.filters)


def _charts(asked: Hanging) -> list[tuple[str, str, Callable[[str], None]]]:
    """Return name, label and what a click does, of each chart."""
    what = KINDS[asked.filters.kind].headline

    def ask(**subject: str | None) -> None:
        snapshot = source().state().snapshot
        filters = window(asked, snapshot) if snapshot else asked.filters
        _go(Subject(filters, **subject))

    def place(code: str) -> None:
        ask(place=None if code == OTHERS else code.removeprefix(REST) or None)

    found = [
        ("world", f"Map: {what} by city", place),
        ("days", f"Bars: {what} by day", lambda day: ask(when=day)),
        ("ranking", f"Bars: {what} by city", place),
    ]
    if asked.rotate:
        found.append(("countries", f"Bars: {what} by country", lambda _code: ask()))
    return found


def _go(subject: Subject) -> None:
    """Have the browser open the sentences of a number."""
    to = f"?{urlencode({**subject_to_query(subject), **EVIDENCE})}"
    st.session_state[_GO] = Way(to, now())


def _view(snapshot: Snapshot, asked: Hanging) -> View:
    stamp = f"{snapshot.stamp}|{asked}"
    kept: View | None = st.session_state.get("wall-view")
    if kept is None or kept.stamp != stamp:
        kept = _made(snapshot, asked, stamp)
        st.session_state["wall-view"] = kept
    return kept


def _made(snapshot: Snapshot, asked: Hanging, stamp: str) -> View:
    filters, theme, names = window(asked, snapshot), asked.theme, country_names(snapshot)
    sums = tally(snapshot, filters)
    figures = {
        "world": world(sums, theme, panel=_MAP_ALONE if asked.rotate else _MAP),
        "days": days(sums, theme, by_city=True),
        "ranking": ranking(
            sums,
            theme,
            most=_CITIES_ALONE if asked.rotate else _CITIES,
            ranges=True,
            gathered=True,
        ),
        "countries": countries(sums, theme, names=names),
    }
    several = len({place.country for place in (*sums.cities, *sums.unspecified)}) > 1
    return View(
        stamp=stamp,
        filters=filters,
        texts={
            "masthead": wall_texts.masthead(sums, names),
            "headline": wall_texts.headline(sums),
            "facts": wall_texts.facts(snapshot, sums),
            "addition": wall_texts.addition(sums),
            "empty": [] if sums.days else _nothing(snapshot, filters),
            "ticker": wall_texts.ticker(snapshot, filters),
            "world-title": [node("h2", "Where, by city")],
            "days-title": wall_texts.days_title(sums, theme),
            "ranking-title": wall_texts.ranking_title(),
            "countries-title": [node("h2", "By country")],
        },
        figures={name: json.dumps(figure) for name, figure in figures.items()},
        views=("world", "days", "ranking", *(("countries",) if several else ())),
    )


def _nothing(snapshot: Snapshot, filters: Filters) -> list[Child]:
    if not snapshot.articles and not snapshot.estimates:
        return panels.nothing_yet()
    return panels.nothing_fits(filters)[:-1]  # without the button: a wall has none
