"""Tell ages from numbers of people: "Jane Roe, 73, was held", "two men, 25 and 31, were"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from consumers.extractor.cues import is_people
from consumers.extractor.dictionary import words

if TYPE_CHECKING:
    from consumers.extractor.number_reading import Count, Token

_AGES: Final = range(5, 111)
_BETWEEN: Final = frozenset({"to", "and", ",", "-", "\u2013"})
_MANY: Final = 12  # tokens before a number: "aged 19, 21, 23, 24 and 30"
_AGED: Final = frozenset({"age", "ages", "aged"})
_PARENTS: Final = frozenset(
    {"father", "mother", "parent", "grandmother", "grandfather", "mum", "dad"}
)
_ENDS: Final = frozenset({"youngest", "oldest"})
_COPULAS: Final = (["is"], ["was"], ["being"], ["only"], ["just"])
_ROW: Final = r"\d{1,3}(?:(?:,| and|, and) \d{1,3})*"
_ASIDE: Final = re.compile(
    rf"(?: ?\((?:aged |ages )?{_ROW}\)|,? aged {_ROW},?|, {_ROW},?)(?= and\b|, )"
)
_STOPS: Final = frozenset({",", ".", ")", "(", ";"})
_LIMITED: Final = frozenset(
    {"are", "were", "is", "was", "people", "children", "anyone", "those", "persons", "women"}
    | {"men", "students", "them", "whom"}
)


def after_ages(text: str, at: int) -> int:
    """Return where a text goes on behind the ages of those told of before: "a man, 25, and"."""
    match = _ASIDE.match(text, at)
    return match.end() if match else at


def is_age(row: list[Token], at: int, following: int, count: Count, *, people: bool) -> bool:
    """Say whether a number tells how old somebody is.

    Args:
        row: The tokens of the sentence.
        at: Where the number starts.
        following: The token after it.
        count: The number.
        people: Whether a word for people follows.
    """
    return (
        _is_limit(row, at, count, people=people)
        or _is_told(row, at, count, people=people)
        or _is_apposed(row, at, following, count)
        or _is_in_row(row, at, following)
        or _is_before_home(row, at, following)
    )


def _is_before_home(row: list[Token], at: int, following: int) -> bool:
    """Say whether a number stands between a name and a home: "Jane Roe 50, of Leeds"."""
    ahead = row[following : following + 3]
    home = len(ahead) == 3 and [each.lower for each in ahead[:2]] in ([",", "of"], [",", "from"])  # noqa: PLR2004
    told = row[at - 1].text[0].isupper() or row[at - 1].text == ","
    return home and ahead[2].text[0].isupper() and told and _may_be(row, at)


def _is_apposed(row: list[Token], at: int, following: int, count: Count) -> bool:
    """Say whether a number tells the age of who stands before it: "Jane Roe, 73", "a man, 25"."""
    exact = count.bound == "exact" and count.figure in _AGES and row[at].text.isdigit()
    if at - 1 < 1 or row[at - 1].text not in {",", "("} or not exact:
        return False
    if _is_placed(row, at - 2):
        return False
    person = row[at - 2]
    known = person.text[0].isupper() or _is_person(person.lower)
    return known and (following >= len(row) or row[following].text in _STOPS)


def _is_placed(row: list[Token], name: int) -> bool:
    """Say whether a name is that of a place: "in Perm, 13", "in Perm (13), Ufa (9)"."""
    joint = {",", "and"}
    while name > 4 and row[name - 1].lower in joint and row[name - 2].text == ")":  # noqa: PLR2004
        name -= 5  # the name before, its bracket and what joins the two
    return name > 0 and row[name - 1].lower == "in"


def _is_person(noun: str) -> bool:
    return any(noun in words("cues", "people", name) for name in ("single", "kin"))


def _is_in_row(row: list[Token], at: int, following: int) -> bool:
    """Say whether a number is one of a row of ages: "three men, 25, 31 and 40, were held"."""
    first, last, ages = _row_of_ages(row, at, following)
    if ages < 2 or first < 2 or row[first - 1].text not in {",", "("}:  # noqa: PLR2004
        return False
    ended = last >= len(row) or row[last].text in _STOPS
    return ended and is_people(row[first - 2].lower)


def _row_of_ages(row: list[Token], at: int, following: int) -> tuple[int, int, int]:
    """Return where a row of bare numbers around one starts, the token after it, and how many."""
    if following != at + 1 or not _may_be(row, at):
        return at, following, 0
    first, last, ages = at, following, 1
    while first > 1 and row[first - 1].lower in {",", "and"} and _may_be(row, first - 2):
        first, ages = first - 2, ages + 1
    while last + 1 < len(row) and row[last].lower in {",", "and"} and _may_be(row, last + 1):
        last, ages = last + 2, ages + 1
    return first, last, ages


def _may_be(row: list[Token], at: int) -> bool:
    return len(row[at].text) < 4 and row[at].text.isdecimal() and int(row[at].text) in _AGES  # noqa: PLR2004


def _is_limit(row: list[Token], at: int, count: Count, *, people: bool) -> bool:
    """Say whether a number bounds an age: "as young as nine", "12 of them are under 18"."""
    before = [token.lower for token in row[max(0, at - _MANY) : at]]
    if before[-2:] in (["young", "as"], ["old", "as"]) or before[-1:] == ["aged"]:
        return True
    if _is_of_ages(before) and not people:
        return True
    if not _ENDS.isdisjoint(before[-1:] if before[-1:] not in _COPULAS else before[-2:-1]):
        return True
    if before[-1:] not in (["under"], ["over"]) or count.figure not in _AGES:
        return False
    return not _LIMITED.isdisjoint(before[-2:-1]) and not people


def _is_told(row: list[Token], at: int, count: Count, *, people: bool) -> bool:
    """Say whether a number is of one person: "a man of 70", "a father of two"."""
    if at < 2 or row[at - 1].lower != "of":  # noqa: PLR2004
        return False
    if row[at - 2].lower in _PARENTS:
        return True
    one = row[at - 2].lower in words("cues", "people", "single")
    aged = one and count.figure in _AGES and count.bound == "exact"
    return aged and not people


def _is_of_ages(before: list[str]) -> bool:
    """Say whether ages are told behind such words: "ranging in age from", "aged 16 to"."""
    while len(before) > 1 and before[-1] in _BETWEEN and before[-2].isdigit():
        before = before[:-2]
    if before[-1:] in (["from"], ["between"]):
        before = before[:-1]
    return not _AGED.isdisjoint(before[-1:])
