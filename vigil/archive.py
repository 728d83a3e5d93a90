"""The store as it was known at a past moment, and how its figures came to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from vigil import keys, reviewing, revisions, stored, wire
from vigil.claim import ClaimSet
from vigil.estimate import Estimate
from vigil.resolving.corrections import corrections
from vigil.resolving.known import history, known_at, thinned
from vigil.review import Review
from vigil.store import map_errors

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from redis import Redis

    from vigil.claim import AuthorityKind, Claim, Kind
    from vigil.correction import Correction, Told
    from vigil.estimate import Bucket
    from vigil.resolving.known import Step
    from vigil.stored import Contribution

# Slots read in one round trip: a few megabytes at most.
_SLOTS_AT_A_TIME = 50


@dataclass(frozen=True, slots=True)
class PastSlot:
    """A slot as it was known at a moment.

    Attributes:
        name: The slot's name.
        estimates: What there was to show, sorted by bucket.
        articles: Article id -> when the revision that spoke here became known, as
            ``reviewing.instant`` writes it; only of articles that claimed something here.
    """

    name: str
    estimates: tuple[Estimate, ...]
    articles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PastArticle:
    """An article as it was known at a moment.

    Attributes:
        claims: What its newest revision claimed. Of an article that was withdrawn since, without
            title and sentences.
        reviews: What persons had said of its claims, by fingerprint. Of a review that was replaced
            since, without its reason and whoever gave it.
    """

    claims: ClaimSet
    reviews: Mapping[str, Review]


class Archive:
    """Reads the past; keeps nothing, so it may be shared between threads."""

    def __init__(self, store: Redis, *, authority_order: Sequence[AuthorityKind]) -> None:
        """Read what is in the store.

        Args:
            store: Its client.
            authority_order: The kinds of authority, the preferred first: as the aggregator has
                them, or the past is told by other rules than the present.
        """
        self._store = store
        self._authority_order = tuple(authority_order)

    def slots(self, names: Sequence[str], moment: datetime) -> Iterator[PastSlot]:
        """Yield slots as they were known at a moment (aware), in their order.

        The cost is set by how many claims they hold: in a slot where anything was learned since,
        each is resolved again.

        Raises:
            StoreUnavailable: Redis does not answer.
            WireError: What is stored was written by an incompatible Vigil.
        """
        instant = reviewing.instant(moment)
        for start in range(0, len(names), _SLOTS_AT_A_TIME):
            for slot, said, shown in self._read(names[start : start + _SLOTS_AT_A_TIME]):
                if all(one.settled_by(instant) for one in said.values()):
                    estimates = tuple(wire.decode(text, Estimate) for text in shown)
                else:
                    estimates = known_at(slot, said, moment, authority_order=self._authority_order)
                spoke = {name: one.at(instant) for name, one in said.items()}
                since = {name: one.since for name, one in spoke.items() if one and one.claims}
                yield PastSlot(slot, estimates, since)

    def articles(self, names: Sequence[str], moment: datetime) -> dict[str, PastArticle]:
        """Return these articles as they were known at a moment; those that claimed something.

        Raises:
            StoreUnavailable: Redis does not answer.
            WireError: What is stored was written by an incompatible Vigil.
        """
        instant = reviewing.instant(moment)
        doing = f"reading {len(names)} articles"
        with map_errors(doing), self._store.pipeline(transaction=False) as pipe:
            for name in names:
                pipe.hmget(keys.record(name), "order", "body", "earlier", "reviews", "verdicts")
            replies = pipe.execute()
        found: dict[str, PastArticle] = {}
        for name, (order, body, earlier, reviews, verdicts) in zip(names, replies, strict=True):
            revision = revisions.standing(order or "", body or "", earlier, at=instant)
            claims = revision.claims() if revision else None
            if claims:
                then = reviewing.reviews_at(name, reviews, verdicts, instant)
                found[name] = PastArticle(claims, then)
        return found

    def history(self, bucket: Bucket) -> tuple[Step, ...]:
        """Return how a bucket's figure came to be: each change of it, the oldest first.

        Raises:
            StoreUnavailable: Redis does not answer.
            WireError: What is stored was written by an incompatible Vigil.
        """
        name = slot_of(bucket)
        ((_, said, _),) = self._read([name])
        return history(name, said, bucket, authority_order=self._authority_order)

    def held(self, names: Sequence[str]) -> int:
        """Return how many articles speak in slots: what reading their past costs; cheap to ask.

        Raises:
            StoreUnavailable: Redis does not answer.
        """
        doing = f"measuring {len(names)} slots"
        with map_errors(doing), self._store.pipeline(transaction=False) as pipe:
            for name in names:
                pipe.hlen(keys.slot_claims(name))
            return sum(pipe.execute())

    def moments(self, names: Sequence[str], kind: Kind) -> tuple[datetime, ...]:
        """Return the moments at which anything became known in slots of a kind, thinned out.

        Raises:
            StoreUnavailable: Redis does not answer.
            WireError: What is stored was written by an incompatible Vigil.
        """
        instants: set[str] = set()
        for start in range(0, len(names), _SLOTS_AT_A_TIME):
            for _, said, _ in self._read(names[start : start + _SLOTS_AT_A_TIME]):
                for one in said.values():
                    instants.update(one.learned(kind))
        return tuple(datetime.fromisoformat(one) for one in thinned(instants))

    def corrections(
        self, names: Sequence[str], *, known_at: datetime | None = None
    ) -> Iterator[tuple[str, tuple[Correction, ...]]]:
        """Yield slots, each with its corrections, the oldest first.

        Args:
            names: The slots.
            known_at: Only what was known at this moment (aware); None for all.

        Raises:
            StoreUnavailable: Redis does not answer.
            WireError: What is stored was written by an incompatible Vigil.
        """
        for start in range(0, len(names), _SLOTS_AT_A_TIME):
            for slot, said, _ in self._read(names[start : start + _SLOTS_AT_A_TIME]):
                yield slot, corrections(slot, said, known_at=known_at)

    def claims_told(self, told: Collection[Told]) -> dict[Told, tuple[ClaimSet, Claim]]:
        """Return the claims behind figures, each with its article as it was when it told them.

        What the store does not remember any more is not among them.

        Raises:
            StoreUnavailable: Redis does not answer.
            WireError: What is stored was written by an incompatible Vigil.
        """
        figures = list(told)
        doing = f"reading {len(figures)} articles"
        with map_errors(doing), self._store.pipeline(transaction=False) as pipe:
            for one in figures:
                pipe.hmget(keys.record(one.article), "order", "body", "earlier")
            replies = pipe.execute()
        found: dict[Told, tuple[ClaimSet, Claim]] = {}
        for one, (order, body, earlier) in zip(figures, replies, strict=True):
            at = reviewing.instant(one.seen_at)
            revision = revisions.standing(order or "", body or "", earlier, at=at)
            said = revision.claims() if revision else None
            if said and one.number < len(said.claims):
                found[one] = (said, said.claims[one.number])
        return found

    def _read(
        self, names: Sequence[str]
    ) -> Iterator[tuple[str, dict[str, Contribution], Iterable[str]]]:
        """Yield slots with what articles say there, and what is shown now or was just before."""
        doing = f"reading {len(names)} slots"
        with map_errors(doing), self._store.pipeline(transaction=False) as pipe:
            for name in names:
                pipe.hvals(keys.slot_estimates(name))
                pipe.hgetall(keys.slot_claims(name))
            replies = iter(pipe.execute())
        for name, shown, texts in zip(names, replies, replies, strict=True):
            yield name, {article: stored.decode(text) for article, text in texts.items()}, shown


def slot_of(bucket: Bucket) -> str:
    """Return the slot a bucket stands in."""
    return keys.slot(bucket.place.country if bucket.place else None, bucket.day, bucket.period)
