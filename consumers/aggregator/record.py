"""An article's record: which of its revisions counts, and what that one says of every slot.

The record is a last-writer-wins register, so that any order and any repetition of revisions ends
in the same state. What is written elsewhere is a projection of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from typing import TYPE_CHECKING

from vigil import keys, stored, wire
from vigil.claim import ClaimSet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vigil.stored import Contribution

_DIGEST_BYTES = 8  # decides between two extractions of one revision, which are few


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of one article.

    Attributes:
        article: The article's id.
        order: Orders revisions, the greatest counts: ``ClaimSet.order`` and then a digest of the
            body, so that two different extractions of one revision have an order too.
        slots: Every slot that any revision of the article ever spoke of, sorted.
        body: The ClaimSet of the revision that counts as JSON, "" where it makes no claim.
    """

    article: str
    order: str
    slots: tuple[str, ...]
    body: str

    @property
    def seen_at(self) -> datetime:
        """When the revision that counts became known."""
        return datetime.fromisoformat(self.order.partition(" ")[0])

    def merge(self, other: Record) -> Record:
        """Return the record that knows what both know; the order of the two does not matter."""
        newest = max(self, other, key=lambda record: record.order)
        slots = tuple(sorted({*self.slots, *other.slots}))
        return Record(self.article, newest.order, slots, newest.body)

    def contributions(self) -> dict[str, Contribution]:
        """Return what the article says of each of its slots, tombstones included."""
        claims = (
            wire.decode(self.body, ClaimSet)
            if self.body
            else ClaimSet(self.article, "", datetime.fromtimestamp(0, UTC))
        )
        return stored.contributions(claims, self.order, self.slots)


def record_of(claims: ClaimSet) -> Record:
    """Return the record of an article of which one revision is known."""
    encoded = wire.encode(claims)
    seen_at = claims.seen_at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds")
    digest = blake2b(encoded, digest_size=_DIGEST_BYTES).hexdigest()
    return Record(
        article=claims.article,
        order=f"{seen_at}Z {claims.revision} {digest}",
        slots=tuple(sorted({keys.slot_of(claim) for claim in claims.claims})),
        body=encoded.decode() if claims.claims else "",
    )


def records_of(claim_sets: Iterable[ClaimSet]) -> list[Record]:
    """Return one record an article, revisions merged, sorted by article."""
    records: dict[str, Record] = {}
    for claims in claim_sets:
        record = record_of(claims)
        known = records.get(claims.article)
        records[claims.article] = known.merge(record) if known else record
    return [records[article] for article in sorted(records)]
