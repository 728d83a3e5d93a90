"""Web archives (WARC, packed or not): each page that a crawler kept, record by record.

Where a record begins and ends is found here, so that what is broken costs that record alone:
reading goes on at the next thing that begins like one. What a record says is read by warcio.
"""

from __future__ import annotations

import io
import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from warcio.archiveiterator import ArchiveIterator

from producers.meta import normal_url
from producers.raw import MAX_BYTES
from producers.refusal import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

_PAGES = {"text/html", "application/xhtml+xml"}
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
_LENGTH = re.compile(rb"^content-length:\s*(\d{1,15})\s*$", re.IGNORECASE | re.MULTILINE)
_BEGINS = re.compile(rb"WARC/1\.[01]\r?\n")
_PACKED_BEGINS = re.compile(rb"\x1f\x8b\x08")
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")

_MOST = MAX_BYTES + 65_536  # a page, and what is said of it
_HEAD = 65_536
_PIECE = 65_536
# What unpacks to more is no record of anything: a bomb.
_MOST_UNPACKED = 1 << 30
_LOOKED_THROUGH = 1 << 20
_LONGEST_BEGINNING = 16

_BROKEN = "packed data that is broken"
_CUT = "ends in the middle"
_WHOLE = "packed as a whole; pack each record by itself (warcio recompress)"
_NO_RECORD = "no record of an archive"
_MISMATCH = "longer or shorter than it says"


@dataclass(frozen=True, slots=True)
class Page:
    """A page that a crawler kept: its address, its bytes, and the encoding it was sent as."""

    url: str
    body: bytes
    charset: str | None


@dataclass(frozen=True, slots=True)
class Record:
    """One record of an archive.

    Attributes:
        offset: Where it begins, in bytes of the file.
        end: Where the next one begins: whoever has taken this one goes on there.
        page: The page in it; None where it holds something else.
        reason: Why it cannot be read, or "".
    """

    offset: int
    end: int
    page: Page | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Raw:
    """The bytes of a record: of one too long to hold a page, the first of them."""

    data: bytes
    end: int
    is_cut: bool = False


def read_records(file: BinaryIO, *, start: int = 0, packed: bool) -> Iterator[Record]:
    """Yield the records of an archive that begin at ``start`` or behind it.

    Args:
        file: The archive, opened for reading and seeking.
        start: Where a record begins: 0, or the ``end`` of one that was taken.
        packed: Whether each record is a member of gzip, as in ``.warc.gz``.
    """
    take = _unpacked if packed else _plain
    at = start
    while True:
        try:
            raw = take(file, at)
            if raw is None:
                return
            end = raw.end
            page, reason = _page(raw)
        except Unreadable as error:
            end = _next_beginning(file, after=at, packed=packed)
            page, reason = None, str(error)
        except Exception as error:  # warcio takes a record for what it should be
            page, reason = None, f"{_NO_RECORD} ({type(error).__name__})"
        yield Record(at, end, page, reason)
        at = end


def _page(raw: _Raw) -> tuple[Page | None, str]:
    """Return the page in a record, or the reason why there is none; neither for other records."""
    record: Any = next(iter(ArchiveIterator(io.BytesIO(raw.data))))
    if record.rec_type not in {"response", "resource"} or record.http_headers is None:
        return None, ""
    headers = record.http_headers
    told = headers.get_header("Content-Type") or ""
    if headers.get_statuscode() != "200" or told.partition(";")[0].strip().lower() not in _PAGES:
        return None, ""
    try:
        url = normal_url(record.rec_headers.get_header("WARC-Target-URI") or "")
    except Unreadable as error:
        return None, str(error)
    body = b"" if raw.is_cut else record.content_stream().read(MAX_BYTES + 1)
    if raw.is_cut or len(body) > MAX_BYTES:
        return None, f"a page of more than {MAX_BYTES // 1024**2} MiB"
    charset = _CHARSET.search(told)
    return Page(url, body, charset[1] if charset else None), ""


def _plain(file: BinaryIO, at: int) -> _Raw | None:
    """Return the record at a place; None at the end of the file.

    Raises:
        Unreadable: There is none that is whole.
    """
    file.seek(at)
    head = file.read(_HEAD)
    blank = len(head) - len(head.lstrip(b"\r\n"))
    head = head[blank:]
    if not head:
        return None
    sizes = _sizes(head)
    if sizes is None:
        raise Unreadable(_NO_RECORD)
    begun, size = at + blank, sum(sizes)
    file.seek(begun)
    data = file.read(min(size, _MOST))
    end = file.seek(begun + size)
    behind = file.read(4)
    if end > file.seek(0, io.SEEK_END):
        raise Unreadable(_CUT)
    if behind.strip(b"\r\n") not in {b"", b"WARC"}:
        raise Unreadable(_MISMATCH)
    if behind == b"\r\n\r\n":
        end += len(behind)
    return _Raw(data, end, is_cut=size > _MOST)


def _unpacked(file: BinaryIO, at: int) -> _Raw | None:
    """Return the record that the member of gzip at a place holds; None at the end of the file.

    Raises:
        Unreadable: There is none that is whole.
    """
    file.seek(at)
    unpacker = zlib.decompressobj(31)
    data, count, consumed = bytearray(), 0, 0
    while not unpacker.eof:
        piece = unpacker.unconsumed_tail or file.read(_PIECE)
        if not piece and not consumed:
            return None
        if not piece:
            raise Unreadable(_CUT)
        try:
            out = unpacker.decompress(piece, _LOOKED_THROUGH)
        except zlib.error:
            raise Unreadable(_BROKEN) from None
        consumed += len(piece) - len(unpacker.unconsumed_tail) - len(unpacker.unused_data)
        count += len(out)
        data += out[: max(0, _MOST - len(data))]
        if count > _MOST_UNPACKED:
            message = f"unpacks to more than {_MOST_UNPACKED // 1024**3} GiB"
            raise Unreadable(message)
    sizes = _sizes(bytes(data[:_HEAD]))
    if sizes is None:
        raise Unreadable(_NO_RECORD)
    if count > sum(sizes) + 4:
        raise Unreadable(_WHOLE)
    if count < sum(sizes):
        raise Unreadable(_MISMATCH)
    return _Raw(bytes(data), at + consumed, is_cut=count > _MOST)


def _sizes(head: bytes) -> tuple[int, int] | None:
    """Return the bytes of a record's own head and of what follows it, None if it has no head."""
    end = _END_OF_HEAD.search(head)
    if not _BEGINS.match(head) or not end:
        return None
    length = _LENGTH.search(head[: end.start() + 1])
    return (end.end(), int(length[1])) if length else None


def _next_beginning(file: BinaryIO, *, after: int, packed: bool) -> int:
    """Return where the next record may begin, behind a broken one; the end where there is none."""
    pattern = _PACKED_BEGINS if packed else _BEGINS
    at = after + 1
    while True:
        file.seek(at)
        piece = file.read(_LOOKED_THROUGH)
        for found in pattern.finditer(piece):
            if not packed or _is_record(file, at + found.start()):
                return at + found.start()
        if len(piece) < _LOOKED_THROUGH:
            return at + len(piece)
        at += len(piece) - _LONGEST_BEGINNING


def _is_record(file: BinaryIO, at: int) -> bool:
    """Return whether what looks like a member of gzip unpacks to the head of a record."""
    file.seek(at)
    try:
        return zlib.decompressobj(31).decompress(file.read(4_096), 5) == b"WARC/"
    except zlib.error:
        return False
