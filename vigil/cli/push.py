"""``vigil push``: article files to topic ``articles``."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from vigil import broker
from vigil.cli.console import Exit, failing_clearly, interrupt_on_sigterm, progress_bar, say, warn
from vigil.log import quiet_kafka
from vigil.settings import load_settings

Patience = Annotated[
    float, typer.Option(min=1, help="seconds that Kafka may be silent before this gives up")
]


def push(
    paths: Annotated[list[Path], typer.Argument(help="files or folders of articles")],
    *,
    live: Annotated[
        bool,
        typer.Option(
            "--live", help="known from now on, and not from when each article was published"
        ),
    ] = False,
    patience: Patience = 600.0,
) -> None:
    """Send articles to Kafka and wait until the broker has every one of them."""
    from producers.files import Refusal, arrival, as_published, read
    from producers.outbox import Announcer
    from producers.push import push as push_all

    refused = 0

    def progress(item: object) -> None:
        nonlocal refused
        if isinstance(item, Refusal):
            warn(f"refused {item.path}: {item.reason}")
            refused += 1
        else:
            bar.advance(task)

    with failing_clearly():
        interrupt_on_sigterm()
        quiet_kafka()
        settings = load_settings()
        broker.ensure_topics(settings)
        seen_at = arrival(lambda: datetime.now(UTC)) if live else as_published
        with broker.producing(settings) as producer, progress_bar() as bar:
            task = bar.add_task("sending", total=None)
            report = push_all(
                read(paths, seen_at=seen_at),
                producer=producer,
                progress=progress,
                waiting=Announcer(warn),
                ack_seconds=patience,
                keep=False,
            )
        say(f"{report.sent:,} articles sent" + (f", {refused:,} refused" if refused else ""))
        if refused:
            raise typer.Exit(Exit.REFUSED)
