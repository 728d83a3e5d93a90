"""How well claims agree with a hand annotation of the same articles: precision, recall, F1."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Row = dict[str, Any]

# Each asks for all that the one before asks, and for more.
LEVELS = ("figure", "count", "count and place", "count, place and day")

# Counts of people by size: errors weigh differently, and rules fail differently.
SIZES: tuple[tuple[int, int | None], ...] = ((1, 9), (10, 99), (100, 999), (1_000, None))


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many claims agree, of how many annotated and how many extracted.

    Attributes:
        agree: Pairs of one annotated and one extracted claim that agree.
        annotated: Claims a person found.
        extracted: Claims Vigil found.
    """

    agree: int
    annotated: int
    extracted: int

    @property
    def precision(self) -> float:
        """The share of extracted claims that a person found too; 1 where none was extracted."""
        return self.agree / self.extracted if self.extracted else 1.0

    @property
    def recall(self) -> float:
        """The share of a person's claims that were extracted; 1 where there was none."""
        return self.agree / self.annotated if self.annotated else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Score:
    """Agreement at every level, and what stands without a partner at the last.

    Attributes:
        counted: Level -> agreement on claims that count people.
        named: Level -> agreement on claims that name them.
        sizes: (low, high) of the count -> agreement at the last level, counted claims alone.
        missed: (article, annotated claim) without a partner.
        invented: (article, extracted claim) without a partner.
    """

    counted: Mapping[str, Agreement]
    named: Mapping[str, Agreement]
    sizes: Mapping[tuple[int, int | None], Agreement]
    missed: tuple[tuple[str, Row], ...]
    invented: tuple[tuple[str, Row], ...]


def score(
    annotated: Mapping[str, Sequence[Row]],
    extracted: Mapping[str, Sequence[Row]],
    *,
    normal: Callable[[str], str],
) -> Score:
    """Compare article by article; a claim agrees with one claim at most.

    Args:
        annotated: Article -> the claims a person found, in the fields of ``docs/annotation.md``.
        extracted: Article -> the claims Vigil found, in the fields of ``vigil claims``.
        normal: The normal form of a place's name, so that spellings do not count as errors.
    """
    counted = _agreements(annotated, extracted, normal, lambda row: not row.get("named"))
    named = _agreements(annotated, extracted, normal, lambda row: bool(row.get("named")))
    sizes = {
        size: _agreements(annotated, extracted, normal, _of_size(size))[LEVELS[-1]]
        for size in SIZES
    }
    missed: list[tuple[str, Row]] = []
    invented: list[tuple[str, Row]] = []
    for article, gold in sorted(annotated.items()):
        found = extracted.get(article, ())
        pairs = _pairs(gold, found, LEVELS[-1], normal)
        matched = set(pairs.values())
        missed += [(article, row) for index, row in enumerate(gold) if index not in pairs]
        invented += [(article, row) for index, row in enumerate(found) if index not in matched]
    return Score(counted, named, sizes, tuple(missed), tuple(invented))


def fold(name: str) -> str:
    """Return a name without accents, case, punctuation and a leading article."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    kept = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    words = kept.split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)


def figure(row: Row) -> int | None:
    """Return the number a claim turns on: its floor, or its ceiling where it has no floor."""
    number: int | None = row["high"] if row.get("low") is None else row["low"]
    return number


def _agreements(
    annotated: Mapping[str, Sequence[Row]],
    extracted: Mapping[str, Sequence[Row]],
    normal: Callable[[str], str],
    keep: Callable[[Row], bool],
) -> dict[str, Agreement]:
    agreements = {}
    for level in LEVELS:
        agree = gold_count = found_count = 0
        for article, rows in annotated.items():
            gold = [row for row in rows if keep(row)]
            found = [row for row in extracted.get(article, ()) if keep(row)]
            agree += len(_pairs(gold, found, level, normal))
            gold_count += len(gold)
            found_count += len(found)
        agreements[level] = Agreement(agree, gold_count, found_count)
    return agreements


def _of_size(size: tuple[int, int | None]) -> Callable[[Row], bool]:
    low, high = size

    def keep(row: Row) -> bool:
        number = figure(row)
        return (
            not row.get("named")
            and number is not None
            and low <= number
            and (high is None or number <= high)
        )

    return keep


def _pairs(
    gold: Sequence[Row], found: Sequence[Row], level: str, normal: Callable[[str], str]
) -> dict[int, int]:
    """Return as many pairs as can agree at once: index of ``gold`` -> index of ``found``.

    Kuhn's algorithm for a maximum matching in a bipartite graph; the sets are a handful.
    """
    partners = [
        [j for j, row in enumerate(found) if _agree(want, row, level, normal)] for want in gold
    ]
    taken: dict[int, int] = {}

    def find(i: int, asked: set[int]) -> bool:
        for j in partners[i]:
            if j in asked:
                continue
            asked.add(j)
            if j not in taken or find(taken[j], asked):
                taken[j] = i
                return True
        return False

    for i in range(len(gold)):
        find(i, set())
    return {i: j for j, i in taken.items()}


def _agree(want: Row, row: Row, level: str, normal: Callable[[str], str]) -> bool:
    depth = LEVELS.index(level)
    if figure(want) != figure(row):
        return False
    if depth >= 1 and any(want.get(end) != row.get(end) for end in ("low", "high")):
        return False
    if depth >= 2 and _place(want, normal) != _place(row, normal):  # noqa: PLR2004  # LEVELS
        return False
    return depth < len(LEVELS) - 1 or _same_day(want, row)


def _place(row: Row, normal: Callable[[str], str]) -> str:
    return normal(row.get("place") or "")


def _same_day(want: Row, row: Row) -> bool:
    """Whether both give the same day, or neither one, or both a period."""
    if want.get("period"):
        return bool(row.get("period"))
    return want.get("date") == row.get("date") and not row.get("period")


def read_rows(lines: Iterable[Row], kind: str) -> list[Row]:
    """Return the claims of one kind."""
    return [row for row in lines if row.get("kind") == kind]
