"""Aggregation beside the bare consumer, and beside itself with a thousand times as much stored."""

from __future__ import annotations

import statistics
import tempfile
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from bench import consuming
from bench.claims import CLAIMS_AN_ARTICLE, Days, claim_sets, one_evening
from bench.figure import Figure
from consumers.aggregator.ledger import Ledger
from consumers.aggregator.rebuild import BATCH
from consumers.aggregator.service import AggregateService, make_consumer
from consumers.dead_letters import DeadLetters
from consumers.runner import run
from vigil import broker, topics, wire
from vigil.embedded import embedded
from vigil.settings import Settings
from vigil.store import make_store, memory_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from vigil.claim import ClaimSet

_ARTICLES = 5_000
_REPEATS = 3
_FEW, _MANY = 1_000, 1_000_000
_EVENING = 10_000
# Beyond all days that are stored, so that the same articles find the same slots, empty.
_LATER = Days(first=15_000)


def figures() -> list[Figure]:
    """Return the figures of aggregation."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="vigil-bench-")))
        settings = stack.enter_context(embedded(Settings(), folder))
        return [*_beside_the_consumer(settings), *_by_what_is_stored(settings)]


def _beside_the_consumer(settings: Settings) -> list[Figure]:
    broker.ensure_topics(settings)
    with broker.make_producer(settings) as producer:
        for one in claim_sets(_ARTICLES, Days(first=0)):
            message = wire.encode_claims(one)
            producer.send(topics.CLAIMS.name, key=one.article.encode(), value=message)
    # In turn, so that a machine that slows down slows all of them.
    turns = [
        (
            _aggregated(settings, group=f"bench-{turn}"),
            consuming.seconds(settings.kafka, _ARTICLES, c_checksums=False),
            consuming.seconds(settings.kafka, _ARTICLES, c_checksums=True),
        )
        for turn in range(_REPEATS)
    ]
    ours, published, with_c = (statistics.median(column) for column in zip(*turns, strict=True))
    rate = _ARTICLES * CLAIMS_AN_ARTICLE / ours
    how = f"{_ARTICLES} messages of {CLAIMS_AN_ARTICLE} claims, processor time, median; beside "
    return [
        Figure(
            "aggregation, to kafka-python", rate, "claims/s", published / ours, 0.5,
            how + "its bare consumer as published, which computes checksums in Python",
        ),
        Figure(
            "aggregation, to it with crc32c", rate, "claims/s", with_c / ours, None,
            how + "its bare consumer with checksums in C, which no Python work comes near",
        ),
    ]  # fmt: skip


def _aggregated(settings: Settings, *, group: str) -> float:
    """Return the processor time of the whole aggregator: group, commits and all."""
    store = make_store(settings)
    store.flushall()
    stopping = Event()
    left = _ARTICLES

    def handled(count: int) -> None:
        nonlocal left
        left -= count
        if left <= 0:
            stopping.set()

    ledger = Ledger(store, authority_order=settings.authority_order)
    with (
        broker.make_producer(settings) as producer,
        make_consumer(settings, group=group) as consumer,
    ):
        service = AggregateService(ledger, DeadLetters(producer, stage="aggregate"))
        start = time.process_time()
        run(consumer, service, stopping=stopping, handled=handled)
        return time.process_time() - start


def _by_what_is_stored(settings: Settings) -> list[Figure]:
    store = make_store(settings, timeout=60)
    ledger = Ledger(store, authority_order=settings.authority_order)
    store.flushall()
    empty = memory_of(store).used
    stored = claim_sets(_MANY // CLAIMS_AN_ARTICLE, Days(first=0))

    def fill(claims: int) -> None:
        _apply(ledger, islice(stored, claims // CLAIMS_AN_ARTICLE), at_a_time=BATCH)

    fill(_FEW)
    few = _cost(store, ledger, settings)
    fill(_MANY - _FEW)
    used = memory_of(store).used - empty
    many = _cost(store, ledger, settings)
    _apply(ledger, one_evening(_EVENING // CLAIMS_AN_ARTICLE), at_a_time=BATCH)
    more = list(one_evening((_EVENING + 3_000) // CLAIMS_AN_ARTICLE))[-1_000:]
    work = partial(_apply, ledger, more, at_a_time=settings.batch)
    evening = _timed(store, work) / len(more)
    how = "processor time of aggregator and store together, "
    return [
        Figure(
            "aggregation, 1,000,000 stored", CLAIMS_AN_ARTICLE / many, "claims/s", few / many,
            round(1 / 1.2, 2), how + "beside 1,000 stored: at most 1.2 times as dear",
        ),
        Figure(
            "aggregation, 10,000 of one day", CLAIMS_AN_ARTICLE / evening, "claims/s",
            few / evening, None, how + "into a country's day of 10,000 claims, beside 1,000 stored",
        ),
        Figure("memory, 1,000,000 stored", used / _MANY, "bytes/claim", None, None, "INFO memory"),
    ]  # fmt: skip


def _cost(store: Any, ledger: Ledger, settings: Settings) -> float:
    """Return the median processor time an article takes, and leave as much stored as there was."""
    costs = []
    for turn in range(_REPEATS + 1):
        days = Days(first=_LATER.first + 100 * turn)
        some = list(claim_sets(2_000, days))
        work = partial(_apply, ledger, some, at_a_time=settings.batch)
        spent = _timed(store, work)
        costs.append(spent / len(some))
    return statistics.median(costs[1:])


def _apply(ledger: Ledger, sets: Iterable[ClaimSet], *, at_a_time: int) -> None:
    left = iter(sets)
    while some := list(islice(left, at_a_time)):
        ledger.apply(some, now=datetime.now(UTC))


def _timed(store: Any, work: Callable[[], object]) -> float:
    """Return the processor time of this process and of the store."""
    before = _processor(store)
    work()
    return _processor(store) - before


def _processor(store: Any) -> float:
    told = store.info("cpu")
    return time.process_time() + float(told["used_cpu_user"]) + float(told["used_cpu_sys"])
