"""Say whether two claims can tell of one thing: places, days and figures that agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vigil.period import contains

if TYPE_CHECKING:
    from vigil.claim import Claim
    from vigil.place import Place

ROUNDING: Final = 1.5  # "over 1,000" rounds 1,103 and 1,400, and says nothing of 2,000
ROUND: Final = 10
TOLD_DAYS: Final = frozenset({"explicit", "relative"})  # told beside the number

# The least that the next larger word would mean: whoever says "dozens" knows of no hundred.
_NEXT_WORD: Final = {3: 10, 24: 100, 40: 200, 200: 2_000, 2_000: 20_000}


def one_country(one: Claim, other: Claim) -> bool:
    """Say whether two claims can be of one country."""
    if one.place is None or other.place is None:
        return True
    return one.place.country == other.place.country


def places_agree(one: Claim, other: Claim) -> bool:
    """Say whether the places of two claims agree, the weaker one giving way."""
    if one.place is None or other.place is None or one.place == other.place:
        return True
    if one.place.country != other.place.country:
        return False
    wide = one if one.place.scope == "country" else other
    # the weaker basis gives way: a figure the article puts in no place, and later in a city
    return wide.place_basis != "sentence" and {one.place.scope, other.place.scope} != {"city"}


def days_agree(one: Claim, other: Claim) -> bool:
    """Say whether the days of two claims agree: one may be untold, or inside a period."""
    if (one.day is None and one.period is None) or (other.day is None and other.period is None):
        return True
    if one.period and other.day:
        return contains(one.period, other.day)
    if one.day and other.period:
        return days_agree(other, one)
    return (one.day, one.period) == (other.day, other.period)


def is_inside(one: Place, other: Place) -> bool:
    """Say whether a place can lie in another: narrower, and of its country."""
    scopes = ("city", "region", "country")
    if one.country != other.country or not {one.scope, other.scope} <= {*scopes}:
        return False
    return scopes.index(one.scope) < scopes.index(other.scope)


def is_rounding(one: Claim, figure: int) -> bool:
    """Say whether a claim's number can round a figure: "over 1,000" of 1,103."""
    if one.bound in {"more_than", "at_least"}:
        return one.figure <= figure <= one.figure * ROUNDING
    if one.bound == "about" or (one.bound == "exact" and one.figure % ROUND == 0):
        return abs(figure - one.figure) * 10 <= one.figure
    return False


def may_be_one(one: Claim, exact: Claim) -> bool:
    """Say whether an exact number can be what a vague one means, of one place and day."""
    if one.low is None or not one.low <= exact.figure < _NEXT_WORD.get(one.low, 0):
        return False
    names = {one.authority.name, exact.authority.name} - {None}
    return (
        one.kind == exact.kind
        and len(names) < 2  # noqa: PLR2004  # two sources may differ
        and places_agree(one, exact)
        and (days_agree(one, exact) or not {one.day_basis, exact.day_basis} <= TOLD_DAYS)
    )
