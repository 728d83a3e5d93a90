"""Tables beside the charts: captions, headings, separators, and the same sums as the page."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from dashboard.charts.compare import Period, compare
from dashboard.charts.reach import reaches
from dashboard.charts.tally import Filters, tally
from dashboard.live.nodes import texts
from dashboard.views import tables
from dashboard.views.showing import Showing, from_query, to_query
from tests.dashboard.snapshots import FEB_24, KAZAN, MOSCOW, RUSSIA, estimate, snapshot

if TYPE_CHECKING:
    from dashboard.live.nodes import Child

MAR_6 = date(2022, 3, 6)
KNOWN = snapshot(
    [
        estimate(RUSSIA, 1_667),
        estimate(MOSCOW, 900, low=500),
        estimate(MOSCOW, 1_100, day=MAR_6),
    ]
)
SUMS, DAYS = tally(KNOWN, Filters()), reaches(KNOWN, Filters())


def lines(table: Child, part: str) -> list[list[str]]:
    assert isinstance(table, dict)
    [found] = [one for one in table["children"] if one["tag"] == part]
    return [["".join(texts(cell)) for cell in row["children"]] for row in found["children"]]


def first(made: list[Child]) -> Any:
    assert isinstance(made[0], dict)
    assert made[0]["tag"] == "table"
    return made[0]


def test_cities_add_up_to_the_total_below_them() -> None:
    table = first(tables.by_city(SUMS, DAYS))
    assert lines(table, "tbody") == [
        ["Moscow", "2,000", "1,600\N{EN DASH}2,000", "2"],
        ["Russia, city not stated", "767", "", "1"],
    ]
    assert lines(table, "tfoot") == [["All", "2,767", "2,767", "2"]]


def test_days_say_their_parts_and_what_they_come_to() -> None:
    table = first(tables.by_day(SUMS, DAYS))
    assert lines(table, "tbody")[1:] == [
        ["24 Feb", "900", "767", "1,667", "1,667"],
        ["6 Mar", "1,100", "", "1,100", "2,767"],
    ]
    assert lines(table, "tfoot") == [["All", "2,000", "767", "2,767", ""]]


def test_table_has_a_caption_and_headings_for_columns_and_rows() -> None:
    for made in (tables.by_city(SUMS, DAYS), tables.by_day(SUMS, DAYS)):
        caption, head, body, _ = first(made)["children"]
        assert "".join(texts(caption)).startswith("Reported detentions by ")
        assert {cell["state"] for cell in head["children"][0]["children"]} == {"col"}
        assert {row["children"][0]["state"] for row in body["children"]} == {"row"}


def test_two_periods_have_a_column_each() -> None:
    found = compare(KNOWN, Filters(), Period(FEB_24, FEB_24), Period(MAR_6, MAR_6))
    table = first(tables.by_period(found))
    assert lines(table, "tbody")[0] == ["Moscow", "900", "500\N{EN DASH}900", "1,100", "1,100"]
    assert lines(table, "tbody")[1] == ["Russia, city not stated", "767", "", "no figure", ""]
    assert lines(table, "tfoot")[0][1::2] == ["1,667", "1,100"]


def test_long_table_says_what_it_leaves_out() -> None:
    many = snapshot(
        [
            estimate(KAZAN, 1, day=date.fromordinal(FEB_24.toordinal() + at))
            for at in range(tables.MOST_ROWS + 10)
        ]
    )
    said = list(texts(tables.by_day(tally(many, Filters()), reaches(many, Filters()))[1]))
    assert said == ["11 more rows: in the CSV"]


def test_way_of_showing_survives_the_address() -> None:
    showing = Showing("sum", "bars", tables=True, beside=Period(FEB_24, MAR_6))
    assert to_query(showing)["beside"] == "2022-02-24..2022-03-06"
    assert from_query(to_query(showing)) == showing
    assert to_query(Showing()) == {}


def test_address_that_makes_no_sense_shows_what_it_always_does() -> None:
    query = {"days": "pie", "places": "globe", "tables": "1", "beside": "2021-02-30..2021-02-31"}
    assert from_query(query) == Showing()


def test_period_given_backwards_is_turned_round() -> None:
    assert from_query({"beside": "2022-03-06..2022-02-24"}).beside == Period(FEB_24, MAR_6)
