"""Find the days and periods an article names, resolved against its publication."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from consumers.extractor.date_patterns import HINTS, PATTERNS, REACHES
from consumers.extractor.day_reading import Reader
from consumers.extractor.near import stretches
from vigil.claim import DayBasis
from vigil.dateline import publication_lines
from vigil.period import Period
from vigil.publication import is_digest, is_list, publication_of

if TYPE_CHECKING:
    import re

    from vigil.dateline import PublicationLine


_AROUND = 120  # characters: no mention is longer
_RECENT = 4  # articles: the rules of days and of stories ask about the same one


@dataclass(frozen=True, slots=True)
class DayMention:
    """One mention of a day or a period.

    Attributes:
        start: Where it starts, in characters of the text.
        end: Where it ends (exclusive).
        day: The day meant, None where a period is meant.
        period: First and last day, either None where it is not told; None where a day is meant.
        basis: What it rests on: a date in so many words ("explicit"), one counted from an
            anchor ("relative"), or the article's own line of publication.
        cue: The rule that read it: "date", "range", "since", "as_of", "month", "season", "year",
            "weekday", "relative", "weekend", "span", "day_of_month", "compared" (the day
            of what follows: "the most since 3 May, when"), "future" (lies ahead of the
            article: never the day of something that happened), "publication" (when the
            article was published or updated: an anchor, not the day of an event).
    """

    start: int
    end: int
    day: date | None
    period: Period | None
    basis: DayBasis
    cue: str


def find_days(text: str, *, published: datetime | None, today: date) -> list[DayMention]:
    """Return the mentions of days in the text, sorted by start, not overlapping.

    Weekdays and "yesterday" count from ``published``, else from the nearest line before them
    that states a publication, and in a feed always from that line, its item's own. Without
    either they give no mention, but for a weekday that one late date in full falls on.
    ``today`` bounds the year of a date that has a weekday and no year.
    """
    lines = lines_of(text)
    reader = Reader(text, today=today, anchors=_Anchors(text, published, lines))
    mentions = [_line_mention(line) for line in lines]
    mentions += _read(_candidates(text), reader)
    mentions.sort(key=_order)
    return _without_overlap(mentions)


@lru_cache(maxsize=_RECENT)
def lines_of(text: str) -> list[PublicationLine]:
    """Return the lines of an article that state its publication, not to be changed."""
    return publication_lines(text)


class _Anchors:
    """The day that "yesterday" counts from, at any place of the text."""

    def __init__(self, text: str, published: datetime | None, lines: list[PublicationLine]) -> None:
        self._fixed = published.date() if published and not is_digest(lines) else None
        moment = publication_of(lines, text) if published is None else None
        self._page = moment.date() if moment else None
        own = [line for line in lines if line.kind not in {"post", "comment"}]
        self._starts = [line.start for line in own]
        self._days = [line.moment.date() for line in own]
        self._updated = [line.moment.date() for line in own if line.kind == "updated"]
        self._many = published is None and is_list(lines, text)

    def at(self, position: int) -> date | None:
        if self._fixed is not None:
            return self._fixed
        if self._page is not None:
            return self._page
        n = bisect_right(self._starts, position) - 1
        return self._days[n] if n >= 0 else None

    def until(self, position: int, *, dated: bool) -> date | None:
        """Return the last day a place can tell of: a page may go on being written for years.

        Each item of a list may be later than the one above it.
        """
        anchor = None if self._many else self.at(position)
        return max([anchor, *self._updated]) if anchor and dated else anchor


def _candidates(text: str) -> list[tuple[int, int, str, re.Match[str]]]:
    """Return all matches, those inside a longer one left out."""
    near = _Near(text)
    matches = [
        (match.start(), -_end(text, match), rank, name, match)
        for rank, (name, pattern) in enumerate(PATTERNS.items())
        for start, end in near.stretches(HINTS[name], REACHES.get(name, _AROUND))
        for match in pattern.finditer(text, start, end)
    ]
    matches.sort(key=lambda m: m[:3])
    kept: list[tuple[int, int, str, re.Match[str]]] = []
    for start, minus_end, _, name, match in matches:
        if not kept or start >= kept[-1][1]:
            kept.append((start, -minus_end, name, match))
    return kept


class _Near:
    """The stretches of a text in which the patterns can match; those around a hint found once."""

    def __init__(self, text: str) -> None:
        self._length = len(text)
        # the one letter whose small form is longer than itself would move all that follows
        self._small = text.replace("\u0130", "I").lower()
        self._known: dict[tuple[tuple[re.Pattern[str], ...], int], list[tuple[int, int]]] = {}

    def stretches(self, hints: tuple[re.Pattern[str], ...], reach: int) -> list[tuple[int, int]]:
        """Return the stretches around the matches of some hints, in order and apart."""
        if (hints, reach) not in self._known:
            spans = (match.span() for hint in hints for match in hint.finditer(self._small))
            self._known[hints, reach] = stretches(spans, reach=reach, length=self._length)
        return self._known[hints, reach]


def _end(text: str, match: re.Match[str]) -> int:
    """A full stop after "24 February" ends the sentence, not the date."""
    end = match.end()
    return end - 1 if text[end - 1] == "." else end


def _read(
    candidates: list[tuple[int, int, str, re.Match[str]]], reader: Reader
) -> list[DayMention]:
    reader.learn([(name, match) for _, _, name, match in candidates])
    mentions = []
    for start, end, name, match in candidates:
        reading = reader.read(name, match)
        if reading is not None:
            mentions.append(
                DayMention(start, end, reading.day, reading.period, reading.basis, reading.cue)
            )
    return mentions


def _line_mention(line: PublicationLine) -> DayMention:
    cue = "future" if line.kind == "comment" else "publication"
    return DayMention(line.start, line.end, line.moment.date(), None, "publication", cue)


def _order(mention: DayMention) -> tuple[int, bool, int]:
    return mention.start, mention.basis != "publication", -mention.end


def _without_overlap(mentions: list[DayMention]) -> list[DayMention]:
    kept: list[DayMention] = []
    for mention in mentions:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept
