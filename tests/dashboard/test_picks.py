"""Clicks and boxes on charts, chips and Escape: what is filtered for then."""

from __future__ import annotations

import json
from datetime import date

import pytest

from dashboard.charts.picking import FAINT, pickable
from dashboard.charts.ranking import REST, ranking
from dashboard.charts.tally import Filters, place_code, tally
from dashboard.charts.theme import LIGHT
from dashboard.live.nodes import texts
from dashboard.views.chips import ESCAPE, chips, without
from dashboard.views.filter_words import city_name, days_text, partly
from dashboard.views.picks import Pick, cities_picked, days_picked, pick_from
from tests.dashboard.snapshots import FEB_24, KAZAN, MOSCOW, PETERSBURG, RUSSIA, estimate, snapshot

MOSCOW_, KAZAN_, REST_ = place_code(MOSCOW), place_code(KAZAN), REST + place_code(RUSSIA)
MAR_6, MAR_13 = date(2022, 3, 6), date(2022, 3, 13)
DAYS = {day: day.isoformat() for day in (FEB_24, MAR_6, MAR_13)}


@pytest.mark.parametrize(
    ("before", "pick", "after"),
    [
        ((), Pick((MOSCOW_,)), (MOSCOW_,)),
        ((MOSCOW_,), Pick((MOSCOW_,)), ()),
        ((MOSCOW_,), Pick((KAZAN_,)), (KAZAN_,)),
        ((MOSCOW_,), Pick((KAZAN_,), more=True), tuple(sorted((MOSCOW_, KAZAN_)))),
        ((KAZAN_, MOSCOW_), Pick((KAZAN_,), more=True), (MOSCOW_,)),
        ((KAZAN_, MOSCOW_), Pick((KAZAN_,)), (KAZAN_,)),
        ((), Pick((MOSCOW_, KAZAN_, REST_, "others"), drawn=True), (KAZAN_, MOSCOW_)),
        ((MOSCOW_,), Pick((MOSCOW_,), drawn=True), (MOSCOW_,)),
        ((MOSCOW_,), Pick((KAZAN_,), drawn=True, more=True), (KAZAN_, MOSCOW_)),
        ((MOSCOW_,), Pick(()), (MOSCOW_,)),
        ((MOSCOW_,), Pick(("others",), drawn=True), (MOSCOW_,)),
    ],
)
def test_cities_are_picked(before: tuple[str, ...], pick: Pick, after: tuple[str, ...]) -> None:
    assert cities_picked(Filters(cities=before), pick) == Filters(cities=after)


def test_part_without_a_city_picks_its_country_and_takes_it_back() -> None:
    picked = cities_picked(Filters(cities=(KAZAN_,)), Pick((REST_,)))
    assert picked == Filters(country="RU")
    assert cities_picked(picked, Pick((REST_,))) == Filters()


@pytest.mark.parametrize(
    ("before", "pick", "after"),
    [
        ((None, None), Pick((DAYS[MAR_6],)), (MAR_6, MAR_6)),
        ((MAR_6, MAR_6), Pick((DAYS[MAR_6],)), (None, None)),
        ((FEB_24, MAR_6), Pick((DAYS[MAR_6],)), (MAR_6, MAR_6)),
        ((FEB_24, FEB_24), Pick((DAYS[MAR_6],), more=True), (FEB_24, MAR_6)),
        ((FEB_24, None), Pick((DAYS[MAR_6],), more=True), (FEB_24, MAR_6)),
        ((None, None), Pick((DAYS[MAR_13], DAYS[FEB_24]), drawn=True), (FEB_24, MAR_13)),
        ((MAR_6, MAR_6), Pick((DAYS[MAR_6],), drawn=True), (MAR_6, MAR_6)),
        ((MAR_6, MAR_6), Pick(("yesterday",)), (MAR_6, MAR_6)),
    ],
)
def test_days_are_picked(
    before: tuple[date | None, date | None], pick: Pick, after: tuple[date | None, date | None]
) -> None:
    found = days_picked(Filters(first=before[0], last=before[1]), pick)
    assert (found.first, found.last) == after


@pytest.mark.parametrize("sent", ["", "RU:city:Moscow:524901", "[]", "{}", '{"codes": 3}', "null"])
def test_nonsense_picks_nothing(sent: str) -> None:
    assert pick_from(sent) == Pick(())


def test_pick_is_read_as_the_chart_sends_it() -> None:
    sent = {"codes": [MOSCOW_, 3], "more": True, "number": "yes"}
    assert pick_from(json.dumps(sent)) == Pick((MOSCOW_,), more=True)


EVERYTHING = Filters(
    kind="protest",
    country="RU",
    first=FEB_24,
    last=MAR_6,
    cities=(KAZAN_, MOSCOW_),
    authority_kinds=("monitor",),
    authorities=("OVD-Info",),
    outlets=("The Wire",),
    bounds=("vague",),
    printed=3,
    text="river",
)


def picks(filters: Filters) -> list[tuple[str, str]]:
    """Return what each chip says and sends."""
    row = chips(filters, {"RU": "Russia"})
    items = [item for item in row if isinstance(item, dict) and item["tag"] == "ul"]
    return [
        ("".join(texts(button)), button["pick"])
        for listed in items
        for item in listed["children"]
        for button in item["children"]
    ]


def test_each_filter_has_a_chip_that_takes_it_back() -> None:
    left = EVERYTHING
    said = []
    for text, sent in picks(EVERYTHING):
        assert without(left, sent) != left
        left = without(left, sent)
        said.append(text.removesuffix("\N{MULTIPLICATION SIGN}"))
    assert left == Filters(kind="protest")
    assert said == [
        "Russia",
        "24 Feb \N{EN DASH} 6 Mar 2022",
        "Kazan",
        "Moscow",
        "monitors",
        "OVD-Info",
        "printed by The Wire",
        "in words, like dozens",
        "printed by 3 outlets or more",
        "\N{LEFT DOUBLE QUOTATION MARK}river\N{RIGHT DOUBLE QUOTATION MARK}",
    ]


def test_many_values_share_one_chip() -> None:
    filters = Filters(outlets=tuple(f"Outlet {number}" for number in range(9)))
    row = picks(filters)
    assert [text for text, _ in row][-1] == "6 more outlets\N{MULTIPLICATION SIGN}"
    assert without(filters, row[-1][1]).outlets == filters.outlets[:3]


def test_escape_takes_back_what_was_picked_on_charts() -> None:
    left = without(EVERYTHING, ESCAPE)
    assert (left.cities, left.first, left.last) == ((), None, None)
    assert (left.country, left.text) == ("RU", "river")


def test_row_without_filters_says_how_to_get_some() -> None:
    assert "Click a bar" in "".join(texts(chips(Filters(), {})[0]))


def test_filter_for_sources_says_that_what_is_left_out_is_no_zero() -> None:
    assert partly(Filters(cities=(MOSCOW_,))) == ""
    assert "not zero" in partly(Filters(printed=2))
    assert "these authorities" in partly(Filters(authorities=("police",)))


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (FEB_24, None, "from 24 Feb 2022"),
        (None, FEB_24, "to 24 Feb 2022"),
        (FEB_24, FEB_24, "24 Feb 2022"),
        (None, None, ""),
    ],
)
def test_days_are_said_in_words(first: date | None, last: date | None, text: str) -> None:
    assert days_text(Filters(first=first, last=last)) == text


def test_name_of_a_city_is_in_its_code() -> None:
    assert [city_name(code) for code in (MOSCOW_, "XX:city:A:B:", "x")] == ["Moscow", "A:B", "x"]


def test_what_is_not_chosen_is_faint_and_still_there() -> None:
    sums = tally(snapshot([estimate(MOSCOW, 900), estimate(KAZAN, 15)]), Filters())
    made = pickable(ranking(sums, LIGHT), LIGHT, drag="select", direction="v", chosen=(KAZAN_,))
    [cities] = [trace for trace in made["data"] if trace["name"] == "cities"]
    assert cities["x"] == [900, 15]
    assert cities["marker"]["opacity"] == [FAINT, 1]
    assert (made["layout"]["dragmode"], made["layout"]["selectdirection"]) == ("select", "v")


def test_chosen_city_has_a_bar_however_small_it_is() -> None:
    there = [estimate(MOSCOW, 900), estimate(PETERSBURG, 300), estimate(KAZAN, 15)]
    sums = tally(snapshot(there), Filters())
    bars = ranking(sums, LIGHT, most=2, kept=(KAZAN_,))["data"][0]
    assert (bars["y"], bars["x"]) == ([MOSCOW_, KAZAN_, "others"], [900, 15, 300])
