"""What all sessions of one server share: the settings, the store's client and the one source."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from dashboard.live.source import Source
from dashboard.reader import Reader
from vigil.replay_clock import ReplayClock
from vigil.settings import load_settings
from vigil.store import make_store

# A wall says STALE after a second; a client that tries longer would freeze it instead.
_TIMEOUT = 1.0
_RETRIES = 1


@st.cache_resource(show_spinner=False)
def source() -> Source:
    """Return the one source; made with the first page, from the environment."""
    settings = load_settings()
    store = make_store(settings, timeout=_TIMEOUT, retries=_RETRIES)
    reader = Reader(store, authority_order=settings.authority_order)
    return Source(reader, clock=now, replay=ReplayClock(store).read)


@st.cache_resource(show_spinner=False)
def replay_clock() -> ReplayClock:
    """Return the clock of the replay, to be asked; made with the first question."""
    settings = load_settings()
    return ReplayClock(make_store(settings, timeout=_TIMEOUT, retries=_RETRIES))


def now() -> datetime:
    """Return the time of the screen."""
    return datetime.now(UTC)
