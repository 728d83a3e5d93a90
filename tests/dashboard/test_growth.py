"""The step chart of a figure's history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.charts.growth import drawn_voices, growth, has_range, voices
from dashboard.charts.theme import DARK, LIGHT
from tests.dashboard.histories import NOBODY, POLICE, at, figure, of, step
from tests.dashboard.snapshots import MONITOR
from vigil.article import BEFORE_ALL
from vigil.resolving.known import Step

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

GREW = (step(0, of(389)), step(60, of(1_400)), step(180, of(1_313)))
DIFFER = (
    step(0, of(389)),
    step(60, of(389, figure(MONITOR, 389), figure(POLICE, 200))),
    step(180, of(1_400, figure(MONITOR, 1_400), figure(POLICE, 200))),
)


def drawn(steps: Sequence[Step], *, known: datetime | None = None) -> dict[str, Any]:
    return growth(steps, LIGHT, codes=[str(number) for number in range(len(steps))], known=known)


def trace(chart: dict[str, Any], name: str) -> dict[str, Any]:
    [found] = [one for one in chart["data"] if one["name"] == name and one["mode"] == "lines"]
    return dict(found)


def test_figure_stands_until_the_next_moment() -> None:
    line = trace(drawn(GREW), "the figure shown")
    assert line["y"] == [389, 389, 1_400, 1_400, 1_313, 1_313]
    assert line["x"][:4] == [
        "2022-02-24 12:00:00",
        "2022-02-24 13:00:00",
        "2022-02-24 13:00:00",
        "2022-02-24 15:00:00",
    ]


def test_last_figure_reaches_beyond_its_moment_and_is_written_there() -> None:
    chart = drawn(GREW)
    assert trace(chart, "the figure shown")["x"][-1] == chart["layout"]["xaxis"]["range"][1]
    assert [one["text"] for one in chart["layout"]["annotations"]] == ["<b>1,313</b>"]


def test_withdrawn_figure_leaves_a_gap() -> None:
    chart = drawn((step(0, of(5)), step(1, None), step(2, of(7)), step(3, None)))
    assert trace(chart, "the figure shown")["y"] == [5, 5, None, 7, 7, None]
    assert "annotations" not in chart["layout"]


def test_lone_voice_has_no_line_beside_the_figure() -> None:
    assert voices(GREW) == ("OVD-Info (monitor)",)
    assert drawn_voices(GREW) == ()
    assert {one["name"] for one in drawn(GREW)["data"]} == {"range", "the figure shown", "changes"}


def test_each_authority_has_a_line_of_its_own() -> None:
    chart = drawn(DIFFER)
    assert drawn_voices(DIFFER) == ("OVD-Info (monitor)", "Interior Ministry (official)")
    assert trace(chart, "OVD-Info (monitor)")["y"] == [389, 389, 389, 389, 1_400, 1_400]
    assert trace(chart, "Interior Ministry (official)")["y"] == [None, 200, 200, 200, 200]


def test_lines_differ_by_their_marks_without_colour() -> None:
    marks = [one for one in drawn(DIFFER)["data"] if one["mode"] == "markers"][:2]
    assert len({one["marker"]["symbol"] for one in marks}) == 2
    assert [one["y"] for one in marks] == [[389, 1_400], [200]]


def test_range_is_a_band_only_where_counts_differ() -> None:
    assert (has_range(GREW), has_range(DIFFER)) == (False, True)
    assert trace(drawn(GREW), "range")["y"] == []
    band = trace(drawn(DIFFER), "range")
    assert band["y"] == [200, 200, 389, 389, 200, None, 200, 200, 1_400, 1_400, 200, None]
    assert band["fill"] == "toself"


def test_range_that_is_open_upward_is_drawn_to_its_highest_figure() -> None:
    open_ = of(600, figure(MONITOR, 600), figure(POLICE, 700, high=None))
    band = trace(drawn((GREW[0], step(5, open_))), "range")
    assert band["y"] == [600, 600, 700, 700, 600, None]


def test_unnamed_voices_are_told_apart_by_outlet() -> None:
    both = of(70, figure(NOBODY, 70, outlets=("Harbour Post", "Northline")))
    assert voices((step(0, both),)) == (
        "nobody named, Harbour Post",
        "nobody named, Northline",
    )


def test_more_voices_than_can_be_told_apart_are_left_to_the_table() -> None:
    many = of(9, *(figure(NOBODY, 9, outlets=(f"Outlet {number}",)) for number in range(9)))
    assert len(voices((step(0, many),))) == 9
    assert len(drawn_voices((step(0, many),))) == 4


def test_click_on_a_change_gives_its_code() -> None:
    [changes] = [one for one in drawn(GREW)["data"] if one["name"] == "changes"]
    assert changes["customdata"][1] == ["1", "24 Feb 2022, 13:00 UTC", "1,400, OVD-Info (monitor)"]


def test_what_was_always_known_stands_at_the_left_edge() -> None:
    chart = drawn((Step(BEFORE_ALL, of(3)), *GREW))
    start = chart["layout"]["xaxis"]["range"][0]
    assert trace(chart, "the figure shown")["x"][0] == start
    assert "2022-02-24 11:" in start


def test_moment_of_the_past_is_marked_within_the_chart() -> None:
    [line] = drawn(GREW, known=at(90))["layout"]["shapes"]
    assert line["x0"] == line["x1"] == "2022-02-24 13:30:00"
    [late] = drawn(GREW, known=at(90_000))["layout"]["shapes"]
    assert late["x0"] == drawn(GREW)["layout"]["xaxis"]["range"][1]
    assert "shapes" not in drawn(GREW)["layout"]


def test_markup_in_the_name_of_an_outlet_is_escaped() -> None:
    bad = of(70, figure(MONITOR, 60), figure(NOBODY, 70, outlets=("<b>Post</b>",)))
    text = str(drawn((step(0, bad), step(5, of(60)))))
    assert "<b>Post" not in text
    assert "&lt;b&gt;Post" in text


def test_dark_chart_differs_in_colour_only() -> None:
    dark = growth(DIFFER, DARK, codes=["", "", ""])
    assert [one["y"] for one in dark["data"]] == [one["y"] for one in drawn(DIFFER)["data"]]


def test_marks_of_a_long_history_do_not_cover_its_line() -> None:
    steps = [step(n, of(n, figure(MONITOR, n), figure(POLICE, 2 * n))) for n in range(1, 200)]
    marks = [one for one in drawn(steps)["data"] if one["mode"] == "markers"][:2]
    assert all(20 <= len(one["x"]) <= 24 for one in marks)
