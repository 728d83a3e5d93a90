"""The evidence page: for a number, the sentences it rests on, how it grew, what was corrected."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.charts.selection import without_sources
from dashboard.live.components import board
from dashboard.live.shared import now, source
from dashboard.views import address, growing, growth, panels, sentences
from dashboard.views.known import NOW, Known, read_known
from dashboard.views.page import PULSE, dress, top
from dashboard.views.state import bucket_of, subject_of
from vigil.errors import VigilError

if TYPE_CHECKING:
    from dashboard.live.nodes import Child
    from dashboard.live.source import Source, State
    from dashboard.views.growth import Grown
    from dashboard.views.state import Subject
    from vigil.estimate import Bucket, Estimate
    from vigil.snapshot import Evidence


def show() -> None:
    """Run the page that an address of its own leads to."""
    dress(None, "evidence.css")
    address.arrive(evidence=True)

    @st.fragment(run_every=PULSE)
    def pulse() -> None:
        subject = address.subject()
        if subject:
            _page(source(), subject)

    pulse()


def _page(shared: Source, subject: Subject) -> None:
    """Show everything once; every run has the same parts, whether they have something to say."""
    state = shared.state()
    known = _known(state)
    back = panels.way_back(subject.filters)
    # The page of a figure is of all its sources, whatever the view it was clicked in shows.
    subject = replace(subject, filters=without_sources(subject.filters))
    bucket = _bucket(state, subject)
    grown = growth.read(shared, bucket, known) if bucket else None
    stale = state.stale_since is not None
    top(state, now(), status=_status(state, known) if bucket else None)
    with st.container(key="evidence"):
        left, right = st.columns([1.15, 1], gap="large")
        with left:
            children = _then(shared, state, subject, known, grown)
            board("evidence", [back, *children], stale=stale)
        with right:
            growth.show(grown, known, stamp=growth.stamp(state, bucket, known), stale=stale)


def _status(state: State, known: Known) -> list[Child] | None:
    """Return the status where the past is shown; nothing hides that figures are old or missing."""
    if state.stale_since or panels.rebuilding(state, now()) or known.replayed:
        return None
    return growing.status(known.moment) if known.moment else None


def _known(state: State) -> Known:
    """Return the moment the page is of: the one that is asked for, else that of a replay."""
    asked = read_known(address.known(), now())
    return _replayed(state) if asked == NOW else asked


def _replayed(state: State) -> Known:
    """Return the moment the board is of while a replay's clock is behind the store; else now."""
    then = state.snapshot.known_at if state.snapshot else None
    return Known(then, replayed=True) if then else NOW


def _bucket(state: State, subject: Subject) -> Bucket | None:
    """Return the one bucket a page is of; None where it is of several, or nothing was read."""
    if state.snapshot is None:
        return None
    found = sentences.behind(state.snapshot, subject)
    return found[0].bucket if len(found) == 1 else None if found else bucket_of(subject)


def texts(
    shared: Source, state: State, subject: Subject, *, back: Child, known: Known = NOW
) -> list[Child]:
    """Return the sentences of a number, after the way back, for other pages.

    Args:
        shared: Where they are read.
        state: What is known; of the past where ``known`` has a moment.
        subject: The number.
        back: The way back.
        known: The moment of the past that is shown.
    """
    return [back, *_text(shared, state, subject, apart=True, known=known)]


def _then(
    shared: Source, state: State, subject: Subject, known: Known, grown: Grown | None
) -> list[Child]:
    """Return the sentences of a number as known at the moment that is asked for."""
    if grown is None:
        return [*growing.many(known), *_text(shared, state, subject, apart=True)]
    current = _current(state, grown.bucket)
    said = growing.notice(known, subject, current)
    if known.moment is None or state.snapshot is None:
        return [*said, *_text(shared, state, subject, apart=False)]
    try:
        past = shared.past(grown.bucket, known.moment)
    except VigilError:
        return [*said, *sentences.unread_past()]
    if past.estimate is None:
        if past.evidence and all(one.overruled for one in past.evidence):
            return [*said, *sentences.all_wrong(past.evidence)]
        return [*said, *growing.not_yet(known.moment, grown.steps)]
    return [
        *said,
        *sentences.heading(subject, [past.estimate], state.snapshot),
        sentences.section(past.estimate, past.evidence),
    ]


def _current(state: State, bucket: Bucket) -> Estimate | None:
    estimates = state.snapshot.estimates if state.snapshot else ()
    return next((one for one in estimates if one.bucket == bucket), None)


def _text(
    shared: Source, state: State, subject: Subject, *, apart: bool, known: Known = NOW
) -> list[Child]:
    """Return the sentences of a number, as known now or at a moment.

    Args:
        shared: Where they are read.
        state: What is known, now or at the moment.
        subject: The number.
        apart: Whether each figure leads to how it grew, as this page does not show it.
        known: The moment of the past that the state is of.
    """
    if state.snapshot is None:
        return panels.empty(state)
    known = _replayed(state) if known == NOW else known
    found = sentences.behind(state.snapshot, subject)
    if not found:
        return _without_number(shared, subject, known)
    shown = found[: sentences.MOST_SECTIONS]
    return [
        *sentences.heading(subject, found, state.snapshot),
        *(
            _section(shared, one, _way(one, subject, known) if apart else None, known)
            for one in shown
        ),
        *sentences.more_sections(len(found) - len(shown)),
    ]


def _way(estimate: Estimate, subject: Subject, known: Known) -> str | None:
    """Return the way to a figure's own page; one without a place has no address."""
    if estimate.bucket.place is None:
        return None
    moment = None if known.replayed else known.moment  # whose clock goes on
    return growing.way_to(subject_of(estimate.bucket, subject.filters), moment)


def _evidence(shared: Source, bucket: Bucket, known: Known) -> tuple[Evidence, ...]:
    moment = known.moment
    return shared.past(bucket, moment).evidence if moment else shared.evidence(bucket)


def _without_number(shared: Source, subject: Subject, known: Known) -> list[Child]:
    """Return why there is no number: a person found all its claims wrong, or nobody claims it."""
    bucket = bucket_of(subject)
    try:
        evidence = _evidence(shared, bucket, known) if bucket else ()
    except VigilError:
        evidence = ()  # the next pulse asks again
    if evidence and all(one.overruled for one in evidence):
        return sentences.all_wrong(evidence)
    return sentences.unknown(subject)


def _section(shared: Source, estimate: Estimate, grew: str | None, known: Known) -> Child:
    try:
        evidence = _evidence(shared, estimate.bucket, known)
    except VigilError:
        return sentences.unread(estimate)
    return sentences.section(estimate, evidence, grew=grew)
