"""The evidence page: for a number, the sentences it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.live.components import board
from dashboard.live.shared import now, source
from dashboard.views import address, panels, sentences
from dashboard.views.page import PULSE, dress, top
from dashboard.views.state import bucket_of
from vigil.errors import VigilError

if TYPE_CHECKING:
    from dashboard.live.nodes import Child
    from dashboard.live.source import Source, State
    from dashboard.views.state import Subject
    from vigil.estimate import Estimate


def show() -> None:
    """Run the page that an address of its own leads to."""
    dress()
    address.arrive(evidence=True)

    @st.fragment(run_every=PULSE)
    def pulse() -> None:
        subject, shared = address.subject(), source()
        if subject:
            state = shared.state()
            top(state, now())
            children = texts(shared, state, subject, back=panels.way_back(subject.filters))
            board("evidence", children, stale=state.stale_since is not None)

    pulse()


def texts(shared: Source, state: State, subject: Subject, *, back: Child) -> list[Child]:
    """Return the sentences of a number, after the way back."""
    return [back, *_text(shared, state, subject)]


def _text(shared: Source, state: State, subject: Subject) -> list[Child]:
    if state.snapshot is None:
        return panels.empty(state)
    found = sentences.behind(state.snapshot, subject)
    if not found:
        return _without_number(shared, subject)
    shown = found[: sentences.MOST_SECTIONS]
    return [
        *sentences.heading(subject, found, state.snapshot),
        *(_section(shared, estimate) for estimate in shown),
        *sentences.more_sections(len(found) - len(shown)),
    ]


def _without_number(shared: Source, subject: Subject) -> list[Child]:
    """Return why there is no number: a person found all its claims wrong, or nobody claims it."""
    bucket = bucket_of(subject)
    try:
        evidence = shared.evidence(bucket) if bucket else ()
    except VigilError:
        evidence = ()  # the next pulse asks again
    if evidence and all(one.overruled for one in evidence):
        return sentences.all_wrong(evidence)
    return sentences.unknown(subject)


def _section(shared: Source, estimate: Estimate) -> Child:
    try:
        evidence = shared.evidence(estimate.bucket)
    except VigilError:
        return sentences.unread(estimate)
    return sentences.section(estimate, evidence)
