"""What the words around a name say: a place, a person, or nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from consumers.extractor.gazetteer import Candidate, Index
    from consumers.extractor.place_choice import Found
    from consumers.extractor.place_scan import Run, Words

_AFTER_COMMA = re.compile(r",\s{1,2}((?:[A-Z]\.\s?){2,3}|[A-Z][a-z]{1,4}\.|[A-Z]{2}\b)")
_HEADS = re.compile(r"(?::\s|\s?(?:\u2014|\u2013|--|-\s)|\s_\s)")
_LETTERS = 3
_FAR = 12  # characters: a qualifier follows at once


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a name being a place.

    Attributes:
        strong: A preposition of place before it, a head ("the town of"), or what towns have
            behind it ("Knoxville police").
        doubtful: A capitalised word beside it, or the same word written small elsewhere.
    """

    strong: bool
    doubtful: bool

    @staticmethod
    def of(words: Words, index: Index, run: Run) -> Evidence:
        """Return the evidence around a run."""
        before = located(words, index, run.first) or heads_line(words, run)
        strong = before or _owns(words, index, run)
        return Evidence(strong, _doubtful(words, index, run))


def located(words: Words, index: Index, first: int) -> bool:
    """Whether the words before word ``first`` say that a place follows."""
    if not words.spaced(first - 1):
        return False
    before = words.at(first - 1)
    if before == "the":
        return located(words, index, first - 1)
    if before in index.words["locative"]:
        return True
    return before == "of" and words.at(first - 2) in index.words["of_heads"]


def _owns(words: Words, index: Index, run: Run) -> bool:
    """Whether something follows that a town has: "Knoxville police", "the Lancaster campus"."""
    return words.spaced(run.last - 1) and words.at(run.last) in index.words["of_towns"]


def surname_or_word(words: Words, index: Index, run: Run, candidates: list[Candidate]) -> bool:
    """Whether the run is a person or a common word rather than a place."""
    if run.last - run.first > 1:
        return False
    if _is_word(words, index, run) or _is_abbreviation(words, index, run, candidates):
        return True
    if candidates[0].form == "demonym":
        return False
    if _after_given_name(words, index, run, candidates) or _before_surname(words, index, run):
        return True
    return candidates[0].place.scope == "city" and _other_town(words, index, run, candidates[0])


def _is_abbreviation(words: Words, index: Index, run: Run, candidates: list[Candidate]) -> bool:
    """Whether a small town's name in capitals rather abbreviates something: "ITO crossing"."""
    written = words.text[words.starts[run.first] : words.ends[run.first]]
    if len(written) > _LETTERS or not written.isupper() or run.key in index.exact:
        return False
    return not candidates[0].known and not heads_line(words, run)


def _other_town(words: Words, index: Index, run: Run, candidate: Candidate) -> bool:
    """Whether the name of a town is part of a street's name, or a word written small elsewhere."""
    after = run.last
    if words.spaced(after - 1) and words.capital[after]:
        if words.at(after) in index.words["streets"]:
            return True
        if not candidate.known and words.at(after) in index.words["landmarks"]:
            return True
    common = run.key in words.lower and not words.small and not candidate.known
    return common and not located(words, index, run.first)


def _is_word(words: Words, index: Index, run: Run) -> bool:
    lists, key = index.words, run.key
    if words.small and (key in lists["words_too"] or key in lists["also_given"]):
        return True
    if key not in lists["never"] or key in index.exact:
        return False
    return key not in lists["after_locative"] or not _good_place(words, index, run)


def _good_place(words: Words, index: Index, run: Run) -> bool:
    if located(words, index, run.first) and words.at(run.first - 1) in index.words["locative"]:
        return True
    end = words.ends[run.last - 1]
    if words.text[end : end + 2] == ", " and words.at(run.last):
        after = index.candidates(words.at(run.last))
        if after and after[0].form == "name" and after[0].place.scope != "city":
            return True
    return _AFTER_COMMA.match(words.text, end) is not None


def heads_line(words: Words, run: Run) -> bool:
    """Whether the run opens a line and a colon or a dash follows, as in a dateline."""
    start, end = words.starts[run.first], words.ends[run.last - 1]
    opens = start == 0 or words.text[start - 1] == "\n"
    return opens and _HEADS.match(words.text, end) is not None


def _after_given_name(words: Words, index: Index, run: Run, candidates: list[Candidate]) -> bool:
    i = run.first - 1
    if i < 0 or not words.capital[i] or words.small:
        return False
    before, gap = words.folded[i], words.gap(i)
    if before in index.words["brief_titles"] and gap in {" ", ". ", "\u00a0"}:
        return True
    if candidates[0].place.scope != "city" and run.key not in index.words["also_given"]:
        return False
    return gap in {" ", "\u00a0"} and before in index.words["given_names"]


def _before_surname(words: Words, index: Index, run: Run) -> bool:
    """Whether a given name that is also a place is followed by a surname."""
    i = run.last
    if run.key not in index.words["also_given"] or i >= len(words) or words.small:
        return False
    if not words.capital[i] or words.gap(i - 1) not in {" ", "\u00a0"}:
        return False
    return words.folded[i] not in index.words["institutions"]


def _doubtful(words: Words, index: Index, run: Run) -> bool:
    if run.key in words.lower and not words.small:
        return True
    if run.key in index.words["also_given"] or run.key in index.words["given_names"]:
        return True
    before = run.first - 1
    if before >= 0 and words.capital[before] and words.gap(before) == " ":
        return words.folded[before] not in index.words["locative"] and not words.small
    after = run.last
    if after < len(words) and words.capital[after] and words.gap(after - 1) == " ":
        return words.folded[after] not in index.words["institutions"] and not words.small
    return False


def qualifiers(
    words: Words, index: Index, run: Run, follower: Found | None
) -> tuple[list[tuple[str, str]], int]:
    """Return the countries and divisions named after the run's comma, and where they end.

    "Georgia" after a comma gives two readings; the caller takes the one a candidate fits.
    """
    end = words.ends[run.last - 1]
    if words.text[end : end + 1] != ",":
        return [], end
    if follower and follower.run.first == run.last and follower.start - end < _FAR:
        readings = [
            (c.place.country or "", c.division)
            for c in follower.candidates
            if c.form == "name" and c.place.scope != "city"
        ]
        if readings:
            possessive = words.text[follower.end : follower.end + 2] in {"'s", "\u2019s"}
            return readings, end if possessive else follower.end
    match = _AFTER_COMMA.match(words.text, end)
    if match is None:
        return [], end
    state = index.states.get(re.sub(r"[^a-z]", "", match.group(1).lower()))
    return ([("US", state)], match.end()) if state else ([], end)
