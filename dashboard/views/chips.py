"""The row of what is filtered for, each with a cross to take it back, and the way to sentences."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from dashboard.charts.tally import Filters
from dashboard.charts.words import number
from dashboard.live.nodes import node, texts
from dashboard.views.filter_words import (
    BOUND_WORDS,
    KIND_OF_AUTHORITY,
    city_name,
    days_text,
    partly,
)
from dashboard.views.picks import taken_back

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dashboard.live.nodes import Child, Node

_MOST: Final = 4  # chips of one filter; the others are summed up in one
_CLEAR: Final = "clear"
ESCAPE: Final = "escape"
SENTENCES: Final = "sentences"
_HINT: Final = (
    "Click a bar, bubble or day to filter, or drag across days; a number leads to its sentences."
)
# Filters with several values, and what one of them is called.
_SEVERAL: Final[dict[str, Callable[[Any], str]]] = {
    "cities": city_name,
    "authority_kinds": KIND_OF_AUTHORITY.__getitem__,
    "authorities": str,
    "outlets": lambda name: f"printed by {name}",
    "bounds": lambda bound: BOUND_WORDS[bound],
}
_PLURALS: Final = {
    "cities": "cities",
    "authority_kinds": "kinds of authority",
    "authorities": "authorities",
    "outlets": "outlets",
    "bounds": "ways to put it",
}
_DAYS: Final = "days"


def chips(filters: Filters, countries: Mapping[str, str], *, empty: bool = False) -> list[Child]:
    """Return the row; without filters, how to get some.

    Args:
        filters: What is filtered for.
        countries: Code -> name.
        empty: Whether nothing fits: what has no figure has no sentences.
    """
    there = _chips(filters, countries)
    if not there:
        return [node("p", _HINT, look="v-hint")]
    return [
        node("ul", *(node("li", one) for one in there), look="v-chips"),
        None if empty else node("button", "Sentences", look="v-way", pick=SENTENCES),
        node("button", "Clear", look="v-way", pick=_pick(_CLEAR), label="Clear all filters"),
        node("p", partly(filters), look="v-hint"),
    ]


def words(filters: Filters, countries: Mapping[str, str]) -> list[str]:
    """Return what is filtered for in words, without its days."""
    apart = replace(filters, first=None, last=None)
    return [next(iter(texts(one))) for one in _chips(apart, countries)]


def without(filters: Filters, sent: str) -> Filters:
    """Return the filters after a chip was taken back."""
    if sent == ESCAPE:
        return taken_back(filters)
    name, *values = json.loads(sent)
    if name == _CLEAR:
        return Filters(kind=filters.kind)
    if name == _DAYS:
        return replace(filters, first=None, last=None)
    if name in _SEVERAL:
        kept: Any = tuple(one for one in getattr(filters, name) if one not in values)
        return replace(filters, **{name: kept})
    return replace(filters, **{name: getattr(Filters(), name)})


def _chips(filters: Filters, countries: Mapping[str, str]) -> list[Node]:
    found = []
    if filters.country:
        found.append(_chip(countries.get(filters.country, filters.country), "country"))
    if filters.first or filters.last:
        found.append(_chip(days_text(filters), _DAYS))
    for name in _SEVERAL:
        found += _each(name, getattr(filters, name))
    if filters.printed > 1:
        found.append(_chip(f"printed by {number(filters.printed)} outlets or more", "printed"))
    if filters.text:
        quoted = f"\N{LEFT DOUBLE QUOTATION MARK}{filters.text}\N{RIGHT DOUBLE QUOTATION MARK}"
        found.append(_chip(quoted, "text"))
    return found


def _each(name: str, values: Sequence[str]) -> list[Node]:
    shown = values if len(values) <= _MOST else values[: _MOST - 1]
    found = [_chip(_SEVERAL[name](value), name, value) for value in shown]
    if rest := values[len(shown) :]:
        found.append(_chip(f"{len(rest)} more {_PLURALS[name]}", name, *rest))
    return found


def _chip(text: str, *what: str) -> Node:
    return node(
        "button",
        node("span", text),
        node("span", "\N{MULTIPLICATION SIGN}", look="v-cross"),
        look="v-chip",
        pick=_pick(*what),
        label=f"Take back the filter {text}",
    )


def _pick(*what: str) -> str:
    return json.dumps(what)
