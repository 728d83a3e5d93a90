"""An article's record: the revision that counts, what persons say of it, and what that comes to.

The record is a last-writer-wins register, and beside it one for each claim that was reviewed, so
that any order and any repetition of revisions and reviews ends in the same state. What is written
elsewhere is a projection of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from typing import TYPE_CHECKING

from vigil import keys, reviewing, stored, wire
from vigil.claim import ClaimSet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vigil.review import Review, Verdict
    from vigil.stored import Contribution

_DIGEST_BYTES = 8  # decides between two extractions of one revision, which are few
# Digits of ``reviewing.rank``: room for a million reviews of one article.
_RANK_DIGITS = 40


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of one article; or, of one that only reviews are known of, those.

    Attributes:
        article: The article's id.
        order: Orders revisions, the greatest counts: ``ClaimSet.order`` and then a digest of the
            body, so that two different extractions of one revision have an order too. "" where
            no revision is known yet.
        slots: Every slot that any revision of the article ever spoke of, sorted.
        body: The ClaimSet of the revision that counts as JSON, "" where it makes no claim.
        reviews: The latest review of each claim, as ``vigil.reviewing`` writes them.
    """

    article: str
    order: str = ""
    slots: tuple[str, ...] = ()
    body: str = ""
    reviews: str = ""

    @property
    def seen_at(self) -> datetime:
        """When the revision that counts became known."""
        return datetime.fromisoformat(self.order.partition(" ")[0])

    @property
    def state(self) -> str:
        """Orders all that can be known of an article: greater for whoever knows more.

        The order of the revision; where persons reviewed something, with a number after it that
        grows with every review.
        """
        if not self.reviews:
            return self.order
        return f"{self.order} {reviewing.rank(self.reviews):0{_RANK_DIGITS}x}"

    def merge(self, other: Record) -> Record:
        """Return the record that knows what both know; the order of the two does not matter."""
        newest = max(self, other, key=lambda record: record.order)
        slots = tuple(sorted({*self.slots, *other.slots}))
        reviews = reviewing.merged(self.reviews, other.reviews)
        return Record(self.article, newest.order, slots, newest.body, reviews)

    def contributions(self) -> dict[str, Contribution]:
        """Return what the article says of each of its slots, tombstones included."""
        claims = (
            wire.decode(self.body, ClaimSet)
            if self.body
            else ClaimSet(self.article, "", datetime.fromtimestamp(0, UTC))
        )
        return stored.contributions(claims, self.state, self.slots, self._verdicts(claims))

    def _verdicts(self, claims: ClaimSet) -> dict[int, Verdict]:
        """Return what persons say of the claims that stand, by their number."""
        reviews = reviewing.parse(self.reviews)
        found = ((n, reviewing.review_of(claim, reviews)) for n, claim in enumerate(claims.claims))
        return {number: review.verdict for number, review in found if review}


def record_of(claims: ClaimSet) -> Record:
    """Return the record of an article of which one revision is known."""
    encoded = wire.encode(claims)
    digest = blake2b(encoded, digest_size=_DIGEST_BYTES).hexdigest()
    return Record(
        article=claims.article,
        order=f"{reviewing.instant(claims.seen_at)} {claims.revision} {digest}",
        slots=tuple(sorted({keys.slot_of(claim) for claim in claims.claims})),
        body=encoded.decode() if claims.claims else "",
    )


def records_of(claim_sets: Iterable[ClaimSet], reviews: Iterable[Review] = ()) -> list[Record]:
    """Return one record an article, revisions and reviews merged, sorted by article."""
    records: dict[str, Record] = {}
    for record in _singly(claim_sets, reviews):
        known = records.get(record.article)
        records[record.article] = known.merge(record) if known else record
    return [records[article] for article in sorted(records)]


def _singly(claim_sets: Iterable[ClaimSet], reviews: Iterable[Review]) -> Iterator[Record]:
    for claims in claim_sets:
        yield record_of(claims)
    for review in reviews:
        yield Record(review.article, reviews=reviewing.line(review))
