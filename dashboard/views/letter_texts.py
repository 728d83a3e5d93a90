"""Dead letters -> the table of the page of health: what failed, why, and what can be done."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, cast

from dashboard.charts.words import moment, number
from dashboard.live.nodes import node

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.live.nodes import Child, Node
    from vigil.letters import Action, Listed

SHOWN: Final = 30
_HEADS: Final = ("When", "Could not", "Why", "Came from", "Bytes", "")
_STAGES: Final = {"extract": "read", "aggregate": "count"}
_ACTIONS: Final = {"requeue": "Send again", "discard": "Discard"}
_DOING: Final = {"requeue": "is being sent again", "discard": "is being discarded"}


def waiting(letters: Sequence[Listed]) -> list[Listed]:
    """Return those nobody has dealt with yet."""
    return [one for one in letters if one.deed is None]


def table(letters: Sequence[Listed]) -> list[Child]:
    """Return the dead letters, the newest first, each with what can be done with it."""
    title = node("h2", "Dead letters")
    left = waiting(letters)
    settled = len(letters) - len(left)
    dealt = f" {number(settled)} of the newest were sent again or discarded." if settled else ""
    if not left:
        return [title, node("p", f"None: everything could be handled.{dealt}", look="v-quiet")]
    more = len(left) - SHOWN
    return [
        title,
        node(
            "p",
            "What could not be handled is kept in Kafka as it came, for 30 days. Send it again "
            f"once the cause is mended; discarding it deletes nothing.{dealt}",
            look="v-quiet",
        ),
        node(
            "table",
            node("thead", node("tr", *(node("th", head) for head in _HEADS))),
            node("tbody", *(_row(one) for one in left[:SHOWN])),
        ),
        node(
            "p",
            f"{number(more)} more: " if more > 0 else "All of them: ",
            node("code", "vigil dead-letters list"),
            look="v-quiet",
        ),
    ]


def _row(one: Listed) -> Node:
    letter = one.letter
    return node(
        "tr",
        node("td", moment(letter.at)),
        node("td", _STAGES.get(letter.stage, letter.stage)),
        node("td", letter.reason),
        node("td", letter.origin, node("div", f"letter {letter.id}", look="v-quiet")),
        node("td", number(letter.size), look="v-n"),
        node("td", *_means(one)),
        key=letter.id,
    )


def _means(one: Listed) -> list[Child]:
    """Return what can be done with a letter, or how far that is."""
    if one.wish and not one.wish.refused:
        return [node("span", _DOING[one.wish.action], look="v-quiet")]
    buttons: list[Child] = [
        node(
            "button",
            name,
            look="v-do",
            pick=json.dumps({"id": one.letter.id, "action": action}),
            label=f"{name}: letter {one.letter.id}",
        )
        for action, name in _ACTIONS.items()
    ]
    refused = node("div", one.wish.refused, look="v-quiet") if one.wish else None
    return [node("span", *buttons, look="v-means"), refused]


def wished(picked: str) -> tuple[str, Action]:
    """Return the letter's id and what is to be done with it, of a click.

    Raises:
        ValueError: No button of ours sent this.
    """
    told = json.loads(picked)
    name, action = str(told["id"]), str(told["action"])
    if action not in _ACTIONS:
        message = f"nothing to be done with a dead letter is called {action!r}"
        raise ValueError(message)
    return name, cast("Action", action)
