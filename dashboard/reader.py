"""From Redis to a snapshot: what the ledger wrote, read in a few round trips."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from vigil import keys, reviewing, stored, wire
from vigil.claim import ClaimSet
from vigil.estimate import Bucket, Estimate, Rule
from vigil.snapshot import Evidence, FeedItem, Snapshot
from vigil.store import map_errors, read_version

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from redis import Redis
    from redis.client import Pipeline

    from vigil.place import Place
    from vigil.review import Review
    from vigil.stored import StoredPlace

FEED_SHOWN = 200


class Reader:
    """Reads what the dashboard shows; keeps nothing, so it may be shared between threads."""

    def __init__(self, store: Redis) -> None:
        self._store = store

    def version(self) -> int:
        """Return ``vigil.store.read_version``."""
        return read_version(self._store)

    def read(self, *, first_day: date | None = None, last_day: date | None = None) -> Snapshot:
        """Return all there is to show of a window of days; undated and periods always belong.

        The cost is set by the window, not by how much is stored. The version is read first:
        what is read after it is as new, or newer and about to be announced.

        Args:
            first_day: First day of the window, or None for the first there is.
            last_day: Last day, included, or None for the last there is.

        Raises:
            StoreUnavailable: Redis does not answer.
            WireError: What is stored was written by an incompatible Vigil.
        """
        first = first_day.toordinal() if first_day else 1
        last = last_day.toordinal() if last_day else "+inf"
        with map_errors("reading the overview"), self._pipeline() as pipe:
            pipe.get(keys.VERSION)
            pipe.get(keys.CHANGED_AT)
            pipe.scard(keys.ARTICLES)
            pipe.zrange(keys.SLOTS, "-inf", keys.UNDATED_SCORE, byscore=True)
            pipe.zrange(keys.SLOTS, first, last, byscore=True)
            version, changed_at, articles, dayless, dated = pipe.execute()
        return Snapshot(
            version=int(version or 0),
            first_day=first_day,
            last_day=last_day,
            estimates=self._estimates([*dayless, *dated]),
            feed=self._feed(),
            articles=int(articles),
            changed_at=datetime.fromisoformat(changed_at) if changed_at else None,
        )

    def evidence(self, bucket: Bucket) -> tuple[Evidence, ...]:
        """Return the claims behind one number, newest first, those that were overruled too.

        For the sum of a country's cities these are the cities' claims too. Where a person marked
        every claim as wrong there is no number, and still these claims.

        Raises:
            StoreUnavailable: Redis does not answer.
        """
        slot = keys.slot(bucket.place.country if bucket.place else None, bucket.day, bucket.period)
        with map_errors(f"reading {slot}"), self._pipeline() as pipe:
            pipe.hget(keys.slot_estimates(slot), bucket.key)
            pipe.hgetall(keys.slot_claims(slot))
            text, contributions = pipe.execute()
        estimate = wire.decode(text, Estimate) if text else None
        whole = estimate is not None and estimate.rule == Rule.CITIES
        rests_on = estimate.rests_on if estimate else ()
        wanted = [
            article
            for article, contribution in sorted(contributions.items())
            if any(
                _stands_in(claim.kind, claim.place, bucket, whole=whole)
                for claim in stored.decode(contribution).claims
            )
        ]
        found = [
            evidence
            for claims, reviews in self._claim_sets(wanted)
            for evidence in _evidence(claims, reviews, slot, rests_on)
            if _stands_in(evidence.claim.kind, evidence.claim.place, bucket, whole=whole)
        ]
        return tuple(sorted(found, key=_newest_first))

    def _estimates(self, slots: Sequence[str]) -> tuple[Estimate, ...]:
        with map_errors(f"reading {len(slots)} slots"), self._pipeline() as pipe:
            for slot in slots:
                pipe.hvals(keys.slot_estimates(slot))
            replies = pipe.execute()
        estimates = [wire.decode(text, Estimate) for texts in replies for text in texts]
        return tuple(sorted(estimates, key=_estimate_order))

    def _feed(self) -> tuple[FeedItem, ...]:
        """Return the newest articles that make a claim; those that withdrew theirs are skipped."""
        items: list[FeedItem] = []
        start = 0
        while len(items) < FEED_SHOWN:
            with map_errors("reading the feed"):
                newest: Any = self._store.zrange(
                    keys.FEED, start, start + FEED_SHOWN - 1, desc=True
                )
            items += [_item(claims, reviews) for claims, reviews in self._claim_sets(newest)]
            start += FEED_SHOWN
            if len(newest) < FEED_SHOWN:
                break
        return tuple(items[:FEED_SHOWN])

    def _claim_sets(self, articles: Sequence[str]) -> list[tuple[ClaimSet, Mapping[str, Review]]]:
        """Return what these articles claim, each with its reviews, in their order.

        Without those that claim nothing.
        """
        with map_errors(f"reading {len(articles)} articles"), self._pipeline() as pipe:
            for article in articles:
                pipe.hmget(keys.record(article), "body", "reviews")
            replies = pipe.execute()
        return [
            (wire.decode(body, ClaimSet), reviewing.parse(reviews))
            for body, reviews in replies
            if body
        ]

    def _pipeline(self) -> Pipeline:
        return self._store.pipeline(transaction=False)


def _stands_in(
    kind: str, place: Place | StoredPlace | None, bucket: Bucket, *, whole: bool
) -> bool:
    """Whether a claim of the bucket's slot stands in the bucket, or in any where ``whole``."""
    if kind != bucket.kind:
        return False
    if whole:
        return True
    if place is None or bucket.place is None:
        return place is bucket.place
    return place.scope == bucket.place.scope == "country" or place.key == bucket.place.key


def _evidence(
    claims: ClaimSet, reviews: Mapping[str, Review], slot: str, rests_on: Collection[str]
) -> Iterable[Evidence]:
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


def _newest_first(evidence: Evidence) -> tuple[float, str, int]:
    return -evidence.seen_at.timestamp(), evidence.article, evidence.number


def _item(claims: ClaimSet, reviews: Mapping[str, Review]) -> FeedItem:
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


def _estimate_order(estimate: Estimate) -> tuple[object, ...]:
    """Sort by day, country, place and kind; what has no day comes first."""
    bucket = estimate.bucket
    place = bucket.place
    country = (place.country if place else None) or keys.NOWHERE
    return (
        bucket.day or date.min,
        bucket.period or (),
        country,
        place.key if place else "",
        bucket.kind,
    )
