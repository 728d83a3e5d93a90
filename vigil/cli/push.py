"""``vigil push``: article files to topic ``articles``."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vigil import broker
from vigil.cli.awaiting import kafka_there
from vigil.cli.console import (
    Exit,
    failing_clearly,
    interrupt_on_sigterm,
    progress_in_bytes,
    say,
    warn,
)
from vigil.log import quiet_kafka
from vigil.settings import load_settings

if TYPE_CHECKING:
    from rich.progress import Progress

    from producers.pushing import Step
    from producers.refusal import Refusal
    from vigil.article import Article

Patience = Annotated[
    float, typer.Option(min=1, help="seconds that Kafka may be silent before this gives up")
]


def push(
    paths: Annotated[list[Path], typer.Argument(help="files, archives or folders of articles")],
    *,
    live: Annotated[
        bool,
        typer.Option(
            "--live", help="known from now on, and not from when each article was published"
        ),
    ] = False,
    patience: Patience = 600.0,
    from_start: Annotated[
        bool,
        typer.Option("--from-start", help="archives from their beginning, whatever was sent"),
    ] = False,
) -> None:
    """Send articles to Kafka and wait until the broker has every one of them.

    Sending the same again changes nothing. Nothing is remembered of files, though: one that is
    given a NAME.meta.json with an address after it was sent is another article from then on. For
    a folder whose meta files come late, vigil watch --once keeps it the same one.
    """
    from producers.files import arrival, as_published
    from producers.outbox import Announcer, Outbox
    from producers.positions import Positions
    from producers.pushing import run, steps

    with failing_clearly():
        interrupt_on_sigterm()
        quiet_kafka()
        settings = load_settings()
        kafka_there(settings, tell=warn, patience=patience)
        seen_at = arrival(lambda: datetime.now(UTC)) if live else as_published
        positions = Positions(settings.data)
        with broker.producing(settings) as producer, closing(positions), progress_in_bytes() as bar:
            shown = _Shown(bar, paths)
            done = run(
                steps(
                    paths,
                    seen_at=seen_at,
                    positions=None if from_start else positions,
                    resumed=shown.resumed,
                ),
                Outbox(producer, ack_seconds=patience, waiting=Announcer(warn)),
                positions=positions,
                progress=shown.step,
            )
        refused = shown.refused
        say(f"{done.sent:,} articles sent" + (f", {refused:,} refused" if refused else ""))
        if refused:
            raise typer.Exit(Exit.REFUSED)


class _Shown:
    """What a person sees of a push: a bar by bytes, and a line for each refusal."""

    def __init__(self, bar: Progress, paths: list[Path]) -> None:
        self.refused = self._sent = 0
        self._bar = bar
        # Looking through the folders once more is for a bar that somebody sees.
        total = bytes_of(paths) if not bar.disable else None
        self._task = bar.add_task("sending", total=total)
        self._path: Path | None = None
        self._read = 0

    def resumed(self, path: Path, offset: int) -> None:
        say(f"{path}: going on at byte {offset:,}, where the last run was broken off")

    def step(self, step: Step, outcome: Article | Refusal | None) -> None:
        from producers.refusal import Refusal

        if isinstance(outcome, Refusal):
            warn(f"refused {outcome.path}: {outcome.reason}")
            self.refused += 1
        elif outcome:
            self._sent += 1
        if self._bar.disable or step.path is None:
            return
        if step.path != self._path:
            self._path, self._read = step.path, 0
        read = step.read if step.part else _size_of(step.path)
        self._bar.update(
            self._task, advance=max(0, read - self._read), description=f"{self._sent:,} sent"
        )
        self._read = max(self._read, read)


def bytes_of(paths: list[Path]) -> int:
    """Return how large the files of some files and folders are together."""
    from producers.walk import walk

    found = (path for named in paths for path in walk(named))
    return sum(_size_of(path) for path in found if isinstance(path, Path))


def _size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # gone meanwhile: the reader tells
        return 0
