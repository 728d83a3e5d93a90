"""Find the numbers of people in a sentence, with what bounds them."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from consumers.extractor.cues import is_people
from consumers.extractor.dictionary import load, words
from consumers.extractor.number_ranges import widen
from consumers.extractor.number_reading import DASHES, Count, Token, read_number, tokens
from consumers.extractor.number_traps import is_other, noun_phrase

if TYPE_CHECKING:
    from vigil.claim import Bound

_RECENT = 1_024  # sentences: what the gate asked about is asked about again when parsed
_FEW: Final = 100
_ROUND: Final = 5  # guesses end in 0 or 5
_PERHAPS = frozenset({"perhaps", "possibly", "maybe"})
_CITIES = ("cities", "towns", "localities", "settlements")


def find_counts(sentence: str) -> list[Count]:
    """Return the numbers of a sentence that may count people, in order.

    Percentages, money, years, ages, dates, times and counts of other things are left out.
    """
    return list(_counts(sentence))


@lru_cache(maxsize=_RECENT)
def _counts(sentence: str) -> tuple[Count, ...]:
    row = tokens(sentence)
    found: list[Count] = []
    at = 0
    while at < len(row):
        core = read_number(row, at)
        if core is None:
            at += 1
            continue
        count, following = core
        count, following = widen(row, count, following)
        again = bool(found) and _is_said_again(row, at, following, count, found[-1])
        if not again and not is_other(row, at, following, count):
            found.append(_finish(sentence, row, at, following, count))
        at = following
    return tuple(found)


def _is_said_again(row: list[Token], at: int, following: int, count: Count, last: Count) -> bool:
    """Say whether a number is the one before it put otherwise: "twenty-five (25)"."""
    if row[at - 1].lower == "upon":  # "dozens upon dozens"
        return count.figure == last.figure
    if row[at - 1].lower in _PERHAPS and row[at - 2].lower in {",", "and", "or", "if", "("}:
        return row[at - 3].end == last.end  # "90, perhaps 120"
    bracketed = row[at - 1].text == "(" and row[following : following + 1] != []
    near = bracketed and row[following].text == ")" and row[at - 2].end == last.end
    return near and count.figure == last.figure


@lru_cache(maxsize=_RECENT)
def find_cities(sentence: str) -> tuple[tuple[int, int], ...]:
    """Return the counts of cities in a sentence: where each stands, and how many."""
    small = sentence.lower()
    if not any(word in small for word in _CITIES):
        return ()
    row = tokens(sentence)
    found = []
    at = 0
    while at < len(row):
        core = read_number(row, at)
        if core is None:
            at += 1
            continue
        count, at = core
        near = {token.lower for token in noun_phrase(row, at)}
        if not near.isdisjoint(_CITIES) and count.bound == "exact":
            found.append((count.start, count.figure))
    return tuple(found)


def _finish(sentence: str, row: list[Token], at: int, following: int, count: Count) -> Count:
    """Add what stands around a number: its bound, "another", and the next word."""
    start, bound, more, definite = _leading(row, at)
    after = row[following].lower if following < len(row) else ""
    end = count.end
    following, tail_bound = _trailing(row, following)
    if tail_bound:
        bound = tail_bound
        end = row[following - 1].end
        after = row[following].lower if following < len(row) else ""
    if after == "more" and not sentence[end:].lstrip().lower().startswith("more than"):
        more = True
    low, high, kind = _apply(bound, count)
    return Count(start, end, count.number, low, high, kind, after, more, definite)


def _trailing(row: list[Token], following: int) -> tuple[int, Bound | None]:
    """Read what may follow a number: "+", "-plus", "or more", "-odd"."""
    ahead = [token.lower for token in row[following : following + 2]]
    if ahead[:1] == ["+"]:
        return following + 1, "more_than"
    if ahead[1:] in (["plus"], ["odd"]) and ahead[0] in DASHES:
        return following + 2, "more_than" if ahead[1] == "plus" else "about"
    if ahead[:1] == ["plus"] and is_people(ahead[-1]):
        return following + 1, "more_than"
    if ahead == ["or", "more"]:
        return following + 2, "at_least"
    if ahead == ["or", "so"]:
        return following + 2, "about"
    return following, None


def _leading(row: list[Token], at: int) -> tuple[int, Bound | None, bool, bool]:
    """Read what stands before a number: how it is bounded, and whether it adds or looks back."""
    start, more, definite = row[at].start, False, False
    index = at
    for _ in range(4):
        for length in (4, 3, 2, 1):
            if index < length:
                continue
            phrase = " ".join(token.lower for token in row[index - length : index])
            bound = _bounds().get(phrase)
            if bound and definite:  # "fewer than the 82": compared, and no bound
                return start, None, more, definite
            if bound:
                return row[index - length].start, bound, more, definite
            if phrase in _befores():
                more = more or phrase.split()[-1] in {"another", "further", "additional"}
                definite = definite or phrase in {"the", "those", "these", "all"}
                index -= length
                break
        else:
            break
    if index < at and more:
        start = row[index].start
    return start, None, more, definite


@cache
def _bounds() -> dict[str, Bound]:
    book = load("counts")["bounds"]
    return {phrase: bound for bound, phrases in book.items() for phrase in phrases}


@cache
def _befores() -> frozenset[str]:
    return words("counts", "near", "before")


def _is_counted(figure: int) -> bool:
    """Say whether somebody counted and did not guess: "as many as 4,404" are 4,404."""
    return figure > _FEW and figure % _ROUND != 0


def _apply(bound: Bound | None, count: Count) -> tuple[int | None, int | None, Bound]:
    low, high = count.low, count.high
    if bound is None:
        return low, high, count.bound
    if bound == "up_to" and count.bound == "exact" and _is_counted(count.figure):
        return low, high, "exact"
    if bound == "up_to":
        return None, high if high is not None else low, "up_to"
    if bound in {"more_than", "at_least"}:
        return low, None, bound
    if count.bound in {"vague", "range"}:
        return low, high, count.bound
    return low, high, bound
