"""Colours, type sizes and geo defaults of every figure, for a light and a dark room."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

Mode = Literal["light", "dark"]

FONT: Final = '"Source Sans", "Source Sans Pro", system-ui, sans-serif'
# Type sizes at a desk, in pixels; ``enlarged`` gives those of a wall.
LABEL_PX: Final = 20
TICK_PX: Final = 16

# One constant for all figures and all times: zoom, pan and selection belong to the viewer.
UIREVISION: Final = "vigil"


@dataclass(frozen=True, slots=True)
class Theme:
    """The palette of one mode, and the sizes of type in figures.

    One strong colour stands for what is counted; everything else is a grey. The accent and the
    greys differ in lightness, so that no colour vision is needed to tell them apart.

    Attributes:
        accent: What is counted and has a city.
        accent_soft: The ground of the hatching for what is counted and has none.
        ink: Figures and names.
        muted: Ticks, ranges, notes.
        faint: Hatching of days nothing was read for.
        surface: The ground of a panel.
        land: Land on the map.
        border: Borders on the map.
        ground: The ground of a page.
        alarm: The ground of the word that numbers are old; the word is black in every room.
        shades: The accent lighter and darker, for parts of what is counted and has a city.
        label_px: Size of names and figures.
        tick_px: Size of what stands along an axis.
    """

    accent: str
    accent_soft: str
    ink: str
    muted: str
    faint: str
    surface: str
    land: str
    border: str
    ground: str
    alarm: str
    shades: tuple[str, str]
    label_px: int = LABEL_PX
    tick_px: int = TICK_PX


LIGHT: Final = Theme(
    accent="#b8341b",
    accent_soft="#f3d9d1",
    ink="#1b1a17",
    muted="#625e57",
    faint="#cfcac0",
    surface="#ffffff",
    land="#e8e4dc",
    border="#ffffff",
    ground="#f6f4ef",
    alarm="#ffc53d",
    shades=("#5e1608", "#dd8a74"),
)
DARK: Final = Theme(
    accent="#ff7a59",
    accent_soft="#4a2a20",
    ink="#f4f1ea",
    muted="#aaa59b",
    faint="#45423c",
    surface="#1d1c1a",
    land="#35332f",
    border="#1d1c1a",
    ground="#121110",
    alarm="#ffc53d",
    shades=("#ffd8cb", "#a85842"),
)


def theme_of(mode: str | None) -> Theme:
    """Return the palette of a mode; light where the browser has not said yet."""
    return DARK if mode == "dark" else LIGHT


def enlarged(theme: Theme, *, label_px: int, tick_px: int) -> Theme:
    """Return the palette with other sizes of type."""
    return replace(theme, label_px=label_px, tick_px=tick_px)


def base_layout(theme: Theme) -> dict[str, object]:
    """Return the layout every figure starts from: transparent and quiet.

    Without ``transition``: plotly.js 4.1.1 fails on a transition of hatched bars ("classed is not
    a function"). Bars move by the style sheet instead.
    """
    return {
        "template": None,
        "autosize": True,
        "uirevision": UIREVISION,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": theme.tick_px, "color": theme.ink},
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "showlegend": False,
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": theme.surface,
            "bordercolor": theme.faint,
            "font": {"family": FONT, "size": theme.tick_px, "color": theme.ink},
        },
    }


def city_shades(theme: Theme) -> tuple[str, ...]:
    """Return the colours of the largest city, of the second, and of all others.

    They differ in lightness, each from the one it stands on, and need no colour vision.
    """
    return theme.accent, *theme.shades


def unspecified_marker(theme: Theme) -> dict[str, object]:
    """Return the look of what is counted and has no city: the accent, hatched."""
    return {
        "color": theme.accent_soft,
        "line": {"color": theme.accent, "width": 1},
        "pattern": {
            "shape": "/",
            "fgcolor": theme.accent,
            "bgcolor": theme.accent_soft,
            "size": 8,
            "solidity": 0.35,
        },
    }


def unread_marker(theme: Theme) -> dict[str, object]:
    """Return the look of a day nothing was read for: a grey hatched gap, never a zero."""
    return {
        "color": "rgba(0,0,0,0)",
        "line": {"width": 0},
        "pattern": {
            "shape": "\\",
            "fgcolor": theme.faint,
            "bgcolor": "rgba(0,0,0,0)",
            "size": 9,
            "solidity": 0.14,
        },
    }
