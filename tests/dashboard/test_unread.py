"""Sentences that cannot be read just now: nothing of another moment takes their place, or stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from dashboard.charts.compare import Period
from dashboard.charts.tally import Filters
from dashboard.views.explored import View, view_of
from dashboard.views.extras import extras
from dashboard.views.filters import choices
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
    assert view(shelf, replace(known(1450), version=2), now).tally.total == 1450
    assert view(shelf, then, now).tally.total == 0
    shelf.silent = False
    assert view(shelf, then, now).tally.total == 20


def test_period_that_could_not_be_read_is_read_again() -> None:
    shown = known(1450)
    there, showing = view(Shelf(), shown), Showing(beside=Period(BEFORE, BEFORE))
    unread = extras(there, None, showing, "light")
    again = extras(there, shown, showing, "light", kept=unread)
    assert unread.beside
    assert again.beside
    assert [one.best for one in unread.beside.snapshot.estimates] == [1450]
    assert sorted(one.best for one in again.beside.snapshot.estimates) == [777, 1450]
