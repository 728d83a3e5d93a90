"""Stored claims as what is shown: the evidence behind a number, an item of the feed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from vigil import keys, reviewing
from vigil import period as periods
from vigil.snapshot import Evidence, FeedItem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from vigil.archive import PastSlot
    from vigil.claim import ClaimSet
    from vigil.estimate import Bucket, Estimate
    from vigil.place import Place
    from vigil.review import Review
    from vigil.stored import StoredPlace


def of_slot(slot: PastSlot, bucket: Bucket) -> Estimate | None:
    """Return the estimate of a bucket among those of its slot, None where there is none."""
    return next((one for one in slot.estimates if is_of(one.bucket, bucket)), None)


def is_of(known: Bucket, bucket: Bucket) -> bool:
    """Whether two buckets of one slot are the same: its country is one by any of its names."""
    return stands_in(known.kind, known.place, bucket, whole=False)


def stands_in(kind: str, place: Place | StoredPlace | None, bucket: Bucket, *, whole: bool) -> bool:
    """Whether a claim of the bucket's slot stands in the bucket, or in any where ``whole``."""
    if kind != bucket.kind:
        return False
    if whole:
        return True
    if place is None or bucket.place is None:
        return place is bucket.place
    return place.scope == bucket.place.scope == "country" or place.key == bucket.place.key


def evidence_of(
    claims: ClaimSet, reviews: Mapping[str, Review], slot: str, rests_on: Collection[str]
) -> Iterable[Evidence]:
    """Yield the claims that an article makes of a slot."""
    for number, claim in enumerate(claims.claims):
        if keys.slot_of(claim) == slot:
            yield Evidence(
                article=claims.article,
                number=number,
                claim=claim,
                title=claims.title,
                outlet=claims.outlet,
                url=claims.url,
                published=claims.published,
                seen_at=claims.seen_at,
                counts=f"{claims.article}#{number}" in rests_on,
                review=reviewing.review_of(claim, reviews),
            )


def newest_first(evidence: Evidence) -> tuple[float, str, int]:
    """Sort what became known last first."""
    return -evidence.seen_at.timestamp(), evidence.article, evidence.number


def item_of(claims: ClaimSet, reviews: Mapping[str, Review]) -> FeedItem:
    """Return an article as an item of the feed."""
    found = [reviewing.review_of(claim, reviews) for claim in claims.claims]
    return FeedItem(
        article=claims.article,
        seen_at=claims.seen_at,
        title=claims.title,
        outlet=claims.outlet,
        url=claims.url,
        claims=claims.claims,
        overruled=tuple(n for n, one in enumerate(found) if one and one.verdict == "wrong"),
    )


def by_day(estimate: Estimate) -> tuple[object, ...]:
    """Sort by day, country, place and kind; what has no day comes first."""
    bucket = estimate.bucket
    place = bucket.place
    country = (place.country if place else None) or keys.NOWHERE
    return (
        bucket.day or date.min,
        periods.order(bucket.period) if bucket.period else (),
        country,
        place.key if place else "",
        bucket.kind,
    )
