"""The day a sentence gives a claim: that of its own clause before those of the others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from consumers.extractor.date_reading import head_of
from consumers.extractor.day_roles import best, with_joined
from consumers.extractor.day_words import BESIDE
from consumers.extractor.sequels import last_step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consumers.extractor.day_roles import Chosen
    from consumers.extractor.days import DayMention
    from consumers.extractor.passage import Page, Spot

# "in the past year, including 30 rounded up on Sunday": the day of a part
_PART: Final = re.compile(r",? (?:including|among them)\b", re.IGNORECASE)
_DURING: Final = re.compile(r"\b(?:during|in|at|from) \Z", re.IGNORECASE)
_GATHERING: Final = re.compile(
    r"['\u2019]s (?:\w+ ){0,2}(?:protests?|rall(?:y|ies)|march(?:es)?|demonstrations?|clashes"
    r"|unrest|riots?|strikes?|action|crackdown|raids?|violence)\b"
)


def told_in(page: Page, spot: Spot, mentions: Sequence[DayMention]) -> Chosen | None:
    """Return the day that the sentence of a claim gives it, its own clause before the others."""
    if spot.tally and (longer := _longer(spot, mentions)):
        return None, longer.period, longer.basis
    # "this week" and "last year" give way to dates that stand beside them
    short = [m for m in mentions if m.cue != "span"]
    wide = [stretch for some in (short, mentions) for stretch in (_behind(spot, some), some)]
    for stretch in (*_own(page, spot, short), *_own(page, spot, mentions), *wide):
        told = best(page, stretch)
        if told:
            return with_joined(page, told, stretch)
    return None


def _own(page: Page, spot: Spot, mentions: Sequence[DayMention]) -> list[Sequence[DayMention]]:
    """Return the stretches of the clause of a claim, the most telling first."""
    part = _PART.search(page.cleaned, spot.end, spot.right)
    right = part.start() if part else spot.right
    after = [m for m in mentions if spot.end <= m.start < right]
    before = last_step(page, [m for m in mentions if spot.left <= m.start < spot.start])
    if spot.tally:
        return [before, after]
    behind = [m for m in mentions if m.start >= spot.cue_end and _is_of_gathering(page, m)]
    return [behind or _beside(page, spot, after), after, before]


def _behind(spot: Spot, mentions: Sequence[DayMention]) -> list[DayMention]:
    return [m for m in mentions if m.start >= spot.end]


def _longer(spot: Spot, mentions: Sequence[DayMention]) -> DayMention | None:
    """Return the time a total is told to run over: "1,200 over the last two weeks"."""
    behind = (m for m in mentions if spot.end <= m.start < spot.right)
    return next((m for m in behind if m.cue in {"since", "span"}), None)


def _is_of_gathering(page: Page, mention: DayMention) -> bool:
    """Say whether a day is told as that of the protest: "arrested during Friday's clashes"."""
    return bool(
        _DURING.search(head_of(page.cleaned, mention.start))
        and _GATHERING.match(page.cleaned, mention.end)
    )


def _beside(page: Page, spot: Spot, after: Sequence[DayMention]) -> list[DayMention]:
    """Return the day right behind the verb that holds the people."""
    return [
        m for m in after
        if spot.cue_end <= m.start and BESIDE.fullmatch(page.cleaned, spot.cue_end, m.start)
    ]  # fmt: skip
