"""Leave out what only rounds another figure of its article, and what is told of years before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from consumers.extractor.agreement import (
    ROUNDING,
    days_agree,
    is_rounding,
    one_country,
    places_agree,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from consumers.extractor.settle import Draft
    from vigil.claim import Claim

_LONG_AGO: Final = 6 * 365  # days before the news that make it background
MOST: Final = 200  # claims one claim is compared with: more are no article
_HUNDRED: Final = 100  # smaller figures are told exactly, or of different people
_FIFTY: Final = 50  # what larger ones are rounded to
CLOSE: Final = 1.2  # "more than 400" of 442 in the same story
VAGUE_SPAN: Final = 10  # "hundreds" is told again by any figure from 200 to 2,000


def without_rounded(drafts: list[Draft]) -> list[Draft]:
    """Return the drafts without those that round what the body counts exactly.

    A headline may round it by half, and may sum up cities; a sentence rounds by little.
    """
    body = [each for each in drafts if not each.headline][:MOST]
    return [each for each in drafts if not _is_told_by(each, body)]


def _is_told_by(each: Draft, body: Sequence[Draft]) -> bool:
    if each.headline:
        return any(_rounds(each.claim, other.claim) for other in body) or _sums_up(each, body)
    return any(_rounds_closely(each.claim, other.claim) for other in body)


def _rounds_closely(one: Claim, exact: Claim) -> bool:
    """Say whether a sentence rounds the figure of another: "over 350 were held", of 357."""
    return (
        one.bound in {"more_than", "at_least"}
        and exact.bound == "exact"
        and one.start != exact.start
        and one.figure >= _HUNDRED
        and one.figure % _FIFTY == 0
        and one.figure < exact.figure <= one.figure * CLOSE
        and one.kind == exact.kind
        and len({one.authority.name, exact.authority.name} - {None}) < 2  # noqa: PLR2004  # two sources may differ
        and places_agree(one, exact)
        and days_agree(one, exact)
    )


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
