"""Find the place of a figure told again where it was told first: "of the 64 arrested"."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from consumers.extractor.place_sentence import in_sentence

if TYPE_CHECKING:
    from consumers.extractor.passage import Page, Spot
    from vigil.claim import PlaceBasis
    from vigil.place import Place

    Chosen = tuple[Place, PlaceBasis]

_DEFINITE: Final = re.compile(r"\b(?:the|those|these|all)\s+$", re.IGNORECASE)
_REACH: Final = 12  # characters before a figure
_PAST: Final = 6_000  # characters back to where a figure was told first
_FIGURE: Final = 2  # signs: shorter figures are told of many things


def told_before(page: Page, spot: Spot) -> Chosen | None:
    """Return the place of a figure that was told before with one: "of the 64 arrested"."""
    text = page.cleaned
    figure = text[spot.start : spot.end]
    sentence = page.sentences[spot.sentence]
    if not _DEFINITE.search(text, max(0, spot.start - _REACH), spot.start):
        return None
    figures = re.compile(rf"(?<![\w,.]){re.escape(figure)}(?!\w|[,.]\d)")
    found = list(figures.finditer(text, max(0, sentence.start - _PAST), sentence.start))
    if not found or len(figure) < _FIGURE:
        return None
    match = found[-1]
    number = sentence_at(page, match.start())
    earlier = page.sentences[number]
    told = in_sentence(
        page,
        replace(
            spot,
            sentence=number,
            start=match.start(),
            end=match.end(),
            cue_start=match.start(),
            cue_end=match.end(),
            left=earlier.start,
            right=earlier.end,
        ),
    )
    return (told[0], "context") if told else None


def sentence_at(page: Page, offset: int) -> int:
    """Return the number of the sentence a place in the article stands in."""
    starts = page.once("starts of sentences", lambda: [each.start for each in page.sentences])
    return max(0, bisect_right(starts, offset) - 1)
