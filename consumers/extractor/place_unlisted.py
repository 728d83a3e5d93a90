"""Villages and townships no gazetteer lists, where the text says plainly that they are places."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from consumers.extractor.place_phrases import country_at
from vigil.place import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from consumers.extractor.gazetteer import Form, Index
    from consumers.extractor.place_choice import Context
    from consumers.extractor.place_scan import Words
    from consumers.extractor.places import PlaceMention

_LONGEST = 3  # words
_NO_PLACES = ("institutions", "never_unlisted", "never")  # lists of words no place is made of
_WITH_COUNTIES = frozenset({"US", "KE", "LR", "HR", "RO", "HU", "SE", "NO"})
_NO_COUNTY = frozenset({"the", "a", "this", "each", "every", "in", "our", "their", "and"})
_COURTS = re.compile(
    r"\s(?:[A-Z]\w+\s){0,2}(?:Court|Courthouse|Jail|Building|Hall|Justice|Superior)"
)
_SHERIFF = re.compile(r"(?:['\u2019]s)? (?:[Ss]heriff|[Dd]eput)")
_COMPOUND = re.compile(r"[-\u2010\u2011][a-z]")  # "Kurdish-majority provinces"
# "at Faslane" is said of what stands there, "Nochix, Oaxaca" and "Nochix, 60 km from" of a town
_AT = frozenset({"at", "in", "near", "outside"})
_INTRODUCING = _AT | {"of"}
_SITES = frozenset(
    {
        "base",
        "camp",
        "site",
        "plant",
        "mine",
        "pit",
        "colliery",
        "refinery",
        "terminal",
        "depot",
        "dam",
        "quarry",
        "checkpoint",
        "port",
        "factory",
        "farm",
        "airfield",
        "airbase",
        "blockade",
        "detention",
        "prison",
        "facility",
    }
)
_FAR = re.compile(
    r",? (?:(?:about|some|around|roughly|just|nearly) )?\d[\d,.]*[ -]?"
    r"(?:km|kms|kilomet(?:er|re)s?|miles?|mi)\b"
    r"|, an? (?:[a-z-]+ ){0,3}(?:town|village|city|hamlet|suburb|settlement|"
    r"township|municipality|community)\b"
)


def unlisted(
    words: Words,
    index: Index,
    mentions: Sequence[PlaceMention],
    context: Context,
    *,
    make: Callable[[int, int, Place, Form], PlaceMention],
) -> list[PlaceMention]:
    """Return mentions of settlements the gazetteer lacks: no coordinates, country by context.

    Without a country in the article there is none: a place nobody can put on a map.
    """
    if words.small or not words.starts:
        return []
    starts = [m.start for m in mentions]
    counties = list(_counties(words, mentions, context, starts, make=make))
    taken = {n for m in mentions for n in range(*_span(words, m))}
    named = {}
    for i in range(2, len(words)):
        if i not in taken and words.capital[i] and _introduced(words, index, i):
            last = _end_of_name(words, i)
            if last is not None and not _is_common(words, index, i, last):
                named[" ".join(words.folded[i:last])] = (i, last)
    spans = [
        (words.starts[i], words.ends[last - 1]) for i, last in _everywhere(words, named, taken)
    ]
    countries: dict[str, Counter[str]] = defaultdict(Counter)
    for start, end in spans:
        # Bearings are often given after the name ("a village east of ..."): look past it too.
        n = bisect_left(starts, start) + 1
        country = country_at(n, mentions, context)
        countries[words.text[start:end]][country or ""] += 1
    return counties + [
        make(start, end, Place(name, "city", country), "name")
        for start, end in spans
        for name in (words.text[start:end],)
        if (country := countries[name].most_common(1)[0][0])
    ]


def _counties(
    words: Words,
    mentions: Sequence[PlaceMention],
    context: Context,
    starts: list[int],
    *,
    make: Callable[[int, int, Place, Form], PlaceMention],
) -> Iterator[PlaceMention]:
    """Yield the counties no gazetteer lists; a sheriff's is American."""
    for i in (i for i, word in enumerate(words.folded) if word == "county"):
        if i == 0 or not words.capital[i] or not words.capital[i - 1]:
            continue
        start, end = words.starts[i - 1], words.ends[i]
        n = bisect_left(starts, start)
        near = mentions[n - 1 : n + 1] if n else mentions[:1]
        known = any(m.start < end and m.end > start for m in near)
        if known or words.gap(i - 1) != " " or _COURTS.match(words.text, end):
            continue
        country = country_at(n, mentions, context)
        if country is None and _SHERIFF.match(words.text, end):
            country = "US"
        if country in _WITH_COUNTIES and words.folded[i - 1] not in _NO_COUNTY:
            yield make(start, end, Place(words.text[start:end], "region", country), "name")


def _span(words: Words, mention: PlaceMention) -> tuple[int, int]:
    return bisect_left(words.starts, mention.start), bisect_left(words.starts, mention.end)


def _introduced(words: Words, index: Index, i: int) -> bool:
    before, head = words.folded[i - 1], words.folded[i - 2]
    if before not in _INTRODUCING or not words.spaced(i - 1) or not words.spaced(i - 2):
        return False
    if before == "of" and head in index.words["settlements"]:
        return True
    if before in _AT and head in _SITES:
        return True
    if before == "in" and head in index.words["events"]:
        return True
    last = _end_of_name(words, i) if before in _AT else None
    return last is not None and _FAR.match(words.text, words.ends[last - 1]) is not None


def _end_of_name(words: Words, first: int) -> int | None:
    last = first + 1
    while last < len(words) and words.capital[last] and words.joined(last - 1):
        last += 1
        if last - first > _LONGEST:
            return None
    return last


def _is_common(words: Words, index: Index, first: int, last: int) -> bool:
    """Whether the name is an institution, a square, an abbreviation or a common word."""
    lists = index.words
    if words.text[words.starts[first] : words.ends[last - 1]].isupper():
        return True
    if _COMPOUND.match(words.text, words.ends[last - 1]):
        return True
    if any(words.folded[first] in lists[kind] for kind in ("given_names", "titles")):
        return True
    if any(each.known for each in index.candidates(words.folded[last - 1])):
        return True  # "Occupy Chicago"
    return any(
        w in words.lower or any(w in lists[kind] for kind in _NO_PLACES)
        for w in words.folded[first:last]
    ) or index.knows(words.folded[first])


def _everywhere(
    words: Words, named: dict[str, tuple[int, int]], taken: set[int]
) -> list[tuple[int, int]]:
    """Return where the names stand, introduced or not."""
    found: list[tuple[int, int]] = []
    if not named:
        return found
    firsts = {words.folded[i]: last - i for i, last in named.values()}
    for i, word in enumerate(words.folded):
        length = firsts.get(word)
        if length and i not in taken and words.capital[i]:
            last = i + length
            if " ".join(words.folded[i:last]) in named:
                found.append((i, last))
    return found
