"""What the rules ask of an article: its sentences, and the places and days mentioned in them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence  # noqa: TC004  # a dataclass keeps it as text
    from datetime import date

    from consumers.extractor.days import DayMention
    from consumers.extractor.places import PlaceMention
    from consumers.extractor.sentences import Sentence


T = TypeVar("T")

_LEAD: Final = 3  # sentences that tell what is new; what follows may be background


class Page:
    """One article as the rules see it. All offsets count characters of the article.

    Places and days are looked for when first asked for: most articles have no claim that asks.

    Attributes:
        text: The article as received.
        cleaned: The same, with noise blanked out.
        sentences: Its sentences, in order.
    """

    def __init__(
        self,
        text: str,
        cleaned: str,
        sentences: list[Sentence],
        *,
        places: Callable[[], list[PlaceMention]],
        days: Callable[[], list[DayMention]],
        dateline: Callable[[], PlaceMention | None],
        published: date | None,
    ) -> None:
        """Take the text, and the ways to find what it mentions.

        Args:
            text: The article as received.
            cleaned: The same, with noise blanked out.
            sentences: Its sentences, in order.
            places: Finds the places it mentions, in order.
            days: Finds the days it mentions, in order.
            dateline: Finds the place of its dateline.
            published: The day of its publication, if known from outside.
        """
        self.text = text
        self.cleaned = cleaned
        self.sentences = sentences
        self._find = places, days, dateline
        self._published = published
        self._known: dict[object, object] = {}

    @cached_property
    def places(self) -> list[PlaceMention]:
        """The places mentioned, in order."""
        return self._find[0]()

    @cached_property
    def days(self) -> list[DayMention]:
        """The days mentioned, in order."""
        return self._find[1]()

    @cached_property
    def dateline(self) -> PlaceMention | None:
        """The place of the dateline, if there is one."""
        return self._find[2]()

    @cached_property
    def told(self) -> date | None:
        """The last day the article can tell of: of its publication, else the last it mentions."""
        return self._published or _last_day(self.days)

    @cached_property
    def _place_starts(self) -> list[int]:
        return [each.start for each in self.places]

    @cached_property
    def _day_starts(self) -> list[int]:
        return [each.start for each in self.days]

    def places_in(self, start: int, end: int) -> list[PlaceMention]:
        """Return the places that start in a stretch of the article."""
        first = bisect_left(self._place_starts, start)
        return self.places[first : bisect_left(self._place_starts, end)]

    def days_in(self, start: int, end: int) -> list[DayMention]:
        """Return the days that start in a stretch, lines of publication and days ahead left out."""
        first = bisect_left(self._day_starts, start)
        stretch = self.days[first : bisect_left(self._day_starts, end)]
        return [each for each in stretch if each.cue not in {"publication", "future"}]

    def section(self, index: int) -> tuple[int, int, Sentence]:
        """Return where the section of a sentence starts and ends, and its first sentence."""
        number = max(0, bisect_right(self._sections, index) - 1)
        first = self.sentences[self._sections[number]]
        if number + 1 == len(self._sections):
            return first.start, len(self.text), first
        return first.start, self.sentences[self._sections[number + 1]].start, first

    def lead(self, index: int) -> list[int]:
        """Return the numbers of the sentences that open the section of a sentence.

        Headings are left out.
        """
        start = self.section(index)[0]
        return self.once(("lead", start), lambda: self._opening(start))

    def _opening(self, start: int) -> list[int]:
        first = bisect_left(self.sentences, start, key=lambda each: each.start)
        prose = (
            n
            for n, each in enumerate(self.sentences[first:], first)
            if not each.heading or self.cleaned[each.end - 1] == "."
        )
        return list(islice(prose, _LEAD))

    def once(self, key: object, make: Callable[[], T]) -> T:
        """Return what ``make`` returned the first time it was asked under a key.

        Many claims of one section ask for the same things about it.
        """
        if key not in self._known:
            self._known[key] = make()
        return cast("T", self._known[key])

    @cached_property
    def _sections(self) -> list[int]:
        return [n for n, each in enumerate(self.sentences) if each.section] or [0]


def _last_day(days: list[DayMention]) -> date | None:
    lines = [each.day for each in days if each.cue == "publication" and each.day]
    if lines:
        return max(lines)
    ends = [
        each.day or (each.period[1] if each.period else None)
        for each in days
        if each.cue != "future"
    ]
    return max((end for end in ends if end), default=None)


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence with its blanks collapsed, as it is given to the parser.

    Attributes:
        index: Its number among the sentences of the article.
        text: The sentence without noise, one blank between two words.
        origin: For each character of ``text`` where it stands in the article, and one more
            for the end.
    """

    index: int
    text: str
    origin: Sequence[int]

    @classmethod
    def of(cls, cleaned: str, sentence: Sentence, index: int) -> Passage:
        """Return the passage of a sentence of a cleaned text."""
        text = cleaned[sentence.start : sentence.end]
        if text == " ".join(text.split()):
            return cls(index, text, range(sentence.start, sentence.end + 1))
        signs: list[str] = []
        origin: list[int] = []
        blank = True
        for at in range(sentence.start, sentence.end):
            sign = cleaned[at]
            if sign.isspace():
                if not blank:
                    signs.append(" ")
                    origin.append(at)
                blank = True
            else:
                signs.append(sign)
                origin.append(at)
                blank = False
        if signs and signs[-1] == " ":
            signs.pop()
            origin.pop()
        end = origin[-1] + 1 if origin else sentence.end
        return cls(index, "".join(signs), (*origin, end))

    def to_article(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the passage stands in the article."""
        return self.origin[start], self.origin[end - 1] + 1 if end > start else self.origin[start]

    def from_article(self, offset: int) -> int:
        """Return where a place in the article stands in the passage."""
        return min(bisect_left(self.origin, offset), len(self.text))


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a claim stands in its article, for the choice of its place and day.

    Attributes:
        sentence: Number of its sentence.
        start: Where the figure starts.
        end: Where the figure ends.
        cue_start: Where the cue starts.
        cue_end: Where the cue ends.
        left: Where the number before it in the same sentence ends, else the sentence's start.
        right: Where the number after it starts, else the sentence's end.
        many_cities: Whether the claim is about several cities ("in 53 cities").
        tally: Whether a total is told, whose day stands with what is counted: "detentions at
            Saturday's rallies reached 900 on Sunday".
        own: Where the name of its own place starts and ends, if a list says so.
    """

    sentence: int
    start: int
    end: int
    cue_start: int
    cue_end: int
    left: int
    right: int
    many_cities: bool
    tally: bool
    own: tuple[int, int] | None = None
