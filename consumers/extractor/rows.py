"""Read lists by city under a line about detentions: "Moscow - 1,000", one line a city."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from consumers.extractor.counts import find_counts
from consumers.extractor.cues import find_cues, tells_detention
from consumers.extractor.number_reading import Count
from consumers.extractor.passage import Passage

if TYPE_CHECKING:
    from consumers.extractor.sentences import Sentence

_LONGEST: Final = 80
_MONTH: Final = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|March|Apr(?:il)?|May|June|July|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_ROW: Final = re.compile(
    r"(?:[-*\u2022\u2013]\s?)?"
    rf"(?:(?P<day>(?:[A-Z][a-z]+ ){{0,2}}(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?"
    r"(?: \([^()]{1,20}\))?)|"
    r"[A-Z][^\W\d_]+(?:[ .-]{1,2}[A-Za-z][^\W\d_]*){0,4})(?:\s?[:\u2013\u2014]|\s-)"
    r"\s(?P<count>(?:at least |about |more than |over |around |nearly )?\d[\d,\u00a0\u202f]{0,9}\+?"
    r"(?: (?:people|persons|detained|arrested|arrests|detentions|detainees|people "
    r"detained|people arrested))?)[.;,]?"
)
_DIGIT: Final = re.compile(r"\d")
_BY_CITY: Final = re.compile(
    r":$|\b(?:by|per|in|list of|following) (?:the )?(?:following )?(?:cit(?:y|ies)"
    r"|regions?|towns?|places)\b",
    re.IGNORECASE,
)
_ABOVE: Final = 3  # sentences above the head that may say what is counted
_FEWEST: Final = 2  # lines that make a list


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list by city.

    Attributes:
        passage: The line.
        count: The number in it.
        head: Number of the sentence that heads the list.
        dated: Whether the line tells a day instead of a city.
    """

    passage: Passage
    count: Count
    head: int
    dated: bool = False


def find_rows(cleaned: str, sentences: list[Sentence]) -> list[Row]:
    """Return the rows of lists that a line about detentions heads."""
    found: list[Row] = []
    head = -1
    run: list[Row] = []
    for index, sentence in enumerate(sentences):
        row = _row(cleaned, sentence, index, head)
        if row is not None:
            run.append(row)
            continue
        found += _kept(cleaned, sentences, run, head)
        run, head = [], index
    return found + _kept(cleaned, sentences, run, head)


def _row(cleaned: str, sentence: Sentence, index: int, head: int) -> Row | None:
    if sentence.end - sentence.start > _LONGEST or not _DIGIT.search(
        cleaned, sentence.start, sentence.end
    ):
        return None
    passage = Passage.of(cleaned, sentence, index)
    match = _ROW.fullmatch(passage.text)
    if match is None:
        return None
    at = match.start("count")  # what stands before it, "2 March", is blanked out
    counts = find_counts(f"{' ' * at}{match['count']} people")  # a bare 1 counts nobody
    return Row(passage, counts[0], head, bool(match["day"])) if len(counts) == 1 else None


def _kept(cleaned: str, sentences: list[Sentence], run: list[Row], head: int) -> list[Row]:
    if len(run) < _FEWEST or head < 0:
        return []
    above = [cleaned[each.start : each.end] for each in sentences[max(0, head - _ABOVE) : head + 1]]
    told = any(map(tells_detention, above))
    other = any(cue.kind != "detention" for cue in find_cues(above[-1]))
    near = any(map(tells_detention, above[-2:]))
    if not told or (other and not near):
        return []
    return run if near or _BY_CITY.search(above[-1]) else []
