"""Leave out what only rounds another figure of its article, and what is told of years before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from consumers.extractor.agreement import ROUNDING, is_rounding, one_country

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from consumers.extractor.settle import Draft
    from vigil.claim import Claim

_LONG_AGO: Final = 6 * 365  # days before the news that make it background
MOST: Final = 200  # claims one claim is compared with: more are no article
VAGUE_SPAN: Final = 10  # "hundreds" is told again by any figure from 200 to 2,000


def without_rounded(drafts: list[Draft]) -> list[Draft]:
    """Return the drafts without headlines that round what the body counts, whole or by city."""
    body = [each for each in drafts if not each.headline][:MOST]
    return [
        each
        for each in drafts
        if not each.headline
        or not (any(_rounds(each.claim, other.claim) for other in body) or _sums_up(each, body))
    ]


def _rounds(one: Claim, exact: Claim) -> bool:
    """Say whether a headline's number is a rounding of another: "over 500" of 541."""
    if one.kind != exact.kind or exact.bound == "vague" or not one_country(one, exact):
        return False
    scopes = {place.scope for place in (one.place, exact.place) if place}
    if one.place and exact.place and scopes == {"city"} and one.place != exact.place:
        return False
    return is_rounding(one, exact.figure) and one.figure != exact.figure


def _sums_up(each: Draft, body: Sequence[Draft]) -> bool:
    """Say whether a headline's open number is the sum of the cities of the body."""
    one = each.claim
    if one.bound not in {"vague", "more_than", "at_least"} or one.low is None:
        return False
    parts = {
        other.claim.place: other.claim.figure
        for other in body
        if other.claim.kind == one.kind
        and other.claim.bound != "vague"
        and other.claim.place is not None
        and other.claim.place.scope == "city"
        and one_country(one, other.claim)
    }
    most = VAGUE_SPAN if one.bound == "vague" else ROUNDING
    return len(parts) > 1 and one.low <= sum(parts.values()) <= one.low * most


def of_one_time(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts without the few that tell of years before all the others: history."""
    ends = [_last_day(each.claim) for each in drafts]
    latest = max((end for end in ends if end), default=None)
    if latest is None:
        return list(drafts)
    old = [end is not None and (latest - end).days > _LONG_AGO for end in ends]
    if 2 * sum(old) >= sum(end is not None for end in ends):
        return list(drafts)
    return [each for each, is_old in zip(drafts, old, strict=True) if not is_old]


def _last_day(claim: Claim) -> date | None:
    return claim.day or (claim.period[1] if claim.period else None)
