"""The overview of a past moment in words, and the tools that lead there."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from dashboard.charts.compare import Period
from dashboard.charts.episodes import Episode
from dashboard.charts.tally import Filters
from dashboard.live.lookback import MOST_HELD, Lookback
from dashboard.live.nodes import Child, texts
from dashboard.views import past, toolbar
from dashboard.views.known import NOW, Known
from dashboard.views.past import Then, Window
from dashboard.views.showing import Showing
from tests.dashboard.snapshots import FEB_24, MOSCOW, NOON, estimate, snapshot
from vigil.article import BEFORE_ALL
from vigil.errors import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Collection

    from vigil.claim import Kind
    from vigil.snapshot import Evidence, Snapshot

LATER = NOON + timedelta(hours=2)
WINDOW = Window("detention", FEB_24, FEB_24)
CURRENT, BEFORE = snapshot([estimate(MOSCOW, 900)], version=7), snapshot([estimate(MOSCOW, 5)])


class Cellar:
    """A reader of the past that holds so many articles, or does not answer."""

    def __init__(self, held: int = 2, *, silent: bool = False) -> None:
        self.held = held
        self.silent = silent
        self.reads = 0

    def as_known_at(
        self, moment: datetime, *, first_day: date | None = None, last_day: date | None = None
    ) -> Snapshot:
        self.reads += 1
        return BEFORE

    def sentences_at(
        self, articles: Collection[str], moment: datetime
    ) -> dict[str, tuple[str, ...]]:
        self.reads += 1
        return dict.fromkeys(articles, (f"As of {moment:%H:%M}.",))

    def claims_at(self, slot: str, moment: datetime) -> tuple[Evidence, ...]:
        return ()

    def moments(
        self, kind: Kind, *, first_day: date | None, last_day: date | None, most: int
    ) -> tuple[int, tuple[datetime, ...]]:
        self.reads += 1
        if self.silent:
            message = "reading the past: Redis is not answering"
            raise StoreUnavailable(message)
        return self.held, (BEFORE_ALL, NOON, LATER) if self.held <= most else ()


def seen(cellar: Cellar, asked: Known = NOW, *, looking: bool = True) -> Then:
    back = Lookback(cellar, clock=lambda: NOON)
    return past.read(back, CURRENT, WINDOW, asked, looking=looking)


def said(children: list[Child]) -> str:
    return "".join(text for child in children for text in texts(child))


def test_nothing_is_read_while_nobody_looks_back() -> None:
    cellar = Cellar()
    then = seen(cellar, looking=False)
    assert then.shown(CURRENT, snapshot()) is CURRENT
    assert cellar.reads == 0


def test_moment_that_is_asked_for_is_shown_and_said() -> None:
    then = seen(Cellar(), Known(NOON))
    assert then.shown(CURRENT, snapshot()) is BEFORE
    text = said(past.notice(then, 900, looking=True))
    assert text.startswith("As known at 24 Feb 2022, 12:00 UTC, not live.")
    assert "Total of now: 900." in text


def test_window_with_too_much_says_so_and_shows_now() -> None:
    cellar = Cellar(MOST_HELD + 1)
    then = seen(cellar, Known(NOON))
    assert then.shown(CURRENT, snapshot()) is CURRENT
    assert "10,001 articles speak of these days" in said(past.notice(then, 0, looking=True))
    assert past.stops(then) == []
    assert cellar.reads == 1


@pytest.mark.parametrize("asked", [NOW, Known(NOON)])
def test_store_that_does_not_answer_never_passes_now_for_then(asked: Known) -> None:
    nothing = snapshot()
    then = seen(Cellar(silent=True), asked)
    assert then.shown(CURRENT, nothing) is (nothing if asked.moment else CURRENT)
    assert "does not answer" in said(past.notice(then, 0, looking=True))


def test_silence_is_not_told_as_nothing() -> None:
    assert "cannot be read" in said(past.nothing_then(seen(Cellar(silent=True), Known(NOON))))
    then = seen(Cellar(), Known(NOON - timedelta(days=1)))
    assert "That is not a zero." in said(past.nothing_then(then))


def test_slider_stops_at_each_moment_at_the_one_shown_and_at_now() -> None:
    between = NOON + timedelta(minutes=7)
    stops = past.stops(seen(Cellar(), Known(between)))
    assert [words for _, words in stops] == [
        "24 Feb 2022, 12:00 UTC",
        "24 Feb 2022, 12:07 UTC",
        "24 Feb 2022, 14:00 UTC",
        "now",
    ]
    assert past.code_of(seen(Cellar(), Known(between))) == stops[1][0]


def test_tools_say_what_is_on() -> None:
    made = toolbar.tools(Showing(days="sum", tables=True), looking_back=True, hidden=False)
    buttons = [
        one
        for child in made
        if isinstance(child, dict)
        for one in [child, *(inner for inner in child["children"] if isinstance(inner, dict))]
        if one["tag"] == "button"
    ]
    on = {one["pick"] for one in buttons if one["state"] == "on"}
    assert on == {toolbar.MAP, toolbar.RUNNING, toolbar.TABLES, toolbar.PAST}
    assert toolbar.tools(Showing(), looking_back=False, hidden=True) == []


@pytest.mark.parametrize(
    ("code", "showing"),
    [
        (toolbar.PLACE_BARS, Showing(places="bars")),
        (toolbar.RUNNING, Showing(days="sum")),
        (toolbar.TABLES, Showing(tables=True)),
        (toolbar.PAST, Showing()),
        (toolbar.COMPARE, Showing(beside=Period(date(2021, 1, 31), date(2021, 1, 31)))),
    ],
)
def test_tool_changes_how_the_view_is_shown(code: str, showing: Showing) -> None:
    there = [Episode(date(2021, 1, 31), date(2021, 1, 31)), Episode(FEB_24, FEB_24)]
    asked = Filters(first=FEB_24, last=FEB_24)
    assert toolbar.chosen(Showing(), code, asked, there) == showing


def test_comparing_twice_is_not_comparing() -> None:
    compared = Showing(beside=Period(FEB_24, FEB_24))
    assert toolbar.chosen(compared, toolbar.COMPARE, Filters(), ()).beside is None


def test_without_days_there_is_nothing_to_compare_with() -> None:
    assert toolbar.other_period(Filters(), ()) is None
