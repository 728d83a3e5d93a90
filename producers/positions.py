"""How far each archive was pushed: one SQLite file in the data folder, for a run that resumes.

A place is written down only once the broker has all that lies before it. Whoever loses the file
sends the archive from its beginning, which changes nothing: the ledger takes each article once.
"""

from __future__ import annotations

import hashlib
import sqlite3
from typing import TYPE_CHECKING

from producers.bulk import START, Place
from vigil.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FILE = "push.sqlite3"

# The beginning tells one archive from another under the same name; one that grew is the same.
_BEGINNING = 65_536
_TABLE = """
create table if not exists place (
  path text primary key, beginning text not null, size integer not null,
  offset integer not null, number integer not null
) without rowid;
"""


class Positions:
    """The file."""

    def __init__(self, folder: Path) -> None:
        """Open the file in a folder, or make it.

        Raises:
            ReadError: It is broken, or there is no right to write it.
        """
        self.path = folder / FILE
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(self.path, timeout=30, isolation_level=None)
            self._db.execute("pragma journal_mode = wal")
            self._db.execute("pragma synchronous = normal")
            self._db.executescript(_TABLE)
        except (sqlite3.Error, OSError) as error:
            message = f"{self.path}: {error}; delete it, and archives are sent from the beginning"
            raise ReadError(message) from error

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def place(self, path: Path) -> Place:
        """Return where to go on in an archive: its beginning, unless a run was broken off."""
        row = self._db.execute(
            "select beginning, size, offset, number from place where path = ?",
            (str(path.resolve()),),
        ).fetchone()
        if row is None:
            return START
        beginning, size, offset, number = row
        return Place(offset, number) if _beginning(path, size) == beginning else START

    def keep(self, path: Path, place: Place) -> None:
        """Write down where to go on in an archive."""
        size = min(path.stat().st_size, _BEGINNING)
        self._db.execute(
            "insert or replace into place values (?, ?, ?, ?, ?)",
            (str(path.resolve()), _beginning(path, size), size, place.offset, place.number),
        )

    def forget(self, paths: Iterable[Path]) -> None:
        """Forget archives: they were sent to their ends."""
        self._db.executemany(
            "delete from place where path = ?", [(str(path.resolve()),) for path in paths]
        )


def _beginning(path: Path, size: int) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.blake2b(file.read(size), digest_size=16).hexdigest()
    except OSError:
        return ""
