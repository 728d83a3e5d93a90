"""What a watched folder remembers: which revisions were sent, and of which file that is known."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from vigil.article import later_revision
from vigil.errors import WatchError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vigil.article import Article

NAME = ".vigil-watch.db"

_TABLES = """
CREATE TABLE IF NOT EXISTS sent (
    article TEXT, revision TEXT, place INTEGER, position INTEGER, PRIMARY KEY (article, revision)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS named (
    name TEXT, number INTEGER, content TEXT, read_id TEXT, read_revision TEXT,
    id TEXT, revision TEXT, seen_at TEXT, PRIMARY KEY (name, number)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (name TEXT PRIMARY KEY, stamp TEXT) WITHOUT ROWID;
"""
_UNCOMMITTED = 500


class Part(NamedTuple):
    """An article of a file: which file, which of its articles, and what tells its content."""

    name: bytes
    number: int
    content: str


class Memory:
    """A small database in the folder itself, which one watcher at a time can open.

    What was remembered since the last commit is lost in a crash. Then it is sent once more, which
    changes nothing: it is kept so that this is rare, and so that an old text that is dropped
    again is not taken for news.
    """

    def __init__(self, folder: Path) -> None:
        """Open the memory of a folder, and keep others out.

        Raises:
            WatchError: Another watcher has it, or it cannot be opened.
        """
        self._path = folder / NAME
        self._changes = 0
        with self._mapped():
            self._base = sqlite3.connect(self._path, timeout=1.0, isolation_level="IMMEDIATE")
            self._base.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._base.execute("PRAGMA journal_mode = WAL")
            self._base.execute("PRAGMA synchronous = NORMAL")
            self._base.executescript(_TABLES)
            # Only a write takes the lock that keeps a second watcher out.
            self._base.execute("PRAGMA user_version = 1")

    def position(self, article: Article) -> tuple[int, int] | None:
        """Return partition and offset of this very revision, None where it was not sent."""
        query = "SELECT place, position FROM sent WHERE article = ? AND revision = ?"
        with self._mapped():
            found = self._base.execute(query, (article.id, article.revision)).fetchone()
        return (int(found[0]), int(found[1])) if found else None

    def remember(self, article: Article, partition: int, offset: int) -> None:
        """Keep where a revision stands on the topic."""
        row = (article.id, article.revision, partition, offset)
        self._change("INSERT OR REPLACE INTO sent VALUES (?, ?, ?, ?)", row)

    def knows(self, name: bytes, stamp: str) -> bool:
        """Return whether a file was handled as it stands."""
        query = "SELECT 1 FROM files WHERE name = ? AND stamp = ?"
        with self._mapped():
            return self._base.execute(query, (name, stamp)).fetchone() is not None

    def handled(self, name: bytes, stamp: str) -> None:
        """Keep that a file was handled as it stands."""
        self._change("INSERT OR REPLACE INTO files VALUES (?, ?)", (name, stamp))

    def sent_as(self, file: Part, article: Article) -> Article:
        """Return an article of a file as it is to be sent: under the id it had before.

        What became known of a file that itself is as it was (a meta file came, or changed) is
        news of the same article, and counts before what was sent; under another id, both would.
        So is another text under the address that was read of the file before.
        """
        query = (
            "SELECT content, read_id, read_revision, id, revision, seen_at FROM named "
            "WHERE name = ? AND number = ?"
        )
        with self._mapped():
            found = self._base.execute(query, (file.name, file.number)).fetchone()
        if found is None:
            return article
        content, read_id, read_revision, known, revision, told = found
        if content != file.content and (read_id != article.id or known == article.id):
            return article
        seen_at = max(article.seen_at, datetime.fromisoformat(told))
        if (read_id, read_revision) == (article.id, article.revision):
            return replace(article, id=known, revision=revision, seen_at=seen_at)
        later = later_revision(article.revision, than=revision)
        return replace(article, id=known, revision=later, seen_at=seen_at)

    def name(self, file: Part, read: Article, sent: Article) -> None:
        """Keep under which id and revision an article is sent that was read of a file.

        Before it is sent, and for good: a meta file may come while nobody watches.
        """
        row = (file.name, file.number, file.content, read.id, read.revision)
        said = (sent.id, sent.revision, sent.seen_at.isoformat())
        self._change("INSERT OR REPLACE INTO named VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row + said)
        self.commit()

    def commit(self) -> None:
        """Make what was remembered survive a crash of this process."""
        with self._mapped():
            self._base.commit()
        self._changes = 0

    def close(self) -> None:
        """Commit, and let others in."""
        self.commit()
        self._base.close()

    def _change(self, statement: str, row: tuple[object, ...]) -> None:
        with self._mapped():
            self._base.execute(statement, row)
        self._changes += 1
        if self._changes >= _UNCOMMITTED:
            self.commit()

    @contextmanager
    def _mapped(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                message = f"{self._path.parent} is watched already, by another vigil watch"
            else:
                message = f"{self._path}: {error}: can this folder be written to?"
            raise WatchError(message) from error
        except sqlite3.DatabaseError as error:
            message = (
                f"{self._path} is broken ({error}): remove it; what was sent before is sent again, "
                "which changes nothing"
            )
            raise WatchError(message) from error
