"""Decide which runs of words are places, and which of several namesakes each one is."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from consumers.extractor.gazetteer import Candidate, key_of
from consumers.extractor.place_evidence import Evidence, qualifiers, surname_or_word
from consumers.extractor.place_scan import Run

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from consumers.extractor.gazetteer import Index
    from consumers.extractor.place_scan import Words

_BLOCK = 1000  # characters: what is named nearby weighs as much as all the rest
_SHORT = 3  # letters: too few to be a name in a text without capitals
_LIST_GAP = 10  # characters between two items of a list
_SMALL_TOWN = 15_000
_WORTH_A_NAME = 0.02  # a namesake with less than this share of the population is ignored
# The weights of a choice, in powers of ten of population. Set on sentences of our own: Moscow
# stays Russia's unless Idaho is named, Birmingham moves to Alabama with American company.
_COUNTRY_BONUS = 1.5
_DIVISION_BONUS = 2.5
_WORLD_CITY_BONUS = 1.0
_WORLD_CITY = 3_000_000
# Countries whose towns are mostly surnames too: their country in the text is not evidence.
_SURNAME_COUNTRIES = frozenset({"US", "GB", "CA", "AU", "NZ", "IE"})
_OF_CITY = 0.7  # what a city says for its country, of what the country's name says
_DIRECTIONS = frozenset({"north", "south", "east", "west"})
_CHAIN = re.compile(r"\s*(?:,|;|/|&|(?:, ?)?and|or)\s*")


@dataclass(slots=True)
class Found:
    """A run on its way to a mention."""

    run: Run
    start: int
    end: int
    candidates: list[Candidate]
    evidence: Evidence
    pin: tuple[str, str] | None = None  # country and division named right after it
    choice: Candidate | None = None
    landmark: bool = False  # a square or a street that stands for its city


@dataclass(slots=True)
class Context:
    """Which countries and divisions the article speaks of, overall and block by block."""

    overall: Counter[str] = field(default_factory=Counter)
    within: Counter[str] = field(default_factory=Counter)  # by places below the country only
    divisions: set[tuple[str, str]] = field(default_factory=set)
    blocks: dict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, country: str, at: int, weight: float) -> None:
        """Count one piece of evidence for a country at a position."""
        self.overall[country] += weight  # type: ignore[assignment]  # Counter is typed for int
        self.blocks[at // _BLOCK][country] += weight  # type: ignore[assignment]  # Counter is typed for int

    def shares(self, at: int) -> Callable[[str], float]:
        """Return how much of the evidence, nearby and overall, is for a country: 0 to 1."""
        around = range(at // _BLOCK - 1, at // _BLOCK + 2)
        near = _parts([self.blocks[block] for block in around if block in self.blocks])
        overall = _parts([self.overall])
        return lambda country: (near(country) + overall(country)) / 2


def _parts(counters: Sequence[Counter[str]]) -> Callable[[str], float]:
    """Return how much of what was counted is a country's: 0 to 1."""
    total = sum(sum(each.values()) for each in counters)
    if not total:
        return lambda _country: 0.0
    return lambda country: sum(each[country] for each in counters) / total


def choose(words: Words, index: Index, found_runs: list[Run]) -> tuple[list[Found], Context]:
    """Return the runs that are places, each with its choice, and the context they make."""
    context = Context()
    found = _gather(words, index, found_runs, context)
    _pin_by_what_follows(words, index, found)
    for item in found:
        _weigh(item, context)
    _quarters(found, index, context)
    for item in found:
        item.choice = _best(item, context)
    kept = _keep(words, found, context)
    for item in kept:  # towns that needed evidence add to what the article speaks of
        if item.choice and not item.choice.known and not item.pin:
            context.add(item.choice.place.country or "", item.start, 0.7)
    return kept, context


def _gather(words: Words, index: Index, found_runs: list[Run], context: Context) -> list[Found]:
    found = []
    for run in found_runs:
        start, end = words.starts[run.first], words.ends[run.last - 1]
        if (country := index.hints.get(run.key)) is not None:
            context.add(country, start, 0.7)
            continue
        candidates = index.candidates(run.key)
        if candidates and not surname_or_word(words, index, run, candidates):
            evidence = Evidence.of(words, index, run)
            item = Found(run, start, end, candidates, evidence)
            last = words.folded[run.last - 1]
            item.landmark = run.last - run.first > 1 and any(
                last in index.words[kind] for kind in ("streets", "landmarks", "quarters")
            )
            found.append(item)
    return found


def _pin_by_what_follows(words: Words, index: Index, found: list[Found]) -> None:
    """Let the state after a comma decide, and make it part of the mention: "Moscow, Idaho"."""
    merged: set[int] = set()
    for n, item in enumerate(found):
        if n in merged or item.candidates[0].place.scope != "city":
            continue
        follower = found[n + 1] if n + 1 < len(found) else None
        pins, end = qualifiers(words, index, item.run, follower)
        item.pin = next((p for p in pins if any(_fits(c, p) for c in item.candidates)), None)
        if item.pin:
            item.end = end
            if follower and end >= follower.end:
                merged.add(n + 1)
    found[:] = [item for n, item in enumerate(found) if n not in merged]


def _quarters(found: list[Found], index: Index, context: Context) -> None:
    """Read "East London" as a part of London where the other places are in Britain."""
    for item in found:
        direction, _, rest = item.run.key.partition(" ")
        first = item.candidates[0].place
        if item.pin or direction not in _DIRECTIONS or first.scope != "city":
            continue
        whole = index.candidates(rest)
        other = whole[0].place.country if whole and whole[0].known else None
        own = context.overall[first.country or ""] - _OF_CITY * sum(
            each.run.key == item.run.key for each in found
        )
        if other and other != first.country and context.overall[other] > max(own, 0.0):
            item.candidates = whole


def _fits(candidate: Candidate, pin: tuple[str, str]) -> bool:
    country, division = pin
    return candidate.place.country == country and division in ("", candidate.division)


def _weigh(item: Found, context: Context) -> None:
    """Add what is beyond doubt to the context."""
    if item.pin:
        context.add(item.pin[0], item.start, 1.0)
        if item.pin[1]:
            context.divisions.add(item.pin)
            context.within[item.pin[0]] += 1
        return
    if item.landmark:
        return  # many a city has a street of that name
    first = item.candidates[0]
    rivals = [c for c in item.candidates if c.weight >= first.weight * _WORTH_A_NAME]
    country = first.place.country
    if country is None or any(c.place.country != country for c in rivals) or not first.known:
        return
    context.add(country, item.start, _OF_CITY if first.place.scope == "city" else 1.0)
    if first.place.scope != "country":
        context.within[country] += 1
        context.divisions.add((country, first.division))


def _best(item: Found, context: Context) -> Candidate:
    if item.pin:
        item.candidates = [c for c in item.candidates if _fits(c, item.pin)]
    if len(item.candidates) == 1:
        return item.candidates[0]
    rivals = {c.place.country or "" for c in item.candidates if c.place.scope == "country"}
    # A state and a country of one name: the state needs other states and cities beside it.
    rivalled = any(context.overall[country] for country in rivals)
    share, within = context.shares(item.start), _parts([context.within])
    return max(
        item.candidates,
        key=lambda c: _score(
            c, context, within if rivalled and c.place.scope == "region" else share
        ),
    )


def _score(candidate: Candidate, context: Context, share: Callable[[str], float]) -> float:
    place = candidate.place
    country = place.country or ""
    score = math.log10(max(candidate.weight, 1000)) + _COUNTRY_BONUS * share(country)
    if candidate.division and (country, candidate.division) in context.divisions:
        score += _DIVISION_BONUS
    if place.scope == "city" and (candidate.capital or candidate.weight >= _WORLD_CITY):
        score += _WORLD_CITY_BONUS
    return score


def _keep(words: Words, found: list[Found], context: Context) -> list[Found]:
    """Drop towns that nothing but their name speaks for."""
    kept = [_stands(item, words, context) for item in found]
    names = {found[n].run.key for n, keep in enumerate(kept) if keep and found[n].evidence.strong}
    for n, item in enumerate(found):
        kept[n] = kept[n] or (item.run.key in names and not item.evidence.doubtful)
    for order in (range(1, len(found)), range(len(found) - 2, -1, -1)):
        step = -1 if order.step > 0 else 1
        for n in order:
            if not kept[n] and kept[n + step] and _chained(words, found, min(n, n + step)):
                kept[n] = found[n].run.key not in words.lower or words.small
    return [item for n, item in enumerate(found) if kept[n]]


def _stands(item: Found, words: Words, context: Context) -> bool:
    choice = item.choice
    assert choice is not None  # noqa: S101 - set for every item just before
    spoken_of = context.overall[choice.place.country or ""] > 0
    if _is_elsewhere(words, item, choice) or (item.landmark and context.overall and not spoken_of):
        return False  # "October Square" of a country the article does not speak of
    if item.pin or choice.form == "demonym" or choice.place.scope != "city":
        return True
    if choice.known:
        return not words.small or len(item.run.key) > _SHORT
    country = choice.place.country or ""
    if choice.weight < _SMALL_TOWN:
        return item.evidence.strong and spoken_of
    if item.evidence.strong:
        # "in the Forest Park sector" is no town of a country nobody speaks of
        return spoken_of or not context.overall or words.at(item.run.first - 1) != "the"
    fits = spoken_of and country not in _SURNAME_COUNTRIES
    return fits and not item.evidence.doubtful and not words.small


def _is_elsewhere(words: Words, item: Found, choice: Candidate) -> bool:
    """Say whether a landmark of one city is another's: "the National Gallery of Victoria"."""
    first, of, name = item.run.first, item.run.last, item.run.last + 1
    if choice.place.scope != "city" or of - first < 2 or item.pin:  # noqa: PLR2004  # two words
        return False
    named = name < len(words) and words.capital[name] and words.at(of) == "of"
    return named and item.run.key != key_of(choice.place.name)


def _chained(words: Words, found: list[Found], n: int) -> bool:
    """Whether two neighbours stand in one list: "Basti and Gonda", "Pskov, Tver"."""
    between = words.text[found[n].end : found[n + 1].start]
    both_cities = all(f.choice and f.choice.place.scope == "city" for f in found[n : n + 2])
    return both_cities and len(between) < _LIST_GAP and _CHAIN.fullmatch(between) is not None
