"""Waking up when something changes in a folder, where the system tells, and every so often."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Event
from typing import TYPE_CHECKING

from watchdog.events import (
    DirCreatedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

from producers.walk import REASON_SUFFIX, RECEIPT_SUFFIX

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_KINDS: list[type[FileSystemEvent]] = [
    DirCreatedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]


class _Waker(FileSystemEventHandler):
    """Keeps that something happened, and nothing of what: whoever wakes up looks for himself."""

    def __init__(self, awake: Event) -> None:
        self._awake = awake

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Wake up, unless it was our own doing."""
        name = str(event.dest_path or event.src_path).rpartition("/")[2]
        if not name.startswith(".") and not name.endswith((RECEIPT_SUFFIX, REASON_SUFFIX)):
            self._awake.set()


@contextmanager
def waking(folder: Path, *, unable: Callable[[str], None]) -> Iterator[Event]:
    """Yield an event that is set when something changes in a folder.

    Where the system cannot tell (too many folders are watched, a folder over a network), the
    event is never set, and ``unable`` is told once: then only looking every so often helps.
    """
    awake = Event()
    observer = Observer()
    try:
        observer.schedule(_Waker(awake), str(folder), recursive=True, event_filter=_KINDS)
        observer.start()
    except OSError as error:
        unable(error.strerror or str(error))
        yield awake
        return
    try:
        yield awake
    finally:
        observer.stop()
        observer.join(timeout=5)
