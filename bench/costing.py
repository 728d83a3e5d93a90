"""What an article costs each service, measured on real processes that catch up with a stream."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench import texts
from bench.claims import CLAIMS_AN_ARTICLE, Days, claim_sets, one_evening
from bench.model import Costs
from consumers.aggregator.ledger import Ledger
from consumers.aggregator.service import GROUP as AGGREGATE
from consumers.extractor.pipeline import Extractor, installed_model
from consumers.extractor.service import GROUP as EXTRACT
from vigil import admin, broker, keys, reports, topics, wire
from vigil.article import article_id
from vigil.claim import ClaimSet
from vigil.cli.local import service_env
from vigil.embedded import embedded
from vigil.processes import Process, spawn
from vigil.settings import Settings
from vigil.store import make_store, memory_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vigil.article import Article

_TODAY = date(2026, 1, 1)
_MANY, _FEW, _SETS = 3_000, 400, 10_000
_EVENING, _TURNS, _A_TURN = 10_000, 10, 20
_LOOK_SECONDS = 0.3  # nobody tells when: asked again, and a process that ended is noticed meanwhile


@dataclass(frozen=True, slots=True)
class Aggregated:
    """What taking claims in cost.

    Attributes:
        aggregate: Processor seconds of all aggregators.
        store: Processor seconds of the store.
        stored: Bytes that the store grew by.
    """

    aggregate: float
    store: float
    stored: float


class Corpus:
    """As many articles as are asked for: those of the corpus, made long, and ordinary news."""

    def __init__(self) -> None:
        """Find the articles that make claims."""
        whole = [texts.of_usual_length(article) for article in texts.corpus()]
        extractor = Extractor(model=installed_model(None), names_key=b"bench")
        read = extractor.extract(whole, today=_TODAY)
        found = [(one, done.claims) for one, done in zip(whole, read, strict=True)]
        self._with = [(article, claims) for article, claims in found if claims.claims]
        sizes = [len(wire.encode_claims(claims)) for _, claims in self._with]
        self.claims_bytes = sum(sizes) / len(sizes)
        self._turn = 0

    def stream(self, count: int, *, one_in: int | None) -> list[Article]:
        """Return articles, one of so many with claims; None: none of them."""
        self._turn += 1
        made = texts.ordinary(count) if one_in != 1 else []
        wanted = range(0, count, one_in) if one_in else range(0)
        for number in wanted:
            article, _ = self._with[number % len(self._with)]
            named = article_id(url=f"https://bench.example/{self._turn}/{number}", text="")
            made[number : number + 1] = [replace(article, id=named)]
        return [replace(one, id=article_id(url=f"{self._turn} {one.id}", text="")) for one in made]


class Pipeline:
    """Some extractors and aggregators over embedded servers, ready before anything is counted."""

    def __init__(self, stack: ExitStack, *, extractors: int = 0, aggregators: int = 0) -> None:
        """Start everything; the stack stops it."""
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="vigil-bench-")))
        self._settings = stack.enter_context(embedded(Settings(data=folder), folder))
        broker.ensure_topics(self._settings)
        self._store = make_store(self._settings)
        self._running = {
            "extract": self._start(stack, folder, "extract", extractors),
            "aggregate": self._start(stack, folder, "aggregate", aggregators),
        }
        while not self._ready():
            self._check()
            time.sleep(_LOOK_SECONDS)

    def _start(self, stack: ExitStack, folder: Path, name: str, count: int) -> list[Process]:
        command = [sys.executable, "-m", "vigil", name]
        env = service_env(self._settings) | {"OMP_NUM_THREADS": "1"}
        processes = []
        for number in range(count):
            process = spawn(f"{name} {number}", command, folder=folder, env=env)
            stack.callback(process.stop)
            processes.append(process)
        return processes

    def _ready(self) -> bool:
        """Whether every service has a share of its topics."""
        fields: Any = self._store.hgetall(keys.SERVICES)
        at_work = sum(one.lag is not None for one in reports.parse(fields))
        return at_work == sum(map(len, self._running.values()))

    def extracts(self, articles: Sequence[Article]) -> float:
        """Let extractors read articles; return the processor seconds of all of them."""
        messages = [(one.id, wire.encode_article(one)) for one in articles]
        before = self._processor("extract")
        self._handled(topics.ARTICLES, EXTRACT, messages)
        return self._processor("extract") - before

    def aggregates(self, claim_sets: Iterable[ClaimSet]) -> Aggregated:
        """Let aggregators take claims in as fast as they can; return what that cost."""
        messages = [(one.article, wire.encode_claims(one)) for one in claim_sets]
        before, spent = self._processor("aggregate"), _store_processor(self._store)
        stored = memory_of(self._store).used
        self._handled(topics.CLAIMS, AGGREGATE, messages)
        return Aggregated(
            self._processor("aggregate") - before,
            _store_processor(self._store) - spent,
            memory_of(self._store).used - stored,
        )

    def _handled(self, topic: topics.Topic, group: str, messages: list[tuple[str, bytes]]) -> None:
        done = self._committed(topic, group) + len(messages)
        with broker.producing(self._settings) as producer:
            for key, value in messages:
                producer.send(topic.name, key=key.encode(), value=value)
            producer.flush()
        while self._committed(topic, group) < done:
            self._check()
            time.sleep(_LOOK_SECONDS)

    def _committed(self, topic: topics.Topic, group: str) -> int:
        return sum(admin.committed(self._settings, group=group, topic=topic).values())

    def _processor(self, name: str) -> float:
        return sum(map(_processor, self._running[name]))

    def _check(self) -> None:
        for process in (one for some in self._running.values() for one in some):
            if not process.running:
                raise SystemExit(process.tail())


def _processor(process: Process) -> float:
    """Return the processor seconds a process has spent (Linux)."""
    text = Path(f"/proc/{process.popen.pid}/stat").read_text()
    user, system = text.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _store_processor(store: Any) -> float:
    told = store.info("cpu")
    return float(told["used_cpu_user"]) + float(told["used_cpu_sys"])


def without_claims(count: int) -> Iterator[ClaimSet]:
    """Yield what is said of articles that make no claim."""
    for number in range(count):
        yield ClaimSet(f"{number:032x}", f"{number:016x}", datetime.now(UTC))


def mixed(count: int, *, one_in: int) -> Iterator[ClaimSet]:
    """Yield what is said of a stream with claims in one article of so many."""
    some = claim_sets(-(-count // one_in), Days(first=0))
    for number, one in enumerate(without_claims(count)):
        yield next(some) if number % one_in == 0 else one


def measured(corpus: Corpus) -> Costs:
    """Return the costs of both kinds of article, each of a stream of its own kind."""
    with ExitStack() as stack:
        pipeline = Pipeline(stack, extractors=1)
        pipeline.extracts(corpus.stream(50, one_in=5))  # loads what the first article loads
        extract_other = pipeline.extracts(corpus.stream(_MANY, one_in=None)) / _MANY
        extract_claims = pipeline.extracts(corpus.stream(_FEW, one_in=1)) / _FEW
    with ExitStack() as stack:
        pipeline = Pipeline(stack, aggregators=1)
        other = pipeline.aggregates(without_claims(_SETS))
        claims = pipeline.aggregates(claim_sets(_SETS, Days(first=0)))
    article = corpus.stream(200, one_in=20)
    return Costs(
        extract_other=extract_other,
        extract_claims=extract_claims,
        aggregate_other=other.aggregate / _SETS,
        aggregate_claims=claims.aggregate / _SETS,
        store_other=other.store / _SETS,
        store_claims=claims.store / _SETS,
        settle=_settling(),
        claims_each=CLAIMS_AN_ARTICLE,
        article_bytes=sum(len(wire.encode_article(one)) for one in article) / len(article),
        claims_bytes=corpus.claims_bytes,
        empty_bytes=len(wire.encode_claims(next(without_claims(1)))),
        stored_claim_bytes=claims.stored / _SETS / CLAIMS_AN_ARTICLE,
        stored_other_bytes=other.stored / _SETS,
    )


def _settling() -> float:
    """Return what it costs to resolve a country's day again, by each claim it holds."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="vigil-bench-")))
        settings = stack.enter_context(embedded(Settings(data=folder), folder))
        store = make_store(settings, timeout=60)
        ledger = Ledger(store, authority_order=settings.authority_order)
        news = one_evening(10**6)
        empty = _turns(ledger, store, news)
        ledger.apply(list(islice(news, _EVENING // CLAIMS_AN_ARTICLE)), now=datetime.now(UTC))
        full = _turns(ledger, store, news)
    return max(0.0, (full - empty) / _EVENING)


def _turns(ledger: Ledger, store: Any, news: Iterator[ClaimSet]) -> float:
    """Return the processor seconds of aggregator and store that a small batch takes."""
    start = time.process_time() + _store_processor(store)
    for _ in range(_TURNS):
        ledger.apply(list(islice(news, _A_TURN)), now=datetime.now(UTC))
    return (time.process_time() + _store_processor(store) - start) / _TURNS
