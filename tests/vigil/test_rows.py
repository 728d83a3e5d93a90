"""Rows: every field there, nulls empty, nothing a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

from tests.strategies import MOSCOW, RUSSIA
from vigil.claim import Authority
from vigil.estimate import Bucket, Estimate
from vigil.rows import ESTIMATE_FIELDS, estimate_row, estimate_rows, to_csv, to_json

DAY = date(2022, 2, 24)


def estimate(bucket: Bucket, best: int, *, outlets: tuple[str, ...] = ("Northline",)) -> Estimate:
    return Estimate(
        bucket=bucket,
        low=best,
        best=best,
        high=None,
        authority=Authority("OVD-Info", "monitor"),
        rule="latest of the preferred authority",
        outlets=outlets,
        claims=1,
        rests_on=("a#0",),
    )


def test_row_has_every_field() -> None:
    row = estimate_row(estimate(Bucket("detention", MOSCOW, DAY), 940))
    assert tuple(row) == ESTIMATE_FIELDS
    assert (row["place"], row["date"], row["best"], row["high"]) == (
        "Moscow",
        "2022-02-24",
        940,
        None,
    )


def test_rows_put_the_country_first_and_the_undated_last() -> None:
    rows = estimate_rows(
        [
            estimate(Bucket("detention", MOSCOW, None), 9),
            estimate(Bucket("detention", MOSCOW, DAY), 940),
            estimate(Bucket("detention", RUSSIA, DAY), 1_702),
        ]
    )
    assert [(row["place"], row["date"]) for row in rows] == [
        ("Russia", "2022-02-24"),
        ("Moscow", "2022-02-24"),
        ("Moscow", None),
    ]


def test_csv_reads_back() -> None:
    rows = estimate_rows([estimate(Bucket("detention", None, None, (DAY, DAY)), 5)])
    back = list(csv.DictReader(io.StringIO(to_csv(rows, ESTIMATE_FIELDS))))
    assert back[0]["best"] == "5"
    assert back[0]["place"] == ""
    assert back[0]["period"] == "2022-02-24; 2022-02-24"


def test_csv_cell_is_no_formula() -> None:
    rows = estimate_rows([estimate(Bucket("detention", MOSCOW, DAY), 5, outlets=("=1+1",))])
    back = list(csv.DictReader(io.StringIO(to_csv(rows, ESTIMATE_FIELDS))))
    assert back[0]["outlets"] == "'=1+1"


def test_json_is_a_list_of_rows() -> None:
    rows = estimate_rows([estimate(Bucket("detention", MOSCOW, DAY), 5)])
    assert json.loads(to_json(rows)) == rows
    assert json.loads(to_json([])) == []
