"""What all sessions of one server share: the settings, the store's client, now and the past."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from dashboard.live.lookback import Lookback
from dashboard.live.source import Source
from dashboard.reader import Reader
from vigil.settings import load_settings
from vigil.store import make_store

# A wall says STALE after a second; a client that tries longer would freeze it instead.
_TIMEOUT = 1.0
_RETRIES = 1


@st.cache_resource(show_spinner=False)
def source() -> Source:
    """Return the one source; made with the first page, from the environment."""
    return Source(_reader(), clock=now)


@st.cache_resource(show_spinner=False)
def lookback() -> Lookback:
    """Return the one reader of the past."""
    return Lookback(_reader(), clock=now)


@st.cache_resource(show_spinner=False)
def _reader() -> Reader:
    settings = load_settings()
    store = make_store(settings, timeout=_TIMEOUT, retries=_RETRIES)
    return Reader(store, authority_order=settings.authority_order)


def now() -> datetime:
    """Return the time of the screen."""
    return datetime.now(UTC)
