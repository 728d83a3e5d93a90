"""Sentences that cannot be read just now: nothing of another moment takes their place, or stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from dashboard.charts.compare import Period
from dashboard.charts.tally import Filters
from dashboard.live.source import State
from dashboard.views import panels
from dashboard.views.explored import View, view_of
from dashboard.views.extras import extras
from dashboard.views.filters import choices
from dashboard.views.overview import _instead, _status
from dashboard.views.past import Then
from dashboard.views.showing import Showing
from tests.dashboard.snapshots import FEB_24, MOSCOW, NOON, estimate, snapshot
from vigil.errors import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Collection

    from vigil.estimate import Bucket
    from vigil.snapshot import Evidence, Snapshot

BEFORE = FEB_24 - timedelta(days=400)


class Shelf:
    """Every article tells of trams, while the store answers."""

    def __init__(self) -> None:
        self.silent = False

    def sentences(self, articles: Collection[str]) -> dict[str, tuple[str, ...]]:
        if self.silent:
            message = "reading sentences: Redis is not answering"
            raise StoreUnavailable(message)
        return dict.fromkeys(articles, ("They came by tram.",))

    def evidence(self, bucket: Bucket) -> tuple[Evidence, ...]:
        return ()


def known(figure: int) -> Snapshot:
    days = [estimate(MOSCOW, figure), estimate(MOSCOW, 777, day=BEFORE)]
    return snapshot([replace(one, rests_on=("a#0",)) for one in days], version=1)


def view(shelf: Shelf, shown: Snapshot, kept: View | None = None) -> View:
    filters = Filters(text="tram", first=FEB_24, last=FEB_24)
    return view_of(shelf, shown, filters, "light", there=choices(shown, filters), kept=kept)


def test_view_of_now_never_stands_for_the_past() -> None:
    shelf = Shelf()
    now = view(shelf, known(1450))
    assert now.tally.total == 1450
    then = replace(known(20), known_at=NOON)
    shelf.silent = True
    before, nothing = view(shelf, replace(known(1460), version=2), now), view(shelf, then, now)
    assert (before.tally.total, before.unread) == (1450, True)
    assert (nothing.tally.total, nothing.unread) == (0, True)
    assert not view(shelf, known(1450), before).unread
    shelf.silent = False
    there = view(shelf, then, now)
    assert (there.tally.total, there.unread) == (20, False)


def test_period_that_cannot_be_read_is_told_as_it_was_or_not_at_all() -> None:
    """And is read again: no day of it is told as one without data."""
    shelf, shown = Shelf(), known(1450)
    there, showing = view(shelf, shown), Showing(beside=Period(BEFORE, BEFORE))
    unread = extras(there, None, showing, "light")
    assert (unread.beside, unread.unread) == (None, True)
    again = extras(there, shown, showing, "light", kept=unread)
    assert again.beside
    assert not again.unread
    assert [side.total.best for side in again.beside.comparison.sides] == [1450, 777]
    later = view(shelf, replace(known(1460), version=2), there)
    assert later.tally.total == 1460
    kept = extras(later, None, showing, "light", kept=again)
    assert (kept.beside, kept.unread) == (again.beside, True)
    other = Showing(beside=Period(FEB_24, FEB_24))
    assert extras(later, None, other, "light", kept=again).beside is None


def test_what_cannot_be_searched_is_not_told_as_nothing() -> None:
    shelf = Shelf()
    shelf.silent = True
    there = view(shelf, known(1450))
    state = State(snapshot=known(1450), read_at=NOON)
    told = _instead(state, there, Then())
    assert told == panels.nothing_read()
    assert _status(state, Then(), unread=there.unread) == panels.unread()
