"""The newest items that say something about what is filtered for."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from dashboard.charts.selection import item_fits
from dashboard.charts.tally import is_within, place_code

if TYPE_CHECKING:
    from dashboard.charts.tally import Filters
    from vigil.claim import Claim
    from vigil.snapshot import FeedItem, Snapshot


def newest_claims(snapshot: Snapshot, filters: Filters, most: int) -> list[tuple[FeedItem, int]]:
    """Return the newest items, each with the number of its first claim that fits.

    The newest first; of an item's claims those a person marked as wrong come last.
    """
    fitting = ((item, said[0]) for item in snapshot.feed if (said := _said(item, filters)))
    return list(islice(fitting, most))


def _said(item: FeedItem, filters: Filters) -> list[int]:
    fitting = [number for number, claim in enumerate(item.claims) if _fits(item, claim, filters)]
    return sorted(fitting, key=lambda number: number in item.overruled)


def _fits(item: FeedItem, claim: Claim, filters: Filters) -> bool:
    place = claim.place
    return (
        claim.kind == filters.kind
        and (not filters.country or (place is not None and place.country == filters.country))
        and (not filters.cities or (place is not None and place_code(place) in filters.cities))
        and is_within(claim.period or ((claim.day, claim.day) if claim.day else None), filters)
        and item_fits(item, claim, filters)
    )
