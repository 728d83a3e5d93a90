"""What a saved file, and the line on top, say of figures of another moment, or incomplete."""

from __future__ import annotations

from dataclasses import replace

from dashboard.charts.tally import Filters
from dashboard.live.source import State
from dashboard.views import evidence, overview
from dashboard.views.extras import picture
from dashboard.views.known import Known
from dashboard.views.past import Then
from dashboard.views.showing import Showing
from tests.dashboard.snapshots import NOON, snapshot
from vigil.rebuilding import Rebuilding


def test_picture_says_its_moment_and_that_figures_are_missing() -> None:
    saved = picture(Filters(), Showing(), [], None)
    assert (saved.note, saved.file) == ("", "vigil-detention")
    saved = picture(Filters(), Showing(), [], NOON, whole=False)
    dot = "\N{MIDDLE DOT}"
    assert saved.note == f"figures are incomplete {dot} As known at 24 Feb 2022, 12:00 UTC"
    assert saved.file == "vigil-detention-known-20220224T1200Z-incomplete"


def test_past_of_a_store_that_is_being_rebuilt_is_not_told_as_whole() -> None:
    known, mark = Known(NOON), Rebuilding("t", "running", NOON, NOON, 45, 100)
    whole = State(snapshot=snapshot(), read_at=NOON)
    half = replace(whole, snapshot=replace(snapshot(), rebuilding=mark))
    for state, past in ((whole, True), (half, False), (replace(whole, stale_since=NOON), False)):
        assert bool(evidence._status(state, known)) is past
        assert bool(overview._status(state, Then(known), unread=False)) is past
