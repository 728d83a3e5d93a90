"""How the values of filters are called, in menus and on chips."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboard.charts.episodes import Episode
from dashboard.charts.selection import by_authority, by_source
from dashboard.charts.words import day_text

if TYPE_CHECKING:
    from dashboard.charts.tally import Filters
    from vigil.claim import AuthorityKind, Bound

KIND_OF_AUTHORITY: Final[dict[AuthorityKind, str]] = {
    "monitor": "monitors",
    "official": "official bodies",
    "organiser": "organisers",
    "unattributed": "nobody named",
}
BOUND_WORDS: Final[dict[Bound, str]] = {
    "exact": "exact",
    "about": "about",
    "range": "a range",
    "at_least": "at least",
    "more_than": "more than",
    "up_to": "up to",
    "vague": "in words, like dozens",
}


def city_name(code: str) -> str:
    """Return the name in a place code, also of a city that has no figure in a view."""
    parts = code.split(":")
    return ":".join(parts[2:-1]) or code


def days_text(filters: Filters) -> str:
    """Return the days that are filtered for."""
    first, last = filters.first, filters.last
    if first and last:
        return Episode(first, last).label
    return f"from {day_text(first)}" if first else f"to {day_text(last)}" if last else ""


def partly(filters: Filters) -> str:
    """Return in words what a sum means where sources are filtered; "" where they are not."""
    if not by_source(filters):
        return ""
    if by_authority(filters):
        return "Only what these authorities stand by. What is left out is not zero."
    return "Only the figures that fit. What is left out is not zero."
