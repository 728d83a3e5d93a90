"""The ledger's Lua scripts, one file an operation, registered once and typed at the call."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib import resources
from typing import TYPE_CHECKING, Any

from vigil import keys, rebuilding, reviewing, revisions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from redis import Redis
    from redis.client import Pipeline

    from consumers.aggregator.record import Record
    from consumers.aggregator.slots import Change
    from vigil.rebuilding import Rebuilding

# The screen shows the newest 200 that still make a claim; what was withdrawn since is among these.
FEED_KEPT = 1_000

_ALL_KEYS = (
    keys.VERSION, keys.CHANGED_AT, keys.SLOTS, keys.SLOT_VERSIONS, keys.ARTICLES, keys.FEED,
    keys.REVIEWED, keys.SLOT_CHANGES,
)  # fmt: skip


class Scripts:
    """Every write of the ledger. Each is idempotent: redis-py sends again what timed out."""

    def __init__(self, store: Redis) -> None:
        self._register = store.register_script(_source("register"))
        self._settle = store.register_script(_source("settle"))
        self._announce = store.register_script(_source("announce"))
        self._expire = store.register_script(_source("expire"))
        self._retire = store.register_script(_source("retire"))
        self._forget = store.register_script(_source("forget"))
        self._rebuild = store.register_script(_source("rebuild"))
        self._bookmark = store.register_script(_source("bookmark"))

    def register(self, pipe: Pipeline, record: Record) -> None:
        """Queue ``register.lua``: take revision and reviews into their article's record."""
        args: list[str | int] = [record.order, " ".join(record.slots), record.body]
        args += [record.reviews, record.earlier, record.verdicts]
        args += [revisions.KEPT, reviewing.VERDICTS_KEPT]
        self._register(keys=[keys.record(record.article)], args=args, client=pipe)

    def settle(self, pipe: Pipeline, change: Change) -> None:
        """Queue ``settle.lua``: write a slot, unless somebody else changed it first."""
        args: list[str | bytes | int] = [change.version, len(change.claims), len(change.estimates)]
        args.append(len(change.forgotten))
        for article, contribution in change.claims:
            args += (article, contribution)
        for bucket, estimate, best in change.estimates:
            args += (bucket, estimate, best)
        self._settle(
            keys=_slot_keys(change.slot),
            args=[*args, *change.forgotten, *change.removed],
            client=pipe,
        )

    def announce(
        self, records: Sequence[Record], versions: Mapping[str, int], *, now: datetime
    ) -> bool:
        """Run ``announce.lua``: tell the dashboard; return whether anything was new."""
        known = [record.article for record in records if record.order]
        reviewed = [record.article for record in records if record.reviews]
        feed = [record for record in records if record.slots]
        args: list[str | int] = [now.astimezone(UTC).isoformat(), FEED_KEPT]
        args += [len(known), len(reviewed), len(feed), *known, *reviewed]
        for record in feed:
            args += (_microseconds(record.seen_at), record.article)
        for slot, version in versions.items():
            _, day, period = keys.slot_parts(slot)
            args += (slot, keys.slot_score(day, period), version)
        return bool(self._announce(keys=_ALL_KEYS, args=args))

    def expire(self, pipe: Pipeline, article: str, *, before: str) -> None:
        """Queue ``expire.lua``: remove a record of which nothing is known since a moment."""
        self._expire(keys=[keys.record(article)], args=[before], client=pipe)

    def retire(self, slots: Sequence[str], articles: Sequence[str], *, now: datetime) -> bool:
        """Run ``retire.lua``: take what was dropped off the lists; return whether it was there."""
        args: list[str | int] = [now.astimezone(UTC).isoformat(), len(slots), *slots, *articles]
        return bool(self._retire(keys=_ALL_KEYS, args=args))

    def forget(self, pipe: Pipeline, slot: str) -> None:
        """Queue ``forget.lua``: empty a slot and refuse whoever has read it before."""
        self._forget(keys=_slot_keys(slot), client=pipe)

    def rebuild(self, mark: Rebuilding, *, takes_over: bool) -> bool:
        """Run ``rebuild.lua``: say how far a rebuild is; False when another took over."""
        args: list[str | int] = [mark.token, int(takes_over)]
        for field, value in mark.fields().items():
            args += (field, value)
        return bool(self._rebuild(keys=[rebuilding.KEY, keys.VERSION], args=args))

    def bookmark(self, args: Sequence[str | int]) -> tuple[str, list[int]]:
        """Run ``bookmark.lua``: say how far along each partition the store has come.

        Return which process heard it, and its answer: none where another one was meant.
        """
        names = (keys.BOOKMARKS, keys.MISSING, rebuilding.KEY, keys.VERSION)
        told: Any = self._bookmark(keys=names, args=args)
        return str(told[0]), [int(one) for one in told[1:]]


def _slot_keys(slot: str) -> list[str]:
    return [
        keys.slot_version(slot), keys.slot_claims(slot),
        keys.slot_estimates(slot), keys.slot_counters(slot),
    ]  # fmt: skip


def _source(name: str) -> str:
    return resources.files("consumers.aggregator").joinpath(f"lua/{name}.lua").read_text("utf-8")


def _microseconds(moment: datetime) -> int:
    since = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
