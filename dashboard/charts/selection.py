"""Which figures the filters for sources show: by who counted, who printed them, how they are put.

Authorities choose whose figure stands for a place and a day. The other filters choose among the
figures that stand, and change none. A sum of cities is nobody's figure: where sources are filtered
it is made anew of the cities that fit.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from dashboard.charts.search import found, words_of
from vigil.estimate import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.charts.tally import Filters
    from vigil.claim import Authority, Claim
    from vigil.estimate import Estimate, Figure
    from vigil.snapshot import FeedItem

# Stands where the name of a rule does, and is read as it stands.
WHY: Final = "Only the authorities that are filtered for are looked at."


def by_source(filters: Filters) -> bool:
    """Return whether anything is asked of the sources of figures."""
    return by_authority(filters) or bool(
        filters.outlets or filters.bounds or filters.printed > 1 or filters.text
    )


def by_authority(filters: Filters) -> bool:
    """Return whether it is filtered for who counted."""
    return bool(filters.authority_kinds or filters.authorities)


def is_partial(filters: Filters) -> bool:
    """Return whether a day without a bar may have figures that are not shown."""
    return bool(filters.cities or filters.country or by_source(filters))


def without_sources(filters: Filters) -> Filters:
    """Return filters that ask nothing of the sources of figures."""
    return replace(
        filters, authority_kinds=(), authorities=(), outlets=(), bounds=(), printed=1, text=""
    )


def chosen(estimate: Estimate, filters: Filters) -> Estimate | None:
    """Return an estimate as the filters for sources show it, or None where they do not.

    What kind, place and time are filtered for is not looked at, nor what text is.
    """
    if not by_source(filters):
        return estimate
    shown = _of_authorities(estimate, filters)
    return shown if shown and _is_printed(shown, filters) else None


def quoted(estimate: Estimate) -> tuple[Figure, ...]:
    """Return what ``best`` was said as: several times where nobody is named or it was put twice."""
    return tuple(
        one
        for one in estimate.figures
        if one.authority == estimate.authority and figure_of(one) == estimate.best
    )


def figure_of(one: Figure) -> int:
    """Return the number a figure turns on: its floor, or its ceiling for "up to"."""
    return (one.high if one.low is None else one.low) or 0


def is_restated(estimate: Estimate) -> bool:
    """Return whether an estimate shows another figure than the one to quote."""
    return estimate.rule == WHY


def speaks_for(claim: Claim, estimate: Estimate) -> bool:
    """Return whether a claim says what a restated estimate shows."""
    return any(
        (claim.authority, claim.low, claim.high) == (one.authority, one.low, one.high)
        for one in quoted(estimate)
    )


def item_fits(item: FeedItem, claim: Claim, filters: Filters) -> bool:
    """Return whether a claim of an article fits the filters for sources, as far as one claim can.

    By how many outlets a figure was printed is known of figures alone.
    """
    said = (claim.place.name if claim.place else "", claim.authority.name or "", claim.sentence)
    return (
        _is_wanted(claim.authority, filters)
        and (not filters.outlets or item.outlet in filters.outlets)
        and (not filters.bounds or claim.bound in filters.bounds)
        and found(words_of(filters.text), (*said, item.outlet or ""))
    )


def _is_wanted(authority: Authority, filters: Filters) -> bool:
    return (
        not by_authority(filters)
        or authority.kind in filters.authority_kinds
        or authority.name in filters.authorities
    )


def _of_authorities(estimate: Estimate, filters: Filters) -> Estimate | None:
    """Return an estimate with nothing but what the authorities that are filtered for say."""
    is_sum = estimate.rule == Rule.CITIES
    if not by_authority(filters):
        return None if is_sum else estimate
    if not estimate.figures:  # people known by name
        return estimate if not is_sum and _is_wanted(estimate.authority, filters) else None
    kept = tuple(one for one in estimate.figures if _is_wanted(one.authority, filters))
    if not kept:
        return None
    if not is_sum and len(kept) == len(estimate.figures):
        return estimate
    if not is_sum and _is_wanted(estimate.authority, filters):
        low, high = _span(kept, estimate.best)
        return replace(estimate, low=low, high=high, figures=kept)
    return _restated(estimate, kept)


def _restated(estimate: Estimate, kept: tuple[Figure, ...]) -> Estimate:
    best = kept[0]  # they stand as the rules prefer them
    low, high = _span(kept, figure_of(best))
    return replace(
        estimate,
        low=low,
        best=figure_of(best),
        high=high,
        authority=best.authority,
        rule=WHY,
        outlets=tuple(sorted({outlet for one in kept for outlet in one.outlets})),
        rests_on=(),  # which claims those are is not in an estimate
        unconfirmed=(),
        unspecified=None,
        cities=None,
        figures=kept,
        confirmed=(),
    )


def _span(kept: Sequence[Figure], best: int) -> tuple[int, int | None]:
    """Return the range of figures; a lower bound that a closed figure satisfies widens nothing."""
    ceiling = max((one.high for one in kept if one.high is not None), default=None)
    apart = [
        one for one in kept if one.high is not None or ceiling is None or figure_of(one) > ceiling
    ]
    floors = [one.low for one in kept if one.low is not None and (one in apart or one.low == best)]
    low = min(*floors, best) if floors else 0
    return low, None if any(one.high is None for one in apart) else ceiling


def _is_printed(estimate: Estimate, filters: Filters) -> bool:
    """Return whether outlets and bound of the number that is shown are those filtered for.

    People known by name were counted by no single outlet: each printed some of them.
    """
    said = quoted(estimate)
    if not said:
        whole = set(estimate.outlets) <= set(filters.outlets) and bool(estimate.outlets)
        return not filters.bounds and filters.printed <= 1 and (not filters.outlets or whole)
    outlets = {outlet for one in said for outlet in one.outlets}
    return (
        (not filters.outlets or not outlets.isdisjoint(filters.outlets))
        and (not filters.bounds or any(one.bound in filters.bounds for one in said))
        and (filters.printed <= 1 or len(outlets) >= filters.printed)
    )
