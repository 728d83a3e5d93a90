"""Tell totals from their parts: "3,000 held", and then "1,200 in Lyon" or "200 for affray"."""

from __future__ import annotations

import re
from collections import defaultdict
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


def without_breakdown(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts without those of one sentence that add up to a total told elsewhere.

    "Police held 15", and further down "twelve for violent disorder and three for affray".
    """
    counted = [each for each in drafts if not each.names and each.claim.bound == "exact"]
    totals: dict[tuple[str, int], list[Draft]] = defaultdict(list)
    sentences: dict[tuple[str, int], list[Draft]] = defaultdict(list)
    for each in counted:
        totals[each.claim.kind, each.claim.figure].append(each)
        sentences[each.claim.kind, each.claim.start].append(each)
    parts: set[int] = set()
    for (kind, start), some in sentences.items():
        whole, *rest = sorted(some, key=lambda each: each.claim.mark_start)
        if len(rest) > 1 and sum(each.claim.figure for each in rest) == whole.claim.figure:
            if _are_of(rest, whole.claim):
                parts |= {id(each) for each in rest}
            continue
        total = sum(each.claim.figure for each in some)
        others = [each for each in totals.get((kind, total), ()) if each.claim.start != start]
        if len(some) > 1 and any(_are_of(some, each.claim) for each in others[:_MOST]):
            parts |= {id(each) for each in some}
    return [each for each in drafts if id(each) not in parts and not _is_among(each, counted)]


def _is_among(draft: Draft, counted: Sequence[Draft]) -> bool:
    """Say whether some are told to be among those whom the text counts: "among them 19 minors"."""
    one = draft.claim
    return one.rule in {"among", "among-sum"} and any(
        each.claim.kind == one.kind
        and each.claim.figure > one.figure
        and each.claim.place == one.place
        and days_agree(each.claim, one)
        for each in counted[:_MOST]
    )


def _are_of(parts: Sequence[Draft], whole: Claim) -> bool:
    """Say whether all parts are of the place and of the day of a total."""
    if len({(each.claim.day, each.claim.period) for each in parts}) > 1:
        return False
    return all(
        (each.claim.place is None or each.claim.place == whole.place)
        and days_agree(each.claim, whole)
        for each in parts
    )


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
