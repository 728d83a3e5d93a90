"""What every command shares: where it prints, how it fails, what its exit status means."""

from __future__ import annotations

import logging
import signal
import sys
import threading
from contextlib import contextmanager
from enum import IntEnum
from typing import TYPE_CHECKING, NoReturn

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

from vigil.errors import VigilError
from vigil.log import begin_logging, in_json, setup_logging
from vigil.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigil.settings import Settings

log = logging.getLogger("vigil")


class Exit(IntEnum):
    """Exit statuses (2 is the shell's word for wrong usage)."""

    DONE = 0
    FAILED = 1
    REFUSED = 3  # done, but some input was refused


def err() -> Console:
    """Return the console for people; results go to standard output and nothing else does."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def say(text: str) -> None:
    """Tell a person something; the text is printed as it is, never read as markup.

    Where a service logs in JSON it is a line like the others, as are warnings and what ended it.
    """
    if in_json():
        log.info("%s", text)
    else:
        err().print(text, markup=False)


def warn(text: str) -> None:
    """Tell a person that something was refused or looks wrong."""
    if in_json():
        log.warning("%s", text)
    else:
        err().print(text, style="yellow", markup=False)


def out(text: str) -> None:
    """Write a result to standard output, byte for byte."""
    sys.stdout.write(text)
    sys.stdout.flush()


class NotConfirmed(VigilError):
    """Nobody said yes."""


def require_yes(question: str, *, yes: bool) -> None:
    """Ask before something is done; where nobody can answer, ``--yes`` has to.

    Raises:
        NotConfirmed: The answer was no, or nobody could be asked.
    """
    if yes:
        return
    if not sys.stdin.isatty():
        message = "nobody is here to ask: give --yes to go on"
        raise NotConfirmed(message)
    if not typer.confirm(question, err=True):
        message = "nothing was touched"
        raise NotConfirmed(message)


@contextmanager
def failing_clearly() -> Iterator[None]:
    """End a command that fails on purpose with one clear line and status 1."""
    try:
        yield
    except VigilError as error:
        _fail(str(error), Exit.FAILED)
    except KeyboardInterrupt:
        _fail("stopped", 128 + signal.SIGINT)
    except BrokenPipeError:
        # Whoever read our output has seen enough (`vigil claims ... | head`).
        sys.stderr.close()
        raise typer.Exit(Exit.DONE) from None


@contextmanager
def as_service() -> Iterator[Settings]:
    """Run a command that goes on for long: with settings, and with log lines in their form.

    That holds for whatever ends it too, were it a fault of the settings themselves.
    """
    with failing_clearly():
        begin_logging()
        settings = load_settings()
        setup_logging(settings)
        yield settings


def _fail(text: str, status: int) -> NoReturn:
    if in_json():
        log.error("%s", text)
    else:
        err().print(f"vigil: {text}", style="red", markup=False)
    raise typer.Exit(status) from None


def progress_bar() -> Progress:
    """Return a progress bar on standard error; it is silent where nobody watches."""
    console = err()
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )


def progress_in_bytes() -> Progress:
    """Return a progress bar for files of any size; it is silent where nobody watches."""
    console = err()
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )


def stop_on_signals() -> threading.Event:
    """Return an event that SIGINT and SIGTERM set, for services that end after their batch."""
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    return stopping


def stop_on_sigterm() -> threading.Event:
    """Return an event that SIGTERM sets, for a command that Ctrl-C interrupts."""
    stopping = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    return stopping


def interrupt_on_sigterm() -> None:
    """Let SIGTERM end a command as Ctrl-C does, so that what it started is stopped."""
    signal.signal(signal.SIGTERM, interrupt)


def interrupt(*_: object) -> NoReturn:
    """Do at a signal what Ctrl-C does."""
    raise KeyboardInterrupt
