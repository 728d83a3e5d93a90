"""What was refused, and why: a fact for people, never a piece of the article."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigil.errors import ReadError

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Refusal:
    """One thing that was refused while the rest went on.

    Attributes:
        path: The file or folder; with ``:line`` for a line of .jsonl, ``#number`` for an item
            of a list in .json.
        reason: Why, in one line, without any text of the article.
    """

    path: str
    reason: str


class Unreadable(ReadError):
    """The reason alone; whoever knows the path makes a ``Refusal`` of it."""


def shown(path: Path) -> str:
    r"""Return a path as one line of valid text, whatever bytes its name is made of.

    A name may hold line ends, escape sequences of a terminal and bytes that are no UTF-8, which
    neither a terminal nor a message can carry: they become ``\n``, ``\x1b`` and the like.
    """
    name = str(path)
    if name.isprintable():  # false for lone surrogates too
        return name
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in text
    )


def reason_of(error: OSError) -> str:
    """Return the system's reason in one line, without the path it may carry."""
    if isinstance(error, PermissionError):
        return "permission denied"
    if error.errno == errno.ELOOP:
        return "a link that leads back to itself"
    if isinstance(error, FileNotFoundError):
        return "vanished before it could be read"
    if isinstance(error, IsADirectoryError):
        return "a directory, not a file"
    return (error.strerror or type(error).__name__).lower()
