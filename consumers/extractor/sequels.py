"""Tell days on which something came of a claim: "40 were held and freed the next morning"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consumers.extractor.days import DayMention
    from consumers.extractor.passage import Page, Spot

_ONWARD: Final = re.compile(r"the (?:next|following|day after)\b|.{1,12} later\Z", re.IGNORECASE)
# What becomes of people who are held, or of people who are not.
_FATE: Final = (
    r"\b(?:(?:re-?)?(?:released|freed)|let go|bailed|fined|charged|sentenced|jailed|convicted|"
    r"remanded|arraigned|deported|transferred|acquitted|reappeared|appeared (?:in|before)|"
    r"(?:came|went|sent) home|brought (?:before|to)|taken (?:before|to) (?:a |the )?court|died)\b"
)
_BEFORE: Final = re.compile(rf";|{_FATE}", re.IGNORECASE)
# "held after their leader was freed the next day": no sooner than that
_CAUSE: Final = re.compile(r"\b(?:after|when|as|once|because)\b", re.IGNORECASE)
_BEHIND: Final = re.compile(rf",?(?: [\w\u2019'-]+){{1,5}}? {_FATE}", re.IGNORECASE)


def is_of_sequel(page: Page, spot: Spot, mention: DayMention) -> bool:
    """Say whether a day counted on from that of a claim is of what came of it."""
    if mention.cue != "relative" or mention.start < spot.cue_end or not _is_onward(page, mention):
        return False
    text = page.cleaned
    behind = max(spot.end, spot.cue_end)
    if _CAUSE.search(text, behind, mention.start):
        return False
    end = page.sentences[spot.sentence].end
    return bool(
        _BEFORE.search(text, behind, mention.start) or _BEHIND.match(text, mention.end, end)
    )


def last_step(page: Page, mentions: Sequence[DayMention]) -> Sequence[DayMention]:
    """Return the day told last, where it is counted on from the one before it.

    "On Sunday weavers marched, and the next morning 40 were held."
    """
    onward = len(mentions) > 1 and _is_onward(page, mentions[-1])
    return mentions[-1:] if onward else mentions


def _is_onward(page: Page, mention: DayMention) -> bool:
    return _ONWARD.match(page.cleaned[mention.start : mention.end]) is not None
