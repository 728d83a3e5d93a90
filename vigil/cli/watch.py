"""``vigil watch``: each file dropped into a folder to topic ``articles``, with a receipt."""

from __future__ import annotations

import json
import logging
import time
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Annotated

import typer

from vigil import broker
from vigil.cli.awaiting import service_kafka_there
from vigil.cli.console import Exit, as_service, out, say, stop_on_signals, warn
from vigil.errors import VigilError, WatchError
from vigil.log import quiet_kafka
from vigil.metrics import Reading, exporting

if TYPE_CHECKING:
    from producers.watch import Places, Taken, Watcher

log = logging.getLogger("vigil.watch")

# Looked at again although the system told of nothing: it may have lost an event, and tells of
# none in a folder of another machine.
_LOOK_SECONDS = 10.0
# ... and no more than this part of the time is spent on looking through a folder that is full.
_LOOKING_SHARE = 0.1
_PROGRESS_SECONDS = 10.0
_GLANCE_SECONDS = 0.25


class _Stopped(VigilError):
    """Told to stop while Kafka was waited for."""


class _Tally:
    """What came of all files so far: told as a line, each file as JSON where that is wanted."""

    def __init__(self, *, as_json: bool) -> None:
        self.files = self.sent = self.again = self.refused = 0
        self._as_json = as_json
        self._told = (0, 0)
        self._told_at = time.monotonic()

    def add(self, taken: Taken) -> None:
        if taken.at is None:
            return  # it changed while it was read, and comes again
        self.files += 1
        self.sent += taken.sent
        self.again += taken.again
        if taken.reasons:
            self.refused += 1
            log.warning("to quarantine: %s: %s", taken.file, taken.reasons[0])
        if self._as_json:
            told = {"file": taken.file, "at": str(taken.at), "sent": taken.sent}
            out(json.dumps(told | {"sent_before": taken.again, "reasons": taken.reasons}) + "\n")
        if time.monotonic() - self._told_at > _PROGRESS_SECONDS:
            self.tell()

    def tell(self) -> None:
        """Log a line if anything happened since the last one."""
        self._told_at = time.monotonic()
        if self._told != (self.files, self.refused):
            self._told = (self.files, self.refused)
            log.info("%s", self)

    def readings(self) -> list[Reading]:
        """Return it for Prometheus."""
        return [
            Reading("vigil_up", 1),
            Reading("vigil_files", self.files),
            Reading("vigil_articles", self.sent),
            Reading("vigil_refused", self.refused),
        ]

    def __str__(self) -> str:
        again = f", {self.again:,} were sent before" if self.again else ""
        refused = f", {self.refused:,} files to quarantine" if self.refused else ""
        return f"{self.files:,} files taken, {self.sent:,} articles sent{again}{refused}"


def watch(
    folder: Annotated[Path, typer.Argument(help="folder to watch, with all folders in it")],
    *,
    done: Annotated[
        Path | None,
        typer.Option(help="move files here once sent; without it their receipt is put beside them"),
    ] = None,
    quarantine: Annotated[
        Path | None,
        typer.Option(help="move files here that cannot be sent; without it FOLDER/.quarantine"),
    ] = None,
    settle: Annotated[
        float,
        typer.Option(min=0, help="seconds without a change that make a file complete"),
    ] = 1.0,
    live: Annotated[
        bool,
        typer.Option("--live", help="known from when the file came, not from its publication"),
    ] = False,
    once: Annotated[bool, typer.Option("--once", help="take what is there, and end")] = False,
    retry: Annotated[
        bool, typer.Option("--retry", help="first move back what is in quarantine")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="tell what came of each file as JSON, one a line")
    ] = False,
) -> None:
    """Send each file that is dropped into a folder, once; what fails goes to quarantine."""
    from producers import watch as watching
    from producers.memory import Memory
    from producers.outbox import Announcer, Outbox

    with as_service() as settings:
        quiet_kafka()
        stopping = stop_on_signals()
        places = _places(folder, quarantine=quarantine, done=done)
        if retry:
            moved, left = watching.retry(places)
            for path in left:
                warn(f"{path} stays in quarantine: there is another of that name")
            say(f"{moved:,} files moved back from quarantine")
        announce = Announcer(log.warning)

        def waiting(seconds: float, held: int) -> None:
            announce(seconds, held)
            if seconds and stopping.is_set():
                message = f"stopped while waiting for Kafka; {held:,} articles are sent next time"
                raise _Stopped(message)

        memory = Memory(places.folder)
        try:
            service_kafka_there(settings, tell=log.warning)
            tally = _Tally(as_json=as_json)
            with (
                exporting(settings, "watch", tally.readings),
                broker.producing(settings) as producer,
            ):
                outbox = Outbox(producer, ack_seconds=None, waiting=waiting)
                watcher = watching.Watcher(
                    places, outbox, memory, settle=settle, live=live, tell=tally.add
                )
                _run(watcher, places, tally, stopping, settle=settle, once=once)
        finally:
            memory.close()
        say(str(tally))
        if once and tally.refused:
            raise typer.Exit(Exit.REFUSED)


def _run(
    watcher: Watcher,
    places: Places,
    tally: _Tally,
    stopping: Event,
    *,
    settle: float,
    once: bool,
) -> None:
    """Look whenever something changed, and every so often, until told to stop."""
    from producers.wakeful import waking

    if once:
        while watcher.look(stopping) and not stopping.wait(max(settle, _GLANCE_SECONDS)):
            tally.tell()
        return

    def unable(reason: str) -> None:
        log.warning("told of no changes (%s): looking every %.0f s", reason, _LOOK_SECONDS)

    with waking(places.folder, unable=unable) as awake:
        log.info("watching", extra={"folder": str(places.folder)})
        while not stopping.is_set():
            awake.clear()
            before, began = tally.files, time.monotonic()
            incomplete = watcher.look(stopping)
            tally.tell()
            took = time.monotonic() - began if tally.files == before else 0.0
            stopping.wait(max(settle if incomplete else 0.0, took * (1 / _LOOKING_SHARE - 1)))
            if not incomplete:
                _doze(awake, stopping, seconds=_LOOK_SECONDS)


def _doze(awake: Event, stopping: Event, *, seconds: float) -> None:
    until = time.monotonic() + seconds
    while not stopping.is_set() and time.monotonic() < until and not awake.wait(_GLANCE_SECONDS):
        pass  # a signal sets one event, a change the other


def _places(folder: Path, *, quarantine: Path | None, done: Path | None) -> Places:
    from producers.watch import Places

    if not folder.is_dir():
        message = f"there is no folder {folder} to watch"
        raise WatchError(message)
    folder = folder.resolve()
    places = Places(
        folder, (quarantine or folder / ".quarantine").resolve(), done.resolve() if done else None
    )
    if folder in {places.quarantine, places.done} or places.quarantine == places.done:
        message = "the folder, --done and --quarantine must be three different folders"
        raise WatchError(message)
    return places
