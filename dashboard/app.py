"""The dashboard: page config, door, navigation, run; nothing else."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard.gate import require_login
from dashboard.views import evidence, health, overview, replay, wall

st.set_page_config(
    page_title="Vigil",
    # A local file: Streamlit would fetch a named icon from elsewhere.
    page_icon=str(Path(__file__).with_name("static") / "favicon.png"),
    layout="wide",
    initial_sidebar_state="collapsed",
)

require_login()

st.navigation(
    [
        st.Page(overview.show, title="Vigil", url_path="overview", default=True),
        st.Page(wall.show, title="Vigil wall", url_path="wall"),
        st.Page(evidence.show, title="Evidence", url_path="evidence"),
        st.Page(health.show, title="Vigil health", url_path="health"),
        st.Page(replay.show, title="Vigil replay", url_path="replay"),
    ],
    position="hidden",
).run()
