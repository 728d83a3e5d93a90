"""What this viewer looks at: kept in the session, written to the address, read from it on arrival.

The address cannot be the state itself: the timer of a page sends the address the browser knows,
which may be older than a choice made a moment ago, and would undo it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard.views import showing as shown
from dashboard.views.known import KNOWN
from dashboard.views.state import (
    EVIDENCE,
    from_query,
    shows_evidence,
    subject_from_query,
    subject_to_query,
    to_query,
)

if TYPE_CHECKING:
    from dashboard.charts.tally import Filters
    from dashboard.views.showing import Showing
    from dashboard.views.state import Query, Subject

_FILTERS: Final = "address-filters"
_SUBJECT: Final = "address-subject"
_KNOWN: Final = "address-known"
_SHOWING: Final = "address-showing"


def arrive(*, evidence: bool = False) -> None:
    """Take over what the address asks for: on opening a page, and on going back or forward.

    Args:
        evidence: Whether the page shows evidence whatever its address says.
    """
    query = st.query_params.to_dict()
    st.session_state[_FILTERS] = from_query(query)
    st.session_state[_KNOWN] = query.get(KNOWN, "")
    st.session_state[_SHOWING] = shown.from_query(query)
    wanted = evidence or shows_evidence(query)
    st.session_state[_SUBJECT] = subject_from_query(query) if wanted else None


def filters() -> Filters:
    """Return what is filtered for."""
    found: Filters = st.session_state[_FILTERS]
    return found


def subject() -> Subject | None:
    """Return the number whose sentences are asked for, or None on the overview."""
    found: Subject | None = st.session_state[_SUBJECT]
    return found


def known() -> str:
    """Return which moment of the past is asked for, as the address says it; "" for now."""
    found: str = st.session_state[_KNOWN]
    return found


def showing() -> Showing:
    """Return how the view is shown."""
    found: Showing = st.session_state[_SHOWING]
    return found


def set_showing(wanted: Showing) -> None:
    """Show the view in another way."""
    st.session_state[_SHOWING] = wanted
    say()


def set_known(wanted: str) -> None:
    """Ask for a number as it was known at a moment, or, by "", as it is known now."""
    st.session_state[_KNOWN] = wanted
    if wanted:
        st.query_params[KNOWN] = wanted
    elif KNOWN in st.query_params:
        del st.query_params[KNOWN]


def set_filters(wanted: Filters) -> None:
    """Filter for something else."""
    st.session_state[_FILTERS] = wanted
    say()


def set_subject(wanted: Subject | None) -> None:
    """Ask for the sentences of a number, or for the overview again."""
    st.session_state[_SUBJECT] = wanted
    say()


def say() -> None:
    """Write the address of what is shown, where the address says something else."""
    query = _query()
    if st.query_params.to_dict() != query:
        st.query_params.from_dict(query)


def _query() -> Query:
    asked, moment = subject(), known()
    return {
        **({**subject_to_query(asked), **EVIDENCE} if asked else to_query(filters())),
        **shown.to_query(showing()),
        **({KNOWN: moment} if moment else {}),
    }
