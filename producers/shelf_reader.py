"""Articles read at their places in a corpus: what was opened stays open while others are read."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Final, cast

from producers.bulk import Place, record_at
from producers.files import as_published, read_file
from producers.gzipped import Gzipped
from producers.refusal import Refusal, reason_of, shown
from producers.walk import ARCHIVES, suffix_of
from vigil.article import Article

if TYPE_CHECKING:
    import io
    from pathlib import Path
    from typing import BinaryIO


# A corpus with an archive or a list for each outlet goes from one to the next with every article.
_MOST_PACKED: Final = 64
_MOST_PLACES: Final = 1_024  # of all packed files together: 40 MiB
_MOST_LISTS: Final = 8  # each of at most 20 MiB of JSON


@dataclass(slots=True)
class _List:
    """A list of articles: those that were made already, and the rest, made when they are due."""

    rest: Iterator[Article | Refusal]
    items: list[Article | Refusal] = field(default_factory=list)


class ShelfReader:
    """Reads articles wherever they stand; memory is bounded."""

    def __init__(self) -> None:
        """Open nothing yet."""
        self._packed: OrderedDict[Path, BinaryIO] = OrderedDict()
        self._lists: OrderedDict[Path, _List] = OrderedDict()

    def read(self, path: Path, place: Place) -> Article | Refusal | None:
        """Return what stands at a place of a file; None where nothing does any more."""
        suffix = suffix_of(path)
        if suffix.endswith("jsonl.gz"):
            return self._line(path, place)
        if suffix in ARCHIVES:
            return record_at(path, place, seen_at=as_published)
        return self._item(path, place.number)

    def close(self) -> None:
        """Close all that is open."""
        self._lists.clear()
        while self._packed:
            self._close(next(iter(self._packed)))

    def _item(self, path: Path, number: int) -> Article | Refusal | None:
        """Return one of those in a file; the articles of a list come soon after each other."""
        found = self._lists.pop(path, None) or _List(read_file(path, seen_at=as_published))
        found.items.extend(islice(found.rest, max(0, number + 2 - len(found.items))))
        if len(found.items) > 1:
            self._lists[path] = found
        while len(self._lists) > _MOST_LISTS:
            self._lists.popitem(last=False)
        first = found.items[0] if found.items else None
        if isinstance(first, Refusal) and first.path == shown(path):
            return first  # the whole file cannot be read, wherever it is looked at
        return found.items[number] if number < len(found.items) else None

    def _line(self, path: Path, place: Place) -> Article | Refusal | None:
        try:
            lines = self._lines(path)
            return record_at(path, place, seen_at=as_published, lines=lines)
        except OSError as error:
            self._close(path)
            return Refusal(shown(path), reason_of(error))

    def _lines(self, path: Path) -> BinaryIO:
        """Return the lines of a packed file; the places kept in it are shared among all."""
        if path not in self._packed:
            self._packed[path] = Gzipped.opened(path.open("rb"))
            if len(self._packed) > _MOST_PACKED:
                self._close(next(iter(self._packed)))
            places = _MOST_PLACES // len(self._packed)
            for one in self._packed.values():
                cast("io.BufferedReader[Gzipped]", one).raw.keep_at_most(places)
        self._packed.move_to_end(path)
        return self._packed[path]

    def _close(self, path: Path) -> None:
        lines = self._packed.pop(path, None)
        with suppress(OSError):
            if lines:
                lines.close()
