"""Retention: which days and articles are old enough to be dropped from the store."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from consumers.aggregator.slots import without
from vigil import keys, reviewing
from vigil.store import map_errors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from redis import Redis

    from consumers.aggregator.scripts import Scripts
    from consumers.aggregator.settling import Settler
    from vigil.claim import AuthorityKind

_AT_A_TIME = 1_000


@dataclass(frozen=True, slots=True)
class Horizon:
    """What lies before it is dropped.

    Attributes:
        first_day: The first day that is kept.
    """

    first_day: date

    @property
    def instant(self) -> str:
        """When that day begins, in UTC, as ``reviewing.instant`` writes it."""
        return reviewing.instant(datetime.combine(self.first_day, time(), UTC))

    def keeps(self, slot: str) -> bool:
        """Whether a slot is kept: by its day, or its last day; what has no day always is."""
        _, day, period = keys.slot_parts(slot)
        last = period[1] if period else day
        return last is None or last >= self.first_day

    def passed(self, order: str) -> bool:
        """Whether an article became known before; given by the order of its newest revision."""
        return bool(order) and order < self.instant


@dataclass(frozen=True, slots=True)
class Retired:
    """What a retirement came to: the countries and days, and the articles, that were dropped."""

    slots: int = 0
    articles: int = 0


def horizon_at(now: datetime, *, days: int) -> Horizon:
    """Return the horizon so many days before today, in UTC."""
    return Horizon(now.astimezone(UTC).date() - timedelta(days=days))


@dataclass(frozen=True, slots=True)
class Passed:
    """Some articles that became known before the horizon.

    Attributes:
        articles: Their ids.
        slots: The slots that are kept and that they may have spoken of, each with these articles.
    """

    articles: Collection[str]
    slots: dict[str, set[str]]


def passed(found: Iterable[tuple[str, str | None, str | None]], before: Horizon) -> Passed:
    """Return which of some articles became known before the horizon.

    Args:
        found: Article id, order of its newest revision, and slots, as they are stored.
        before: The horizon.
    """
    articles: list[str] = []
    slots: dict[str, set[str]] = {}
    for article, order, spoken_of in found:
        # One that only reviews are known of has none; the script looks when these were given.
        if not order or before.passed(order):
            articles.append(article)
            for slot in (spoken_of or "").split():
                if before.keeps(slot):
                    slots.setdefault(slot, set()).add(article)
    return Passed(articles, slots)


class Retention:
    """Drops what lies before a horizon."""

    def __init__(
        self,
        store: Redis,
        scripts: Scripts,
        settler: Settler,
        *,
        authority_order: Sequence[AuthorityKind],
    ) -> None:
        self._store = store
        self._scripts = scripts
        self._settler = settler
        self._authority_order = tuple(authority_order)

    def drop(self, horizon: Horizon, *, now: datetime) -> Retired:
        """Drop days, periods and articles; see ``Ledger.retire``."""
        return Retired(self._drop_slots(horizon, now), self._drop_articles(horizon, now))

    def _drop_slots(self, horizon: Horizon, now: datetime) -> int:
        with map_errors("reading the slots"):
            known: Any = self._store.zrange(keys.SLOTS, 0, -1)
        gone = [slot for slot in known if not horizon.keeps(slot)]
        for some in _pieces(gone):
            with map_errors(f"dropping {len(some)} slots"):
                with self._store.pipeline(transaction=False) as pipe:
                    for slot in some:
                        self._scripts.forget(pipe, slot)
                    pipe.execute()
                self._scripts.retire(some, (), now=now)
        return len(gone)

    def _drop_articles(self, horizon: Horizon, now: datetime) -> int:
        dropped = 0
        for listed in (keys.ARTICLES, keys.REVIEWED):
            with map_errors("dropping articles"):
                found = self._store.sscan_iter(listed, count=_AT_A_TIME)
                while some := list(islice(found, _AT_A_TIME)):
                    dropped += self._drop(some, horizon, now)
        return dropped

    def _drop(self, some: Sequence[str], horizon: Horizon, now: datetime) -> int:
        """Drop those of some articles that became known before the horizon."""
        with self._store.pipeline(transaction=False) as pipe:
            for article in some:
                pipe.hmget(keys.record(article), "order", "slots")
            replies = pipe.execute()
        old = passed(((one, *reply) for one, reply in zip(some, replies, strict=True)), horizon)
        versions, _, _ = self._settler.settle(
            old.slots,
            lambda slot: without(
                slot,
                old.slots[slot.name],
                before=horizon.instant,
                authority_order=self._authority_order,
            ),
        )
        gone = [
            article
            for article, reply in zip(
                old.articles, self._expire(old.articles, horizon), strict=True
            )
            if reply
        ]
        self._scripts.announce((), versions, now=now)
        self._scripts.retire((), gone, now=now)
        self._relist(gone)
        return len(gone)

    def _expire(self, articles: Iterable[str], horizon: Horizon) -> list[int]:
        with self._store.pipeline(transaction=False) as pipe:
            for article in articles:
                self._scripts.expire(pipe, article, before=horizon.instant)
            return [int(reply) for reply in pipe.execute()]

    def _relist(self, articles: Sequence[str]) -> None:
        """Put back on the list what another ledger took in between the two steps before this."""
        with self._store.pipeline(transaction=False) as pipe:
            for article in articles:
                pipe.hget(keys.record(article), "order")
            replies = pipe.execute()
        back = [article for article, order in zip(articles, replies, strict=True) if order]
        if back:
            self._store.sadd(keys.ARTICLES, *back)


def _pieces(names: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(names), _AT_A_TIME):
        yield names[start : start + _AT_A_TIME]
