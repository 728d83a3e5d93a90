"""An article's record: the revision that counts, what persons say of it, and what that comes to.

The record is a last-writer-wins register, and beside it one for each claim that was reviewed, so
that any order and any repetition of revisions and reviews ends in the same state. What was
superseded is kept too, the newest of it, for showing a past moment as it was known. What is written
elsewhere is a projection of the record.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from typing import TYPE_CHECKING

from vigil import keys, reviewing, revisions, stored, wire
from vigil.claim import ClaimSet
from vigil.revisions import Revision

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vigil.review import Review
    from vigil.stored import Contribution

_DIGEST_BYTES = 8  # decides between two extractions of one revision, which are few
_NOTHING_SAID = "0" * 2 * _DIGEST_BYTES  # in place of a digest: without claims there is no other
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
        earlier: The revisions that were superseded, as ``vigil.revisions`` writes them.
        verdicts: What persons found of each claim and when, the latest included, as
            ``vigil.reviewing`` writes it.
    """

    article: str
    order: str = ""
    slots: tuple[str, ...] = ()
    body: str = ""
    reviews: str = ""
    earlier: str = ""
    verdicts: str = ""

    @property
    def seen_at(self) -> datetime:
        """When the revision that counts became known."""
        return datetime.fromisoformat(self.order.partition(" ")[0])

    @property
    def state(self) -> str:
        """Orders all that can be known of an article: greater for whoever knows more.

        The order of the revision that counts; where an earlier one or a review is known too, with
        a number after it that grows with each.
        """
        if not (self.earlier or self.reviews):
            return self.order
        known = [one.order for one in revisions.parse(self.earlier)]
        known += reviewing.verdict_orders(self._found())
        return f"{self.order} {reviewing.rank(known):0{_RANK_DIGITS}x}"

    def merge(self, other: Record) -> Record:
        """Return the record that knows what both know; the order of the two does not matter."""
        newest = max(self, other, key=lambda record: record.order)
        known = [Revision(one.order, one.body) for one in (self, other)]
        known += [*revisions.parse(self.earlier), *revisions.parse(other.earlier)]
        return Record(
            self.article,
            newest.order,
            tuple(sorted({*self.slots, *other.slots})),
            newest.body,
            reviewing.merged(self.reviews, other.reviews),
            revisions.merged(known, newest=newest.order),
            reviewing.verdicts_merged(self.verdicts, other.verdicts),
        )

    def without_withdrawn(self) -> Record:
        """Return the record without the sentences of revisions that a tombstone withdrew."""
        if not self.earlier:
            return self
        told = revisions.without_withdrawn(self.earlier, newest=self.order)
        return self if told == self.earlier else replace(self, earlier=told)

    def contributions(self) -> dict[str, Contribution]:
        """Return what the article says of each of its slots, tombstones included."""
        known = [*revisions.parse(self.earlier), Revision(self.order, self.body)]
        told = [(one.instant, one.claims()) for one in known if one.order]
        return stored.contributions(told, self.state, self.slots, reviewing.verdicts(self._found()))

    def _found(self) -> str:
        """Return the verdicts; those of reviews that were stored before these were kept, too."""
        if not self.reviews:
            return self.verdicts
        latest = reviewing.parse(self.reviews).values()
        return reviewing.verdicts_merged(
            self.verdicts, *(reviewing.verdict_line(review) for review in latest)
        )


def record_of(claims: ClaimSet) -> Record:
    """Return the record of an article of which one revision is known."""
    encoded = wire.encode(claims) if claims.claims else b""
    digest = blake2b(encoded, digest_size=_DIGEST_BYTES).hexdigest() if encoded else _NOTHING_SAID
    return Record(
        article=claims.article,
        # Of one word, as the parts of an order are told apart by the space between them.
        order=f"{reviewing.instant(claims.seen_at)} {''.join(claims.revision.split())} {digest}",
        slots=tuple(sorted({keys.slot_of(claim) for claim in claims.claims})),
        body=encoded.decode(),
    )


def claims_of(record: Record) -> ClaimSet:
    """Return the revision that counts, such that ``record_of`` gives it the same order again.

    Of one that makes no claim nothing but its order was kept.
    """
    if record.body:
        return wire.decode(record.body, ClaimSet)
    moment, revision, _ = record.order.split(" ")
    return ClaimSet(record.article, revision, datetime.fromisoformat(moment))


def records_of(claim_sets: Iterable[ClaimSet], reviews: Iterable[Review] = ()) -> list[Record]:
    """Return one record an article, revisions and reviews merged, sorted by article."""
    records: dict[str, Record] = {}
    for record in _singly(claim_sets, reviews):
        known = records.get(record.article)
        records[record.article] = known.merge(record) if known else record
    return [records[article].without_withdrawn() for article in sorted(records)]


def _singly(claim_sets: Iterable[ClaimSet], reviews: Iterable[Review]) -> Iterator[Record]:
    for claims in claim_sets:
        yield record_of(claims)
    for review in reviews:
        yield Record(
            review.article,
            reviews=reviewing.line(review),
            verdicts=reviewing.verdict_line(review),
        )
