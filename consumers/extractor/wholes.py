"""Keep a total off the city that is one of its parts: "3,000 held", and then "1,200 in Lyon"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from consumers.extractor.agreement import days_agree
from consumers.extractor.scene import country_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consumers.extractor.settle import Draft
    from vigil.claim import Claim

_MOST: Final = 200  # claims one claim is compared with: more are no article
# "Lyon accounted for 1,200 of them", "Lyon saw 1,200 of the detentions".
_SHARE: Final = re.compile(
    r"\bof (?:them|those|these|whom|the (?:detentions|detainees|arrests|detained|arrested|total))\b"
    r"|\baccount(?:s|ed) for\b|\balone\b|\bmost of the (?:others|rest)\b",
    re.IGNORECASE,
)

_FIGURE: Final = re.compile(r"\d")  # "12 in Lyon, eight of them": of the twelve


def off_their_parts(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts with every total moved from a city that is its part to the country.

    A total has no place in its own sentence: what its article is about gave it the city. A smaller
    figure of the same kind and day that gives the city its share says that the total is wider.
    """
    placed = [
        each.claim
        for each in drafts
        if not each.names and each.claim.place_basis == "sentence" and each.claim.place
    ][:_MOST]
    return [_off(each, placed) for each in drafts]


def _off(draft: Draft, placed: Sequence[Claim]) -> Draft:
    claim = draft.claim
    place = claim.place
    if draft.names or place is None or place.scope != "city" or claim.place_basis == "sentence":
        return draft
    share = any(
        one.kind == claim.kind
        and one.place == place
        and one.figure < claim.figure
        and days_agree(one, claim)
        and _SHARE.search(one.sentence)
        and not _FIGURE.search(one.sentence, 0, one.mark_start)
        for one in placed
    )
    if not share:
        return draft
    country = country_of(place.country)
    return replace(draft, claim=replace(claim, place=country)) if country else draft
