"""From Redis to a snapshot: what the ledger wrote, read in a few round trips."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.gathered import by_day, evidence_of, is_of, item_of, newest_first, of_slot, stands_in
from dashboard.present import FEED_SHOWN, claim_sets, estimates_of, feed_of, overview_of
from vigil import keys, stored, wire
from vigil.archive import Archive, slot_of
from vigil.claim import AUTHORITY_ORDER, ClaimSet
from vigil.estimate import Bucket, Estimate, Rule
from vigil.snapshot import Evidence, Snapshot
from vigil.store import map_errors, read_version

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, datetime

    from redis import Redis
    from redis.client import Pipeline

    from vigil.claim import AuthorityKind, Claim, Kind
    from vigil.correction import Correction, Told
    from vigil.resolving.known import Step


class Reader:
    """Reads what the dashboard shows; keeps nothing, so it may be shared between threads."""

    def __init__(
        self, store: Redis, *, authority_order: Sequence[AuthorityKind] = AUTHORITY_ORDER
    ) -> None:
        """Read what is in the store.

        Args:
            store: Its client.
            authority_order: As the aggregator has it; needed for the past only.
        """
        self._store = store
        self._archive = Archive(store, authority_order=authority_order)

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
        overview = overview_of(self._store, first_day, last_day)
        found = estimates_of(self._store, overview.slots)
        return Snapshot(
            version=overview.version,
            first_day=first_day,
            last_day=last_day,
            estimates=tuple(sorted((one for some in found for one in some), key=by_day)),
            feed=feed_of(self._store),
            articles=overview.articles,
            changed_at=overview.changed_at,
            rebuilding=overview.rebuilding,
        )

    def as_known_at(
        self,
        moment: datetime,
        *,
        first_day: date | None = None,
        last_day: date | None = None,
    ) -> Snapshot:
        """Return all there was to show of a window of days at a past moment.

        Its estimates are what the rules make of the revisions and reviews that were known by then,
        and its feed the newest articles that spoke of the window by then; ``articles`` counts all
        of these, without those that made no claim. ``version`` and ``changed_at`` are those of the
        store: while the version is the same, so is the past. It costs more than ``read``: every
        claim of the window is resolved again.

        Args:
            moment: The moment (aware), itself included.
            first_day: First day of the window, or None for the first there is.
            last_day: Last day, included, or None for the last there is.

        Raises:
            StoreUnavailable: Redis does not answer.
            WireError: What is stored was written by an incompatible Vigil.
        """
        overview = overview_of(self._store, first_day, last_day)
        slots = list(self._archive.slots(overview.slots, moment))
        spoke = {name: since for slot in slots for name, since in slot.articles.items()}
        newest = sorted(spoke, key=lambda name: (spoke[name], name), reverse=True)[:FEED_SHOWN]
        articles = self._archive.articles(newest, moment)
        estimates = [estimate for slot in slots for estimate in slot.estimates]
        return Snapshot(
            version=overview.version,
            first_day=first_day,
            last_day=last_day,
            estimates=tuple(sorted(estimates, key=by_day)),
            feed=tuple(item_of(one.claims, one.reviews) for one in articles.values()),
            articles=len(spoke),
            changed_at=overview.changed_at,
            rebuilding=overview.rebuilding,
            known_at=moment,
        )

    def moments(
        self, kind: Kind, *, first_day: date | None, last_day: date | None, most: int
    ) -> tuple[int, tuple[datetime, ...]]:
        """Return how many articles speak in a window, and when anything became known in it.

        Where more than ``most`` articles do, none of them is read, and there are no moments.

        Raises:
            StoreUnavailable: Redis does not answer.
            WireError: What is stored was written by an incompatible Vigil.
        """
        slots = overview_of(self._store, first_day, last_day).slots
        held = self._archive.held(slots)
        return held, self._archive.moments(slots, kind) if held <= most else ()

    def history(self, bucket: Bucket) -> tuple[Step, ...]:
        """Return how a bucket's figure came to be: each change of it, the oldest first.

        Raises:
            StoreUnavailable: Redis does not answer.
            WireError: What is stored was written by an incompatible Vigil.
        """
        return self._archive.history(bucket)

    def evidence(self, bucket: Bucket) -> tuple[Evidence, ...]:
        """Return the claims behind one number, newest first, those that were overruled too.

        For the sum of a country's cities these are the cities' claims too. Where a person marked
        every claim as wrong there is no number, and still these claims.

        Raises:
            StoreUnavailable: Redis does not answer.
        """
        slot = slot_of(bucket)
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
                stands_in(claim.kind, claim.place, bucket, whole=whole)
                for claim in stored.decode(contribution).claims
            )
        ]
        found = [
            evidence
            for claims, reviews in claim_sets(self._store, wanted)
            for evidence in evidence_of(claims, reviews, slot, rests_on)
            if stands_in(evidence.claim.kind, evidence.claim.place, bucket, whole=whole)
        ]
        return tuple(sorted(found, key=newest_first))

    def sentences(self, articles: Collection[str]) -> dict[str, tuple[str, ...]]:
        """Return the sentences of each article's claims in one round trip.

        Raises:
            StoreUnavailable: Redis does not answer.
        """
        found = claim_sets(self._store, sorted(articles))
        return {one.article: tuple(claim.sentence for claim in one.claims) for one, _ in found}

    def sentences_at(
        self, articles: Collection[str], moment: datetime
    ) -> dict[str, tuple[str, ...]]:
        """Return the sentences of each article's claims as they were known at a moment (aware).

        Raises:
            StoreUnavailable: Redis does not answer.
        """
        found = self._archive.articles(sorted(articles), moment)
        return {
            article: tuple(claim.sentence for claim in one.claims.claims)
            for article, one in found.items()
        }

    def claims_at(self, slot: str, moment: datetime) -> tuple[Evidence, ...]:
        """Return every claim that stood in a slot at a past moment; which count is not told.

        Raises:
            StoreUnavailable: Redis does not answer.
            WireError: What is stored was written by an incompatible Vigil.
        """
        (known,) = self._archive.slots([slot], moment)
        return tuple(
            evidence
            for one in self._archive.articles(sorted(known.articles), moment).values()
            for evidence in evidence_of(one.claims, one.reviews, slot, ())
        )

    def corrections(
        self, bucket: Bucket, *, known_at: datetime | None = None
    ) -> tuple[Correction, ...]:
        """Return what was corrected in a bucket, the oldest first: was, now, who and when.

        The sentences are behind ``claims_told``. With a moment, what was known of it by then.

        Raises:
            StoreUnavailable: Redis does not answer.
            WireError: What is stored was written by an incompatible Vigil.
        """
        ((_, found),) = self._archive.corrections([slot_of(bucket)], known_at=known_at)
        return tuple(one for one in found if is_of(one.bucket, bucket))

    def claims_told(self, told: Collection[Told]) -> dict[Told, tuple[ClaimSet, Claim]]:
        """Return the claims behind figures, each with its article as it was when it told them.

        Raises:
            StoreUnavailable: Redis does not answer.
            WireError: What is stored was written by an incompatible Vigil.
        """
        return self._archive.claims_told(told)

    def estimate_at(self, bucket: Bucket, moment: datetime) -> Estimate | None:
        """Return one number as it was known at a moment; only its slot is resolved again.

        Raises:
            StoreUnavailable: Redis does not answer.
            WireError: What is stored was written by an incompatible Vigil.
        """
        (slot,) = self._archive.slots([slot_of(bucket)], moment)
        return of_slot(slot, bucket)

    def evidence_at(self, bucket: Bucket, moment: datetime) -> tuple[Evidence, ...]:
        """Return the claims that stood behind one number at a past moment, newest first.

        As ``evidence``. What was withdrawn since has no sentence, and a review that was replaced
        since neither reason nor name.

        Raises:
            StoreUnavailable: Redis does not answer.
            WireError: What is stored was written by an incompatible Vigil.
        """
        name = slot_of(bucket)
        (slot,) = self._archive.slots([name], moment)
        estimate = of_slot(slot, bucket)
        whole = estimate is not None and estimate.rule == Rule.CITIES
        rests_on = estimate.rests_on if estimate else ()
        found = [
            evidence
            for one in self._archive.articles(sorted(slot.articles), moment).values()
            for evidence in evidence_of(one.claims, one.reviews, name, rests_on)
            if stands_in(evidence.claim.kind, evidence.claim.place, bucket, whole=whole)
        ]
        return tuple(sorted(found, key=newest_first))

    def _pipeline(self) -> Pipeline:
        return self._store.pipeline(transaction=False)
