"""Paths as a person names them to files that can be articles, in an order that never changes."""

from __future__ import annotations

import errno
import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from producers.meta import META_SUFFIX
from producers.refusal import Refusal, reason_of, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

# Those of archives, which hold many articles, and can be long.
ARCHIVES = (".jsonl", ".jsonl.gz", ".warc", ".warc.gz")
SUFFIXES = (".txt", ".html", ".htm", ".json", *ARCHIVES)
RECEIPT_SUFFIX = ".receipt.json"  # what a watched folder says of an article that was sent
REASON_SUFFIX = ".reason.json"  # ... and of one that was not
_NO_ARTICLES = (META_SUFFIX, RECEIPT_SUFFIX, REASON_SUFFIX)
_KNOWN = ", ".join(SUFFIXES)
_README = re.compile(r"readme(?![a-z])", re.IGNORECASE)

# So many names of a folder are sorted in memory; more are sorted on disk.
_IN_MEMORY = 4_096

_Identity = tuple[int, int]  # device and inode
_Named = tuple[str, bool]  # a name in a folder, and whether it certainly is that of a file


@dataclass(slots=True)
class _Level:
    """One folder on the way down, with what is in it and still to come."""

    folder: Path
    identity: _Identity
    names: Iterator[_Named]


def walk(path: Path, *, without: Iterable[Path] = ()) -> Iterator[Path | Refusal]:
    """Yield the files to read: the one that is named, or all that a folder holds, sorted by name.

    In a folder, what is no article (hidden files, README, other suffixes) is passed over; a file
    that is named itself is refused with the reason. Every folder is entered once, however many
    links lead to it; one that leads back into itself is reported; those in ``without`` never.
    """
    try:
        is_folder = path.is_dir()
        is_there = is_folder or path.exists() or path.is_symlink()
    except OSError as error:  # a name too long, a folder on the way that is closed to us
        yield Refusal(shown(path), reason_of(error))
        return
    if is_folder:
        yield from _walk_folder(path, {_identity(one) for one in without if one.exists()})
    elif not is_there:
        yield Refusal(shown(path), "no such file or folder")
    else:
        yield from _named_file(path)


def _named_file(path: Path) -> Iterator[Path | Refusal]:
    name = path.name
    if name.endswith(META_SUFFIX):
        yield from _meta_alone(path)
    elif name.startswith(".") or _README.match(name):
        yield Refusal(shown(path), "hidden files and READMEs are no articles")
    elif not _is_known(name):
        yield Refusal(shown(path), f"unknown kind of file; known are {_KNOWN}")
    else:
        yield path


def _walk_folder(top: Path, entered: set[_Identity]) -> Iterator[Path | Refusal]:
    """Walk without recursion: folders may nest deeper than Python does."""
    levels: list[_Level] = []
    yield from _enter(top, levels, entered)
    while levels:
        name, is_file = next(levels[-1].names, ("", False))
        if not name:
            levels.pop()
            continue
        if name.startswith("."):
            continue
        path = levels[-1].folder / name
        try:
            is_folder = not is_file and path.is_dir()
        except OSError as error:  # a folder that may be listed and not entered
            yield Refusal(shown(path), reason_of(error))
            continue
        if is_folder and not _is_known(name):
            yield from _enter(path, levels, entered)
        elif is_folder:
            yield Refusal(shown(path), "a directory, not a file")
        elif name.endswith(META_SUFFIX):
            yield from _meta_alone(path)
        elif _is_known(name) and not _README.match(name):
            yield path


def _enter(folder: Path, levels: list[_Level], entered: set[_Identity]) -> Iterator[Refusal]:
    """Add a folder to the way down, unless it was entered before or cannot be read."""
    try:
        identity = _identity(folder)
        if identity in entered:
            above = next((level for level in levels if level.identity == identity), None)
            if above:
                yield Refusal(shown(folder), f"directory loop: leads back to {shown(above.folder)}")
            return
        names = _names(folder)
    except OSError as error:
        yield Refusal(shown(folder), reason_of(error))
        return
    entered.add(identity)
    levels.append(_Level(folder, identity, names))


def _names(folder: Path) -> Iterator[_Named]:
    """Return the names in a folder, sorted by their bytes: a million take the memory of a few.

    Raises:
        OSError: The folder cannot be read, or the disk is full.
    """
    with os.scandir(folder) as entries:
        # The folder tells of most what they are; asking each would take as long as opening it.
        names = ((entry.name, entry.is_file(follow_symlinks=False)) for entry in entries)
        first = sorted(islice(names, _IN_MEMORY), key=lambda one: os.fsencode(one[0]))
        if len(first) < _IN_MEMORY:
            return iter(first)
        try:
            table = sqlite3.connect("")  # a file of no name, gone with its connection
            table.execute("CREATE TABLE names (name BLOB PRIMARY KEY, is_file) WITHOUT ROWID")
            rows = ((os.fsencode(name), is_file) for name, is_file in chain(first, names))
            # A name that is taken anew while the folder is read may come twice.
            table.executemany("INSERT OR IGNORE INTO names VALUES (?, ?)", rows)
        except sqlite3.Error as error:
            message = f"its names could not be sorted on disk ({error})"
            raise OSError(errno.EIO, message) from error
    return _rows(table)


def _rows(table: sqlite3.Connection) -> Iterator[_Named]:
    with closing(table):
        for name, is_file in table.execute("SELECT name, is_file FROM names ORDER BY name"):
            yield os.fsdecode(name), bool(is_file)


def _identity(folder: Path) -> _Identity:
    found = folder.stat()
    return found.st_dev, found.st_ino


def _meta_alone(path: Path) -> Iterator[Refusal]:
    """Refuse a meta file that describes nothing, or more than one article."""
    stem = path.name.removesuffix(META_SUFFIX)
    beside = [
        suffix
        for suffix in SUFFIXES
        if any(path.with_name(stem + form).exists() for form in (suffix, suffix.upper()))
    ]
    if not stem or not beside:
        yield Refusal(shown(path), "no article beside this meta file")
    elif all(suffix in ARCHIVES for suffix in beside):
        yield Refusal(shown(path), f"a meta file describes one article, {beside[0]} holds many")


def suffix_of(path: Path) -> str:
    """Return which of the known suffixes a file has, "" for none: ``.warc.gz`` is one of them."""
    name = path.name.lower()
    return next((suffix for suffix in SUFFIXES if name.endswith(suffix)), "")


def _is_known(name: str) -> bool:
    return name.lower().endswith(SUFFIXES) and not name.endswith(_NO_ARTICLES)
