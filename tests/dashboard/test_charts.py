"""The figures: what is drawn, in which order, and what is hatched."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta, timezone
from typing import Any

import pytest

from dashboard.charts.days import days
from dashboard.charts.episodes import episodes
from dashboard.charts.projection import WORLD as WHOLE_WORLD
from dashboard.charts.projection import middle, place_on, view_of
from dashboard.charts.ranking import FEWEST_ROWS, OTHERS, REST, ranking
from dashboard.charts.tally import Filters, Tally, place_code, tally
from dashboard.charts.theme import DARK, LIGHT, UIREVISION
from dashboard.charts.world import scale_top, world
from tests.dashboard.snapshots import (
    FEB_24,
    KAZAN,
    MOSCOW,
    NOON,
    PETERSBURG,
    RUSSIA,
    TEHRAN,
    estimate,
    snapshot,
)
from vigil.place import Place

FEB_27 = FEB_24 + timedelta(days=3)
FIGURES = [ranking, world, days]


def sums(*estimates: Any) -> Tally:
    return tally(snapshot(estimates), Filters())


def many(count: int) -> Tally:
    towns = [
        Place(f"Town {n:02}", "city", "RU", 50 + n / 10, 40 + n, n) for n in range(1, count + 1)
    ]
    return sums(*(estimate(town, 10 * n) for n, town in enumerate(towns, 1)))


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_figure_is_plain_json_of_lists(figure: Any, theme: Any) -> None:
    text = json.dumps(figure(sums(estimate(RUSSIA, 50), estimate(MOSCOW, 20)), theme))
    assert "bdata" not in text


@pytest.mark.parametrize("figure", FIGURES)
def test_figure_keeps_the_viewers_zoom(figure: Any) -> None:
    assert figure(sums(estimate(MOSCOW, 20)), LIGHT)["layout"]["uirevision"] == UIREVISION


@pytest.mark.parametrize("figure", FIGURES)
def test_figure_is_the_same_whatever_the_order_of_estimates(figure: Any) -> None:
    estimates = [estimate(RUSSIA, 50), estimate(MOSCOW, 20), estimate(KAZAN, 20)]
    assert figure(sums(*estimates), LIGHT) == figure(sums(*reversed(estimates)), LIGHT)


@pytest.mark.parametrize("figure", FIGURES)
def test_figure_of_nothing_can_be_drawn(figure: Any) -> None:
    assert figure(sums(), LIGHT)["layout"]


def test_ranking_has_the_largest_city_first() -> None:
    cities = ranking(sums(estimate(KAZAN, 20), estimate(MOSCOW, 90)), LIGHT)["data"][0]
    assert cities["x"] == [90, 20]
    assert [code for code, _ in cities["customdata"]] == [place_code(MOSCOW), place_code(KAZAN)]


@pytest.mark.parametrize("count", [1, 3, 40])
def test_ranking_keeps_its_bars_slim(count: int) -> None:
    bottom, top = ranking(many(count), LIGHT)["layout"]["yaxis"]["range"]
    assert bottom - top >= FEWEST_ROWS


def test_ranking_bars_add_up_to_the_total() -> None:
    cut = many(20)
    figure = ranking(cut, LIGHT)
    assert sum(figure["data"][0]["x"]) + sum(figure["data"][1]["x"]) == cut.total


def test_ranking_sums_up_the_cities_beyond_fifteen() -> None:
    cities = ranking(many(20), LIGHT)["data"][0]
    assert len(cities["x"]) == 16
    assert cities["customdata"][-1] == [OTHERS, "5 more cities"]


def test_ranking_hatches_the_part_without_a_city() -> None:
    hatched = ranking(sums(estimate(RUSSIA, 50), estimate(MOSCOW, 20)), LIGHT)["data"][1]
    assert hatched["x"] == [30]
    assert hatched["marker"]["pattern"]["shape"] == "/"
    assert hatched["customdata"] == [[REST + place_code(RUSSIA), "Russia, city not stated"]]


def test_ranking_writes_thousands_apart() -> None:
    assert ranking(sums(estimate(MOSCOW, 12_345)), LIGHT)["data"][0]["text"] == ["12,345"]


def test_name_that_looks_like_markup_is_shown_as_it_stands() -> None:
    odd = Place("<b>Bold</b>", "city", "RU", 55.0, 40.0, 1)
    text = json.dumps([figure(sums(estimate(odd, 5)), LIGHT) for figure in (ranking, world)])
    assert "<b>" not in text.replace(place_code(odd), "")
    assert "&lt;b&gt;Bold" in text


def test_days_stack_cities_and_the_part_without() -> None:
    data = days(sums(estimate(RUSSIA, 50), estimate(MOSCOW, 20)), LIGHT)["data"]
    assert [trace["y"] for trace in data[:2]] == [[20], [30]]
    assert days(sums(estimate(MOSCOW, 20)), LIGHT)["layout"]["barmode"] == "stack"


def test_days_without_data_are_hatched_gaps_and_no_zeros() -> None:
    figure = days(sums(estimate(MOSCOW, 20), estimate(MOSCOW, 5, day=FEB_27)), LIGHT)
    read, _, gaps = figure["data"]
    assert read["x"] == ["2022-02-24", "2022-02-27"]
    assert {"2022-02-25", "2022-02-26"} <= set(gaps["x"])
    assert not set(read["x"]) & set(gaps["x"])
    assert gaps["marker"]["pattern"]["shape"]


def test_days_that_had_not_come_are_not_said_to_be_unread() -> None:
    seen = snapshot([estimate(MOSCOW, 20)])
    evening = NOON.replace(hour=23, tzinfo=timezone(timedelta(hours=3)))
    day = timedelta(days=1)
    for known in (replace(seen, known_at=evening + day), seen.dated(NOON + day)):
        *_, gaps = days(tally(known, Filters()), LIGHT)["data"]
        assert gaps["x"] == ["2022-02-21", "2022-02-22", "2022-02-23", "2022-02-25"]


def test_days_far_apart_stand_in_facets_of_their_own() -> None:
    late = date(2022, 9, 21)
    layout = days(sums(estimate(MOSCOW, 20), estimate(MOSCOW, 5, day=late)), LIGHT)["layout"]
    assert layout["xaxis"]["domain"][1] < layout["xaxis2"]["domain"][0]
    assert layout["xaxis2"]["domain"][1] <= 1


def test_days_show_the_newest_episodes_where_there_are_too_many() -> None:
    cut = sums(*(estimate(MOSCOW, 5, day=date(2010 + n, 6, 1)) for n in range(9)))
    figure = days(cut, LIGHT, most=6)
    assert figure["data"][0]["x"] == ["2013-06-01"]
    assert len([axis for axis in figure["layout"] if axis.startswith("xaxis")]) == 6


def test_days_write_a_figure_only_above_what_stands_out() -> None:
    near = [estimate(MOSCOW, n, day=FEB_24 + timedelta(days=n)) for n in range(1, 4)]
    long = [estimate(MOSCOW, 9, day=FEB_24 + timedelta(days=n)) for n in range(10, 45)]
    notes = days(sums(*near, *long), LIGHT)["layout"]["annotations"]
    assert "1" not in [note["text"] for note in notes]


def test_map_never_follows_the_data_by_itself() -> None:
    assert world(sums(estimate(MOSCOW, 20)), LIGHT)["layout"]["geo"]["fitbounds"] is False


def test_map_has_a_bubble_for_each_city_whose_place_is_known() -> None:
    nowhere = Place("Nowhere", "city", "RU")
    bubbles = world(sums(estimate(MOSCOW, 20), estimate(nowhere, 30)), LIGHT)["data"][0]
    assert bubbles["marker"]["size"] == [20]
    assert bubbles["marker"]["sizemode"] == "area"


def test_map_view_stays_while_figures_and_close_cities_come() -> None:
    before = world(sums(estimate(MOSCOW, 20), estimate(KAZAN, 5)), LIGHT)
    more = world(sums(estimate(MOSCOW, 900), estimate(KAZAN, 5), estimate(PETERSBURG, 8)), LIGHT)
    assert before["layout"]["geo"] != world(sums(estimate(TEHRAN, 5)), LIGHT)["layout"]["geo"]
    assert before["layout"]["geo"]["projection"] == more["layout"]["geo"]["projection"]


@pytest.mark.parametrize(
    "points",
    [
        [(37.6, 55.8)],
        [(37.6, 55.8), (131.9, 43.1)],
        [(-74, 40.7), (-118, 34)],
        [(151, -33.9), (174.8, -36.8)],
    ],
)
def test_view_frames_every_point(points: list[tuple[float, float]]) -> None:
    view = view_of(points)
    for point in points:
        x, y = place_on(view, *point)
        assert 0 < x < 1
        assert 0 < y < 1


@pytest.mark.parametrize("points", [[], [(-120, 40), (140, -30)]])
def test_view_is_the_world_for_nothing_and_for_everything(
    points: list[tuple[float, float]],
) -> None:
    assert view_of(points) == WHOLE_WORLD
    assert middle(WHOLE_WORLD) == 0


@pytest.mark.parametrize(("largest", "top"), [(0, 1), (1, 1), (3, 5), (1450, 2000), (5000, 5000)])
def test_bubble_scale_moves_in_coarse_steps(largest: int, top: int) -> None:
    assert scale_top(largest) == top


@pytest.mark.parametrize(
    ("found", "labels"),
    [
        ([], []),
        ([date(2022, 2, 24)], ["24 Feb 2022"]),
        ([date(2022, 9, 21), date(2022, 9, 25)], ["21\N{EN DASH}25 Sep 2022"]),
        ([date(2022, 3, 13), date(2022, 2, 24)], ["24 Feb \N{EN DASH} 13 Mar 2022"]),
        ([date(2021, 12, 30), date(2022, 1, 2)], ["30 Dec 2021 \N{EN DASH} 2 Jan 2022"]),
        ([date(2021, 1, 31), date(2021, 4, 21)], ["31 Jan 2021", "21 Apr 2021"]),
    ],
)
def test_episodes_break_where_nothing_was_read_for_weeks(
    found: list[date], labels: list[str]
) -> None:
    assert [episode.label for episode in episodes(found)] == labels
