"""Add up the people of one subject, "two women and a man", and see parts of a told number."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from consumers.extractor.breakdowns import breakdown
from consumers.extractor.counts import find_counts
from consumers.extractor.cues import is_people
from consumers.extractor.dictionary import words
from consumers.extractor.link_rules import chain_of
from consumers.extractor.number_ages import after_ages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Token

    from consumers.extractor.breakdowns import Aside
    from consumers.extractor.grammar import Parsed
    from consumers.extractor.link import Link
    from consumers.extractor.number_reading import Count

_LONGEST: Final = 6  # nouns in a row that are summed
_ONE: Final = frozenset({"one", "1"})
_LISTED: Final = re.compile(r"[^,;:.]{0,40}\s?[\u2013\u2014(:]|[^,;:.]{0,40} - ")
_AND: Final = re.compile(
    r" and (?:(?P<one>an?|one|his|her|their)|(?P<many>\d+|[a-z]+(?:-[a-z]+)?))"
    r" (?:[\w-]+ ){0,3}?(?P<noun>(?!others\b)[a-z]+)"
    r"(?=[,;.)(]| \(| (?:w(?:as|ere)|ha[sd]|have|aged|at|in|on|by)\b)"
)
_PLACE: Final = re.compile(r"(?: [a-z]+){0,3} (?:in|at|from|near|outside) (?:the )?[A-Z]")


def add_up(parsed: Parsed, count: Count, rule: str) -> tuple[Count, str]:
    """Return a number with the others of its subject added, and the rule that says so.

    "Two women and a man were arrested" is three people; "a reporter and three members of her
    crew" is four.
    """
    if (
        rule not in {"passive", "active", "among", "inverted"}
        or count.bound != "exact"
        or count.definite
    ):
        return count, rule
    noun = chain_of(parsed, count)[-1]
    others = [_one_or_number(member) for member in _group(noun)]
    if not others or None in others:  # the parser is led astray by ages
        others = [*behind_ages(parsed.text, noun.idx + len(noun))] or others
    if not others or not _is_person(noun) or None in others:
        return count, rule
    if breakdown(parsed.text, count) is not None or _follows_a_number(noun):
        return count, rule  # "six people, two women and four men"
    total = count.figure + sum(number or 0 for number in others)
    return replace(count, low=total, high=total), f"{rule}-sum"


def _follows_a_number(noun: Token) -> bool:
    """Say whether a row of people has a number before this one: that is summed from there."""
    earlier = (each for each in _group(noun) if each.i < noun.i)
    return any(child.dep_ == "nummod" for each in earlier for child in each.children)


def without_parts(parsed: Parsed, links: list[Link]) -> list[Link]:
    """Return the links of a sentence without those that only say what a number is made of.

    "53 people were arrested, 41 men and 12 women" tells 53; so does "53 people (41 men ...)".
    """
    ordered = sorted(links, key=lambda one: one.count.start)
    sums = {(each.rule, each.cue): each for each in reversed(ordered) if "-sum" in each.rule}
    kept = [each for each in ordered if sums.get((each.rule, each.cue), each) is each]
    kept = [each for each in kept if not _is_summed(parsed, each, sums.values())]
    kept = _without_breakdowns(parsed, kept)
    parts: list[Link] = []
    for kind in {each.cue.kind for each in kept}:
        row = [each for each in kept if each.cue.kind == kind and each.count.bound == "exact"]
        for first, whole in enumerate(row[:_LONGEST]):
            parts += _parts_of(parsed, whole, row[first + 1 : first + 1 + _LONGEST])
    return [each for each in kept if each not in parts]


def _is_summed(parsed: Parsed, each: Link, sums: Iterable[Link]) -> bool:
    """Say whether a number went into a sum that begins with another of the same subject."""
    return any(
        one is not each
        and one.cue == each.cue
        and chain_of(parsed, each.count)[-1] in _group(chain_of(parsed, one.count)[-1])
        for one in sums
    )


def _without_breakdowns(parsed: Parsed, links: list[Link]) -> list[Link]:
    """Return the links without those that an aside makes a told number of.

    "Six activists - a lawyer, three poets and two teachers - were held" tells six.
    """
    kept = links
    for whole in links:
        aside = breakdown(parsed.text, whole.count)
        if aside is not None:
            kept = [each for each in kept if each is whole or not _is_within(each, whole, aside)]
    return kept


def _is_within(each: Link, whole: Link, aside: Aside) -> bool:
    """Say whether a number stands in an aside and what is told of it does not."""
    if each.cue.kind != whole.cue.kind or not aside.start <= each.count.start < aside.end:
        return False
    if aside.loose:
        return each.cue == whole.cue
    return not aside.start <= each.cue.start < aside.end


def _parts_of(parsed: Parsed, whole: Link, after: list[Link]) -> list[Link]:
    """Return the links right after one that add up to it, or none."""
    if any(each.rule.endswith("-sum") and each.count.low == whole.count.low for each in after):
        return [each for each in after if each.rule.endswith("-sum")]
    listed = _LISTED.match(parsed.text, whole.count.end)
    if listed or whole.count.definite:  # "the six - a poet, her son and three others - were held"
        others = [each for each in after if each.count.after == "others"]
        if others:
            return others
    total = 0
    for number, each in enumerate(after, 1):
        if _PLACE.match(parsed.text, each.count.end):
            return []
        total += each.count.figure
        if total == whole.count.figure and number > 1:
            return after[:number]
    return []


def _group(noun: Token) -> list[Token]:
    """Return the nouns coordinated with one, itself left out."""
    first = noun
    for _ in range(_LONGEST):
        before = _before(first)
        if before is None:
            break
        first = before
    members = [first]
    for _ in range(_LONGEST):
        after = _after(members[-1])
        if after is None:
            break
        members.append(after)
    return [each for each in members if each.i != noun.i]


def _before(noun: Token) -> Token | None:
    """Return what stands before a noun in its row."""
    if (noun.dep_ == "conj" and not _is_apposed(noun)) or _goes_on_a_row(noun):
        return noun.head
    return next((each for each in noun.head.children if _is_twin(each, noun)), None)


def _is_apposed(noun: Token) -> bool:
    """Say whether a row only says who some are: "the marchers, three women and two men, were"."""
    head = [child.lower_ for child in noun.head.children if child.dep_ in {"det", "poss", "nummod"}]
    joined = any(child.dep_ == "cc" for child in noun.head.children)
    return head == ["the"] and not joined and noun.doc[noun.head.i + 1].text == ","


def _after(noun: Token) -> Token | None:
    """Return what stands behind a noun in its row."""
    child = next((each for each in noun.children if each.dep_ == "conj"), None)
    child = child or next(filter(_goes_on_a_row, noun.children), None)
    return child or next((each for each in noun.head.children if _is_twin(noun, each)), None)


def _goes_on_a_row(noun: Token) -> bool:
    """Say whether what looks like an apposition is a member: "three poets, two nurses and a boy".

    What says who somebody is has a comma behind it.
    """
    return noun.dep_ == "appos" and _is_row(noun.head, noun)


def _is_twin(noun: Token, other: Token) -> bool:
    """Say whether two subjects of a verb are one row: "four men, three women and a child were"."""
    subjects = noun.dep_ == other.dep_ and noun.dep_ in {"nsubj", "nsubjpass"}
    return subjects and noun.i < other.i and _is_row(noun, other)


def _is_row(noun: Token, other: Token) -> bool:
    last = next((each for each in other.children if each.dep_ == "conj"), None)
    if last is None or last.right_edge.i + 1 >= len(noun.doc):
        return False
    counted = any(each.dep_ == "nummod" and each.lower_ not in _ONE for each in noun.children)
    return counted and noun.doc[last.right_edge.i + 1].text != ","


def _one_or_number(noun: Token) -> int | None:
    """Return how many people a noun with its article or its number stands for."""
    if is_kin(noun):
        return 1
    if not _is_person(noun):
        return None
    if any(child.dep_ == "det" and child.lower_ in {"a", "an", "one"} for child in noun.children):
        return 1
    numbers = [child for child in noun.children if child.dep_ == "nummod"]
    if len(numbers) != 1:
        return None
    found = find_counts(f"{noun.doc[max(0, numbers[0].i - 2) : numbers[0].i + 1].text} people")
    return found[-1].figure if found and found[-1].bound == "exact" else None


def is_kin(noun: Token) -> bool:
    """Say whether a noun adds one who belongs to another: "a man and his daughter"."""
    if noun.tag_ != "NN" or noun.lower_ not in words("cues", "people", "kin"):
        return False
    owners = [child.lower_ for child in noun.children if child.dep_ in {"poss", "nummod"}]
    return owners in (["his"], ["her"], ["their"])


def behind_ages(text: str, at: int) -> Iterator[int]:
    """Yield the people told behind the ages of those before: "a man, 25, and two women"."""
    start = after_ages(text, at)
    match = _AND.match(text, start) if start > at else None
    if match is None:
        return
    person = any(match["noun"] in words("cues", "people", each) for each in ("single", "kin"))
    if match["one"]:
        yield from [1] * person
    elif is_people(match["noun"]):
        found = find_counts(match["many"] + " people")
        yield from [each.figure for each in found if each.bound == "exact"]


def _is_person(noun: Token) -> bool:
    lists = (words("cues", "people", name) for name in ("genders", "single"))
    return any(noun.lower_ in each for each in lists) or is_people(noun.lower_)
