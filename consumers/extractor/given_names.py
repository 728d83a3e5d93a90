"""Find names of persons by their given names, where a language model may overlook them."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from consumers.extractor import dictionary
from consumers.extractor.capitals import PARTICLE, UPPER
from consumers.extractor.gazetteer import fold

_WORD: Final = rf"[{UPPER}][^\W\d_]*(?:[-'\u2019][{UPPER}][^\W\d_]+)*"
_CAPITAL: Final = re.compile(rf"(?<![\w.-]){_WORD}")
# What follows a given name: initials and particles, and one to three names.
_REST: Final = re.compile(
    rf"(?:\s+(?:[{UPPER}]\.|abu|al|ben|bin|bint|da|de|del|dos|el|ibn|van|von))*"
    rf"\s+{PARTICLE}?{_WORD}(?:\s+{PARTICLE}?{_WORD}){{0,2}}(?!\w)"
)
# Where every word has capitals they do not tell where a name ends: it has one more word.
_NEXT: Final = re.compile(rf"\s+{PARTICLE}?[{UPPER}]{{3,}}(?:[-'\u2019][{UPPER}]+)*(?!\w)")


def people_of(text: str) -> list[str]:
    """Return the full names in a text that begin with a given name, in their order.

    Streets and bodies named after a person are nobody's name: "Martin Luther King Boulevard".
    """
    given, spoils = _names()
    found: list[str] = []
    end = 0
    for match in _CAPITAL.finditer(text):
        first = match[0].partition("-")[0]
        if match.start() < end or fold(first) not in given:
            continue
        shouted = first.isupper()
        rest = (_NEXT if shouted else _REST).match(text, match.end())
        if rest and spoils.isdisjoint(word.title() for word in rest[0].split()):
            end = rest.end()
            found.append(" ".join(text[match.start() : end].split()))
    return found


def is_of_body(name: str) -> bool:
    """Say whether a name is that of a street or a body: "King Street", "Bread University"."""
    return not _names()[1].isdisjoint(word.title() for word in name.split())


@cache
def _names() -> tuple[frozenset[str], frozenset[str]]:
    data = dict(dictionary.load("given_names"))
    spoils = frozenset(data.pop("not_after").split())
    return frozenset(fold(name) for names in data.values() for name in names.split()), spoils
