"""Read one number of a sentence: digits, words, vague words and ranges."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from consumers.extractor.dictionary import load, words
from vigil.claim import Bound

# More people than live: a longer number is an identifier.
MOST: Final = 10_000_000_000

DASHES = frozenset("-\u2013\u2014\u2011")

# One token: a number in digits, a word with its inner hyphens and apostrophes, or a sign.
_TOKEN = re.compile(
    r"\d{1,3}(?:[,\u00a0\u202f\u2009]\d{3})+(?![\d.,]\d)(?!\w)|\d+(?:[.,:/]\d+)*|"
    r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*|\S"
)

_THOUSANDS = re.compile(r"\d{1,3} \d{3}")
_GROUPED = re.compile(r"\d{1,3}(?:[,\u00a0\u202f\u2009]\d{3})+")

_PLAIN = re.compile(r"\d{1,9}")

_DECIMAL = re.compile(r"\d{1,4}\.\d{1,2}")

_LONGEST = 16  # words of a number
# "taking some into custody", "led some away": people, and not some of anything else
_TAKING = re.compile(r"t(?:ak(?:e|en|ing)|ook)|le(?:d|ading)|(?:haul|march|load|drag|carr)\w*")
_LED = frozenset({"into", "away", "to", "onto", "off"})
_EVENTS = frozenset({"arrests", "detentions", "detainees", "arrestees"})
_GAPS = re.compile(r"[,\u00a0\u202f\u2009]")


class Token(NamedTuple):
    """One word, number or sign of a sentence, as written and in lower case."""

    text: str
    start: int
    end: int
    lower: str


@dataclass(frozen=True, slots=True)
class Count:
    """One number of a sentence that may count people.

    Attributes:
        start: Where the expression starts, its bound included ("more than 1,450").
        end: Where it ends (exclusive), without the noun.
        number: Where the last word of the number itself starts.
        low: The least, None for "up to".
        high: The most, None where open upward.
        bound: How it was put.
        after: The word that follows in lower case, or "".
        more: Whether the number adds to one before it ("another 30").
        definite: Whether it looks back at people told of before ("the four").
    """

    start: int
    end: int
    number: int
    low: int | None
    high: int | None
    bound: Bound
    after: str = ""
    more: bool = False
    definite: bool = False

    @property
    def figure(self) -> int:
        """The number the expression turns on."""
        figure = self.high if self.low is None else self.low
        return figure or 0


def tokens(sentence: str) -> list[Token]:
    """Return the tokens of a sentence, in order."""
    return [Token(m[0], *m.span(), m[0].lower()) for m in _TOKEN.finditer(sentence)]


def read_number(row: list[Token], at: int) -> tuple[Count, int] | None:
    """Return the bare number that starts at a token, and the index after it."""
    if row[at].text[0].isdigit():
        return _digits(row, at)
    if row[at].lower not in _openers():
        return None
    return _vague(row, at) or _spelled(row, at)


@cache
def _openers() -> frozenset[str]:
    """Return the words that a number in words can start with."""
    book = load("counts")
    plain = ("small", "scale", "vague")
    return frozenset(
        {"tens", "hundreds", "dozens", "several", "few", "many", "couple", "some", "half"}
        | {"a", "an", "handful"}.union(*(book[name] for name in plain))
    )


def _exact(row: list[Token], at: int, following: int, value: int) -> tuple[Count, int]:
    last = row[following - 1]
    return Count(row[at].start, last.end, last.start, value, value, "exact"), following


def _digits(row: list[Token], at: int) -> tuple[Count, int] | None:
    text = row[at].text
    if not text[0].isdigit() or (not text.isascii() and not _GROUPED.fullmatch(text)):
        return None
    scale = load("counts")["scale"]
    following = row[at + 1].lower if at + 1 < len(row) else ""
    if (
        following in scale
        and following != "score"
        and (_DECIMAL.fullmatch(text) or _PLAIN.fullmatch(text))
    ):
        return _exact(row, at, at + 2, round(float(text) * scale[following]))
    if _GROUPED.fullmatch(text):
        return _exact(row, at, at + 1, min(MOST, int(_GAPS.sub("", text))))
    if not _PLAIN.fullmatch(text):
        return None
    if _is_spaced(row, at):
        return _exact(row, at, at + 2, int(text + row[at + 1].text))
    return _exact(row, at, at + 1, int(text))


def _is_spaced(row: list[Token], at: int) -> bool:
    """Say whether a plain space parts thousands: "1 450 people", not "March 6 450 people"."""
    if at + 1 >= len(row) or not _THOUSANDS.fullmatch(f"{row[at].text} {row[at + 1].text}"):
        return False
    month = at > 0 and row[at - 1].lower in words("counts", "around", "months")
    return row[at + 1].start == row[at].end + 1 and not month


def _vague(row: list[Token], at: int) -> tuple[Count, int] | None:
    book = load("counts")
    word = row[at].lower
    following = [token.lower for token in row[at + 1 : at + 3]]
    if word in {"tens", "hundreds", "dozens"} and following[:1] == ["of"]:
        value = book["vague_scale"].get(" ".join([word, *following]))
        if value:
            return _open(row, at, at + 3, value)
    if word in {"several", "few", "many", "couple"} and following[:1]:
        ahead = 2 if following[0] == "of" else 1
        scale = following[ahead - 1].rstrip("s") if len(following) >= ahead else ""
        if scale in book["vague_scale"]:
            return _open(row, at, at + 1 + ahead, book["vague_scale"][scale])
    if word == "some":
        return _some(row, at)
    if word == "couple":
        return _couple(row, at)
    if word == "handful" and row[at - 1].lower not in {"a", "the", "another", "small"}:
        return None
    value = book["vague"].get(word)
    return _open(row, at, at + 1, value) if value else None


def _some(row: list[Token], at: int) -> tuple[Count, int] | None:
    """Read "some demonstrators" as several; "some 250 people" are about 250."""
    ahead = [token.lower for token in row[at + 1 : at + 3]]
    if not ahead or read_number(row, at + 1):
        return None
    nouns = words("cues", "people", "nouns")
    noun = next((each for each in ahead if each in nouns), "")
    led = ahead[0] in _LED and at > 0 and _TAKING.fullmatch(row[at - 1].lower)
    several = load("counts")["vague"]["several"]
    return _open(row, at, at + 1, several) if noun.endswith("s") or led else None


def _couple(row: list[Token], at: int) -> tuple[Count, int] | None:
    """Read "a couple of protesters" as two or more; "a couple" by itself may be a pair."""
    ahead = [token.lower for token in row[at + 1 : at + 5]]
    if row[at - 1].lower not in {"a", "another"} or ahead[:1] != ["of"]:
        return None
    counted = words("cues", "people", "nouns") | _EVENTS
    return _open(row, at, at + 1, 2) if any(each in counted for each in ahead[1:]) else None


def _open(row: list[Token], at: int, following: int, value: int) -> tuple[Count, int]:
    last = row[following - 1]
    return Count(row[at].start, last.end, last.start, value, None, "vague"), following


def _spelled(row: list[Token], at: int) -> tuple[Count, int] | None:
    """Read a number in words: "two dozen", "one hundred and sixteen", "half a million"."""
    book = load("counts")
    small, scale = book["small"], book["scale"]
    word = row[at].lower
    if word == "half":
        return _half(row, at, scale)
    following = [token.lower for token in row[at + 1 : at + 5]]
    if word in small and following[:3] == ["and", "a", "half"] and following[-1] in scale:
        halves = 2 * small[word] + 1  # "one and a half thousand"
        return _exact(row, at, at + 5, halves * scale[following[-1]] // 2)
    if word in {"a", "an"}:
        if at + 1 < len(row) and _is_scale(row, at + 1, scale) and _is_article(row, at):
            return _exact(row, at + 1, at + 2, scale[row[at + 1].lower])
        return None
    if word not in small and (not _is_scale(row, at, scale) or at == 0 or _is_rate(row, at)):
        return None
    return _sum_words(row, at, small, scale)


def _is_rate(row: list[Token], at: int) -> bool:
    return row[at - 1].lower in {"per", "one"}


def _is_scale(row: list[Token], at: int, scale: dict[str, int]) -> bool:
    """Say whether a word tells a number without another: no score but "a score of arrests"."""
    if row[at].lower != "score":
        return row[at].lower in scale
    ahead = row[at + 1 : at + 3]
    of = len(ahead) > 1 and ahead[0].lower == "of" and not ahead[1].text[0].isdigit()
    return of and at > 0 and row[at - 1].lower in {"a", "another"}


def _half(row: list[Token], at: int, scale: dict[str, int]) -> tuple[Count, int] | None:
    """Read "half a dozen", "half a million"; "half dozen" and "half-dozen" are the same."""
    ahead = at + 1
    while ahead < len(row) and (row[ahead].lower == "a" or row[ahead].lower in DASHES):
        ahead += 1
    if ahead == len(row) or row[ahead].lower not in scale:
        return None
    return _exact(row, at, ahead + 1, scale[row[ahead].lower] // 2)


def _is_article(row: list[Token], at: int) -> bool:
    # "half a million", "a few hundred" are read from their first word.
    return at == 0 or row[at - 1].lower not in {"half", "quarter"}


def _sum_words(
    row: list[Token], at: int, small: dict[str, int], scale: dict[str, int]
) -> tuple[Count, int] | None:
    total = group = 0
    following = at
    while following < len(row) and following - at < _LONGEST:
        word = row[following].lower
        if word in small:
            group += small[word]
        elif word in scale:
            group = max(group, 1) * scale[word]
            if scale[word] >= 1_000:  # noqa: PLR2004  # "two hundred thousand and five"
                total, group = total + group, 0
        elif not _joins(row, following, small, scale):
            break
        following += 1
    if following == at:
        return None
    return _exact(row, at, following, total + group)


def _joins(row: list[Token], at: int, small: dict[str, int], scale: dict[str, int]) -> bool:
    """Say whether a hyphen or "and" inside a number in words goes on with it."""
    if at + 1 >= len(row) or at == 0:
        return False
    word, before, after = row[at].lower, row[at - 1].lower, row[at + 1].lower
    if word in DASHES:
        tens = small.get(before, 0) >= 20 and 0 < small.get(after, 0) < 10  # noqa: PLR2004  # "twenty-five"
        return tens or after in scale
    return word == "and" and before in scale and before != "dozen" and after in small
