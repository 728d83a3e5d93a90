"""A corpus on disk, in the order it was published: where each article stands, never its text.

Which article comes when is found out by reading everything once, and kept in the data folder: an
archive is not read again, and a reading that was broken off goes on where it was.
"""

from __future__ import annotations

import os
import time
from array import array
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from producers.bulk import Place, read_archive
from producers.drop import Drop
from producers.files import as_published, read_file
from producers.refusal import Refusal, reason_of, shown
from producers.schedule import Undated, corpus_id, moments_of
from producers.shelf_file import map_errors, name_of, opened
from producers.shelf_reader import ShelfReader
from producers.walk import ARCHIVES, suffix_of, walk
from vigil.article import BEFORE_ALL, Article
from vigil.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_UNCOMMITTED: Final = 1_000
_MICROSECOND: Final = timedelta(microseconds=1)
_CHANGED: Final = "changed since the replay began: replay again to take it as it is now"


class CorpusAway(ReadError):
    """A folder of the corpus cannot be read now; what stands in it may come back."""

    retriable = True


@dataclass(slots=True)
class _File:
    """A file as it was looked through: how far, and whether it need not be read again."""

    number: int
    path: Path
    place: Place
    whole: bool


class Shelf:
    """The articles of some files and folders; a slice of it reads them, one after the other."""

    def __init__(self, folder: Path, paths: Sequence[Path]) -> None:
        """Open what is kept of these paths in a folder, or keep it for this run alone.

        Args:
            folder: Where it is kept.
            paths: Files and folders.
        """
        self._paths = paths
        self._folders = {one if one.is_dir() else one.parent for one in paths}
        self._db = opened(folder, name_of(paths))
        self._order = array("q")
        self._changes = 0
        self._reader = ShelfReader()

    def __len__(self) -> int:
        return len(self._order)

    def __getitem__(self, places: slice, /) -> Iterator[Article | Refusal]:
        """Yield articles by their places in the order, each read when it is taken.

        What is not there any more is a refusal.

        Raises:
            CorpusAway: While one is taken, a folder that was named is not there or empty.
            ReadError: The disk is full, or what is kept is broken.
        """
        return (self._read(row) for row in self._order[places])

    def look_through(
        self,
        *,
        refuse: Callable[[Refusal], None],
        progress: Callable[[int], None] = lambda _: None,
    ) -> None:
        """Find out which articles there are; what is known already is not read.

        Args:
            refuse: Told what cannot be read.
            progress: Told how many more bytes were looked through.

        Raises:
            ReadError: The disk is full, or what is kept is broken.
        """
        look = time.time_ns()
        with map_errors():
            for named in self._paths:
                for path in walk(named):
                    if isinstance(path, Refusal):
                        refuse(path)
                    else:
                        self._look(path, look, refuse, progress)
            gone = "(select id from file where look <> ?)"
            for table in ("article", "refused"):
                self._db.execute(f"delete from {table} where file in {gone}", (look,))  # noqa: S608  # our own words
            self._db.execute("delete from file where look <> ?", (look,))
            self._db.commit()

    def ordered(self, undated: Undated) -> tuple[str, list[datetime]]:
        """Put the articles into the order of a replay; return what tells it, and their moments.

        As they were published, the undated by the rule.
        """
        last = undated is Undated.LAST
        query = (
            "select rowid, seen, id, revision from article where seen > 0 or ? "
            "order by seen <= 0 and ?, seen, id, revision"
        )
        self._order = array("q")
        moments = array("q")

        def said() -> Iterator[tuple[str, str]]:
            for row, seen, name, revision in self._db.execute(
                query, (undated is not Undated.SKIP, last)
            ):
                self._order.append(row)
                moments.append(seen)
                yield name, revision

        with map_errors():
            known = corpus_id(said())
        return known, moments_of(BEFORE_ALL + _MICROSECOND * seen for seen in moments)

    def close(self) -> None:
        """Close all that is open."""
        self._reader.close()
        self._db.close()

    def _look(
        self,
        path: Path,
        look: int,
        refuse: Callable[[Refusal], None],
        progress: Callable[[int], None],
    ) -> None:
        drop = Drop.at(path)
        file = self._file(path, drop.stamp if drop else "", look)
        query = "select path, reason from refused where file = ?"
        for told in self._db.execute(query, [file.number]).fetchall():
            refuse(Refusal(*told))
        size = path.stat().st_size if drop else 0
        if not file.whole:
            reading = self._archive if suffix_of(path) in ARCHIVES else self._single
            for read in reading(file, refuse):
                progress(read)
                size -= read
        progress(max(0, size))

    def _file(self, path: Path, stamp: str, look: int) -> _File:
        """Return what is known of a file; of one that changed, nothing is."""
        # Not what a link leads to: suffix and meta file are those beside the link.
        name = os.fsencode(path.absolute())
        row = self._db.execute(
            "select id, stamp, offset, number, whole from file where path = ?", [name]
        ).fetchone()
        if row and row[1] == stamp:
            self._change("update file set look = ? where id = ?", (look, row[0]))
            return _File(row[0], path, Place(row[2], row[3]), bool(row[4]))
        if row:
            for table in ("article", "refused"):
                self._db.execute(f"delete from {table} where file = ?", [row[0]])  # noqa: S608  # likewise
            self._db.execute("delete from file where id = ?", [row[0]])
        number = self._db.execute(
            "insert into file (path, stamp, offset, number, whole, look) values (?, ?, 0, 0, 0, ?)",
            (name, stamp, look),
        ).lastrowid
        return _File(number or 0, path, Place(), whole=False)

    def _single(self, file: _File, refuse: Callable[[Refusal], None]) -> Iterator[int]:
        self._db.execute("delete from article where file = ?", [file.number])
        whole = True
        for number, item in enumerate(read_file(file.path, seen_at=as_published)):
            if isinstance(item, Refusal):
                whole = False  # it may be mended by what shows nowhere: a right to read it
                refuse(item)
            else:
                self._add(file, Place(0, number), item)
        self._change("update file set whole = ? where id = ?", (whole, file.number))
        yield 0

    def _archive(self, file: _File, refuse: Callable[[Refusal], None]) -> Iterator[int]:
        """Read an archive on; how far is written down with what was found, so both are kept."""
        read = 0
        for part in read_archive(file.path, seen_at=as_published, start=file.place):
            if isinstance(part.item, Refusal):
                refuse(part.item)
                if part.place != file.place:
                    told = (file.number, part.item.path, part.item.reason)
                    self._db.execute("insert into refused values (?, ?, ?)", told)
            elif part.item:
                self._add(file, file.place, part.item)
            file.place = part.place
            self._change(
                "update file set offset = ?, number = ? where id = ?",
                (part.place.offset, part.place.number, file.number),
            )
            yield part.read - read
            read = part.read

    def _add(self, file: _File, place: Place, article: Article) -> None:
        place_of_it = (file.number, place.offset, place.number)
        row = (*place_of_it, _seen(article), article.id, article.revision)
        self._db.execute("insert into article values (?, ?, ?, ?, ?, ?)", row)

    def _change(self, statement: str, row: Sequence[object]) -> None:
        self._db.execute(statement, row)
        self._changes += 1
        if self._changes % _UNCOMMITTED == 0:
            self._db.commit()

    def _read(self, row: int) -> Article | Refusal:
        query = (
            "select file.id, path, article.offset, article.number, seen, article.id, revision "
            "from article join file on file.id = article.file where article.rowid = ?"
        )
        with map_errors():
            number, name, *place, seen, known, revision = self._db.execute(query, [row]).fetchone()
        path = Path(os.fsdecode(name))
        found = self._reader.read(path, Place(*place))
        if isinstance(found, Refusal):
            self._require_folders(path)
            found = self._reader.read(path, Place(*place))  # they may have come back by now
        if isinstance(found, Refusal):
            return found
        if found and (_seen(found), found.id, found.revision) == (seen, known, revision):
            return found
        self._look_again(number)
        return Refusal((found and found.origin) or shown(path), _CHANGED)

    def _require_folders(self, path: Path) -> None:
        """Tell a folder that is away, as one of the network may be for a while, from its files.

        Of a link also the folder that it leads to, which was there when it was looked through.
        """
        for folder in self._folders | _linked(path):
            try:
                with os.scandir(folder) as found:
                    reason = "" if next(found, None) else "it is empty"
            except FileNotFoundError:
                reason = "it is not there"
            except OSError as error:
                reason = reason_of(error)
            if reason:
                message = f"{shown(folder)} cannot be read: {reason}"
                raise CorpusAway(message)

    def _look_again(self, number: int) -> None:
        """Have a file read anew next time, though it may look as it did."""
        with map_errors():
            self._db.execute("update file set stamp = 'changed' where id = ?", [number])
            self._db.commit()


def _linked(path: Path) -> set[Path]:
    """Return the folder a link leads to; none where it is no link."""
    with suppress(OSError):
        return {(path.parent / path.readlink()).parent}
    return set()


def _seen(article: Article) -> int:
    return (article.seen_at - BEFORE_ALL) // _MICROSECOND
