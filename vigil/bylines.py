"""Lines that date an article without a label: a byline, a dateline, a post, an address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from vigil.moments import MOMENT, Habit, moment_of
from vigil.months import MONTH, MONTHS_ABROAD, month_abroad_of, safe_datetime

if TYPE_CHECKING:
    from datetime import datetime

    Found = tuple[int, int, datetime]

LONGEST: Final = 160  # characters: a line of names and a date is no longer
_DATE: Final = re.compile(MOMENT, re.IGNORECASE)
_MONTH_ABROAD: Final = "|".join(sorted(MONTHS_ABROAD, key=len, reverse=True))
_ABROAD: Final = re.compile(
    r"(?:\w{2,12},?\s)?(?:(?P<d1>\d{1,2})\.?\s(?:de\s)?"
    rf"(?P<m1>{_MONTH_ABROAD}),?\s(?:de\s|del\s)?(?P<y1>(?:19|20)\d\d)"
    rf"|(?P<m2>{_MONTH_ABROAD})\s(?P<d2>\d{{1,2}}),?\s(?P<y2>(?:19|20)\d\d))(?!\d)",
    re.IGNORECASE,
)
# "(Agency) - Baku, 12 March 2011 - ", "MINSK, August 9, 2020 (Agency) - "
_DATELINE: Final = re.compile(
    r"[^\w\n(]{0,4}(?:\([^()\n]{2,60}\)[^\S\n]?[-\u2013\u2014][^\S\n]?)?"
    r"(?:(?-i:[A-Z]|\d{1,3}[a-z])[\w.'\u2019]{1,20}[ ,/:;]{1,2}){1,5}(?:\([^()\n]{2,30}\)[^\S\n])?"
    r"(?:[\u2013\u2014][^\S\n])?"
    rf"{MOMENT}[^\S\n]?(?:(?:\([^()\n]{{2,30}}\)[^\S\n]?)?[-\u2013\u2014:]"
    r"|\((?![^()\n]*photo)[^()\n]{2,30}\)[^\S\n](?-i:(?=[A-Z\u201c\"])))",
    re.IGNORECASE,
)
# "(10 May 2018) The ...", "GENEVA (10 May 2018) - ", "(Geneva, May 10, 2018) - The ...",
# "GENEVA, (City Post / Agency - 10th May, 2018 ) :The ..."
_BRACKETED: Final = re.compile(
    r"[^\w\n(]{0,4}(?:(?-i:[A-Z])[\w.'\u2019]{1,20}[ ,]{1,2}){0,4}"
    r"\((?:(?-i:[A-Z])[\w.'\u2019]{1,20}(?:[^\S\n][/\u2013\u2014-][^\S\n]|[ ,;]{1,2})){0,8}"
    rf"{MOMENT}[^\S\n]?\)[^\S\n]?(?:[-\u2013\u2014:]|(?-i:(?=[A-Z])))",
    re.IGNORECASE,
)
# "MINSK, August 9, 2020. Police ...", "MINSK, August 9, 2020 (Agency) Police ..."
_CAPITALS: Final = re.compile(
    rf"(?-i:[A-Z]{{3,20}}(?:[ ,]{{1,2}}[A-Z]{{2,20}}){{0,3}}),?\s(?i:{MOMENT})"
    r"(?:\.|\s\([^()\n]{2,30}\)|\.?\s?/[A-Z][\w .-]{1,20}/[.:]?(?:\s?[-\u2013\u2014])?)\s"
    r"(?!Photo|AP\b|AFP|REUTERS|EPA)(?=[A-Z\u201c\"])"
)
# "2018 2018-05-10T12:33:00+0300": a row of what a crawler knows of a page
_RECORD: Final = re.compile(rf"(?:[\w-]{{1,12}}[\s,;|]{{1,2}}){{0,3}}(?=[\d-]{{10}}T\d){MOMENT}")
_BY: Final = re.compile(r"\bby [\w.-]+$|\bby \w+(?=\s(?:in|on|at|\|)\s)|\bleave a comment\b", re.I)
# "LIVE: rallies - June 12, 2017", in a title
_AT_THE_END: Final = re.compile(rf"[-\u2013\u2014|(]\s?{MOMENT}\)?\s*$", re.IGNORECASE)
# "2018-05-10 Kenya: marches", in a title
_AT_THE_START: Final = re.compile(
    rf"\W{{0,4}}(?=\d{{4}}-\d\d-\d\d[\s:|]){MOMENT}[\s:|\u2013\u2014-]{{1,3}}(?-i:(?=[A-Z]))",
    re.IGNORECASE,
)
# A post of a social network shown in the article: "- Name (@name) May 10, 2018"
_POST: Final = re.compile(
    rf"[-\u2013\u2014]\s?[^\n@]{{1,60}}\(@\w{{1,30}}\)\s{MOMENT}\s*$", re.IGNORECASE
)
_ADDRESS: Final = re.compile(
    r"\W{0,4}https?://[^\s/]{3,60}/(?:[\w-]{1,30}/){0,4}?"
    r"(?P<y>(?:19|20)\d\d)/(?P<m>\d\d?)/(?P<d>\d\d?)/(?P<slug>[\w./-]{8,150})"
)
# "3 min read", "1,234 views", "Comments: 12", "Index: ABC 12/34/2015", "No. 14": no date's digits
_COUNTED: Final = re.compile(
    r"\b\d[\d,.]{0,8}k?\s?(?:min(?:ute)?s?(?:[\s-]read)?|comments?|views?|shares?|likes?"
    r"|repl(?:y|ies))\b"
    r"|\b(?:comments?|views?|shares?|hits|reads|likes|visits):?\s\d[\d,.]{0,8}k?\b|^\W*0\s"
    r"|\bindex(?:\snumber)?:?\s[a-z]{3}\s?[\d/]{4,14}"
    r"|\b(?:(?:no|issue|vol|volume|number|release|edition)[.:]?\s|[#\u2116]\s?)\d{1,5}\b",
    re.IGNORECASE,
)
_RANGE: Final = re.compile(
    rf"\W{{0,3}}(?:{MONTH}\s\d{{1,2}}|\d{{1,2}}(?:\s{MONTH})?)\s?[-\u2013\u2014]\s?", re.IGNORECASE
)
_WORD: Final = re.compile(r"[^\s,|\u2022\u00b7/+:;>*_\\()\[\]\u00bb\u2013\u2014-]+")
_SMALL: Final = frozenset({
    "by", "in", "and", "of", "the", "for", "at", "on", "from", "de", "la", "del", "von", "van",
    "et", "y", "und", "our", "own", "special", "regional", "foreign", "staff", "reporter",
    "writer", "editor", "correspondent", "correspondents", "bureau", "news", "desk", "agency",
    "agencies", "min", "mins", "minutes", "read", "views", "comments", "comment", "shares",
    "press", "release", "statement", "bulletin", "advisory",
    "last", "updated", "published", "posted", "admin", "webmaster", "a", "am", "pm", "hrs", "leave",
})  # fmt: skip
# The date of a picture, of a film or of a law is not that of the article.
_OTHERS: Final = re.compile(
    r"\b(?:photos?|photograph\w*|images?|pictures?|pictured|file|getty|copyright|courtesy|credit"
    r"|illustration|caption|pic\.twitter|says|said|related|archives?|effective|due|born|died)\b|\u00a9|"
    r"\b(?:reuters|afp|ap|epa)/",
    re.IGNORECASE,
)
_NAMES: Final = 12  # words before the date in a line of names
_SHORT_WORD: Final = 4
_SAME_WORDS: Final = 3  # of an address and a title that are of one article


def byline(line: str, *, first: bool, habit: Habit) -> Found | None:
    """Return where a line gives the day of its article, and the moment, or None.

    Args:
        line: The line.
        first: Whether it is the first of the text, its title.
        habit: How the text writes its dates.
    """
    if first and (title := _AT_THE_END.search(line[-LONGEST:])) and len(line) <= 2 * LONGEST:
        return _found(title, habit, shift=max(0, len(line) - LONGEST))
    openings = (_DATELINE, _BRACKETED, _CAPITALS, _RECORD)
    for pattern in (_AT_THE_START, *openings) if first else openings:
        if opening := pattern.match(line):
            return _found(opening, habit)
    if len(line) > LONGEST or _OTHERS.search(line):
        return None
    abroad = _ABROAD.search(line)
    if abroad and _is_byline(line[: abroad.start()], line[abroad.end() :]):
        return _found_abroad(abroad)
    date = _DATE.search(line)
    if date and _is_byline(line[: date.start()], line[date.end() :]):
        return _found(date, habit)
    return None


def post(line: str) -> Found | None:
    """Return the moment of a post of a social network that a line ends with, or None."""
    match = _POST.search(line[-LONGEST:])
    return _found(match, Habit(), shift=max(0, len(line) - LONGEST)) if match else None


def address(line: str, title: str, *, first: bool) -> Found | None:
    """Return the day in the article's own address: its first line, or one of its title's words."""
    match = _ADDRESS.match(line)
    if match is None:
        return None
    moment = safe_datetime(match["y"], match["m"], match["d"])
    words = {w for w in re.findall(r"[a-z]+", match["slug"].lower()) if len(w) >= _SHORT_WORD}
    said = {w for w in re.findall(r"[a-z]+", title.lower()) if len(w) >= _SHORT_WORD}
    own = first or len(words & said) >= max(_SAME_WORDS, len(words) // 2)
    return (match.start(), match.end(), moment) if own and moment else None


def _is_byline(before: str, after: str) -> bool:
    """Say whether all that stands beside a date are names and the words of a byline."""
    before = "" if _RANGE.fullmatch(before) else _COUNTED.sub(" ", before)
    after = _BY.sub("", re.split(r"https?://", after, maxsplit=1)[0].rstrip())
    names, rest = _WORD.findall(before), _WORD.findall(after)
    return (
        len(names) <= _NAMES
        and len(rest) <= _NAMES
        and (all(_is_name(word) for word in names) or (len(names) == 1 and "|" in before))
        and all(_is_name(word) or word.isdigit() for word in rest)
        and not (names and rest and rest[0].islower() and rest[0] not in _SMALL)
    )


def _is_name(word: str) -> bool:
    return word[0].isupper() or word in _SMALL or not word[0].isalnum() or "." in word[1:-1]


def _found(match: re.Match[str], habit: Habit, *, shift: int = 0) -> Found | None:
    moment = moment_of(match, habit)
    return (shift + match.start(), shift + match.end(), moment) if moment else None


def _found_abroad(match: re.Match[str]) -> Found | None:
    name, day, year = (match[g + "1"] or match[g + "2"] for g in "mdy")
    moment = safe_datetime(year, month_abroad_of(name), day)
    return (match.start(), match.end(), moment) if moment else None
