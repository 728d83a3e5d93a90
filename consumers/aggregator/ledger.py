"""The ledger: takes claims, and reviews of them, into Redis, so that each is counted once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC
from itertools import islice
from typing import TYPE_CHECKING, Any

from consumers.aggregator.bookmarks import Bookmarks
from consumers.aggregator.record import Record, records_of
from consumers.aggregator.retention import Retention, Retired, horizon_at
from consumers.aggregator.scripts import Scripts
from consumers.aggregator.settling import Settler
from consumers.aggregator.slots import change
from vigil import keys, rebuilding
from vigil.store import map_errors

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from redis import Redis

    from consumers.aggregator.retention import Horizon
    from vigil.claim import AuthorityKind, ClaimSet
    from vigil.rebuilding import Rebuilding
    from vigil.review import Review
    from vigil.stored import Contribution

# Every key that is filled from the topics: of these, and of no others, a store is emptied.
_PATTERN = "vigil:{*}:*"
_RECORD = re.compile(r"vigil:\{[^}]+\}:record")
_SLOT = re.compile(r"vigil:\{([^}]+)\}:claims")
_OVERVIEW = (
    keys.SLOTS, keys.SLOT_VERSIONS, keys.SLOT_CHANGES, keys.ARTICLES, keys.REVIEWED, keys.FEED,
    keys.CHANGED_AT,
)  # fmt: skip
_AT_A_TIME = 1_000


@dataclass(frozen=True, slots=True)
class Applied:
    """What a batch came to.

    Attributes:
        articles: How many different articles it held, or held reviews of.
        slots: How many countries and days it changed.
        stale: How often a slot had to be read and resolved again, as somebody else wrote first.
        records: The articles as they stand; no part of what two of these are compared by.
    """

    articles: int
    slots: int
    stale: int
    records: tuple[Record, ...] = field(default=(), compare=False)


class Ledger:
    """Takes ClaimSets and Reviews into Redis. Any number of ledgers may work on one store."""

    def __init__(
        self,
        store: Redis,
        *,
        authority_order: Sequence[AuthorityKind],
        retention_days: int | None = None,
    ) -> None:
        """Write to a store.

        Args:
            store: Its client.
            authority_order: The kinds of authority, the preferred first.
            retention_days: How many days back are kept; None for all, for ever.
        """
        self._store = store
        self._retention_days = retention_days
        self._retired_on: date | None = None
        self._authority_order = tuple(authority_order)
        self._scripts = Scripts(store)
        self._settler = Settler(store, self._scripts)
        self._retention = Retention(
            store, self._scripts, self._settler, authority_order=authority_order
        )

    def apply(
        self,
        claim_sets: Sequence[ClaimSet],
        reviews: Sequence[Review] = (),
        *,
        now: datetime,
    ) -> Applied:
        """Take a batch in; when it returns, Redis has all of it.

        1. Each article's record takes the newest revision, the latest review of each claim, and
           the union of the slots any revision spoke of (``register.lua``).
        2. In every slot of that union, what the newest revision says there (maybe nothing, a
           tombstone), each claim with what a person says of it, replaces what the article said
           before, and the slot is resolved again; contribution, estimates, counters and the
           slot's version change together or, when somebody else wrote first, not at all
           (``settle.lua``): then once more from reading.
        3. The dashboard is told: articles, feed, slots, the store's version (``announce.lua``).

        Every step can be taken again, late, or beside another ledger: the record only ever
        grows, the slots follow it, and the last step tells what a writer that died did not tell.
        So after a crash anywhere the same batch given again, to any ledger, ends in the same state.

        Args:
            claim_sets: In any order; repetitions and several revisions of an article are fine.
            reviews: In any order, as often as they come, before or after what they speak of.
            now: The time of this change (aware), shown as "last changed".

        Raises:
            StoreUnavailable: Redis does not answer; give the batch again.
            StaleWrite: Too many others write the same slot; give the batch again.
            StoreError: Redis refuses for good.
        """
        given = records_of(claim_sets, reviews)
        if not given:
            return Applied(0, 0, 0)
        records = self._register(given)
        plan = _by_slot(records, self._horizon(now))
        versions, changed, stale = self._settler.settle(
            plan,
            lambda slot: change(slot, plan[slot.name], authority_order=self._authority_order),
        )
        with map_errors(f"announcing {len(records)} articles"):
            self._scripts.announce(records, versions, now=now)
        if self._retired_on != now.astimezone(UTC).date():
            self.retire(now=now)
        return Applied(len(records), changed, stale, tuple(records))

    def bookmarks(self, ids: Mapping[str, str]) -> Bookmarks:
        """Return how far along some topics the store has come; their ids by name."""
        return Bookmarks(self._store, self._scripts, ids=ids)

    def retire(self, *, now: datetime) -> Retired:
        """Drop what is older than the retention; does nothing where there is none.

        A day (and a period, by its last day) is dropped with all that was ever said of it: what is
        left of it would be a wrong number. An article is dropped, with what it says of no day,
        when its newest revision became known before. ``apply`` does this with the first batch of
        a day. Every step can be taken again, late, or beside other ledgers.

        Args:
            now: The time (aware); days are those of UTC.

        Raises:
            StoreUnavailable: Redis does not answer; do it again.
            StaleWrite: Too many others write the same slot; do it again.
        """
        before = self._horizon(now)
        done = self._retention.drop(before, now=now) if before else Retired()
        self._retired_on = now.astimezone(UTC).date()
        return done

    def _horizon(self, now: datetime) -> Horizon | None:
        return horizon_at(now, days=self._retention_days) if self._retention_days else None

    def articles(self) -> int:
        """Return how many articles were taken in, with and without claims.

        Raises:
            StoreUnavailable: Redis does not answer.
        """
        with map_errors("counting the articles"):
            known: Any = self._store.scard(keys.ARTICLES)
        return int(known)

    def reviewed(self) -> int:
        """Return of how many articles a person ever reviewed a claim.

        Raises:
            StoreUnavailable: Redis does not answer.
        """
        with map_errors("counting the articles with reviews"):
            known: Any = self._store.scard(keys.REVIEWED)
        return int(known)

    def rebuilding(self) -> Rebuilding | None:
        """Return the newest rebuild, done or not; None where there never was one.

        Raises:
            StoreUnavailable: Redis does not answer.
        """
        with map_errors("reading the mark of rebuilding"):
            fields: Any = self._store.hgetall(rebuilding.KEY)
        return rebuilding.parse(fields)

    def mark(self, mark: Rebuilding, *, takes_over: bool = False) -> bool:
        """Say how far a rebuild is; False when another rebuild has taken over.

        Raises:
            StoreUnavailable: Redis does not answer.
        """
        with map_errors("marking the store as rebuilding"):
            return self._scripts.rebuild(mark, takes_over=takes_over)

    def forget(self) -> int:
        """Remove all that the ledger ever wrote, but for versions; return the number of keys.

        Other ledgers may go on meanwhile. Versions stay and count up, so that what they resolved
        from a slot that is gone is refused (``forget.lua``) and they read again; what they took
        in is complete once the batches they had in hand, and all before, are given again.

        Raises:
            StoreUnavailable: Redis does not answer; forget again.
        """
        removed = 0
        with map_errors("emptying the store"):
            # First: from now on the store says no more that it holds anything.
            self._store.delete(keys.BOOKMARKS, keys.MISSING)
            found = self._store.scan_iter(match=_PATTERN, count=_AT_A_TIME)
            while some := list(islice(found, _AT_A_TIME)):
                removed += self._remove(some)
            # Last, so that nothing announced before it was removed stays listed.
            self._store.unlink(*_OVERVIEW)
        return removed

    def _remove(self, names: Iterable[str]) -> int:
        found = list(names)
        records = [name for name in found if _RECORD.fullmatch(name)]
        slots = {match[1] for name in found if (match := _SLOT.fullmatch(name))}
        with self._store.pipeline(transaction=False) as pipe:
            for record in records:
                pipe.unlink(record)
            for slot in sorted(slots):
                self._scripts.forget(pipe, slot)
            pipe.execute()
        return len(records) + len(slots)

    def _register(self, given: Sequence[Record]) -> list[Record]:
        """Return the records as they stand after taking in what was given.

        What a tombstone withdrew loses its sentences here: the one of the two may have come with
        somebody else's batch, so that only now both are known.
        """
        records = self._registered(given)
        told = [record.without_withdrawn() for record in records]
        changed = [new for old, new in zip(records, told, strict=True) if new is not old]
        if changed:
            self._registered(changed)
        return told

    def _registered(self, given: Sequence[Record]) -> list[Record]:
        doing = f"recording {len(given)} articles, the first {given[0].article}"
        with map_errors(doing), self._store.pipeline(transaction=False) as pipe:
            for record in given:
                self._scripts.register(pipe, record)
            replies = pipe.execute()
        return [_merged(*pair) for pair in zip(given, replies, strict=True)]


def _merged(given: Record, reply: Sequence[str]) -> Record:
    """Return the record as Redis has it; an empty reply says: exactly as given."""
    if not reply:
        return given
    order, slots, body, reviews, earlier, verdicts = reply
    return Record(given.article, order, tuple(slots.split()), body, reviews, earlier, verdicts)


def _by_slot(
    records: Iterable[Record], horizon: Horizon | None
) -> dict[str, dict[str, Contribution]]:
    """Return slot -> article -> what the article says there, of the slots that are kept."""
    plan: dict[str, dict[str, Contribution]] = {}
    for record in records:
        for slot, contribution in record.contributions().items():
            if horizon and not horizon.keeps(slot):
                continue
            plan.setdefault(slot, {})[record.article] = contribution
    return plan
