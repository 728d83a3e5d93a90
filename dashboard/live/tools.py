"""What one works with on a page: the slider over the past, and saving what is on the screen."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from dashboard.live.components import component, pass_on

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture of the page shows.

    Attributes:
        charts: Names of the charts, where they are on the screen.
        boards: Names of the texts that stand with them.
        title: The line on top.
        note: What else is to be known of it: the moment of the past; "" for nothing.
        source: Where it is from.
        file: Its name, without ending.
    """

    charts: tuple[str, ...]
    boards: tuple[str, ...]
    title: str
    note: str
    source: str
    file: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table somebody asked for.

    Attributes:
        number: Another one for each time it is asked for; the browser saves each once.
        text: The table as CSV.
        file: Its name, without ending.
    """

    number: int
    text: str
    file: str


def slider(
    stops: Sequence[tuple[str, str]],
    at: str,
    *,
    label: str,
    on_pick: Callable[[str], None],
    stale: bool = False,
) -> None:
    """Show the slider over the past; with fewer than two stops it hides.

    Args:
        stops: Code and words of each moment in order, the present last.
        at: The code of the moment that is shown.
        label: What a screen reader says.
        on_pick: Called with the code that was chosen, before the page is run.
        stale: Whether the values are no longer live.
    """
    data = {
        "name": "slider",
        "stops": [list(stop) for stop in stops],
        "at": at,
        "label": label,
        "stale": stale,
    }
    key = "slider-past"
    component("slider")(key=key, data=data, on_picked_change=lambda: pass_on(key, on_pick))


def save(
    picture: Picture, sheet: Sheet | None, *, on_ask: Callable[[str], None], hidden: bool = False
) -> None:
    """Show the buttons that save what is on the screen.

    Args:
        picture: What the picture shows; the browser draws it.
        sheet: The table, once somebody has asked for it.
        on_ask: Called when somebody asks for the table, before the page is run.
        hidden: Whether there is nothing to save.
    """
    titles = {
        "csv": "Save the rows of this view as CSV",
        "png": "Save the charts on the screen as a picture (PNG)",
    }
    data = {
        "name": "save",
        "picture": asdict(picture),
        "sheet": asdict(sheet) if sheet else None,
        "titles": titles,
        "hidden": hidden,
    }
    key = "save-view"
    component("save")(key=key, data=data, on_picked_change=lambda: pass_on(key, on_ask))
