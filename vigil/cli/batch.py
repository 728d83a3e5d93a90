"""``vigil batch``: files in, estimates out, everything embedded, then exit."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vigil import broker
from vigil.cli.console import (
    Exit,
    failing_clearly,
    interrupt_on_sigterm,
    out,
    progress_bar,
    say,
    warn,
)
from vigil.cli.local import Local, local_pipeline
from vigil.cli.settle import wait_until_counted
from vigil.cli.table import estimate_table
from vigil.rows import ESTIMATE_FIELDS, estimate_rows, to_csv, to_json
from vigil.settings import load_settings
from vigil.store import make_store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.progress import Progress

    from producers.push import PushReport
    from vigil.rows import Row


class Format(StrEnum):
    """How the estimates are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def batch(
    paths: Annotated[list[Path], typer.Argument(help="files or folders of articles")],
    *,
    form: Annotated[
        Format, typer.Option("--format", help="how to print the estimates")
    ] = Format.TABLE,
) -> None:
    """Count once: read the articles, resolve their claims, print the estimates, exit.

    Everything runs embedded on loopback and leaves nothing behind. The output depends on the
    articles alone: not on their order, not on how often each is given, not on the day.
    """
    with failing_clearly():
        interrupt_on_sigterm()
        with local_pipeline(load_settings()) as local, progress_bar() as bar:
            report = _send(paths, local, bar)
            failed = _settle(report, local, bar)
            rows = _read(local)
        _print(rows, form)
        for refusal in report.refusals:
            warn(f"refused {refusal.path}: {refusal.reason}")
        for line in failed:
            warn(f"failed {line}")
        say(f"{len(rows):,} estimates from {report.sent:,} articles")
        if report.refusals or failed:
            raise typer.Exit(Exit.REFUSED)


def _send(paths: Sequence[Path], local: Local, bar: Progress) -> PushReport:
    from producers.files import as_published, read  # trafilatura: half a second
    from producers.push import push

    task = bar.add_task("reading", total=None)
    with broker.producing(local.settings) as producer:
        return push(
            read(paths, seen_at=as_published),
            producer=producer,
            progress=lambda _item: bar.advance(task),
        )


def _settle(report: PushReport, local: Local, bar: Progress) -> list[str]:
    from consumers.aggregator.service import GROUP

    total = len(set(report.articles))
    task = bar.add_task("extracting", total=total)
    return wait_until_counted(
        report.articles,
        local.settings,
        group=GROUP,
        check=local.check,
        progress=lambda left: bar.update(task, completed=total - left),
    )


def _read(local: Local) -> list[Row]:
    from dashboard.reader import Reader

    return estimate_rows(Reader(make_store(local.settings)).read().estimates)


def _print(rows: list[Row], form: Format) -> None:
    if form is Format.TABLE:
        estimate_table(rows)
    elif form is Format.CSV:
        out(to_csv(rows, ESTIMATE_FIELDS))
    else:
        out(to_json(rows))
