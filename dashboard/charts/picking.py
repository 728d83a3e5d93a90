"""Figures one can filter with: a click or a drag chooses marks, the others are drawn faint."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Collection

    from dashboard.charts.theme import Theme

# What dragging the mouse does: "select" draws a box, "pan" moves the map.
Drag = Literal["select", "pan"]
Direction = Literal["any", "h", "v"]

FAINT: Final = 0.28  # opacity of what is not chosen: there to be clicked, and plainly not counted


def pickable(
    figure: dict[str, Any],
    theme: Theme,
    *,
    drag: Drag,
    direction: Direction = "any",
    chosen: Collection[str] = (),
) -> dict[str, Any]:
    """Return a figure that answers to clicks and drags, with what is chosen in full colour.

    Args:
        figure: Data and layout; the first of each mark's ``customdata`` is its code.
        theme: In which colours.
        drag: What dragging does before somebody asks for something else.
        direction: Which way a box extends.
        chosen: The codes that are filtered for; none means all of them.
    """
    made = deepcopy(figure)
    made["layout"] |= {
        "dragmode": drag,
        "selectdirection": direction,
        "newselection": {"mode": "immediate", "line": {"color": theme.ink, "width": 1}},
        "modebar": {
            "bgcolor": "rgba(0,0,0,0)",
            "color": theme.muted,
            "activecolor": theme.accent,
            "orientation": "h",
        },
    }
    for note in made["layout"].get("annotations", ()):
        if note.get("yref") == "y":  # a figure above its bar
            note["captureevents"] = True
    if chosen:
        for trace in made["data"]:
            _fade(trace, chosen, theme)
    return made


def _fade(trace: dict[str, Any], chosen: Collection[str], theme: Theme) -> None:
    codes = [one[0] for one in trace.get("customdata") or ()]
    if not codes:
        return
    full = trace["marker"].get("opacity", 1)
    trace["marker"]["opacity"] = [full if code in chosen else full * FAINT for code in codes]
    if "textfont" in trace:
        inks = [theme.ink if code in chosen else theme.muted for code in codes]
        trace["textfont"] = {**trace["textfont"], "color": inks}
