"""Rows to bytes: CSV, JSON lines or Parquet, the same bytes for the same rows."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

from vigil.rows import to_csv

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vigil.export.tables import ColumnType
    from vigil.rows import Row

# Rows gathered before they are written: a group of rows in Parquet, a piece of text otherwise.
_TOGETHER = 5_000


class Writer(Protocol):
    """Takes rows one by one; nothing is complete before ``close``."""

    def write(self, row: Row) -> None:
        """Take a row with a value for every column."""

    def close(self) -> None:
        """Write what is left; the file itself stays open."""


class TextWriter:
    """CSV with a header, or JSON with one object a line."""

    def __init__(self, file: BinaryIO, columns: Sequence[str], *, csv: bool) -> None:
        self._file = file
        self._columns = columns
        self._csv = csv
        self._waiting: list[Row] = []
        self._header = to_csv([], columns)
        if csv:
            file.write(self._header.encode())

    def write(self, row: Row) -> None:
        """Take a row."""
        self._waiting.append(row)
        if len(self._waiting) == _TOGETHER:
            self.close()

    def close(self) -> None:
        """Write what is left."""
        if self._csv:
            text = to_csv(self._waiting, self._columns)[len(self._header) :]
        else:
            text = "".join(_line(row, self._columns) for row in self._waiting)
        self._file.write(text.encode())
        self._waiting = []


class ParquetWriter:
    """Parquet, compressed with zstd, its types set by the columns and not by what is in them."""

    def __init__(self, file: BinaryIO, columns: Mapping[str, ColumnType]) -> None:
        import pyarrow as pa  # noqa: PLC0415  # a quarter second
        from pyarrow import parquet  # noqa: PLC0415  # part of it

        self._pyarrow = pa
        self._schema = pa.schema([(name, _arrow(pa, kind)) for name, kind in columns.items()])
        self._columns = columns
        self._writer = parquet.ParquetWriter(file, self._schema, compression="zstd")
        self._waiting: list[Row] = []

    def write(self, row: Row) -> None:
        """Take a row."""
        self._waiting.append(row)
        if len(self._waiting) == _TOGETHER:
            self._flush()

    def close(self) -> None:
        """Write what is left, and the footer."""
        if self._waiting:
            self._flush()
        self._writer.close()

    def _flush(self) -> None:
        columns = {
            name: [_value(row[name], kind) for row in self._waiting]
            for name, kind in self._columns.items()
        }
        table = self._pyarrow.Table.from_pydict(columns, schema=self._schema)
        self._writer.write_table(table)
        self._waiting = []


def _line(row: Row, columns: Sequence[str]) -> str:
    picked = {name: row[name] for name in columns}
    return json.dumps(picked, ensure_ascii=False, separators=(",", ":")) + "\n"


def _value(value: Any, kind: ColumnType) -> Any:
    if value is None:
        return None
    if kind == "day":
        return date.fromisoformat(value)
    if kind == "moment":
        return datetime.fromisoformat(value)
    return value


def _arrow(pa: Any, kind: ColumnType) -> Any:
    return {
        "text": pa.string(),
        "texts": pa.list_(pa.string()),
        "number": pa.int64(),
        "numbers": pa.list_(pa.int64()),
        "float": pa.float64(),
        "day": pa.date32(),
        "moment": pa.timestamp("us", tz="UTC"),
        "truth": pa.bool_(),
    }[kind]
