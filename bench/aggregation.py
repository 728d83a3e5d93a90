"""Aggregation beside the bare consumer, and beside itself with a thousand times as much stored."""

from __future__ import annotations

import statistics
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench import consuming, filling, reading
from bench.claims import CLAIMS_AN_ARTICLE, Days, claim_sets, one_evening
from bench.figure import Figure
from consumers.aggregator.ledger import Ledger
from vigil import broker, topics, wire
from vigil.embedded import embedded, start_store
from vigil.settings import Settings
from vigil.store import make_store, memory_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vigil.claim import ClaimSet

_ARTICLES = 10_000
_REPEATS = 3
_READERS: tuple[tuple[consuming.Reader, bool], ...] = (
    ("aggregator", False), ("bare", False), ("aggregator", True), ("bare", True),
)  # fmt: skip
_TURNS = 9
_FEW, _MANY = 1_000, 1_000_000
_EVENING = 10_000
_NEWS = 2_000  # articles that are timed
_LATER = 15_000
_AT_A_TIME = 1_000  # what an aggregator takes in a turn while it catches up


def figures() -> list[Figure]:
    """Return the figures of aggregation."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="vigil-bench-")))
        settings = stack.enter_context(embedded(Settings(), folder))
        few = folder / "few"
        few.mkdir()
        return [*_beside_the_consumer(settings), *_by_what_is_stored(settings, few)]


def _beside_the_consumer(settings: Settings) -> list[Figure]:
    broker.ensure_topics(settings)
    with broker.make_producer(settings) as producer:
        for one in claim_sets(_ARTICLES, Days(first=0)):
            message = wire.encode_claims(one)
            producer.send(topics.CLAIMS.name, key=one.article.encode(), value=message)
    # In turn, so that a machine that slows down slows all of them.
    turns = [
        [
            consuming.seconds(settings, _ARTICLES, reader, c_checksums=c_checksums)
            for reader, c_checksums in _READERS
        ]
        for _ in range(_REPEATS)
    ]
    ours, bare, ours_with_c, bare_with_c = map(statistics.median, zip(*turns, strict=True))
    claims = _ARTICLES * CLAIMS_AN_ARTICLE
    how = f"{_ARTICLES} messages of {CLAIMS_AN_ARTICLE} claims, processor time, median; beside "
    return [
        Figure(
            "aggregation, to kafka-python", claims / ours, "claims/s", bare / ours, 0.5,
            how + "its bare consumer, both as kafka-python is published: checksums in Python",
        ),
        Figure(
            "aggregation, both with crc32c", claims / ours_with_c, "claims/s",
            bare_with_c / ours_with_c, None,
            how + "its bare consumer, both as Vigil installs them: checksums in C",
        ),
    ]  # fmt: skip


def _by_what_is_stored(settings: Settings, folder: Path) -> list[Figure]:
    """Measure two stores in turn, so that a machine that slows down slows both."""
    little = start_store(folder)
    try:
        few, many = _Work.at(settings, little.address), _Work.at(settings)
        used = _filled(many.store, settings.redis.get_secret_value()) / _MANY
        turns = [(_with_few(few), many.cost(_news(turn))) for turn in range(_TURNS)]
        _refill(few)
        read = reading.figures(few.store, many.store)
    finally:
        little.process.stop()
    some, more = (statistics.median(column) for column in zip(*turns, strict=True))
    many.fill(one_evening(_EVENING // CLAIMS_AN_ARTICLE))
    whole = one_evening(_EVENING // CLAIMS_AN_ARTICLE + _NEWS)
    evening = many.cost(islice(whole, _EVENING // CLAIMS_AN_ARTICLE, None))
    how = "processor time of aggregator and store together, "
    return [
        Figure(
            "aggregation, 1,000,000 stored", CLAIMS_AN_ARTICLE / more, "claims/s", some / more,
            round(1 / 1.2, 2), how + "beside 1,000 stored: at most 1.2 times as dear",
        ),
        Figure(
            "aggregation, 10,000 of one day", CLAIMS_AN_ARTICLE / evening, "claims/s",
            some / evening, None, how + "into a country's day of 10,000, beside 1,000 stored",
        ),
        *read,
        Figure("memory, 1,000,000 stored", used, "bytes/claim", None, None, "INFO memory"),
    ]  # fmt: skip


def _filled(store: Any, address: str) -> int:
    """Leave a million claims in a store; return the bytes of memory they take."""
    store.flushall()
    filling.without_log(store)
    empty = memory_of(store).used
    filling.fill(address, _MANY // CLAIMS_AN_ARTICLE)
    used = memory_of(store).used - empty
    filling.with_log(store)
    return used


def _news(turn: int) -> Iterator[ClaimSet]:
    """Return the news of days that are beyond all that is stored, as today's news is."""
    return claim_sets(_NEWS, Days(first=_LATER + _NEWS * turn))


def _with_few(work: _Work) -> float:
    _refill(work)
    return work.cost(_news(0))


def _refill(work: _Work) -> None:
    """Leave a thousand claims in a store: of the first days of those in the other."""
    work.store.flushall()
    work.fill(claim_sets(_FEW // CLAIMS_AN_ARTICLE, Days(first=0)))


@dataclass(frozen=True, slots=True)
class _Work:
    """A ledger, its store, and how much an aggregator takes in at a time."""

    store: Any
    ledger: Ledger
    at_a_time: int

    @classmethod
    def at(cls, settings: Settings, address: str | None = None) -> _Work:
        """Return the work on the store of the settings, or on another."""
        if address:
            settings = settings.model_copy(update={"redis": type(settings.redis)(address)})
        store = make_store(settings, timeout=60)
        ledger = Ledger(store, authority_order=settings.authority_order)
        return cls(store, ledger, at_a_time=_AT_A_TIME)

    def fill(self, sets: Iterable[ClaimSet]) -> None:
        """Take articles in, as a rebuild does."""
        filling.apply(self.ledger, sets)

    def cost(self, sets: Iterable[ClaimSet]) -> float:
        """Return the processor time an article takes, of this process and of the store."""
        some = list(sets)
        before = self._processor()
        filling.apply(self.ledger, some, at_a_time=self.at_a_time)
        return (self._processor() - before) / len(some)

    def _processor(self) -> float:
        told = self.store.info("cpu")
        spent = float(told["used_cpu_user"]) + float(told["used_cpu_sys"])
        return time.process_time() + spent
