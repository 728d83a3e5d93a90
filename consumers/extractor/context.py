"""Say whether a sentence stands in a context of protest or dissent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from consumers.extractor.cues import crime_pattern, dissent_pattern

if TYPE_CHECKING:
    from consumers.extractor.passage import Page, Passage


_NEAR: Final = 400  # characters on either side whose words set a claim's context


def is_dissent(page: Page, passage: Passage) -> bool:
    """Say whether a sentence stands in a context of protest or dissent.

    Its own words decide; where it has none, the words near it: more of dissent than of crime.
    """
    return page.once(f"dissent {passage.index}", lambda: _is_dissent(page, passage))


def _is_dissent(page: Page, passage: Passage) -> bool:
    if dissent_pattern().search(passage.text):
        return True
    if crime_pattern().search(passage.text):
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
    told = len(dissent_pattern().findall(near))
    return told > len(crime_pattern().findall(near))


def _section_start(page: Page, index: int, start: int) -> int:
    """Return where the words that set a context begin: some sentences back, or at the heading."""
    for back in range(index - 1, -1, -1):
        sentence = page.sentences[back]
        if sentence.section or start - sentence.start > 3 * _NEAR:
            return sentence.start
    return 0
