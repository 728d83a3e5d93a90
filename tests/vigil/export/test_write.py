"""Writing rows: the same bytes for the same rows, and what was written reads back."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from pyarrow import parquet

from vigil.export.write import ParquetWriter, TextWriter

if TYPE_CHECKING:
    from collections.abc import Callable

    from vigil.export.tables import ColumnType
    from vigil.export.write import Writer

COLUMNS: dict[str, ColumnType] = {
    "place": "text",
    "day": "day",
    "best": "number",
    "latitude": "float",
    "outlets": "texts",
    "seen_at": "moment",
    "counts": "truth",
}
ROW: dict[str, Any] = {
    "place": "St Petersburg",
    "day": "2022-02-24",
    "best": 1_702,
    "latitude": 59.94,
    "outlets": ["Northline", "The Lantern"],
    "seen_at": "2022-02-24T23:50:00+03:00",
    "counts": True,
    "not a column": 1,
}
EMPTY: dict[str, Any] = dict.fromkeys(COLUMNS)


def as_csv(file: io.BytesIO) -> Writer:
    return TextWriter(file, tuple(COLUMNS), csv=True)


def as_json(file: io.BytesIO) -> Writer:
    return TextWriter(file, tuple(COLUMNS), csv=False)


def as_parquet(file: io.BytesIO) -> Writer:
    return ParquetWriter(file, COLUMNS)


def written(make: Callable[[io.BytesIO], Writer], *rows: dict[str, Any]) -> bytes:
    file = io.BytesIO()
    writer = make(file)
    for row in rows:
        writer.write(row)
    writer.close()
    return file.getvalue()


def test_csv_reads_back() -> None:
    text = written(as_csv, ROW, EMPTY).decode()
    [row, empty] = csv.DictReader(io.StringIO(text))
    assert tuple(row) == tuple(COLUMNS)
    assert (row["place"], row["best"]) == ("St Petersburg", "1702")
    assert row["outlets"] == "Northline; The Lantern"
    assert set(empty.values()) == {""}


def test_json_is_an_object_a_line() -> None:
    lines = written(as_json, ROW, EMPTY).decode().splitlines()
    assert [json.loads(line)["best"] for line in lines] == [1_702, None]
    assert tuple(json.loads(lines[0])) == tuple(COLUMNS)


def test_parquet_reads_back_with_types() -> None:
    table = parquet.read_table(io.BytesIO(written(as_parquet, ROW, EMPTY)))
    [row, empty] = table.to_pylist()
    assert row["day"] == date(2022, 2, 24)
    assert row["seen_at"] == datetime(2022, 2, 24, 20, 50, tzinfo=UTC)
    assert row["outlets"] == ["Northline", "The Lantern"]
    assert row["counts"] is True
    assert set(empty.values()) == {None}


def test_parquet_without_rows_has_all_columns() -> None:
    table = parquet.read_table(io.BytesIO(written(as_parquet)))
    assert table.num_rows == 0
    assert table.column_names == list(COLUMNS)


@pytest.mark.parametrize("make", [as_csv, as_json, as_parquet])
def test_more_rows_than_are_held_are_all_written(make: Callable[[io.BytesIO], Writer]) -> None:
    rows = [ROW | {"best": number} for number in range(12_001)]
    data = written(make, *rows)
    if make is as_parquet:
        assert parquet.read_table(io.BytesIO(data))["best"].to_pylist() == list(range(12_001))
    else:
        assert data.count(b"\n") == 12_001 + (make is as_csv)


@pytest.mark.parametrize("make", [as_csv, as_json, as_parquet])
def test_same_rows_are_the_same_bytes(make: Callable[[io.BytesIO], Writer]) -> None:
    assert written(make, ROW, EMPTY) == written(make, ROW, EMPTY)
