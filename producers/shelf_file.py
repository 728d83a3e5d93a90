"""The file in which a shelf keeps where articles stand: named by its paths, dropped when old."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import contextmanager
from hashlib import blake2b
from importlib import metadata, resources
from typing import TYPE_CHECKING, Final

from vigil.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_TABLES: Final = """
create table if not exists file (
  id integer primary key, path blob unique, stamp text, offset integer, number integer,
  whole integer, look integer
);
create table if not exists article (
  file integer, offset integer, number integer, seen integer, id text, revision text
);
create table if not exists refused (file integer, path text, reason text);
create index if not exists of_file on article (file);
create index if not exists refused_of_file on refused (file);
"""
# What is found in a page is theirs to say.
_LIBRARIES: Final = ("trafilatura", "htmldate", "lxml", "warcio", "charset-normalizer")
_KEPT_SECONDS: Final = 30 * 24 * 3600


def name_of(paths: Sequence[Path]) -> str:
    """Return what tells these paths from others, and from the same read by other rules."""
    told = blake2b(digest_size=12)
    for package in ("producers", "vigil"):
        for file in sorted(resources.files(package).iterdir(), key=lambda one: one.name):
            if file.name.endswith(".py"):
                told.update(file.read_bytes())
    versions = (metadata.version(name) for name in ("vigil", *_LIBRARIES))
    told.update("\0".join(versions).encode())
    told.update(b"\0".join(os.fsencode(path.absolute()) for path in paths))
    return told.hexdigest()


def opened(folder: Path, name: str) -> sqlite3.Connection:
    """Return what is kept under a name, empty if another replay has it or it cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _forget_old(folder)
        return _prepared(str(folder / f"{name}.sqlite3"))
    except (sqlite3.DatabaseError, OSError):
        return _prepared("")  # on disk, and gone when it is closed


def _prepared(path: str) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=0.5)
    try:
        db.execute("pragma locking_mode = exclusive")
        db.execute("pragma journal_mode = wal")
        db.execute("pragma synchronous = normal")
        db.executescript(_TABLES)
        db.execute("pragma user_version = 1")  # a write: only that keeps others out
    except sqlite3.DatabaseError:
        db.close()
        raise
    return db


def _forget_old(folder: Path) -> None:
    for path in folder.glob("*.sqlite3"):
        if time.time() - path.stat().st_mtime > _KEPT_SECONDS:
            path.unlink(missing_ok=True)


@contextmanager
def map_errors() -> Iterator[None]:
    """Turn SQLite's errors into ours.

    Raises:
        ReadError: The disk is full, or what is kept is broken.
    """
    try:
        yield
    except sqlite3.Error as error:
        message = f"the order of the replay cannot be kept on disk: {error}"
        raise ReadError(message) from error
