"""Widgets that show and change what is filtered for, which may also change without them.

A value set through the session may reach a slow browser late, which then sends the widget's default
back as if somebody chose it. So a widget's value is never set: where what is filtered for changed
elsewhere (a chart, a chip, the address), a new widget with the new value as its default takes the
place of the old one, and what the old one may still send counts for nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

_MARKS: Final = "filter-marks"


@dataclass(frozen=True, slots=True)
class Held:
    """A widget's place in the session.

    Attributes:
        key: Its key for Streamlit, new with every value that did not come from the widget.
        default: The value it was made with.
        on_change: What Streamlit calls when somebody changed it.
    """

    key: str
    default: Any
    on_change: Callable[[], None]


def hold(name: str, value: object, take: Callable[[Any], None]) -> Held:
    """Return the widget of a filter.

    Args:
        name: Of the filter.
        value: What is filtered for.
        take: Called with what somebody chose.
    """
    marks: dict[str, tuple[int, object]] = st.session_state.setdefault(_MARKS, {})
    number, default = marks.get(name, (0, value))
    if name not in marks or not _same(st.session_state.get(_key(name, number), default), value):
        number, default = number + 1, value
        marks[name] = (number, default)
    key = _key(name, number)

    def changed() -> None:
        if marks[name][0] == number:
            take(st.session_state[key])

    return Held(key, default, changed)


def _same(one: object, other: object) -> bool:
    """Return whether two values are the same; in which order somebody chose several is not."""
    if isinstance(one, list) and isinstance(other, list):
        return sorted(one) == sorted(other)
    return one == other


def _key(name: str, number: int) -> str:
    return f"filter-{name}-{number}"
