"""Find names of persons by their given names, where a language model may overlook them."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from consumers.extractor import dictionary

_WORD: Final = r"[A-Z][^\W\d_]*(?:[-'\u2019][A-Z][^\W\d_]+)*"
_CAPITAL: Final = re.compile(rf"(?<![\w.-]){_WORD}")
# What follows a given name: initials and particles, and one to three names.
_REST: Final = re.compile(
    rf"(?:\s+(?:[A-Z]\.|abu|al|bin|bint|da|de|del|dos|el|ibn|van|von))*\s+{_WORD}"
    rf"(?:\s+{_WORD}){{0,2}}(?!\w)"
)


def people_of(text: str) -> list[str]:
    """Return the full names in a text that begin with a given name, in their order.

    Streets and bodies named after a person are nobody's name: "Martin Luther King Boulevard".
    """
    given, spoils = _names()
    found: list[str] = []
    end = 0
    for match in _CAPITAL.finditer(text):
        if match.start() < end or match[0].partition("-")[0] not in given:
            continue
        rest = _REST.match(text, match.end())
        if rest and spoils.isdisjoint(rest[0].split()):
            end = rest.end()
            found.append(" ".join(text[match.start() : end].split()))
    return found


@cache
def _names() -> tuple[frozenset[str], frozenset[str]]:
    data = dict(dictionary.load("given_names"))
    spoils = frozenset(data.pop("not_after").split())
    return frozenset(name for names in data.values() for name in names.split()), spoils
