"""The page of health: whether every service runs, how far behind, how fast and how late."""

from __future__ import annotations

import logging

import streamlit as st

from dashboard.live.components import board
from dashboard.live.nodes import node
from dashboard.live.shared import feeds, letter_list, letters, now, services, source
from dashboard.views import health_texts, letter_texts, source_texts
from dashboard.views.page import PULSE, dress, top
from vigil.errors import VigilError
from vigil.letters import Wish

log = logging.getLogger(__name__)


def show() -> None:
    """Run the page."""
    dress(None, "health.css")

    @st.fragment(run_every=PULSE)
    def pulse() -> None:
        _page()

    pulse()


def _page() -> None:
    """Show everything once; every run has the same parts, whether they have something to say."""
    shared = source()
    state, said, moment = shared.state(), services().said(), now()
    listed = letters().said().known
    stale = bool(state.stale_since or said.problem)
    with st.container(key="health"):
        top(state, moment, status=health_texts.status(state, said, moment, listed))
        board("leave", [node("a", "\N{LEFTWARDS ARROW} Overview", look="v-back", way="?")])
        board("problems", health_texts.problems(said, moment), stale=stale)
        board("gauges", health_texts.figures(said, shared.delays_ms(), moment), stale=stale)
        board("services", health_texts.services(said, moment), stale=stale)
        board("lags", health_texts.lags(said, moment), stale=stale)
        board("feeds", source_texts.table(feeds().said().known, moment), stale=stale)
        board("letters", letter_texts.table(listed), on_pick=_wish, stale=stale)


def _wish(picked: str) -> None:
    """Say what is to be done with a dead letter; an aggregator does it."""
    name, action = letter_texts.wished(picked)
    try:
        letter_list().wish(name, Wish(action, now()))
    except VigilError as error:
        # The page says STALE by itself; the button is still there when the store is back.
        log.warning("a dead letter could not be asked for: %s", error)
