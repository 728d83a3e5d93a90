"""``vigil push``: article files to topic ``articles``."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vigil import broker
from vigil.cli.console import Exit, failing_clearly, progress_bar, say, warn
from vigil.settings import load_settings

if TYPE_CHECKING:
    from producers.files import Refusal


def push(
    paths: Annotated[list[Path], typer.Argument(help="files or folders of articles")],
    *,
    live: Annotated[
        bool,
        typer.Option(
            "--live", help="known from now on, and not from when each article was published"
        ),
    ] = False,
) -> None:
    """Send articles to Kafka and wait until the broker has every one of them."""
    from producers.files import arrival, as_published, read
    from producers.push import push as push_all

    with failing_clearly():
        settings = load_settings()
        broker.ensure_topics(settings)
        seen_at = arrival(lambda: datetime.now(UTC)) if live else as_published
        with broker.make_producer(settings) as producer, progress_bar() as bar:
            task = bar.add_task("sending", total=None)
            report = push_all(
                read(paths, seen_at=seen_at),
                producer=producer,
                progress=lambda _item: bar.advance(task),
            )
        _tell(report.sent, list(report.refusals))
        if report.refusals:
            raise typer.Exit(Exit.REFUSED)


def _tell(sent: int, refusals: list[Refusal]) -> None:
    for refusal in refusals:
        warn(f"refused {refusal.path}: {refusal.reason}")
    refused = f", {len(refusals):,} refused" if refusals else ""
    say(f"{sent:,} articles sent{refused}")
