"""The CSV of a view: its rows are those of the screen, they add up, and none is a formula."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from hypothesis import given

from dashboard.charts.tally import Filters, place_code, tally
from dashboard.views.sheet import BEYOND, rows, sheet
from dashboard.views.state import bucket_of, subject_from_query
from tests.dashboard.snapshots import FEB_24, KAZAN, MOSCOW, NOON, RUSSIA, estimate, snapshot
from tests.dashboard.views_drawn import snapshots
from vigil.claim import Authority

if TYPE_CHECKING:
    from vigil.snapshot import Snapshot

ROOT = "https://vigil.example/desk/"


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_row_has_place_day_range_authority_outlets_and_the_way_to_its_evidence() -> None:
    [row] = read(sheet(snapshot([estimate(MOSCOW, 900, low=500)]), [Filters()], root=ROOT))
    shown = {name: row[name] for name in ("date", "place", "low", "best", "high", "outlets")}
    assert shown == {
        "date": "2022-02-24", "place": "Moscow", "low": "500", "best": "900", "high": "900",
        "outlets": "The Wire",
    }  # fmt: skip
    assert (row["authority"], row["authority_kind"]) == ("OVD-Info", "monitor")
    link = urlsplit(row["evidence"])
    assert row["evidence"].startswith(f"{ROOT}evidence?")
    asked = bucket_of(
        subject_from_query({name: one[0] for name, one in parse_qs(link.query).items()})
    )
    assert asked
    assert asked.place
    assert (place_code(asked.place), asked.day) == (place_code(MOSCOW), FEB_24)


def test_what_a_country_has_beyond_its_cities_is_a_row_of_its_own() -> None:
    known = snapshot([estimate(RUSSIA, 1_667, low=800, high=None), estimate(MOSCOW, 900)])
    _, rest = rows(known, Filters())
    assert (rest["place"], rest["part"]) == ("Russia", BEYOND)
    assert (rest["low"], rest["best"], rest["high"]) == (0, 767, None)


def test_undated_and_cumulative_figures_have_no_row() -> None:
    known = snapshot([estimate(KAZAN, 15, day=None), estimate(KAZAN, 40, period=(FEB_24, FEB_24))])
    assert rows(known, Filters()) == []


def test_cell_that_a_spreadsheet_takes_for_a_formula_is_led_by_an_apostrophe() -> None:
    harm = replace(
        estimate(MOSCOW, 900),
        authority=Authority('=HYPERLINK("http://x.example")', "monitor"),
        outlets=("@wire", "+desk"),
    )
    [row] = read(sheet(snapshot([harm]), [Filters()], root=ROOT))
    assert row["authority"].startswith("'=")
    assert row["outlets"].startswith("'@")


def test_two_periods_are_told_apart() -> None:
    later = FEB_24 + timedelta(days=3)
    known = snapshot([estimate(MOSCOW, 900), estimate(MOSCOW, 50, day=later)])
    views = [Filters(first=day, last=day) for day in (FEB_24, later)]
    found = read(sheet(known, views, root=ROOT))
    assert [(row["period"], row["best"]) for row in found] == [
        ("24 Feb 2022", "900"),
        ("27 Feb 2022", "50"),
    ]


def test_row_of_the_past_says_so_and_leads_there() -> None:
    [row] = rows(snapshot([estimate(MOSCOW, 900)]), Filters(), root=ROOT, known=NOON)
    assert row["known_at"] == "2022-02-24T12:00:00+00:00"
    assert "known=2022-02-24T12%3A00Z" in row["evidence"]


@given(snapshots)
def test_rows_add_up_to_the_total_of_the_view(known: Snapshot) -> None:
    found = rows(known, Filters())
    assert sum(row["best"] for row in found) == tally(known, Filters()).total
    assert all(
        row["low"] <= row["best"] and (row["high"] is None or row["best"] <= row["high"])
        for row in found
    )
