"""Rebuilding: the store emptied, and filled again from all of ``claims`` and ``reviews``."""

from __future__ import annotations

import secrets
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from consumers.aggregator.bookmarks import Way
from consumers.aggregator.service import TOPICS, sorted_out
from vigil import admin, topics
from vigil.errors import BrokerError, StoreError
from vigil.rebuilding import OF_AGGREGATORS, SILENT_AFTER, Rebuilding
from vigil.replay import batches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from consumers.aggregator.bookmarks import Bookmarks
    from consumers.aggregator.ledger import Ledger
    from vigil.claim import ClaimSet
    from vigil.replay import Batch
    from vigil.review import Review
    from vigil.settings import Settings

# A slot is read and resolved once a batch, however many of its articles are in it. Measured with
# 20,000 articles of 30 slots: 1,000 claims a second with 200 at a time, 6,700 with 5,000.
BATCH = 5_000
_REASONS_KEPT = 20


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild came to.

    Attributes:
        removed: Articles and slots there were before.
        messages: Messages replayed.
        claims: Claims in them, earlier revisions included.
        reviews: Reviews among them, earlier ones of a claim included.
        refused: Messages that could not be read, as the aggregator refused them before.
        reasons: Why, the first few, each with topic, partition and offset.
    """

    removed: int
    messages: int = 0
    claims: int = 0
    reviews: int = 0
    refused: int = 0
    reasons: tuple[str, ...] = ()


def rebuild(
    settings: Settings,
    ledger: Ledger,
    *,
    even_if_empty: bool = False,
    now: Callable[[], datetime] | None = None,
    progress: Callable[[Rebuilding], None] = lambda _mark: None,
) -> Rebuilt:
    """Empty the store and replay the topics ``claims`` and ``reviews`` from their beginning.

    1. See that the topics can be read and hold something, before anything is lost.
    2. Mark the store: until the mark says "done", what is shown is incomplete.
    3. Empty it. Versions stay, so that an aggregator in the middle of a batch is refused.
    4. Only now find where the topics end, and give the ledger everything before.
    5. Say "done".

    Aggregators may run all the while. What one of them wrote before step 3 came from the topic
    before the end that step 4 finds, and is given again; what it writes later stays. The ledger
    is made of last-writer-wins registers, so who writes first, and how often, means nothing.
    Another rebuild is waited for, unless it has died; should two meet all the same, both stop
    and the store stays marked, for one may have emptied what the other had filled.

    Args:
        settings: Where the broker is.
        ledger: What to empty and to fill.
        even_if_empty: Go on when a topic holds nothing though the store holds what came from it.
        now: The clock.
        progress: Told after every batch.

    Raises:
        BrokerError: A topic is not there, or is empty; nothing was touched.
        BrokerUnavailable: Kafka does not answer; if it was replaying, the mark stays.
        StoreUnavailable: Redis does not answer; run it again.
        StoreError: Another rebuild is under way, or the store lost what had been filled in.
    """
    clock = now or (lambda: datetime.now(UTC))
    if not even_if_empty:
        _require_messages(settings, ledger)
    _require_no_other(ledger, clock())
    started_at = clock()
    mark = Rebuilding(secrets.token_hex(8), "running", started_at, updated_at=started_at)
    ledger.mark(mark, takes_over=True)
    try:
        return _replay(settings, ledger, mark, clock, progress)
    except BaseException:
        # Also when a person or a signal ends it: the next one need not wait for a dead one.
        with suppress(StoreError):
            ledger.mark(replace(mark, state="stopped", updated_at=clock()), takes_over=True)
        raise


def _replay(
    settings: Settings,
    ledger: Ledger,
    mark: Rebuilding,
    clock: Callable[[], datetime],
    progress: Callable[[Rebuilding], None],
) -> Rebuilt:
    progress(mark)
    bookmarks = ledger.bookmarks(admin.topic_ids(settings, TOPICS))
    bookmarks.watch()
    done = Rebuilt(removed=ledger.forget())
    stood: Mapping[Any, int] = {}
    for batch in batches(settings, *TOPICS, max_records=BATCH):
        done, claim_sets, reviews = _read(batch.records, done)
        ledger.apply(claim_sets, reviews, now=clock())
        stood = _moved(bookmarks, batch, stood, now=clock(), token=mark.token)
        mark = replace(mark, updated_at=clock(), read=batch.read, total=batch.total)
        _tell(ledger, mark)
        progress(mark)
    ledger.retire(now=clock())
    _tell(ledger, replace(mark, state="done", updated_at=clock()))
    return done


def _moved(
    bookmarks: Bookmarks, batch: Batch, stood: Mapping[Any, int], *, now: datetime, token: str
) -> Mapping[Any, int]:
    """Say in the store how far it is filled; return that.

    Raises:
        StoreUnavailable: Redis does not answer, or a server was replaced and may lack a part.
        StoreError: The store went back.
    """
    ways = {
        tp: Way(stood.get(tp, begin), batch.at[tp], begin) for tp, begin in batch.begins.items()
    }
    for tp, place in bookmarks.move(ways, now=now, token=token).items():
        if place.here is None or place.here < ways[tp].start:
            message = (
                f"the store went back while it was filled: it lacks {tp.topic}[{tp.partition}] "
                f"before offset {ways[tp].start}; run it again"
            )
            raise StoreError(message)
    return batch.at


def _require_messages(settings: Settings, ledger: Ledger) -> None:
    """Refuse to empty a store that could not be filled again."""
    stored = (
        (topics.CLAIMS, ledger.articles(), "articles"),
        (topics.REVIEWS, ledger.reviewed(), "articles that a person reviewed"),
    )
    for topic, count, what in stored:
        with closing(batches(settings, topic, max_records=1)) as some:
            first = next(some, None)
        if first is None and count:
            message = (
                f"the topic {topic.name} on {settings.kafka} is empty, and the store holds "
                f"{count:,} {what}: nothing could be put back. Check VIGIL_KAFKA and VIGIL_REDIS; "
                "to empty the store all the same, give --even-if-empty"
            )
            raise BrokerError(message)


def _require_no_other(ledger: Ledger, now: datetime) -> None:
    other = ledger.rebuilding()
    if other and other.token == OF_AGGREGATORS:
        return  # they fill the store again, which is what the rebuild does
    if other and other.state == "running" and not other.silent(now):
        wait = (other.updated_at + SILENT_AFTER - now).seconds + 1
        message = (
            f"another rebuild is under way since {other.started_at:%H:%M:%S} UTC: wait for it; "
            f"if it was killed, try again in {wait} s"
        )
        raise StoreError(message)


def _tell(ledger: Ledger, mark: Rebuilding) -> None:
    if not ledger.mark(mark):
        message = "another rebuild began meanwhile: both stop; run one again"
        raise StoreError(message)


def _read(records: Iterable[Any], done: Rebuilt) -> tuple[Rebuilt, list[ClaimSet], list[Review]]:
    """Return claims and reviews in the records, and what the rebuild has come to with them."""
    claim_sets, reviews, refused = sorted_out(records)
    reasons = (f"{one.topic}[{one.partition}]@{one.offset}: {error}" for one, error in refused)
    counted = replace(
        done,
        messages=done.messages + len(claim_sets) + len(reviews),
        claims=done.claims + sum(len(one.claims) for one in claim_sets),
        reviews=done.reviews + len(reviews),
        refused=done.refused + len(refused),
        reasons=(*done.reasons, *reasons)[:_REASONS_KEPT],
    )
    return counted, claim_sets, reviews
