"""A packed file to be read at any place: unpacked to it from the nearest place that was kept."""

from __future__ import annotations

import io
import zlib
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from typing import Any, BinaryIO

    from _typeshed import WriteableBuffer

_PIECE = 65_536
_FIRST_SPACING = 1 << 20
# Each holds the 32 KiB behind it that packed data refers back to: 10 MiB in all.
_MOST_KEPT = 256


class _Kept(NamedTuple):
    """The unpacker as it stood: byte of what is unpacked, byte of the file, its own state."""

    at: int
    read: int
    unpacker: Any


class Gzipped(io.RawIOBase):
    """What a file of gzip members unpacks to; going back costs little, and memory is bounded."""

    def __init__(self, file: BinaryIO) -> None:
        """Read a file, which is closed with this."""
        self._file = file
        self._kept = [_Kept(0, 0, _fresh())]
        self._spacing = _FIRST_SPACING
        self._most_kept = _MOST_KEPT
        self._restore(self._kept[0])

    @classmethod
    def opened(cls, file: BinaryIO) -> BinaryIO:
        """Return it with a buffer, as lines are read of it."""
        return cast("BinaryIO", io.BufferedReader(cls(file), _PIECE))

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True."""
        return True

    def close(self) -> None:
        """Close it, and the file."""
        if not self.closed:
            self._file.close()
        super().close()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a byte of what is unpacked; at most to its end."""
        if whence == io.SEEK_CUR:
            offset += self._at
        elif whence != io.SEEK_SET:
            raise io.UnsupportedOperation
        nearest = self._kept[bisect_right(self._kept, offset, key=lambda one: one.at) - 1]
        if not nearest.at <= self._at <= offset:
            self._restore(nearest)
        while self._at < offset and self._next(min(_PIECE, offset - self._at)):
            pass
        return self._at

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill a buffer as far as one step goes; 0 at the end.

        Raises:
            EOFError: The file ends in the middle.
            zlib.error: It is broken.
        """
        view = memoryview(buffer)
        data = self._next(len(view))
        view[: len(data)] = data
        return len(data)

    def keep_at_most(self, places: int) -> None:
        """Keep the unpacker at so many places, or at 256 where that is less."""
        self._most_kept = min(places, _MOST_KEPT)
        self._thin_out()

    def _restore(self, kept: _Kept) -> None:
        self._at = kept.at
        self._file.seek(kept.read)
        self._unpacker = kept.unpacker.copy()
        self._input = b""
        self._begun = kept.at > 0

    def _next(self, most: int) -> bytes:
        while True:
            self._input = self._input or self._file.read(_PIECE)
            given = self._input
            if not given and not self._begun:
                return b""
            data: bytes = self._unpacker.decompress(given, most)
            self._begun = True
            self._input = self._unpacker.unconsumed_tail
            if self._unpacker.eof:
                # Zeros may stand between members and behind the last one.
                self._input = self._unpacker.unused_data.lstrip(b"\0")
                self._unpacker, self._begun = _fresh(), False
            elif not given and not data:
                raise EOFError
            if data:
                self._at += len(data)
                self._keep()
                return data

    def _keep(self) -> None:
        if self._at - self._kept[-1].at < self._spacing:
            return
        read = self._file.tell() - len(self._input)
        self._kept.append(_Kept(self._at, read, self._unpacker.copy()))
        self._thin_out()

    def _thin_out(self) -> None:
        while len(self._kept) > self._most_kept:
            del self._kept[1::2]
            self._spacing *= 2


def _fresh() -> Any:
    return zlib.decompressobj(31)
