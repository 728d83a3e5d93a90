"""The running total: it ends at the total of the view, and says what was never read."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from dashboard.charts.cumulative import cumulative
from dashboard.charts.reach import added, reaches, running
from dashboard.charts.tally import Filters, tally
from dashboard.charts.theme import LIGHT, UIREVISION
from tests.dashboard.snapshots import FEB_24, KAZAN, MOSCOW, RUSSIA, estimate, snapshot
from tests.dashboard.views_drawn import snapshots

if TYPE_CHECKING:
    from vigil.snapshot import Snapshot

FEB_26, MAR_6, SEP_21 = date(2022, 2, 26), date(2022, 3, 6), date(2022, 9, 21)


def drawn(known: Snapshot, filters: Filters | None = None, **options: Any) -> dict[str, Any]:
    asked = filters or Filters()
    return cumulative(tally(known, asked), reaches(known, asked), LIGHT, **options)


def traces(figure: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [trace for trace in figure["data"] if trace["name"] == name]


def test_stair_rises_on_days_with_a_figure_and_stays_level_between() -> None:
    figure = drawn(snapshot([estimate(MOSCOW, 90), estimate(MOSCOW, 10, day=FEB_26)]))
    [line] = traces(figure, "so far")
    at = dict(zip(line["x"], line["y"], strict=True))
    assert at["2022-02-24 12:00:00"] == 90
    assert at["2022-02-26 12:00:00"] == 100
    assert at["2022-02-22 12:00:00"] == 0


def test_day_that_nothing_was_read_for_is_hatched() -> None:
    figure = drawn(snapshot([estimate(MOSCOW, 90), estimate(MOSCOW, 10, day=FEB_26)]))
    [gaps] = traces(figure, "nothing read")
    assert "2022-02-25" in gaps["x"]
    assert "2022-02-24" not in gaps["x"]


def test_day_outside_the_window_is_not_said_to_be_unread() -> None:
    figure = drawn(snapshot([estimate(MOSCOW, 90)]), Filters(first=FEB_24, last=FEB_24))
    [gaps] = traces(figure, "nothing read")
    assert gaps["x"] == []


def test_stair_begins_with_what_came_before_the_episodes_shown() -> None:
    known = snapshot([estimate(MOSCOW, 90), estimate(MOSCOW, 10, day=SEP_21)])
    [line] = traces(drawn(known, most=1), "so far")
    assert (line["y"][0], line["y"][-1]) == (90, 100)


def test_range_is_drawn_from_floor_to_ceiling() -> None:
    known = snapshot([estimate(MOSCOW, 90, low=50, high=120), estimate(KAZAN, 5, high=None)])
    figure = drawn(known)
    assert traces(figure, "low")[0]["y"][-1] == 55
    assert traces(figure, "range")[0]["y"][-1] == 95  # open upward: no ceiling to draw
    assert "55 or more" in traces(figure, "days")[0]["customdata"][0][2]


def test_click_on_a_day_gives_the_day_and_zoom_stays() -> None:
    figure = drawn(snapshot([estimate(MOSCOW, 90)]))
    assert traces(figure, "days")[0]["customdata"][0][0] == "2022-02-24"
    assert figure["layout"]["uirevision"] == UIREVISION


def test_nothing_to_draw_is_an_empty_figure() -> None:
    assert drawn(snapshot())["data"] == []


@given(snapshots)
def test_last_value_is_the_total_of_the_view(known: Snapshot) -> None:
    total = tally(known, Filters()).total
    lines = traces(drawn(known), "so far")
    assert [line["y"][-1] for line in lines[-1:]] == [total] * bool(lines)
    assert all(list(line["y"]) == sorted(line["y"]) for line in lines)


@given(snapshots)
def test_range_of_each_day_holds_its_total(known: Snapshot) -> None:
    sums, found = tally(known, Filters()), reaches(known, Filters())
    assert {day.day: day.total for day in sums.days} == {
        day: reach.best for day, reach in found.items()
    }
    assert all(one.low <= one.best <= (one.high or one.best) for one in found.values())
    assert list(running(found).values())[-1:] == [added(found.values())] * bool(found)


@pytest.mark.parametrize(
    ("country", "total"),
    [((100, 1_667, 2_000), (300, 1_667, 2_000)), ((100, 1_667, None), (300, 1_667, None))],
)
def test_open_figure_of_a_city_leaves_the_ceiling_of_its_country(
    country: tuple[int, int, int | None], total: tuple[int, int, int | None]
) -> None:
    low, best, high = country
    known = snapshot([estimate(RUSSIA, best, low=low, high=high), estimate(MOSCOW, 300, high=None)])
    assert reaches(known, Filters()) == {FEB_24: total}
