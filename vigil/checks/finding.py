"""One thing that was looked at: how it is, and what to do next where it is not well."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["ok", "warning", "problem"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found.

    Attributes:
        level: "problem" where Vigil does not work or its numbers may become wrong.
        about: What was looked at.
        said: How it is, in a sentence without any secret.
        do: The next step; "" where all is well.
    """

    level: Level
    about: str
    said: str
    do: str = ""


def ok(about: str, said: str) -> Finding:
    """Return that all is well."""
    return Finding("ok", about, said)


def warning(about: str, said: str, do: str) -> Finding:
    """Return what works and yet wants a look."""
    return Finding("warning", about, said, do)


def problem(about: str, said: str, do: str) -> Finding:
    """Return what does not work, or may make a number wrong."""
    return Finding("problem", about, said, do)
