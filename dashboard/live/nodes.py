"""Text on a page as a tree of plain values, built in the browser from text nodes alone.

Article text is untrusted: nothing here is ever read as HTML or Markdown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

Node = dict[str, Any]
Child = Node | str | None


def node(
    tag: str,
    *children: Child,
    look: str = "",
    href: str | None = None,
    pick: str | None = None,
    way: str | None = None,
    label: str | None = None,
    key: str | None = None,
    state: str | None = None,
) -> Node:
    """Return one element.

    Args:
        tag: Its name; the browser refuses those that are not on its list.
        children: Elements and texts; None is left out.
        look: CSS classes.
        href: An address outside; left out unless it is http or https.
        way: The query of the overview it leads to, inside this dashboard; with "evidence",
            "health" or "replay" before it, that of the page of that name.
        pick: What is sent back when somebody clicks it or presses Enter on it.
        label: What a screen reader says in place of the text.
        key: What it is among its siblings, for those that move; if one has a key, all have.
        state: Of a button that stays down, "on" or "off"; of a heading in a table, what it heads:
            "col" or "row".
    """
    made: Node = {"tag": tag, "children": [child for child in children if child is not None]}
    if look:
        made["look"] = look
    if href and is_web_address(href):
        made["href"] = href
    if way is not None:
        made["way"] = way
    if pick is not None:
        made["pick"] = pick
    if label:
        made["label"] = label
    if key:
        made["key"] = key
    if state:
        made["state"] = state
    return made


def is_web_address(address: str) -> bool:
    """Return whether an address may become a link: http or https with a host, and no trick."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and address.isprintable()


def marked(text: str, start: int, end: int) -> list[Child]:
    """Return a text with the part from ``start`` to ``end`` marked; unmarked if that is no part."""
    if not 0 <= start < end <= len(text):
        return [text]
    return [text[:start] or None, node("mark", text[start:end]), text[end:] or None]


def texts(tree: Child) -> Iterable[str]:
    """Yield every text of a tree in reading order (for tests and for plain copies)."""
    if isinstance(tree, str):
        yield tree
    elif tree is not None:
        for child in tree["children"]:
            yield from texts(child)
