"""Add up the people of one subject: "two women and a man were arrested"."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

from consumers.extractor import grammar
from consumers.extractor.counts import find_counts
from consumers.extractor.dictionary import words
from consumers.extractor.link_rules import chain_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from consumers.extractor.grammar import Parsed
    from consumers.extractor.number_reading import Count

_LONGEST: Final = 6  # nouns in a row that are summed


def add_up(parsed: Parsed, count: Count, rule: str) -> tuple[Count, str]:
    """Return a number with the others of its subject added, and the rule that says so.

    "Two women and a man were arrested" is three people; "a reporter and three members of her
    crew" is four.
    """
    if rule not in {"passive", "active"} or count.bound != "exact":
        return count, rule
    noun = chain_of(parsed, count)[-1]
    others = [_one_or_number(member) for member in _group(noun)]
    if not others or noun.lower_ not in _genders() or None in others:
        return count, rule
    total = count.figure + sum(number or 0 for number in others)
    return replace(count, low=total, high=total), f"{rule}-sum"


def _group(noun: Token) -> list[Token]:
    """Return the nouns coordinated with one, itself left out."""
    first = noun
    for _ in range(_LONGEST):
        if first.dep_ != "conj":
            break
        first = first.head
    members = [first, *(each for each in grammar.expand(first) if each.dep_ == "conj")]
    return [each for each in members if each.i != noun.i]


def _one_or_number(noun: Token) -> int | None:
    """Return how many people a noun with its article or its number stands for."""
    if noun.lower_ not in _genders():
        return None
    if any(child.dep_ == "det" and child.lower_ in {"a", "an", "one"} for child in noun.children):
        return 1
    numbers = [child for child in noun.children if child.dep_ == "nummod"]
    if len(numbers) != 1:
        return None
    found = find_counts(f"{numbers[0].text} people")
    return found[0].figure if found else None


@cache
def _genders() -> frozenset[str]:
    return words("cues", "people", "genders")
