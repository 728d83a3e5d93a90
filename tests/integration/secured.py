"""What the tests of secured servers share: both of them, and what services do there."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from consumers.aggregator.ledger import Ledger
from dashboard.earlier import EarlierReader
from dashboard.present import Present
from dashboard.reader import Reader
from dashboard.services import ServicesReader
from producers.files import as_published, read
from tests.integration.commands import environment
from tests.real.secured import PASSWORD
from vigil import sources
from vigil.article import Article
from vigil.letters import Deed, Letter, LetterList
from vigil.replay_clock import ReplayClock
from vigil.replaying import Request
from vigil.store import make_store

if TYPE_CHECKING:
    from tests.real.secured import Kafka, SecuredRedis
    from vigil.processes import Process


class Pair(NamedTuple):
    """Both servers, and how a service is set that comes to both of them."""

    kafka: Kafka
    redis: SecuredRedis

    def env(self, user: str, *, store_user: str | None = None) -> dict[str, str]:
        """Return the environment of a service; its secrets stand in a folder."""
        folder = self.kafka.authority.folder / f"secrets-{user}"
        folder.mkdir(exist_ok=True)
        (folder / "vigil_kafka_password").write_text(PASSWORD.format(user))
        (folder / "vigil_redis").write_text(self.redis.address(store_user or user))
        (folder / "vigil_names_key").write_text("hunter2-of-names")
        return environment() | {
            "VIGIL_KAFKA": self.kafka.server.address,
            "VIGIL_KAFKA_SECURITY": "SASL_SSL",
            "VIGIL_KAFKA_CA": str(self.kafka.authority.file),
            "VIGIL_KAFKA_USER": user,
            "VIGIL_REDIS_CA": str(self.redis.authority.file),
            "VIGIL_SECRETS": str(folder),
            "VIGIL_DATA": str(folder),
        }


def pages_are_read(pair: Pair) -> None:
    """Read all that the dashboard's pages read, as its user."""
    settings = pair.redis.settings("dashboard")
    store, order = make_store(settings), settings.authority_order
    reader = Reader(store, authority_order=order)
    snapshot = reader.read(first_day=date(2022, 2, 24), last_day=date(2022, 2, 24))
    assert snapshot.estimates
    now = datetime.now(UTC)
    for estimate in snapshot.estimates:
        assert reader.evidence(estimate.bucket)
        reader.history(estimate.bucket)
        reader.corrections(estimate.bucket)
        reader.estimate_at(estimate.bucket, now)
        reader.evidence_at(estimate.bucket, now)
    reader.moments("detention", first_day=None, last_day=None, most=100)
    reader.as_known_at(now)
    reader.sentences([one.article for one in snapshot.feed])
    present = Present(store, clock=lambda: now)
    assert present.read() == present.read() == reader.read()
    EarlierReader(store, authority_order=order).since(now, snapshot)
    assert ServicesReader(store).read()
    assert sources.read(store) == []
    store.close()


def rarely_done(pair: Pair) -> None:
    """Do what services do on some days only, each as its user; the store is empty afterwards."""
    settings = pair.redis.settings("aggregator")
    now = datetime.now(UTC)
    with make_store(settings) as store:
        letters = LetterList(store)
        letters.add([Letter("0-0", "extract", "broken", "articles[0]@0", now, 1)])
        letters.settle([("0-0", Deed("discarded", now, now))])
        assert letters.wished() is False
        keeper = Ledger(store, authority_order=settings.authority_order, retention_days=90)
        keeper.retire(now=now)
        assert keeper.articles() == 0
    with make_store(pair.redis.settings("producer")) as store:
        sources.write(store, sources.Source("https://wire.example/rss", "", now, now))
        assert sources.read(store)
        sources.forget(store, "https://wire.example/rss")
        clock = ReplayClock(store, holder="desk 1 a")
        clock.take()
        assert clock.ask(Request("token", "pause"))
        assert clock.skip_requests() == 1


def all_alive(running: list[Process]) -> None:
    for process in running:
        assert process.running, process.tail()


def sent_articles(folder: Path) -> list[tuple[str, str]]:
    items = read([folder], seen_at=as_published)
    return [(one.id, one.revision) for one in items if isinstance(one, Article)]


def family(processes: list[Process]) -> list[int]:
    """Return the ids of processes and of whom they started."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has ended meanwhile
        parents[int(stat.parent.name)] = int(fields[1])
    found = {process.popen.pid for process in processes}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return sorted(found)
