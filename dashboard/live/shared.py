"""What all sessions of one server share: the settings, the store's client, now and the past."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.earlier import EarlierReader
from dashboard.live.changes import ChangesHolder
from dashboard.live.lookback import Lookback
from dashboard.live.services import Board
from dashboard.live.source import Source
from dashboard.present import Present
from dashboard.reader import Reader
from dashboard.services import ServicesReader
from vigil import sources
from vigil.letters import LetterList
from vigil.replay_clock import ReplayClock
from vigil.settings import load_settings
from vigil.store import make_store

if TYPE_CHECKING:
    from redis import Redis

    from vigil.letters import Listed
    from vigil.reports import ServiceReport
    from vigil.sources import Source as Feed

# A wall says STALE after a second; a client that tries longer would freeze it instead.
_TIMEOUT = 1.0
_RETRIES = 1


@st.cache_resource(show_spinner=False)
def source() -> Source:
    """Return the one source; made with the first page, from the environment."""
    present = Present(_store(), clock=now)
    return Source(_reader(), clock=now, replay=replay_clock().read, present=present.read)


@st.cache_resource(show_spinner=False)
def replay_clock() -> ReplayClock:
    """Return the clock of the replay, to be read and asked."""
    return ReplayClock(_store())


@st.cache_resource(show_spinner=False)
def services() -> Board[ServiceReport]:
    """Return what all pages know of the services."""
    return Board(ServicesReader(_store()).read, clock=now, problem=_problem)


@st.cache_resource(show_spinner=False)
def feeds() -> Board[Feed]:
    """Return what all pages know of the feeds that are read."""
    store = _store()
    return Board(lambda: tuple(sources.read(store)), clock=now, problem=_problem)


@st.cache_resource(show_spinner=False)
def letters() -> Board[Listed]:
    """Return what all pages know of the dead letters."""
    return Board(letter_list().read, clock=now, problem=_problem)


@st.cache_resource(show_spinner=False)
def letter_list() -> LetterList:
    """Return the list of dead letters itself, to say what is to be done with one."""
    return LetterList(_store())


@st.cache_resource(show_spinner=False)
def changes() -> ChangesHolder:
    """Return what all walls know of the last hour and the newest item."""
    order = load_settings().authority_order
    return ChangesHolder(EarlierReader(_store(), authority_order=order))


@st.cache_resource(show_spinner=False)
def lookback() -> Lookback:
    """Return the one reader of the past."""
    return Lookback(_reader(), clock=now, problem=_problem)


@st.cache_resource(show_spinner=False)
def _reader() -> Reader:
    return Reader(_store(), authority_order=load_settings().authority_order)


def _problem() -> str:
    return source().problem


def _store() -> Redis:
    return make_store(load_settings(), timeout=_TIMEOUT, retries=_RETRIES)


def now() -> datetime:
    """Return the time of the screen."""
    return datetime.now(UTC)
