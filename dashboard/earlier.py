"""The part of the store that changed since a moment, as it is now and as it was known then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from vigil import keys, reviewing
from vigil.archive import Archive, slot_of
from vigil.claim import AUTHORITY_ORDER
from vigil.estimate import Estimate
from vigil.store import map_errors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redis import Redis

    from vigil.claim import AuthorityKind
    from vigil.snapshot import Snapshot

# Articles that are looked through for the countries and days they spoke of. Where more came since
# a moment, what changed since then is not told: looking would take longer than it is true.
MOST_ARTICLES: Final = 800
_MICROSECOND: Final = timedelta(microseconds=1)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since a moment.

    Attributes:
        moment: The moment (aware).
        before: The estimates of every country and day that may have changed, as known then.
        after: Those of the same countries and days now.
    """

    moment: datetime
    before: tuple[Estimate, ...] = ()
    after: tuple[Estimate, ...] = ()


class EarlierReader:
    """Reads the past of what changed lately; keeps nothing."""

    def __init__(
        self, store: Redis, *, authority_order: Sequence[AuthorityKind] = AUTHORITY_ORDER
    ) -> None:
        self._store = store
        self._archive = Archive(store, authority_order=authority_order)

    def since(self, moment: datetime, snapshot: Snapshot) -> Since | None:
        """Return what changed since a moment (aware); None where too much came since.

        It is derived from what articles said and when that became known, as every past is, so it
        is the same after any restart. The cost is set by what came since, not by what is stored.

        Raises:
            StoreUnavailable: Redis does not answer.
            WireError: What is stored was written by an incompatible Vigil.
        """
        names = self._slots_since(moment)
        if names is None:
            return None
        before = [one for slot in self._archive.slots(names, moment) for one in slot.estimates]
        there = frozenset(names)
        after = tuple(one for one in snapshot.estimates if slot_of(one.bucket) in there)
        return Since(moment, tuple(before), after)

    def _slots_since(self, moment: datetime) -> list[str] | None:
        """Return the slots that a revision or a review since a moment may have changed."""
        score = (moment - _EPOCH) // _MICROSECOND
        with map_errors("reading what came lately"), self._store.pipeline(transaction=False) as p:
            p.zrange(keys.FEED, f"({score}", "+inf", byscore=True, offset=0, num=MOST_ARTICLES)
            p.scard(keys.REVIEWED)
            spoke, reviewed = p.execute()
        if len(spoke) >= MOST_ARTICLES or reviewed >= MOST_ARTICLES:
            return None
        found = self._spoken_of(spoke)
        found |= self._judged_since(moment) if reviewed else set()
        return sorted(found)

    def _spoken_of(self, articles: Sequence[str]) -> set[str]:
        with map_errors("reading what came lately"), self._store.pipeline(transaction=False) as p:
            for article in articles:
                p.hget(keys.record(article), "slots")
            replies = p.execute()
        return {slot for text in replies for slot in (text or "").split()}

    def _judged_since(self, moment: datetime) -> set[str]:
        with map_errors("reading what was reviewed lately"):
            articles: Any = self._store.smembers(keys.REVIEWED)
            with self._store.pipeline(transaction=False) as pipe:
                for article in sorted(articles):
                    pipe.hmget(keys.record(article), "slots", "reviews")
                replies = pipe.execute()
        return {
            slot
            for slots, text in replies
            if any(review.at > moment for review in reviewing.parse(text).values())
            for slot in (slots or "").split()
        }
