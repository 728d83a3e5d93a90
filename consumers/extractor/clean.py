"""Blank out the noise of web pages, leaving every character where it was."""

from __future__ import annotations

import re
from functools import cache

from consumers.extractor import mojibake
from consumers.extractor.dictionary import load

# Tags, comments and entities have an upper length, so that a lone "<" costs a fixed effort.
_TAG = re.compile(r"<(?:!--.{0,500}?-->|/?[A-Za-z][^<>\n]{0,500}>)", re.DOTALL)
_ENTITY = re.compile(r"&(?:#\s?\d{1,6}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,8});")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]\"']{1,2000}")
# [text](address "title") and ![text](address): the text stays, the rest goes.
_LINK_END = re.compile(r"\]\((?:[^()\n]|\([^()\n]{0,200}\)){1,2000}\)")
# Marks that open a line, and marks inside of one.
_BULLETS = re.compile(r"^[ \t]*(?:#{1,6}|>{1,3}|[-*•+]|\d{1,2}[.)])[ \t]+", re.M)
_MARKS = re.compile(r"[*_`|~]{1,3}|!\[|\[(?=\w)")
_SIGNS = "*_`|~["
_RUNS = re.compile(r"\.{2}(?!\.)")
# A row of a table, "| Moscow | 1,450 |", and the line of dashes under its head.
_TABLE_ROW = re.compile(r"^[ \t]*\|[^\n]{1,600}\|[ \t]*$", re.M)
_TABLE_RULE = re.compile(r"[ \t|:-]+")
# "a total of (2175) people": a figure in brackets before its noun, and after its own words
_BRACKETED = re.compile(
    r"\((?<=\w \()(\d[\d,]{0,11})\)"
    r"(?= (?:[a-z-]+ )?(?:people|persons|protest[eo]rs|students|activists|individuals|citizens|"
    r"civilians|men|women|others|demonstrators|journalists|workers)\b)"
)
_SPELLED = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w{3,5}teen|\w{3,5}ty|"
    r"hundred|thousand) $",
    re.IGNORECASE,
)
_LINES = re.compile(r"[^\n]+")
_BRACKETS = "([{"
# What else is changed has one of these.
_OF_NOISE = (*"<&:|\u00c2\u00e2", *_BRACKETS, *_SIGNS, "www.", "..")
# A line longer than this is prose: no pattern of noise is tried on it.
_LONGEST_NOISE = 700
_STOPS = (".", "!", "?", ":", ";")
_GOES_ON = re.compile(r"\s{0,3}[a-z]")
_QUOTES = {"&quot;": '"', "&#34;": '"', "&apos;": "'", "&#39;": "'", "&amp;": "&"}
_BLOCKS = re.compile(r"</?(?:p|div|br|li|h[1-6]|tr|td|blockquote|figure|figcaption|ul|ol)\b", re.I)


def clean(text: str) -> str:
    """Return the text with noise replaced by blanks, of the same length.

    Block tags become line ends, so that what they part stays parted. Offsets into the result
    are offsets into the text as received.
    """
    out = text
    if "<" in out:
        out = _TAG.sub(_blank_tag, out)
    out = mojibake.reread(out)
    if "&" in out:
        out = _ENTITY.sub(_blank_entity, out)
    if "](" in out:
        out = _LINK_END.sub(_blank, out)
    if "://" in out or "www." in out:
        out = _ADDRESS.sub(_blank, out)
    out = _LINES.sub(_blank_line, out)
    if any(sign in out for sign in _BRACKETS):
        out = _in_brackets().sub(_blank, out)
    if ": " in out:
        out = _caption().sub(_blank, out)
    out = _BULLETS.sub(_blank, out)
    if "|" in out:
        out = _TABLE_ROW.sub(_row, out)
    if "(" in out:
        out = _BRACKETED.sub(_bare_figure, out)
    if any(sign in out for sign in _SIGNS):
        out = _MARKS.sub(_blank, out)
    return _RUNS.sub(". ", out) if ".." in out else out


def is_plain(text: str) -> bool:
    """Say whether no noise is inside of a line: at most is the whole of it noise, or its head."""
    return not any(map(text.__contains__, _OF_NOISE))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _row(match: re.Match[str]) -> str:
    """Return a row of a table as a line of its own, its cells parted as label and value are."""
    line = match[0]
    if _TABLE_RULE.fullmatch(line):
        return " " * len(line)
    first, last = line.index("|"), line.rindex("|")
    inner = line[first + 1 : last].replace("|", ":")
    return " " * (first + 1) + inner + " " * (len(line) - last)


def _bare_figure(match: re.Match[str]) -> str:
    """Return a figure without its brackets; nothing where it only repeats a number in words."""
    start = match.start()
    if _SPELLED.search(match.string, max(0, start - 20), start):
        return " " * len(match[0])
    return f" {match[1]} "


def _blank_tag(match: re.Match[str]) -> str:
    parts = _BLOCKS.match(match[0]) and not _is_wrap(match)
    filler = "\n" if parts else " "
    return filler * len(match[0])


def _is_wrap(match: re.Match[str]) -> bool:
    """Say whether a line break only wraps a sentence: "19 were arrested <br> in Raleigh"."""
    before = match.string[max(0, match.start() - 3) : match.start()].rstrip()
    goes_on = _GOES_ON.match(match.string, match.end()) is not None
    return match[0][:3].lower() == "<br" and goes_on and not before.endswith(_STOPS)


def _blank_entity(match: re.Match[str]) -> str:
    sign = _QUOTES.get(match[0], " ")
    return sign + " " * (len(match[0]) - 1)


def _blank_line(match: re.Match[str]) -> str:
    line = match[0]
    if len(line) > _LONGEST_NOISE:
        return line
    core = line.strip()
    if not core:
        return line
    if _noise_lines().fullmatch(core):
        return " " * len(line)
    key = _title_keys().match(line)
    return " " * key.end() + line[key.end() :] if key else line


@cache
def _noise_lines() -> re.Pattern[str]:
    return re.compile("|".join(load("noise")["lines"]), re.IGNORECASE)


@cache
def _in_brackets() -> re.Pattern[str]:
    return re.compile("|".join(load("noise")["brackets"]))


@cache
def _caption() -> re.Pattern[str]:
    return re.compile(load("noise")["caption"])


@cache
def _title_keys() -> re.Pattern[str]:
    return re.compile(r"[ \t]*" + str(load("noise")["titles"]), re.IGNORECASE)
