"""What stands in the store now: of a window of days, or of all, read anew only where it changed."""

from __future__ import annotations

from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from dashboard.gathered import by_day, item_of
from vigil import keys, rebuilding, reviewing, wire
from vigil import period as periods
from vigil.claim import ClaimSet
from vigil.estimate import Estimate
from vigil.rebuilding import Rebuilding
from vigil.snapshot import FeedItem, Snapshot
from vigil.store import map_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from redis import Redis

    from vigil.review import Review

FEED_SHOWN: Final = 200
# All is read anew so often, whatever the store says has changed.
_ANEW: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Overview:
    """What is read first of a window of days: the state of the store, and which slots there are."""

    version: int
    changed_at: datetime | None
    articles: int
    rebuilding: Rebuilding | None
    slots: Sequence[str]


def overview_of(store: Redis, first_day: date | None, last_day: date | None) -> Overview:
    """Return the overview of a window of days; the undated and the periods always belong.

    Raises:
        StoreUnavailable: Redis does not answer.
    """
    first = first_day.toordinal() if first_day else 1
    last = last_day.toordinal() if last_day else "+inf"
    with map_errors("reading the overview"), store.pipeline(transaction=False) as pipe:
        _ask_for_the_state(pipe)
        pipe.zrange(keys.SLOTS, "-inf", keys.UNDATED_SCORE, byscore=True)
        pipe.zrange(keys.SLOTS, first, last, byscore=True)
        *state, dayless, dated = pipe.execute()
    return _overview(state, [*dayless, *dated])


def estimates_of(store: Redis, slots: Sequence[str]) -> list[list[Estimate]]:
    """Return the estimates of each slot.

    Raises:
        StoreUnavailable: Redis does not answer.
        WireError: What is stored was written by an incompatible Vigil.
    """
    with map_errors(f"reading {len(slots)} slots"), store.pipeline(transaction=False) as pipe:
        for slot in slots:
            pipe.hvals(keys.slot_estimates(slot))
        replies = pipe.execute()
    return [[wire.decode(text, Estimate) for text in texts] for texts in replies]


def feed_of(store: Redis) -> tuple[FeedItem, ...]:
    """Return the newest articles that make a claim; those that withdrew theirs are skipped.

    Raises:
        StoreUnavailable: Redis does not answer.
    """
    items: list[FeedItem] = []
    start = 0
    while len(items) < FEED_SHOWN:
        with map_errors("reading the feed"):
            newest: Any = store.zrange(keys.FEED, start, start + FEED_SHOWN - 1, desc=True)
        items += [item_of(claims, reviews) for claims, reviews in claim_sets(store, newest)]
        start += FEED_SHOWN
        if len(newest) < FEED_SHOWN:
            break
    return tuple(items[:FEED_SHOWN])


def claim_sets(
    store: Redis, articles: Sequence[str]
) -> list[tuple[ClaimSet, Mapping[str, Review]]]:
    """Return what these articles claim, each with its reviews, in their order.

    Without those that claim nothing.

    Raises:
        StoreUnavailable: Redis does not answer.
    """
    with map_errors(f"reading {len(articles)} articles"), store.pipeline(transaction=False) as pipe:
        for article in articles:
            pipe.hmget(keys.record(article), "body", "reviews")
        replies = pipe.execute()
    return [
        (wire.decode(body, ClaimSet), reviewing.parse(reviews)) for body, reviews in replies if body
    ]


@dataclass(slots=True)
class _Known:
    """The estimates of every slot, those of each sorted, and the slots in the order shown."""

    version: int
    read_at: datetime
    filled: datetime | None
    slots: dict[str, tuple[Estimate, ...]] = field(default_factory=dict)
    order: list[tuple[tuple[object, ...], str]] = field(default_factory=list)

    def take(self, slot: str, estimates: Sequence[Estimate]) -> None:
        if slot not in self.slots:
            insort(self.order, (_by_day(slot), slot))
        self.slots[slot] = tuple(sorted(estimates, key=by_day))

    def estimates(self) -> tuple[Estimate, ...]:
        return tuple(chain.from_iterable(self.slots[slot] for _, slot in self.order))


class Present:
    """Reads all there is once, and from then on what changed: a change costs what it is worth.

    For one thread at a time. What is shown is what ``Reader.read`` would show: the slots that
    changed since a version are known to the store (``announce.lua``), and where those that are
    left are not as many as they should be, or the store went back to an earlier version, was
    emptied or did not answer, all is read anew.
    """

    def __init__(self, store: Redis, *, clock: Callable[[], datetime]) -> None:
        """Read a store; ``clock`` tells when it is time to read all anew."""
        self._store = store
        self._clock = clock
        self._known: _Known | None = None

    def read(self) -> Snapshot:
        """Return all there is to show.

        Raises:
            StoreUnavailable: Redis does not answer.
            WireError: What is stored was written by an incompatible Vigil.
        """
        known, self._known = self._known, None  # what fails half way is not gone on with
        overview = (known and self._follow(known)) or None
        if known is None or overview is None:
            known, overview = self._begin()
        snapshot = Snapshot(
            version=overview.version,
            first_day=None,
            last_day=None,
            estimates=known.estimates(),
            feed=feed_of(self._store),
            articles=overview.articles,
            changed_at=overview.changed_at,
            rebuilding=overview.rebuilding,
        )
        self._known = known
        return snapshot

    def _begin(self) -> tuple[_Known, Overview]:
        overview = overview_of(self._store, None, None)
        known = _Known(overview.version, self._clock(), _filled(overview))
        for slot, found in zip(
            overview.slots, estimates_of(self._store, overview.slots), strict=True
        ):
            known.take(slot, found)
        return known, overview

    def _follow(self, known: _Known) -> Overview | None:
        """Take in what changed since; None where that cannot be told."""
        if not timedelta(0) <= self._clock() - known.read_at < _ANEW:
            return None
        with map_errors("reading what changed"), self._store.pipeline(transaction=False) as pipe:
            _ask_for_the_state(pipe)
            pipe.zcard(keys.SLOTS)
            pipe.zrange(keys.SLOT_CHANGES, f"({known.version}", "+inf", byscore=True)
            *state, slots, changed = pipe.execute()
        overview = _overview(state, changed)
        # A version that went back is that of a store that lost what it had; while it is rebuilt,
        # slots are emptied and nothing says so.
        if overview.version < known.version or (
            overview.rebuilding and not overview.rebuilding.done
        ):
            return None
        # It was emptied, or went back, and is full again since we looked: so is its version.
        if _filled(overview) != known.filled:
            return None
        if len(known.slots.keys() | set(changed)) != int(slots):
            return None
        for slot, found in zip(changed, estimates_of(self._store, changed), strict=True):
            known.take(slot, found)
        known.version = overview.version
        return overview


def _filled(overview: Overview) -> datetime | None:
    """Return when the store last began to be filled again."""
    return overview.rebuilding.started_at if overview.rebuilding else None


def _ask_for_the_state(pipe: Any) -> None:
    """Queue what ``_overview`` is made of, the version first: what comes after is as new."""
    pipe.get(keys.VERSION)
    pipe.get(keys.CHANGED_AT)
    pipe.scard(keys.ARTICLES)
    pipe.hgetall(rebuilding.KEY)


def _overview(state: Sequence[Any], slots: Sequence[str]) -> Overview:
    version, changed_at, articles, mark = state
    return Overview(
        version=int(version or 0),
        changed_at=datetime.fromisoformat(changed_at) if changed_at else None,
        articles=int(articles),
        rebuilding=rebuilding.parse(mark),
        slots=slots,
    )


def _by_day(slot: str) -> tuple[object, ...]:
    """Sort slots as ``by_day`` sorts what is in them."""
    country, day, period = keys.slot_parts(slot)
    return (day or date.min, periods.order(period) if period else (), country or keys.NOWHERE)
