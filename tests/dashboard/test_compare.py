"""Two periods side by side: they add up, on one scale, and what is missing stays missing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.beside import ABSENT, beside, rows_of
from dashboard.charts.compare import Comparison, Period, compare
from dashboard.charts.tally import Filters, tally
from dashboard.charts.theme import DARK, LIGHT
from tests.dashboard.snapshots import (
    FEB_24,
    KAZAN,
    MOSCOW,
    RUSSIA,
    TEHRAN,
    estimate,
    snapshot,
)
from tests.dashboard.views_drawn import FIRST, LAST, snapshots
from vigil.place import Place

if TYPE_CHECKING:
    from vigil.snapshot import Snapshot

JAN_31 = date(2021, 1, 31)
THAT_DAY, BEFORE = Period(FEB_24, FEB_24), Period(JAN_31, JAN_31)
KNOWN = snapshot(
    [
        estimate(RUSSIA, 1_667, low=1_500, high=2_000),
        estimate(MOSCOW, 900),
        estimate(KAZAN, 15),
        estimate(RUSSIA, 5_021, day=JAN_31),
        estimate(MOSCOW, 1_600, low=1_400, day=JAN_31),
        estimate(TEHRAN, 7, day=JAN_31 + timedelta(days=1)),
    ]
)


def compared(a: Period = THAT_DAY, b: Period = BEFORE) -> Comparison:
    return compare(KNOWN, Filters(country="RU"), a, b)


def test_totals_stand_side_by_side_with_their_ranges() -> None:
    assert [side.total for side in compared().sides] == [(1_500, 1_667, 2_000), (5_021,) * 3]


def test_cities_are_paired_and_one_without_a_figure_has_none() -> None:
    moscow, kazan, rest = compared().pairs
    assert [side.best for side in moscow.sides if side] == [900, 1_600]
    assert kazan.sides[1] is None
    assert (rest.name, rest.city) == ("Russia", False)


def test_days_with_data_are_counted_of_all_days_of_each() -> None:
    week = Period(JAN_31 - timedelta(days=6), JAN_31)
    assert [(side.read, side.length) for side in compared(b=week).sides] == [(1, 1), (1, 7)]


def test_period_without_limits_is_as_long_as_its_data() -> None:
    whole = compared(a=Period(None, None)).sides[0]
    assert (whole.read, whole.length) == (2, (FEB_24 - JAN_31).days + 1)


def test_scale_has_room_for_the_higher_of_both() -> None:
    assert compared().highest("days") == 5_021
    assert compare(snapshot(), Filters(), THAT_DAY, BEFORE).highest("days") == 1


def test_own_days_of_the_view_are_not_looked_at() -> None:
    narrow = Filters(country="RU", first=JAN_31, last=JAN_31)
    assert compare(KNOWN, narrow, THAT_DAY, BEFORE).sides[0].total.best == 1_667


def test_rows_of_the_chart_say_where_a_period_has_no_figure() -> None:
    figure = beside(compared(), LIGHT)
    second = next(one for one in figure["data"] if one["name"] == "cities, second period")
    assert ABSENT in second["text"][1]
    assert second["x"][1] == 0


def test_cities_beyond_the_rows_are_one_row() -> None:
    towns = [Place(f"Town {at}", "city", "RU", 50.0, 30.0, at + 1) for at in range(20)]
    known = snapshot([estimate(town, 10 + at) for at, town in enumerate(towns)])
    rows = rows_of(compare(known, Filters(), THAT_DAY, BEFORE), most=12)
    assert (len(rows), rows[-1].name) == (13, "8 more cities")
    assert sum(row.best[0] or 0 for row in rows) == sum(range(10, 30))


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_bars_of_both_periods_share_a_row_and_differ_in_colour(theme: object) -> None:
    data = beside(compared(), theme)["data"]  # type: ignore[arg-type]  # one of the two
    assert {one["offsetgroup"] for one in data} == {"first", "second"}
    assert data[0]["marker"]["color"] != data[1]["marker"]["color"]


@pytest.mark.parametrize(
    ("period", "text"),
    [
        (THAT_DAY, "24 Feb 2022"),
        (Period(JAN_31, FEB_24), "31 Jan 2021 to 24 Feb 2022"),
        (Period(JAN_31, None), "since 31 Jan 2021"),
        (Period(None, JAN_31), "until 31 Jan 2021"),
        (Period(None, None), "all days"),
    ],
)
def test_period_is_said_in_words(period: Period, text: str) -> None:
    assert period.text == text


@given(snapshots, st.dates(FIRST, LAST), st.dates(FIRST, LAST), st.integers(0, 20))
def test_pairs_add_up_to_both_totals(known: Snapshot, a: date, b: date, days: int) -> None:
    periods = [Period(one, one + timedelta(days=days)) for one in (a, b)]
    found = compare(known, Filters(), *periods)
    for at, (side, period) in enumerate(zip(found.sides, periods, strict=True)):
        shown = Filters(first=period.first, last=period.last)
        by_city = sum(one.best for pair in found.pairs if (one := pair.sides[at]))
        assert by_city == side.total.best == tally(known, shown).total
        assert side.read <= side.length == days + 1
        assert sum(row.best[at] or 0 for row in rows_of(found)) == by_city
