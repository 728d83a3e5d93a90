"""Regular files to bytes: never blocking, never unbounded, never half."""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING

from producers.refusal import Unreadable, reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

# A long novel is 2 MB, a live blog of a whole war day as a web page is 5 MB: what is larger than
# this is a dump, an archive or a mistake, and would be held in memory several times over.
MAX_BYTES = 20 * 1024 * 1024

_SKIP_BYTES = 1 << 20
# A pipe or a device that took the file's place after it was looked at must not block or take
# over the terminal either.
_FLAGS = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC

_KINDS = (
    (stat.S_ISDIR, "a directory, not a file"),
    (stat.S_ISFIFO, "a pipe, not a file"),
    (stat.S_ISSOCK, "a socket, not a file"),
    (stat.S_ISCHR, "a device, not a file"),
    (stat.S_ISBLK, "a device, not a file"),
)


def read_bytes(path: Path) -> bytes:
    """Return a whole file.

    Raises:
        Unreadable: The file is no regular file, empty, larger than ``MAX_BYTES``, not ours to
            read, or it vanished or changed meanwhile: what was read may be half of it.
    """
    with opened(path, buffering=0) as (file, before):
        if before.st_size > MAX_BYTES:
            raise Unreadable(too_large(before.st_size))
        if before.st_size == 0:
            message = "empty file"
            raise Unreadable(message)
        data = file.read(before.st_size + 1)
        while len(data) < before.st_size and (piece := file.read(before.st_size - len(data))):
            data += piece  # the system may give less at once
        _check_unchanged(file, before, read=len(data))
        return data


def read_lines(path: Path) -> Iterator[tuple[int, bytes | None]]:
    """Yield the lines of a file of any size with their numbers from 1, one in memory at a time.

    A line longer than ``MAX_BYTES`` comes as None. Whether the file changed meanwhile is known
    after its last line only.

    Raises:
        Unreadable: As for ``read_bytes``, but for the size.
    """
    with opened(path) as (file, before):
        if before.st_size == 0:
            message = "empty file"
            raise Unreadable(message)
        number = read = 0
        while line := file.readline(MAX_BYTES + 1):
            number += 1
            read += len(line)
            if len(line) > MAX_BYTES:
                read += skip_line(file, line)
                yield number, None
            else:
                yield number, line
        _check_unchanged(file, before, read=read)


def too_large(size: int) -> str:
    """Return the reason for refusing so many bytes."""
    return f"{size:,} bytes, more than {MAX_BYTES // 1024**2} MiB"


@contextmanager
def opened(path: Path, *, buffering: int = -1) -> Iterator[tuple[BinaryIO, os.stat_result]]:
    """Open a regular file and tell how it stood; the system's errors become ours.

    Args:
        path: The file.
        buffering: As ``open`` takes it; 0 for a file that is read at once.

    Raises:
        Unreadable: It is no regular file, is not ours to read, or vanished.
    """
    try:
        _check_regular(path.stat())  # before opening: opening a device can have effects
        with os.fdopen(os.open(path, _FLAGS), "rb", buffering) as file:
            before = os.fstat(file.fileno())
            _check_regular(before)
            yield file, before
    except FileNotFoundError as error:
        reason = "a link to nothing" if path.is_symlink() else reason_of(error)
        raise Unreadable(reason) from error
    except OSError as error:
        raise Unreadable(reason_of(error)) from error


def _check_regular(found: os.stat_result) -> None:
    if stat.S_ISREG(found.st_mode):
        return
    kind = next((name for is_kind, name in _KINDS if is_kind(found.st_mode)), "no regular file")
    raise Unreadable(kind)


def _check_unchanged(file: BinaryIO, before: os.stat_result, *, read: int) -> None:
    after = os.fstat(file.fileno())
    if after.st_nlink == 0:
        message = "vanished while being read"
        raise Unreadable(message)
    if (after.st_size, after.st_mtime_ns, read) != (
        before.st_size,
        before.st_mtime_ns,
        before.st_size,
    ):
        message = "changed while being read"
        raise Unreadable(message)


def skip_line(file: BinaryIO, piece: bytes) -> int:
    """Read on to the end of a line; return how many bytes that took."""
    skipped = 0
    while piece and not piece.endswith(b"\n"):
        piece = file.readline(_SKIP_BYTES)
        skipped += len(piece)
    return skipped
