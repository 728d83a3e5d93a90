"""What every page has: its pulse, its clothes and the mode of the room."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard.charts.theme import Theme, city_shades, theme_of
from dashboard.live.components import board, quiet_watch, style
from dashboard.live.nodes import node
from dashboard.views import panels

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from dashboard.live.nodes import Child
    from dashboard.live.source import State

# Seconds. With the source's interval it bounds how late a change is seen: within two seconds.
PULSE: Final = 1.0


def mode() -> str:
    """Return "light" or "dark", as the browser shows the page."""
    return st.context.theme.type or "light"


def dress(theme: Theme | None = None, *sheets: str) -> None:
    """Give the page its style sheets, and the colours of the charts to its texts.

    Args:
        theme: The colours; left out, those of the browser's mode.
        sheets: Style sheets of this page alone.
    """
    colours = variables(theme or theme_of(mode()))
    rules = "\n".join(style(name) for name in ("vigil.css", *sheets))
    st.html(f"<style>:root {{ {colours} }}\n{rules}</style>")


def top(
    state: State,
    moment: datetime,
    row: Callable[[], None] | None = None,
    *,
    status: Sequence[Child] | None = None,
) -> None:
    """Show the line every page begins with: the name, what a page puts there, and the status.

    Args:
        state: What is known now.
        moment: The time of the screen.
        row: What a page puts in the middle.
        status: What the page says in place of whether its numbers are true now.
    """
    with st.container(key="top"):
        brand, middle, right = st.columns(
            [0.5, 5.1, 2.7], gap="medium", vertical_alignment="center"
        )
        with brand:
            board("brand", [node("h1", "Vigil")])
        with middle:
            if row:
                row()
        with right:
            board("status", status or panels.status(state, moment))
            old = (state.read_at or state.stale_since) if state.stale_since else None
            quiet_watch(_ms(moment), _ms(old) if old else None)


def _ms(when: datetime) -> int:
    return round(when.timestamp() * 1000)


def variables(theme: Theme) -> str:
    """Return a palette as CSS variables: ``--v-ink: #1b1a17;`` and so on."""
    colours = {name: value for name, value in asdict(theme).items() if isinstance(value, str)}
    shades = {f"shade-{at}": shade for at, shade in enumerate(city_shades(theme))}
    return " ".join(
        f"--v-{name.replace('_', '-')}: {colour};" for name, colour in {**colours, **shades}.items()
    )
