"""Split a text into words and find every run of words that is a name in the gazetteer."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from operator import not_
from typing import TYPE_CHECKING

from consumers.extractor.gazetteer import fold

if TYPE_CHECKING:
    from consumers.extractor.gazetteer import Index

_WORD = re.compile(r"[^\W\d_]+")
# Addresses and markup, where a name is no mention of a place.
_ADDRESS = r"(?:https?://|www\.|@)[^\s<>\")\]]+|<[^<>]{1,500}>"
_ENDING = r"\.(?:jpe?g|png|html?|md)\b"
_NO_PROSE = re.compile(_ADDRESS)
# Looks at every word, and few texts name a file.
_NO_PROSE_NOR_FILE = re.compile(rf"{_ADDRESS}|(?<![\w-])[\w-]{{1,120}}{_ENDING}")
_FILE = re.compile(_ENDING)
_JOINTS = frozenset(
    {" ", "\u00a0", "-", "\u2010", "\u2011", "'", "\u2019", "\u2018", "\n", "  ", "\r\n"}
)
_STOPPED = frozenset({"st", "ste", "mt", "ft"})  # abbreviations that keep their full stop
_WORDS_FOR_A_VERDICT = 15  # fewer words say nothing about how the text is written
_CAPITALS_IN_PROSE = 0.03  # of all words; one a sentence is 5 %, and page furniture adds a few
_SHOUTED = 3  # a capitalised word of this many letters beside "US" is shouting, not a country


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, as parallel lists; word ``i`` is ``text[starts[i]:ends[i]]``."""

    text: str
    starts: list[int]
    ends: list[int]
    folded: list[str]
    capital: list[bool]
    small: bool  # the text has hardly any capitals: a feed in lower case
    lower: frozenset[str]  # words that occur written small

    def __len__(self) -> int:
        """Return the number of words."""
        return len(self.starts)

    def gap(self, i: int) -> str:
        """Return what stands between word ``i`` and the next one, at most 8 characters."""
        return self.text[self.ends[i] : min(self.starts[i + 1], self.ends[i] + 8)]

    def joined(self, i: int) -> bool:
        """Whether word ``i`` and the next can be parts of one name."""
        if i < 0 or i + 1 >= len(self.starts):
            return False
        gap = self.gap(i)
        if gap in _JOINTS:
            return True
        short = self.ends[i] - self.starts[i] == 1 or self.folded[i] in _STOPPED
        return short and gap in {". ", "."}

    def spaced(self, i: int) -> bool:
        """Whether nothing but space stands between word ``i`` and the next."""
        return 0 <= i < len(self.starts) - 1 and self.gap(i).isspace() and "\n\n" not in self.gap(i)

    def at(self, i: int) -> str:
        """Return word ``i`` folded, "" outside of the text."""
        return self.folded[i] if 0 <= i < len(self.folded) else ""


@dataclass(frozen=True, slots=True)
class Run:
    """Words ``first`` to ``last`` (exclusive) make the key of a name."""

    first: int
    last: int
    key: str


_folded = lru_cache(maxsize=1 << 15)(fold)


def split(text: str) -> Words:
    """Return the words of the text outside of addresses and tags."""
    no_prose = _NO_PROSE_NOR_FILE if _FILE.search(text) else _NO_PROSE
    skip = [match.span() for match in no_prose.finditer(text)]
    spans = [match.span() for match in _WORD.finditer(text)]
    if skip:
        skip_starts = [start for start, _ in skip]
        spans = [span for span in spans if not _inside(span[0], skip, skip_starts)]
    starts = [start for start, _ in spans]
    ends = [end for _, end in spans]
    written = [text[start:end] for start, end in spans]
    folded = list(map(_folded, written))
    capital = [word[0].isupper() for word in written]
    lower = frozenset(compress(folded, map(not_, capital)))
    return Words(text, starts, ends, folded, capital, _is_small(capital), lower)


def _inside(at: int, stretches: list[tuple[int, int]], starts: list[int]) -> bool:
    before = bisect_right(starts, at) - 1
    return before >= 0 and at < stretches[before][1]


def _is_small(capital: list[bool]) -> bool:
    return len(capital) >= _WORDS_FOR_A_VERDICT and sum(capital) < len(capital) * _CAPITALS_IN_PROSE


def runs(words: Words, index: Index) -> list[Run]:
    """Return the longest names at each word, left to right, not overlapping."""
    found: list[Run] = []
    past = 0
    everywhere = range(len(words))
    for i in everywhere if words.small else compress(everywhere, words.capital):
        if i < past or words.folded[i] not in index.longest:
            continue
        run = _longest(words, index, i)
        if run is not None:
            found.append(run)
            past = run.last
    return found


def _longest(words: Words, index: Index, first: int) -> Run | None:
    limit = index.longest[words.folded[first]]
    best = None
    key = ""
    for i in range(first, min(first + limit, len(words))):
        if i > first:
            if not words.joined(i - 1):
                break
            key += " "
        key += words.folded[i]
        if index.knows(key) and _written_like_a_name(words, index, first, i, key):
            best = Run(first, i + 1, key)
    return best


def _written_like_a_name(words: Words, index: Index, first: int, i: int, key: str) -> bool:
    if key in index.exact:
        return _shouted_alone(words, first, i)
    return words.small or words.capital[i] or words.folded[i] in index.small_tails


def _shouted_alone(words: Words, first: int, i: int) -> bool:
    """Tell the country in capitals from a word shouted amid others ("JOIN US NOW")."""
    if not words.text[words.starts[first] : words.ends[i]].isupper():
        return False
    if first == 0 or not words.spaced(first - 1):
        return True
    before = words.text[words.starts[first - 1] : words.ends[first - 1]]
    return not (before.isupper() and len(before) >= _SHOUTED)
