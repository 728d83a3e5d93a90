"""A watched folder of a test, and reading what was sent from it."""

from __future__ import annotations

import json
import time
from threading import Event
from typing import TYPE_CHECKING, Any

from producers.memory import Memory
from producers.outbox import Outbox
from producers.watch import Places, Taken, Watcher
from vigil import wire

if TYPE_CHECKING:
    from pathlib import Path

    from kafka import KafkaConsumer, KafkaProducer

    from vigil.article import Article

SAID = "Ten people were detained in Graz on 4 May 2021, police said.\n"


class Desk:
    """A watched folder, and what came of what was dropped into it."""

    def __init__(self, folder: Path, producer: KafkaProducer, *, done: bool = False) -> None:
        self.folder = folder / "in"
        self.folder.mkdir()
        aside = folder / "done" if done else None
        self.places = Places(self.folder, self.folder / ".quarantine", aside)
        self.taken: list[Taken] = []
        self._producer = producer
        self.memory = Memory(self.folder)

    def drop(self, name: str, text: str | bytes = SAID, **meta: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if meta:
            (self.folder / f"{path.stem}.meta.json").write_text(json.dumps(meta))
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def look(self, *, settle: float = 0.0, live: bool = False, most: int = 100) -> list[Taken]:
        """Take what is there; return what came of it."""
        self.taken.clear()
        Watcher(
            self.places, Outbox(self._producer, most=most), self.memory,
            settle=settle, live=live, tell=self.taken.append,
        ).look(Event())  # fmt: skip
        return list(self.taken)

    def restart(self) -> None:
        self.memory.close()
        self.memory = Memory(self.folder)


def received(reader: KafkaConsumer, count: int) -> list[Article]:
    """Return the next so many articles of the topic."""
    found: list[Article] = []
    deadline = time.monotonic() + 60
    while len(found) < count:
        assert time.monotonic() < deadline, f"{len(found)} of {count} articles came"
        for records in reader.poll(timeout_ms=200).values():
            found += [wire.decode_article(record.value) for record in records]
    return found


def drain(reader: KafkaConsumer) -> None:
    """Read away what other tests sent."""
    while reader.poll(timeout_ms=300):
        pass


def receipt(path: Path) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(path.read_text())
    return said
