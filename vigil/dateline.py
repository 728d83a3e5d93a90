"""Find the line in which an article states when it was published."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Literal

from vigil.bylines import address, byline, post
from vigil.digits import years_of_dates
from vigil.footers import dated_by_footer
from vigil.labels import LABEL, is_loose, kind_of
from vigil.moments import MOMENT, Habit, habit_of, moment_of
from vigil.months import MONTH

# "December 30, 2019 12:16 pm | Updated ...": the first day of a line is its own.
_DAY_YEAR = rf"(?:{MONTH}\s\d{{1,2}}|\d{{1,2}}\s{MONTH}),?\s(?:19|20)\d\d"
_LINE = re.compile(
    # Where no digit is near is no date: the first look keeps the rest from trying.
    rf"^(?=[^\d]{{0,160}}\d)(?:\s{{0,4}}(?:<[^<>\n]{{1,80}}>\s?){{1,3}}|[^\w\n]{{0,12}})"
    rf"(?:{LABEL}\b(?:,| on| at)?['\"]?\s{{0,3}}[:=|-]?\s{{0,3}}['\"]?|"
    rf"(?!{_DAY_YEAR})[^\n]{{0,100}}?\s\\?[|\u2022\u00b7]\s"
    rf"|(?:(?:posted|written|submitted|reported|filed|contributed)\s)?"
    rf"by:?\s[^\n\d]{{2,60}}?[\s,]|(?-i:[A-Z][A-Z.'\u2019 -]{{2,30}},\s))?"
    rf"(?:{LABEL.replace('label', 'second_label')}\b:?\s)?{MOMENT}(?P<rest>[^\n]{{0,60}})",
    re.IGNORECASE | re.MULTILINE,
)
# What may follow the date on a line of its own: nothing, markup, a place glued on, an agency.
_REST = re.compile(
    r"^(?:</\w+>)*\W*(?:y\.\W*)?(?:\]\([^)\n]*\)\W*)?(?:[A-Z]{3,}|source:.*|[|\u2022\u00b7].*"
    r"|\([^)]*\)\s?[-\u2014\u2013].*|\d{1,3} comments?)?(?:updated.*|first published.*)?$",
    re.IGNORECASE,
)
# "25 September 2012Officials said": a page that lost the line's end behind the date
_GLUED = re.compile(r"[A-Z][a-z]+ [a-z]")
# "1 October 2005 -- Police", and in the first line "3 May 2019 \u2013 Police"
_OPENS = re.compile(r"[^\S\n]--[^\S\n][A-Z]")
_OPENS_TEXT = re.compile(r"[^\S\n][-\u2013\u2014]{1,2}[^\S\n][A-Z]")
_REACH = 400  # characters from the start of a line to the year of its date
_LINES_ABOVE = 8
TOP = 5000  # characters in which a page states its date
_TITLE = 600  # characters that hold the title
_WIDTH = 160  # characters: no title is longer
_WIDEST = 600  # characters of a line that are looked at: label, names and date take less
_PROSE = re.compile(r"^[^\n]{160,}[.!?\"\u201d]\s*$", re.MULTILINE)
_HEAD = 2  # paragraphs of prose, and what stands above them is the head of the page
_ALONE = re.compile(
    r"[^\w\n]{0,12}(?:(?:[Pp]osted|[Ww]ritten) by:?\s)?(?=\w)"
    r"(?!by\s|[A-Z][A-Z.'\u2019 -]{2,30},)[\w ,./-]{8,40}\s*$"
)
_ABOVE = 60  # characters of the line above a date
_DAY_FIRST = Habit(day_first=True)  # "Issued on: 10/08/2020": so writes an outlet of Paris
# What a blog says around the date below its own text, and nobody around that of a comment.
_ABOVE_OWN = re.compile(r"(?:^|\n)\W{0,4}written by:?\s[^\n]{2,40}\s{1,4}\Z", re.IGNORECASE)
_BELOW_OWN = re.compile(
    r"[^\n]{0,8}\s{1,4}\W{0,4}(?:posted in|filed under|tagged|tags|categor(?:y|ies|ized)|labels)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PublicationLine:
    """A line that says when the text after it was published or updated.

    Attributes:
        start: Where what it states starts, in characters of the text.
        end: Where that ends (exclusive).
        moment: The moment, aware.
        kind: "published" or "updated" as its label says; "bare" without a label; "post" for a
            post shown in the article, "comment" for what somebody wrote below it, later.
        label: The label, in lower case.
    """

    start: int
    end: int
    moment: datetime
    kind: Literal["published", "updated", "bare", "post", "comment"]
    label: str = ""


@dataclass(frozen=True)
class _Page:
    """A text, and what is found out about it where a line asks for it."""

    text: str

    @cached_property
    def title(self) -> str:
        """The short lines at its top, of which one is its title."""
        lines = self.text[:_TITLE].split("\n")
        return " ".join(line for line in lines if len(line) < _WIDTH and "://" not in line)

    @cached_property
    def prose(self) -> list[int]:
        """Where the paragraphs of prose near its top start."""
        return [match.start() for match in _PROSE.finditer(self.text, 0, TOP * 2)]

    @cached_property
    def habit(self) -> Habit:
        """How it writes dates."""
        return habit_of(self.text)

    @cached_property
    def years(self) -> list[int]:
        """Where the years stand that can be those of dates."""
        return years_of_dates(self.text)

    def may_be_dated(self, start: int, end: int) -> bool:
        """Say whether the year of a date can stand between two places."""
        at = bisect_left(self.years, start)
        return at < len(self.years) and self.years[at] < end


def publication_lines(text: str) -> list[PublicationLine]:
    """Return all lines that state a publication, in order; those without a label near the top."""
    page = _Page(text)
    found: list[PublicationLine] = []
    tried, end = -1, 0
    for at in page.years:
        for start in _line_starts(text, at, after=max(tried, end - 1)):
            if start < end:
                continue
            tried = start
            if not page.may_be_dated(start, start + _WIDEST):
                continue
            line = _labelled(page, start) or _unlabelled(page, start)
            if line and not (found and is_loose(line.label)):
                found.append(line)
                end = line.end
    return found or _by_footer(page)


def _by_footer(page: _Page) -> list[PublicationLine]:
    """Return the line of a day whose year only the notice below the article tells."""
    found = dated_by_footer(page.text, page.years)
    return [PublicationLine(*found, "bare")] if found else []


def _labelled(page: _Page, start: int) -> PublicationLine | None:
    """Return what a line with a label, or of nothing but a date, states."""
    match = _LINE.match(page.text, start)
    label = (match["label"] or match["second_label"] or "").lower() if match else ""
    habit = _DAY_FIRST if label == "issued on" and page.habit.day_first is None else page.habit
    moment = moment_of(match, habit) if match else None
    if match is None or moment is None or (is_loose(label) and not _REST.match(match["rest"])):
        return None
    kind = kind_of(label)
    if kind == "bare" and (not _is_whole(page, match) or _in_table(page.text, start)):
        return None
    if kind == "bare" and not _stands_apart(match, page.prose):
        return _comment(match, moment, page.prose)
    if label == "date" and page.text[match.end("label")] not in ":=\"'":
        kind = "bare"  # whoever wrote "date" may have meant the day of writing it down
    return PublicationLine(match.start(), match.start("rest"), moment, kind, label)


def _is_whole(page: _Page, match: re.Match[str]) -> bool:
    """Say whether a date is all of its line, or opens the first words of an article."""
    opens = _OPENS if page.text[: match.start()].strip() else _OPENS_TEXT
    return any(each.match(match["rest"]) for each in (_REST, opens, _GLUED))


def _in_table(text: str, start: int) -> bool:
    """Say whether a line is the row of a table, whose date is that of what the row tells."""
    if not text.startswith("|", start):
        return False
    end = text.find("\n", start, start + _WIDEST)
    return text[start : end if end >= 0 else start + _WIDEST].rstrip().endswith("|")


def _stands_apart(match: re.Match[str], prose: list[int]) -> bool:
    """Say whether a bare date stands above the article, or alone below it.

    Between its paragraphs stand the dates of other articles, and below it those of comments.
    """
    start = match.start()
    if start > TOP:
        return False
    if bisect_left(prose, start) < _HEAD:
        return True
    if prose[-1] > start:
        return False
    text = match.string
    above = _ABOVE_OWN.search(text, max(0, start - _ABOVE), start)
    if above or _BELOW_OWN.match(text, match.start("rest")):
        return True
    time = match["hour"] or match["before_hour"]
    return not time and _ALONE.match(match[0]) is not None


def _comment(match: re.Match[str], moment: datetime, prose: list[int]) -> PublicationLine | None:
    """Return the moment of a comment: below the article, with its time, on a line of its own."""
    below = bisect_left(prose, match.start()) >= _HEAD and match["hour"]
    if not below:
        return None
    return PublicationLine(match.start(), match.start("rest"), moment, "comment")


def _unlabelled(page: _Page, start: int) -> PublicationLine | None:
    """Return what a byline, a dateline, an address or a post states."""
    text = page.text
    end = text.find("\n", start, start + _WIDEST)
    line = text[start : end if end >= 0 else start + _WIDEST]
    if not page.may_be_dated(start, start + len(line)) or _in_table(text, start):
        return None
    if "(@" in line and (posted := post(line)):
        return PublicationLine(start + posted[0], start + posted[1], posted[2], "post")
    above = start < TOP and bisect_left(page.prose, start) < _HEAD
    first = not text[:start].strip()
    found = byline(line, first=first, habit=page.habit) if above else None
    found = found or address(line, page.title, first=first)
    if found is None:
        return None
    return PublicationLine(start + found[0], start + found[1], found[2], "bare")


def _line_starts(text: str, at: int, *, after: int) -> list[int]:
    """Return where the lines start that can reach a place: a label may stand some lines above.

    Only those behind ``after``: the others were tried before.
    """
    starts: list[int] = []
    for _ in range(_LINES_ABOVE):
        floor = max(0, at - _REACH)
        at = text.rfind("\n", floor, at)
        start = at + 1
        if start <= after or (at < 0 and floor):
            break
        starts.append(start)
        if at < 0:
            break
    return starts[::-1]
