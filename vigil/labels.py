"""The words before a date that make it the day on which a text was published or updated."""

from __future__ import annotations

import re
from typing import Final, Literal

_VERBS: Final = "(?:published|posted|updated|modified|written)"
_BY: Final = r" (?:in|by) [^\n\d|]{2,50}?(?=,| on| at)"

LABEL: Final = (
    r"(?P<label>(?:last[ _]?|latest\s|first\s|originally\s)?"
    r"(?:date[ _]?published|(?:date|time|day) of (?:publication|publishing|issue|release)"
    r"|(?:publication|publishing|release|entry|air) (?:date|time)|(?:for )?immediate release"
    r"|(?:published|posted|filed|printed) (?:in|under|by) [^\n\d|]{2,50}?(?=,| on| at| \|)"
    r"|(?:dated|added|filed|released|aired|broadcast|web posted)(?: on| at)?(?=\s?:)"
    r"|(?:article:)?publish(?:ed)?(?:[ _]?(?:date|at|on|time))?|post[ _]?date"
    r"|pub_?date|posted(?:\s(?:on|at))?|date|updated?(?:[ _]?(?:date|at|on|time))?"
    r"|edited(?: on| time)?|(?:last[ _]?)?mod(?:ified)?(?:[ _]?(?:date|at|on))?"
    r"|(?:this|the) (?:article|story|post|page|report|item|entry) (?:was|is|has been) "
    rf"(?:first |last |originally )?{_VERBS}(?:{_BY})?(?: on| at)?"
    r"|created(?:[ _]?(?:at|on))?|issued(?: on)?|uploaded(?: on)?|this story is from|dateline))"
)
"""A label in a pattern that ignores case, without the colon and the date that follow it."""

_LOOSE: Final = re.compile(r"(?:published|posted|filed|printed) (?:in|under|by) ")


def is_loose(label: str) -> bool:
    """Say whether a label is a sentence's as well, such as "published in the Post, May 3, 2019"."""
    return _LOOSE.match(label) is not None


def kind_of(label: str) -> Literal["published", "updated", "bare"]:
    """Return what a label, in lower case, says of the date behind it."""
    if not label:
        return "bare"
    late = any(word in label for word in ("upd", "mod", "edit"))
    return "updated" if late else "published"
