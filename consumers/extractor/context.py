"""Say whether a sentence stands in a context of protest or dissent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from consumers.extractor.cues import crime_pattern, dissent_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from consumers.extractor.passage import Page, Passage


# What a crackdown may be on that nobody dissents by: "a crackdown on county lines"
_ORDINARY: Final = re.compile(
    r"\b(?:drugs?|drug-\w+|gangs?|county lines|narcotics?|smuggl\w+|traffick\w+|crime|porn\w*|fraud"
    r"|thefts?|robber\w*|mafia|cartels?|counterfeit\w*|scams?)\b",
    re.IGNORECASE,
)
_AROUND: Final = 40  # characters beside the word
_REBELS: Final = re.compile(r" (?:[\w-]+ )?rebels\b", re.IGNORECASE)
_XR: Final = re.compile(r"Extinction Rebellion|\bXR\b")
# what opens an item of a list or a row of a table
_ITEM: Final = re.compile(r"[ \t]*(?:[-*+\u2022|]|\d{1,2}[.)])[ \t]")
# What people protest about is no crime of theirs: "marched over the shooting of a teenager",
# "arrested since Garcia's murder"; but "arrested over the shooting".
_DEED: Final = re.compile(r"(?:murder|killing|shooting|homicide|stabbing)s?\b", re.IGNORECASE)
_WHOSE: Final = (
    r"(?:(?:the|this|that|his|her|their) (?:[\w-]+ ){0,3}|(?:[\w.-]+ ){0,3}[A-Z][\w-]*['\u2019]s? "
    r"(?:[\w-]+ ){0,2})$"
)
_SINCE: Final = re.compile(rf"\b(?:[Ss]ince|[Ii]n the (?:days|weeks|wake) (?:since|of)) {_WHOSE}")
_CAUSE: Final = re.compile(
    r"\b(?:over|after|about|against|at|following|by|to|response to|protesting|denouncing|"
    rf"condemning|demanding justice for|followed) {_WHOSE}"
)
_FULL_STOP: Final = re.compile(r"[.;!?]\s")
_BEFORE: Final = 120  # characters before a word of crime
_NEAR: Final = 400  # characters on either side whose words set a claim's context


def is_dissent(page: Page, passage: Passage) -> bool:
    """Say whether a sentence stands in a context of protest or dissent.

    Its own words decide; where it has none, the words near it: more of dissent than of crime.
    """
    return page.once(("dissent", passage.index), lambda: _is_dissent(page, passage))


def _is_dissent(page: Page, passage: Passage) -> bool:
    own = [match for match in dissent_pattern().finditer(passage.text) if not _is_on_crime(match)]
    told, crimes = _told_in_all(page) if all(map(_is_crackdown, own)) else (1, 0)
    if own and told >= crimes:  # a crackdown in an article on crime is on crime
        return True
    if any(_crimes(passage.text)):
        return False
    start, end = passage.origin[0], passage.origin[-1]
    head = page.sentences[0]
    title = (
        page.cleaned[head.start : head.end]
        if not any(each.section for each in page.sentences[1:])
        else ""
    )
    near = (
        title
        + page.cleaned[_section_start(page, passage.index, start) : start]
        + page.cleaned[end : end + _NEAR]
    )
    told, crimes = _told(near)
    if told or crimes:
        return told > crimes
    told, crimes = _told_in_all(page)
    return told > crimes


def _told_in_all(page: Page) -> tuple[int, int]:
    return page.once("dissent or crime", lambda: _told(page.cleaned))


def _is_crackdown(match: re.Match[str]) -> bool:
    return match[0].lower().startswith("crack")


def _is_on_crime(match: re.Match[str]) -> bool:
    """Say whether a word is that of a crackdown on ordinary crime: "a drugs crackdown"."""
    if not _is_crackdown(match):
        return False
    around = match.string[max(0, match.start() - _AROUND) : match.end() + _AROUND]
    return _ORDINARY.search(around) is not None


def _told(text: str) -> tuple[int, int]:
    """Return how many words of dissent and of crime a text has."""
    return len(dissent_pattern().findall(text)), sum(1 for _ in _crimes(text))


def _crimes(text: str) -> Iterator[re.Match[str]]:
    """Yield the words of crime of a text, without those that say what people protest about."""
    for match in crime_pattern().finditer(text):
        if not _DEED.match(text, match.start()):
            yield match
            continue
        head = text[max(0, match.start() - _BEFORE) : match.start()]
        if not (_SINCE.search(head) or (_CAUSE.search(head) and _is_of_protest(head))):
            yield match


def _is_of_protest(head: str) -> bool:
    """Say whether the sentence that ends here tells of dissent: "marched over the"."""
    return dissent_pattern().search(_FULL_STOP.split(head)[-1]) is not None


def _section_start(page: Page, index: int, start: int) -> int:
    """Return where the words that set a context begin: some sentences back, or at the heading."""
    for back in range(index - 1, -1, -1):
        sentence = page.sentences[back]
        if sentence.section or start - sentence.start > 3 * _NEAR:
            return sentence.start
    return 0


def are_fighters(page: Page, passage: Passage, end: int) -> bool:
    """Say whether rebels are counted and are none of the climate activists of that name.

    Args:
        page: The article.
        passage: The sentence.
        end: Where the number ends in it.
    """
    if not _REBELS.match(passage.text, end):
        return False
    return not page.once("rebels", lambda: _XR.search(page.cleaned) is not None)


def is_headline(page: Page, index: int) -> bool:
    """Say whether a sentence stands as headlines do, and is no item of a list or a table."""
    sentence = page.sentences[index]
    line = page.text.rfind("\n", 0, sentence.start) + 1
    return sentence.heading and _ITEM.match(page.text, line, sentence.start) is None
