"""The right half of the evidence page: a figure's history as chart and table, its corrections."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from dashboard.charts.growth import growth
from dashboard.charts.theme import theme_of
from dashboard.live.answers import Corrected
from dashboard.live.components import board, chart
from dashboard.views import address, growing
from dashboard.views.known import NOW, known_code
from dashboard.views.page import mode
from vigil.errors import VigilError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.live.nodes import Child
    from dashboard.live.source import Source, State
    from dashboard.views.known import Known
    from vigil.estimate import Bucket
    from vigil.resolving.known import Step

_LABEL = (
    "Step chart: the figure, its range and what each authority stood by, from the moment each "
    "became known. The table below has the values."
)
_CHOICE = "known-choice"


class Grown(NamedTuple):
    """What is known of how a figure came to be.

    Attributes:
        bucket: The figure's.
        history: Each change of it, the oldest first; None while the store does not answer.
        corrected: What was corrected by the moment that is shown.
    """

    bucket: Bucket
    history: tuple[Step, ...] | None
    corrected: Corrected

    @property
    def steps(self) -> tuple[Step, ...]:
        """The history, as far as it is known."""
        return self.history or ()


def read(shared: Source, bucket: Bucket, known: Known) -> Grown:
    """Return how a bucket's figure came to be; nothing of it while the store does not answer."""
    try:
        steps = shared.history(bucket)
        return Grown(bucket, steps, shared.corrected(bucket, known_at=known.moment))
    except VigilError:
        return Grown(bucket, None, Corrected((), {}))


def stamp(state: State, bucket: Bucket | None, known: Known) -> str:
    """Return what is equal for equal charts."""
    known_now = state.snapshot.stamp if state.snapshot else ""
    return f"{known_now}|{bucket}|{known.moment}|{mode()}"


def show(grown: Grown | None, known: Known, *, stamp: str, stale: bool) -> None:
    """Show chart, selector, table and corrections; nothing where a page is of several figures."""
    steps = grown.steps if grown else ()
    unread = grown is not None and grown.history is None
    heading = [] if grown is None else growing.unread() if unread else growing.title(steps)
    with st.container(key="grown"):
        board("grown-title", heading, stale=stale)
        drawn = _figure(steps, known, stamp) if len(steps) > 1 else None
        chart("growth", drawn, stamp=stamp, label=_LABEL, on_pick=address.set_known, stale=stale)
        _choose(steps, known)
        board("steps", growing.table(steps, known), on_pick=address.set_known, stale=stale)
        told: list[Child] = []
        if grown and not unread:
            told = growing.corrected(grown.corrected, known)
        board("corrections", told, stale=stale)


def _figure(steps: Sequence[Step], known: Known, stamp: str) -> str:
    """Return the chart as JSON, made anew only when what it shows changed."""
    kept: tuple[str, str] | None = st.session_state.get("growth")
    if kept is None or kept[0] != stamp:
        codes = [known_code(one.seen_at) for one in steps]
        made = growth(steps, theme_of(mode()), codes=codes, known=known.moment)
        kept = (stamp, json.dumps(made))
        st.session_state["growth"] = kept
    return kept[1]


def _choose(steps: Sequence[Step], known: Known) -> None:
    """Show the selector among the moments of the history.

    One of its own for each moment that is shown, with that as its default: a value that is set from
    here may reach the browser late, which then sends the default back as if somebody chose it.
    """
    there = growing.options(steps, NOW if known.replayed else known)
    if known.replayed:
        there[""] = "at the replay's clock"
        known = NOW
    standing = known_code(known.moment) if known.moment else ""
    key = f"{_CHOICE}-{standing}"
    st.selectbox(
        "Show this page as known",
        list(there),
        index=list(there).index(standing),
        key=key,
        format_func=lambda code: there.get(code, code),
        on_change=lambda: _chosen(st.session_state[key], standing),
    )


def _chosen(wanted: str, standing: str) -> None:
    """Take over a choice, but not the default of a selector that is gone.

    A pulse that the browser asked for before it saw the new selector brings the old one's value,
    which counts as a change, since that selector was forgotten here.
    """
    if wanted != standing:
        address.set_known(wanted)
