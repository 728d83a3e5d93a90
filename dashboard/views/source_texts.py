"""Feeds -> the table of the page of health: which are broken, which silent, and since when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboard.charts.words import moment, number
from dashboard.live.nodes import node
from vigil.sources import standing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from dashboard.live.nodes import Child, Node
    from vigil.sources import Source, Standing

SHOWN: Final = 30
_HEADS: Final = ("Source", "State", "Last well", "Listed", "Sent")
# What needs a person stands on a ground of its own; a silent desk may just be closed.
_ALARMING: Final = {"broken", "partly", "not asked"}


def table(sources: Sequence[Source], now: datetime) -> list[Child]:
    """Return the feeds that are read, those that need a person first; nothing without any."""
    if not sources:
        return []
    judged = standing(sources, now=now)
    more = len(judged) - SHOWN
    return [
        node("h2", "Sources"),
        node(
            "table",
            node("thead", node("tr", *(node("th", head) for head in _HEADS))),
            node("tbody", *(_row(one) for one in judged[:SHOWN])),
        ),
        node("p", f"{number(more)} more", look="v-quiet") if more > 0 else None,
    ]


def _row(one: Standing) -> Node:
    source = one.source
    look = "v-alarm" if one.state in _ALARMING else ""
    return node(
        "tr",
        node("td", source.title or source.url, _address(source)),
        node("td", node("span", one.state, look=look), _because(one)),
        node("td", moment(source.ok_at) if source.ok_at else "never"),
        node("td", number(source.seen), look="v-n"),
        node("td", number(source.sent), look="v-n"),
        key=source.url,
    )


def _address(source: Source) -> Child:
    return node("div", source.url, look="v-quiet") if source.title else None


def _because(one: Standing) -> Child:
    return node("div", one.words, look="v-quiet") if one.words else None
