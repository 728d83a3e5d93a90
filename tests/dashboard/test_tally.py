"""The sums of a view: they add up, and leave out what has no day or no place."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.tally import Filters, place_code, tally
from tests.dashboard.snapshots import (
    FEB_24,
    KAZAN,
    MOSCOW,
    PETERSBURG,
    RUSSIA,
    TEHRAN,
    WORLD,
    estimate,
    snapshot,
)
from vigil.estimate import Estimate, Rule
from vigil.place import Place

if TYPE_CHECKING:
    from vigil.period import Period

MAR_6 = date(2022, 3, 6)


def test_total_is_the_country_figure_and_not_its_cities_on_top() -> None:
    sums = tally(snapshot([estimate(RUSSIA, 1667), estimate(MOSCOW, 900)]), Filters())
    assert sums.total == 1667
    assert [(one.name, one.best) for one in sums.unspecified] == [("Russia", 767)]


def test_total_is_the_sum_of_cities_where_the_country_has_less() -> None:
    sums = tally(snapshot([estimate(RUSSIA, 100), estimate(MOSCOW, 900)]), Filters())
    assert (sums.total, sums.unspecified) == (900, ())


def test_total_without_a_country_figure_is_the_sum_of_cities() -> None:
    sums = tally(snapshot([estimate(KAZAN, 10), estimate(MOSCOW, 900)]), Filters())
    assert sums.total == 910
    assert [one.name for one in sums.cities] == ["Moscow", "Kazan"]


def test_region_is_never_added_to_its_country() -> None:
    region = Place("Tatarstan", "region", "RU")
    sums = tally(snapshot([estimate(RUSSIA, 300), estimate(region, 200)]), Filters())
    assert sums.total == 300


def test_city_known_by_names_only_is_inside_the_country_figure() -> None:
    named = estimate(KAZAN, 2, rule=Rule.NAMED)
    sums = tally(snapshot([estimate(RUSSIA, 900), estimate(MOSCOW, 900), named]), Filters())
    assert sums.total == 900
    assert [one.name for one in sums.cities] == ["Moscow"]


@pytest.mark.parametrize(
    "apart",
    [
        estimate(RUSSIA, 13_000, period=(FEB_24, MAR_6)),
        estimate(RUSSIA, 13_000, day=None),
        estimate(WORLD, 13_000),
        estimate(None, 13_000),
    ],
    ids=["period", "undated", "world", "no place"],
)
def test_figure_without_day_or_country_stands_apart(apart: Estimate) -> None:
    sums = tally(snapshot([estimate(MOSCOW, 5), apart]), Filters())
    assert sums.total == 5
    assert sums.aside == (apart,)


@pytest.mark.parametrize(
    ("period", "first", "shown"),
    [
        ((None, FEB_24), FEB_24, True),
        ((None, FEB_24), MAR_6, False),
        ((MAR_6, None), FEB_24, True),
        ((FEB_24, MAR_6), MAR_6, True),
    ],
)
def test_period_belongs_to_a_window_by_the_end_that_is_told(
    period: Period, first: date, shown: bool
) -> None:
    total = estimate(RUSSIA, 13_000, period=period)
    assert bool(tally(snapshot([total]), Filters(first=first)).aside) is shown


def test_other_kinds_are_not_counted() -> None:
    sums = tally(snapshot([estimate(MOSCOW, 5), estimate(MOSCOW, 800, kind="protest")]), Filters())
    assert sums.total == 5


@pytest.mark.parametrize(
    ("filters", "total"),
    [
        (Filters(country="IR"), 7),
        (Filters(first=MAR_6), 40),
        (Filters(last=FEB_24), 107),
        (Filters(first=FEB_24, last=MAR_6), 147),
        (Filters(cities=(place_code(MOSCOW),)), 130),
        (Filters(kind="petition"), 0),
    ],
)
def test_filters_narrow_the_total(filters: Filters, total: int) -> None:
    estimates = [
        estimate(RUSSIA, 100),
        estimate(MOSCOW, 90),
        estimate(TEHRAN, 7),
        estimate(MOSCOW, 40, day=MAR_6),
    ]
    assert tally(snapshot(estimates), filters).total == total


def test_range_of_a_city_is_open_upward_where_one_of_its_days_is() -> None:
    days = [
        estimate(MOSCOW, 90, low=50, high=100),
        estimate(MOSCOW, 40, low=40, high=None, day=MAR_6),
    ]
    moscow = tally(snapshot(days), Filters()).cities[0]
    assert (moscow.low, moscow.best, moscow.high, moscow.days) == (90, 130, None, 2)


def test_towns_of_one_name_are_two() -> None:
    other = Place("Moscow", "city", "US", 46.73, -117.0, 5601538)
    sums = tally(snapshot([estimate(MOSCOW, 900), estimate(other, 3)]), Filters())
    assert [(one.country, one.best) for one in sums.cities] == [("RU", 900), ("US", 3)]


@given(
    st.lists(
        st.builds(
            estimate,
            st.sampled_from([RUSSIA, MOSCOW, PETERSBURG, KAZAN, TEHRAN, WORLD, None]),
            st.integers(1, 5000),
            day=st.one_of(st.none(), st.dates(date(2021, 1, 1), date(2021, 1, 9))),
            rule=st.sampled_from([Rule.ONLY, Rule.NAMED]),
        ),
        max_size=25,
        unique_by=lambda one: one.bucket,
    )
)
def test_sums_agree_whichever_way_they_are_cut(estimates: list[Estimate]) -> None:
    sums = tally(snapshot(estimates), Filters())
    by_place = sum(one.best for one in (*sums.cities, *sums.unspecified))
    assert sums.total == by_place == sum(day.total for day in sums.days)
