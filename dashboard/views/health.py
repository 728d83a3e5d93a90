"""The page of health: whether every service runs, how far behind, how fast and how late."""

from __future__ import annotations

import streamlit as st

from dashboard.live.components import board
from dashboard.live.nodes import node
from dashboard.live.shared import now, services, source
from dashboard.views import health_texts
from dashboard.views.page import PULSE, dress, top


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
    stale = bool(state.stale_since or said.problem)
    with st.container(key="health"):
        top(state, moment, status=health_texts.status(state, said, moment))
        board("leave", [node("a", "\N{LEFTWARDS ARROW} Overview", look="v-back", way="?")])
        board("problems", health_texts.problems(said, moment), stale=stale)
        board("gauges", health_texts.figures(said, shared.delays_ms(), moment), stale=stale)
        board("services", health_texts.services(said, moment), stale=stale)
        board("lags", health_texts.lags(said, moment), stale=stale)
