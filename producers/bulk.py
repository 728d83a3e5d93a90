"""Archives of news to articles, from where an earlier run stood: JSON lines and WARC, packed too.

An archive is streamed: one record of it is in memory at a time, and nothing is unpacked to disk.
"""

from __future__ import annotations

import gzip
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from producers import raw
from producers.files import MAX_REFUSED_PARTS, from_record, line_text, make_article, with_title
from producers.identity import identity
from producers.meta import Facts, parse_json
from producers.refusal import Refusal, Unreadable, shown
from producers.walk import suffix_of
from vigil.article import Article

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path
    from typing import BinaryIO

    from producers.files import SeenAt
    from producers.warc import Page


@dataclass(frozen=True, slots=True)
class Place:
    """Where to go on in an archive.

    Attributes:
        offset: The byte; of packed JSON lines, the byte as unpacked.
        number: How many records lie before it.
    """

    offset: int = 0
    number: int = 0


START = Place()


@dataclass(frozen=True, slots=True)
class Part:
    """One record of an archive.

    Attributes:
        item: What it makes; None where it holds no article and nothing is wrong with it.
        place: Where the next one begins.
        read: How many bytes of the file were read for it and all before it.
    """

    item: Article | Refusal | None
    place: Place
    read: int


def read_archive(path: Path, *, seen_at: SeenAt, start: Place = START) -> Iterator[Part]:
    """Yield the records of an archive from a place on.

    What is wrong with one of them is a refusal that tells the file and the place, and the next one
    follows. Of so many that are wrong that nobody would read it, the rest is counted.

    Args:
        path: A file with one of ``walk.ARCHIVES`` for a suffix.
        seen_at: As for ``files.read``.
        start: The place of a part that was taken.
    """
    refused = 0
    last = start
    try:
        for part in _parts(path, seen_at, start):
            last = part.place
            if isinstance(part.item, Refusal):
                refused += 1
                if refused > MAX_REFUSED_PARTS:
                    yield Part(None, part.place, part.read)
                    continue
            yield part
    except Unreadable as error:
        yield Part(Refusal(shown(path), str(error)), last, last.offset)
    if refused > MAX_REFUSED_PARTS:
        more = Refusal(shown(path), f"{refused - MAX_REFUSED_PARTS:,} more refused")
        yield Part(more, last, last.offset)


def record_at(
    path: Path, place: Place, *, seen_at: SeenAt, lines: BinaryIO | None = None
) -> Article | Refusal | None:
    """Return what the record at a place makes; None where there is none.

    Args:
        path: The archive.
        place: Of the part before it, or ``START``.
        seen_at: As for ``files.read``.
        lines: The lines of a packed archive, to be read at any place; None: open it.

    Raises:
        OSError: ``lines`` cannot be read any more, and are of no use.
    """
    parts = _of_lines(path, lines, lines, seen_at, place) if lines else _parts(path, seen_at, place)
    try:
        found = next(parts, None)
    except Unreadable as error:
        return Refusal(shown(path), str(error))
    parts.close()
    return found.item if found else None


def _parts(path: Path, seen_at: SeenAt, start: Place) -> Generator[Part]:
    suffix = suffix_of(path)
    with raw.opened(path) as (file, before):
        if before.st_size == 0:
            message = "empty file"
            raise Unreadable(message)
        if suffix.startswith(".warc"):
            yield from _of_warc(path, file, seen_at, start, packed=suffix.endswith(".gz"))
        else:
            packed = suffix.endswith(".gz")
            lines = cast("BinaryIO", gzip.GzipFile(fileobj=file)) if packed else file
            yield from _of_lines(path, file, lines, seen_at, start)


def _of_lines(
    path: Path, file: BinaryIO, lines: BinaryIO, seen_at: SeenAt, start: Place
) -> Generator[Part]:
    offset, number = start.offset, start.number
    try:
        lines.seek(offset)
        while line := lines.readline(raw.MAX_BYTES + 1):
            number += 1
            begun, size = offset, len(line)
            if size > raw.MAX_BYTES:
                size += raw.skip_line(lines, line)
            offset += size
            whole = line if size <= raw.MAX_BYTES else None
            origin = f"{shown(path)}:{number}"
            item = _of_line(whole, origin, begun, seen_at) if line.strip() else None
            yield Part(item, Place(offset, number), file.tell())
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        message = f"packed data that is broken behind byte {offset:,} as unpacked"
        raise Unreadable(message) from error
    if number == 0:
        message = "nothing but white space"
        raise Unreadable(message)


def _of_line(line: bytes | None, origin: str, offset: int, seen_at: SeenAt) -> Article | Refusal:
    try:
        record = parse_json(line_text(line), where="column {column}")
        return from_record(record, Facts(), seen_at=seen_at, origin=origin)
    except Unreadable as error:
        return Refusal(origin, f"{error} (at byte {offset:,})")


def _of_warc(
    path: Path, file: BinaryIO, seen_at: SeenAt, start: Place, *, packed: bool
) -> Iterator[Part]:
    from producers.warc import read_records  # noqa: PLC0415  # most have none

    number = start.number
    for record in read_records(file, start=start.offset, packed=packed):
        number += 1
        origin = f"{shown(path)}@{record.offset}"
        item: Article | Refusal | None = None
        if record.reason:
            item = Refusal(origin, record.reason)
        elif record.page:
            item = _of_page(record.page, origin, seen_at)
        yield Part(item, Place(record.end, number), record.end)
    if number == 0:
        message = "no record of an archive"
        raise Unreadable(message)


def _of_page(page: Page, origin: str, seen_at: SeenAt) -> Article | Refusal:
    from producers.html import read_page  # noqa: PLC0415  # loads half a second of libraries

    try:
        found = read_page(page.body, charset=page.charset)
        facts = Facts(url=identity(page.url, found.facts.url)).over(found.facts)
        body = with_title(facts.title, found.text)
        return make_article(body, facts, seen_at=seen_at, origin=origin, day=found.day)
    except Unreadable as error:
        return Refusal(origin, str(error))
