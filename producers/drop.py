"""Files of a watched folder: when one is complete, and where it goes when it was sent or not."""

from __future__ import annotations

import hashlib
import json
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from producers.meta import META_SUFFIX
from producers.refusal import reason_of, shown
from producers.walk import REASON_SUFFIX, RECEIPT_SUFFIX
from vigil.errors import WatchError

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Mapping

# A file of the future belongs to another clock: of that, nothing about "since when" is known.
_CLOCKS_APART_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Drop:
    """A file as it stood when it was looked at, together with the meta file beside it.

    Attributes:
        path: The file.
        stamp: Differs when anything of either changed.
        described: Whether there is a meta file.
        came_at: When either last changed in any way, its place in the folder included.
    """

    path: Path
    stamp: str
    came_at: float
    described: bool = False

    @classmethod
    def at(cls, path: Path) -> Drop | None:
        """Return the file as it stands, None where it is gone."""
        try:
            found = path.stat()
        except OSError:
            return None
        parts, came_at = [_stamp(found)], found.st_ctime
        try:
            meta = meta_of(path).stat()
        except OSError:
            pass  # most have none
        else:
            parts.append(_stamp(meta))
            came_at = max(came_at, meta.st_ctime)
        return cls(path, "+".join(parts), came_at, len(parts) > 1)

    def complete(self, *, now: float, settle: float) -> bool:
        """Return whether it has not changed for so many seconds.

        The system notes each change of size, content, name and place in one clock (ctime), so
        one look is enough, and what came while nobody watched need not be waited for.
        """
        return not -_CLOCKS_APART_SECONDS < now - self.came_at < settle


def meta_of(path: Path) -> Path:
    """Return where the meta file of an article stands, if there is one."""
    return path.with_name(path.stem + META_SUFFIX)


def content_of(path: Path) -> str:
    """Return what tells the bytes of a file from all others, "" where they cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=12)).hexdigest()
    except OSError:
        return ""


def write_receipt(drop: Drop, folder: Path, receipt: Mapping[str, object]) -> Path:
    """Write NAME.receipt.json; of two articles of one NAME the second takes its full name.

    Raises:
        WatchError: It cannot be written.
    """
    path = drop.path.with_name(drop.path.stem + RECEIPT_SUFFIX)
    if _names_another(folder / path.name, drop.path.name):
        path = drop.path.with_name(drop.path.name + RECEIPT_SUFFIX)
    return _write(folder / path.name, receipt)


def set_aside(
    drop: Drop, folder: Path, word: Mapping[str, object], *, suffix: str = RECEIPT_SUFFIX
) -> Path:
    """Move a file with its meta file to a folder, what is said of it beside it.

    What is said is written first and the meta file moves last: whatever is cut off in between
    can be done again, and never is the article read without what was known about it.

    Returns:
        Where the file is now.

    Raises:
        WatchError: It cannot be moved.
    """
    with _mapped(drop.path):
        folder.mkdir(parents=True, exist_ok=True)
        place = _free(folder / drop.path.name)
        _write(place.with_name(place.stem + suffix), word)
        drop.path.replace(place)
        meta = meta_of(drop.path)
        if meta.exists():
            meta.replace(meta_of(place))
    return place


def finish_meta(meta: Path, folder: Path) -> bool:
    """Move a meta file after its article, if that is what a crash left undone.

    One that was not there when the article was taken belongs to another article, which comes.
    """
    stem = meta.name.removesuffix(META_SUFFIX)
    told = any(
        _said(folder / (stem + suffix)).get("meta_file", False)
        for suffix in (RECEIPT_SUFFIX, REASON_SUFFIX)
    )
    if not told or (folder / meta.name).exists():
        return False
    with _mapped(meta):
        meta.replace(folder / meta.name)
    return True


def bring_back(path: Path, folder: Path) -> bool:
    """Move a quarantined file to where it came from; False where another has its name.

    Raises:
        WatchError: It cannot be moved.
    """
    with _mapped(path):
        folder.mkdir(parents=True, exist_ok=True)
        place, meta = folder / path.name, meta_of(path)
        if place.exists() or (meta.exists() and (folder / meta.name).exists()):
            return False
        if meta.exists():  # first: the article is not to be taken without it
            meta.replace(folder / meta.name)
        path.replace(place)
        path.with_name(path.stem + REASON_SUFFIX).unlink(missing_ok=True)
    return True


def _free(place: Path) -> Path:
    """Return a place where neither an article nor a meta file stands: NAME, NAME.2, NAME.3."""
    number, free = 1, place
    while free.exists() or meta_of(free).exists():
        number += 1
        free = place.with_name(f"{place.stem}.{number}{place.suffix}")
    return free


def _names_another(receipt: Path, name: str) -> bool:
    return _said(receipt).get("file") not in {None, name}


def _said(receipt: Path) -> dict[str, object]:
    """Return what was written of a file, nothing where that is not there or broken."""
    try:
        said = json.loads(receipt.read_bytes())
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def _write(path: Path, word: Mapping[str, object]) -> Path:
    """Write a file that is there whole or not at all."""
    half = path.with_name(f".{path.name}.half")
    with _mapped(path):
        half.write_text(json.dumps(word, indent=1, ensure_ascii=False) + "\n")
        half.replace(path)
    return path


def _stamp(found: os.stat_result) -> str:
    return f"{found.st_ino}:{found.st_size}:{found.st_mtime_ns}"


@contextmanager
def _mapped(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        message = f"{shown(path)} cannot be put in its place: {reason_of(error)}"
        raise WatchError(message) from error
