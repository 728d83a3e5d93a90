"""The replay: its clock, what can be asked of it, the days it goes through, what it has told."""

from __future__ import annotations

import json
import secrets
from typing import TYPE_CHECKING, Final, cast

import streamlit as st

from dashboard.charts.stretches import stretches
from dashboard.charts.tally import Filters, tally
from dashboard.charts.theme import theme_of
from dashboard.live.components import board, chart
from dashboard.live.nodes import node
from dashboard.live.shared import now, replay_clock, source
from dashboard.views import panels, replay_texts
from dashboard.views.page import PULSE, dress, mode, top
from vigil.errors import VigilError
from vigil.replaying import Request, parse_moment

if TYPE_CHECKING:
    from dashboard.live.nodes import Child
    from dashboard.live.source import Source, State
    from vigil.replaying import Action, Replaying

_GO: Final = "replay-go"
_SAID: Final = "replay-said"
_LABEL: Final = "Columns: articles of each day of the replay; a click goes to the day"
_NOTHING: Final = "No replay is alive to do that."


def show() -> None:
    """Run the page."""
    dress(None, "replay.css")

    @st.fragment(run_every=PULSE)
    def pulse() -> None:
        _page(source())

    pulse()


def _page(shared: Source) -> None:
    """Show everything once; each run has the same parts, whether they have something to say."""
    state = shared.state()
    replay, stale = state.replaying, state.stale_since is not None
    top(state, now(), lambda: board("way", [panels.way_back(Filters())]))
    board("empty", [] if replay else _instead(state), stale=stale)
    with st.container(key="replay"):
        left, right = st.columns([1.75, 1], gap="large")
        with left:
            board("clock", replay_texts.clock(replay) if replay else [], stale=stale)
            board("controls", replay_texts.controls(replay) if replay else [], on_pick=_pick)
            _go_to()
            board("said", _said())
            board("stretches-title", replay_texts.title(replay) if replay else [], stale=stale)
            _stretches(replay, stale=stale)
        with right:
            _told(state, stale=stale)


def _instead(state: State) -> list[Child]:
    if state.snapshot is None:
        return panels.empty(state)
    return replay_texts.ended(state.replay) if state.replay else replay_texts.none_yet()


def _stretches(replay: Replaying | None, *, stale: bool) -> None:
    stamp = f"{replay.corpus}|{replay.position}|{mode()}" if replay else ""
    kept: tuple[str, str] = st.session_state.get("replay-figure", ("", ""))
    if replay and kept[0] != stamp:
        figure = stretches(replay.days, replay.position, theme_of(mode()))
        kept = (stamp, json.dumps(figure))
        st.session_state["replay-figure"] = kept
    drawn = kept[1] if replay else None
    chart("stretches", drawn, stamp=stamp, label=_LABEL, on_pick=_go_to_day, stale=stale)


def _told(state: State, *, stale: bool) -> None:
    """Show the figure at the clock, and the newest items by then."""
    snapshot = state.snapshot if state.replaying else None
    filters = Filters()
    figure = panels.headline(snapshot, tally(snapshot, filters), now()) if snapshot else []
    board("headline", replay_texts.linked(figure), stale=stale)
    newest = panels.feed(snapshot, filters) if snapshot else []
    board("feed", replay_texts.linked(newest), stale=stale)


def _go_to() -> None:
    st.text_input(
        "Go to a date",
        key=_GO,
        placeholder="go to a date: 2022-02-24 19:00",
        on_change=_go_to_typed,
        label_visibility="collapsed",
    )


def _go_to_typed() -> None:
    typed = str(st.session_state[_GO])
    if not typed.strip():
        return
    try:
        _request("jump", parse_moment(typed).isoformat())
    except ValueError as error:
        st.session_state[_SAID] = str(error)


def _go_to_day(day: str) -> None:
    _request("jump", parse_moment(day).isoformat())


def _pick(asked: str) -> None:
    action, _, value = asked.partition(" ")
    _request(cast("Action", action), value)


def _request(action: Action, value: str = "") -> None:
    """Ask the replay for something; whoever looks at the same clock sees what comes of it."""
    try:
        alive = replay_clock().ask(Request(secrets.token_hex(8), action, value))
    except VigilError as error:
        st.session_state[_SAID] = str(error)
        return
    st.session_state[_SAID] = "" if alive or action == "stop" else _NOTHING


def _said() -> list[Child]:
    said = str(st.session_state.get(_SAID, ""))
    return [node("p", said)] if said else []
