"""Days with a name: the events that "since" counts from, and the days of the calendar."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date


def event(name: str, text: str) -> date | None:
    """Return the day of an event of which the text speaks by a name, if it is a known one.

    Args:
        name: What is written: "full-scale invasion".
        text: The article, whose other words say which invasion it is.
    """
    what = " ".join(name.lower().split())
    for each in _data()["event"]:
        named = any(what == w.lower() or what.endswith(" " + w.lower()) for w in each["what"])
        if named and _speaks_of(each["needs"], text) and _speaks_of(each["with"], text):
            day: date = each["day"]
            return day
    return None


def holiday(name: str, text: str) -> tuple[int, int] | None:
    """Return the month and the day of a named day of the calendar: "May Day".

    Args:
        name: What is written.
        text: The article, whose other words say in which country.
    """
    what = " ".join(name.lower().replace("\u2019", "'").split())
    for each in _data()["holiday"]:
        if what in each["names"] and _speaks_of(each.get("needs", [""]), text):
            return each["month"], each["day"]
    return None


def _speaks_of(words: list[str], text: str) -> bool:
    return any(word in text for word in words)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("consumers.extractor") / "data" / "events.toml").read_text("utf-8"))
