"""How a view is shown <-> the query of its address: which charts, tables, and what beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from dashboard.charts.compare import Period

if TYPE_CHECKING:
    from collections.abc import Mapping

DaysChart = Literal["bars", "sum"]
PlacesChart = Literal["map", "bars"]

# Their names in an address; what is not said is as it is without them.
_DAYS: Final = "days"
_PLACES: Final = "places"
_TABLES: Final = "tables"
_BESIDE: Final = "beside"
_PERIOD: Final = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True, slots=True)
class Showing:
    """How a view is shown.

    Attributes:
        days: The chart of days: a bar for each, or what they add up to.
        places: The large chart of places: a map, or bars with ranges.
        tables: Whether each chart has a table beside it.
        beside: The period that the view's own is compared with, or None.
    """

    days: DaysChart = "bars"
    places: PlacesChart = "map"
    tables: bool = False
    beside: Period | None = None


def to_query(showing: Showing) -> dict[str, str]:
    """Return the query of a way of showing; what is as it always is stays unsaid."""
    beside = showing.beside
    wanted = {
        _DAYS: "cumulative" if showing.days == "sum" else "",
        _PLACES: "bars" if showing.places == "bars" else "",
        _TABLES: "yes" if showing.tables else "",
        _BESIDE: f"{beside.first}..{beside.last}" if beside else "",
    }
    return {name: value for name, value in wanted.items() if value}


def from_query(query: Mapping[str, str]) -> Showing:
    """Return what an address asks for; what makes no sense there is taken for not asked."""
    return Showing(
        days="sum" if query.get(_DAYS) == "cumulative" else "bars",
        places="bars" if query.get(_PLACES) == "bars" else "map",
        tables=query.get(_TABLES) == "yes",
        beside=_period(query.get(_BESIDE, "")),
    )


def _period(text: str) -> Period | None:
    match = _PERIOD.fullmatch(text)
    if not match:
        return None
    try:
        first, last = sorted(date.fromisoformat(end) for end in match.groups())
    except ValueError:
        return None
    return Period(first, last)
