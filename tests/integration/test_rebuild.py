"""``vigil rebuild``: whatever Redis lost, the topic ``claims`` gives back."""

from __future__ import annotations

import json
import sys
import threading
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from consumers.aggregator.ledger import Ledger
from consumers.aggregator.rebuild import rebuild
from consumers.aggregator.service import GROUP
from consumers.aggregator.service import serve as serve_aggregator
from dashboard.reader import Reader
from tests.consumers.aggregator.ledgers import (
    MONITOR,
    MOSCOW,
    NOW,
    POLICE,
    RUSSIA,
    claim,
    dump,
)
from tests.integration.commands import environment, vigil
from vigil import broker, keys, rebuilding, topics, wire
from vigil.claim import ClaimSet
from vigil.cli.settle import wait_until_counted
from vigil.errors import BrokerError, StoreError
from vigil.processes import spawn
from vigil.rebuilding import Rebuilding
from vigil.rows import ESTIMATE_FIELDS, estimate_rows, to_csv
from vigil.store import make_store

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from vigil.settings import Settings

pytestmark = pytest.mark.integration


def article(number: int) -> ClaimSet:
    figure = claim(10 + number, MOSCOW, authority=POLICE if number % 2 else MONITOR)
    national = claim(500 + number, RUSSIA, authority=MONITOR)
    return ClaimSet(f"{number:024x}", "r1", NOW, (figure, national), outlet=f"Paper {number % 7}")


ARTICLES = [article(number) for number in range(60)]


def send(settings: Settings, sets: Sequence[ClaimSet]) -> None:
    with broker.make_producer(settings) as producer:
        for one in sets:
            producer.send(
                topics.CLAIMS.name, key=one.article.encode(), value=wire.encode_claims(one)
            ).get(10)


def ledger(settings: Settings) -> Ledger:
    return Ledger(make_store(settings), authority_order=settings.authority_order)


def exported(settings: Settings) -> str:
    snapshot = Reader(make_store(settings)).read()
    return to_csv(estimate_rows(snapshot.estimates), ESTIMATE_FIELDS)


def mark_of(settings: Settings) -> Rebuilding | None:
    fields: Any = make_store(settings).hgetall(rebuilding.KEY)
    return rebuilding.parse(fields)


def state_of(settings: Settings) -> str | None:
    mark = mark_of(settings)
    return mark.state if mark else None


def test_rebuild_gives_back_what_redis_lost(servers: Settings) -> None:
    send(servers, ARTICLES)
    ledger(servers).apply(ARTICLES, now=NOW)
    before = exported(servers)
    make_store(servers).flushall()
    done = vigil("rebuild", "--yes", "--json", env=environment(servers))
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert (figures["messages"], figures["claims"], figures["refused"]) == (60, 120, 0)
    assert exported(servers) == before
    assert state_of(servers) == "done"


def test_rebuild_gives_the_past_back(servers: Settings) -> None:
    first = article(0)
    lower = replace(first.claims[0], low=7, high=7)
    revised = replace(first, revision="r2", seen_at=NOW + timedelta(hours=1), claims=(lower,))
    send(servers, [first, revised])
    ledger(servers).apply([revised, first], now=NOW)
    before = dump(make_store(servers))
    rebuild(servers, ledger(servers))
    after = dump(make_store(servers))
    assert {name: after[name] for name in before} == before
    reader = Reader(make_store(servers))
    assert [one.best for one in reader.as_known_at(NOW).estimates] == [10, 500]
    assert [one.best for one in reader.read().estimates] == [7, 7]


def test_rebuild_drops_what_is_older_than_the_retention(servers: Settings) -> None:
    day = ARTICLES[0].claims[0].day
    assert day
    later = replace(ARTICLES[0].claims[0], day=day + timedelta(days=1))
    sets = [*ARTICLES[:5], replace(ARTICLES[5], claims=(later,))]
    today = datetime(day.year, day.month, day.day, 12, tzinfo=UTC) + timedelta(days=31)
    send(servers, sets)
    store = make_store(servers)
    keeping = Ledger(store, authority_order=servers.authority_order, retention_days=30)
    ledger(servers).apply(sets, now=NOW)
    keeping.retire(now=today)
    before = exported(servers)
    assert "2022-02-25" in before
    assert "2022-02-24" not in before
    rebuild(servers, keeping, now=lambda: today)
    assert exported(servers) == before


def test_rebuild_drops_what_no_message_says(servers: Settings) -> None:
    send(servers, ARTICLES[:5])
    ledger(servers).apply(ARTICLES[:5], now=NOW)
    before = exported(servers)
    ledger(servers).apply(ARTICLES[5:], now=NOW)
    assert exported(servers) != before
    rebuild(servers, ledger(servers))
    assert exported(servers) == before


def test_rebuild_reads_batches_of_several_records_to_their_end(servers: Settings) -> None:
    # Tansu tells batches where it is asked for end offsets: here far fewer than records.
    with broker.make_producer(servers) as producer:
        for one in ARTICLES * 20:
            producer.send(
                topics.CLAIMS.name, key=one.article.encode(), value=wire.encode_claims(one)
            )
    done = rebuild(servers, ledger(servers))
    assert done.messages == 1_200


def test_rebuild_marks_the_store_until_it_is_done(servers: Settings) -> None:
    send(servers, ARTICLES)
    seen: list[Rebuilding | None] = []
    rebuild(servers, ledger(servers), progress=lambda _mark: seen.append(mark_of(servers)))
    assert len(seen) >= 2
    assert all(mark and not mark.done for mark in seen)
    last = seen[-1]
    assert last
    assert last.read == last.total == 60


@pytest.mark.slow
@pytest.mark.parametrize("lost", [False, True], ids=["kept", "redis is emptied half way"])
def test_rebuild_beside_a_running_aggregator_converges(
    servers: Settings, tmp_path: Path, lost: bool
) -> None:
    undisturbed = ledger(servers)
    undisturbed.apply(ARTICLES, now=NOW)
    wanted = exported(servers)
    make_store(servers).flushall()
    with ExitStack() as stack:
        command = [sys.executable, "-m", "vigil", "aggregate"]
        process = spawn("aggregate", command, folder=tmp_path, env=environment(servers))
        stack.callback(process.stop)
        sender = threading.Thread(target=send, args=(servers, ARTICLES))
        sender.start()
        while sender.is_alive():
            if lost:
                make_store(servers).flushall()
            rebuild(servers, ledger(servers), even_if_empty=True)
        sender.join()
        sent = [(one.article, one.revision) for one in ARTICLES]
        wait_until_counted(sent, servers, group=GROUP, check=lambda: None)
        rebuild(servers, ledger(servers))
    assert exported(servers) == wanted


def test_rebuild_leaves_what_an_aggregator_has_yet_to_read(servers: Settings) -> None:
    send(servers, ARTICLES[:30])
    rebuild(servers, ledger(servers))
    send(servers, ARTICLES[30:])
    stopping = threading.Event()
    service = threading.Thread(
        target=serve_aggregator, args=(servers,), kwargs={"stopping": stopping}
    )
    service.start()
    try:
        sent = [(one.article, one.revision) for one in ARTICLES]
        wait_until_counted(sent, servers, group=GROUP, check=lambda: None)
    finally:
        stopping.set()
        service.join()
    assert ledger(servers).articles() == 60


def test_rebuild_goes_past_what_it_cannot_read_and_says_so(servers: Settings) -> None:
    with broker.make_producer(servers) as producer:
        producer.send(topics.CLAIMS.name, key=b"poison", value=b"{").get(10)
    send(servers, ARTICLES[:3])
    done = vigil("rebuild", "--yes", env=environment(servers))
    assert done.returncode == 3
    assert "1 messages refused" in done.stderr
    assert "not a message of ClaimSet" in done.stderr
    assert ledger(servers).articles() == 3


def test_rebuild_from_an_empty_topic_touches_nothing(servers: Settings) -> None:
    ledger(servers).apply(ARTICLES, now=NOW)
    before = exported(servers)
    with pytest.raises(BrokerError, match="is empty, and the store holds 60 articles"):
        rebuild(servers, ledger(servers))
    assert exported(servers) == before
    assert mark_of(servers) is None
    rebuild(servers, ledger(servers), even_if_empty=True)
    assert ledger(servers).articles() == 0


def test_rebuild_waits_for_another(servers: Settings) -> None:
    send(servers, ARTICLES)

    def meanwhile(_mark: Rebuilding) -> None:
        with pytest.raises(StoreError, match=r"another rebuild is under way .* again in \d+ s"):
            rebuild(servers, ledger(servers))

    rebuild(servers, ledger(servers), progress=meanwhile)
    assert ledger(servers).articles() == 60


def test_rebuild_takes_over_from_one_that_died(servers: Settings) -> None:
    send(servers, ARTICLES)
    ledger(servers).mark(Rebuilding("dead", "running", NOW, updated_at=NOW), takes_over=True)
    rebuild(servers, ledger(servers))
    assert state_of(servers) == "done"


def test_rebuild_does_not_wait_for_aggregators_that_fill_the_store(servers: Settings) -> None:
    send(servers, ARTICLES)
    now = datetime.now(UTC)
    missing = Rebuilding(rebuilding.OF_AGGREGATORS, "running", now, updated_at=now)
    ledger(servers).mark(missing, takes_over=True)
    make_store(servers).hset(keys.MISSING, "claims@gone[0]", 50)
    rebuild(servers, ledger(servers))
    assert state_of(servers) == "done"
    assert not make_store(servers).exists(keys.MISSING)


def test_rebuilds_that_meet_leave_the_store_marked(servers: Settings) -> None:
    send(servers, ARTICLES)
    met = False

    def meet(_mark: Rebuilding) -> None:
        nonlocal met
        if not met:
            met = True
            # As if this one had slept for so long that the other took it for dead.
            rebuild(servers, ledger(servers), now=lambda: datetime.now(UTC) + timedelta(hours=1))

    with pytest.raises(StoreError, match="another rebuild began meanwhile"):
        rebuild(servers, ledger(servers), progress=meet)
    assert state_of(servers) == "stopped"


def test_rebuild_that_is_interrupted_can_be_run_again_at_once(servers: Settings) -> None:
    send(servers, ARTICLES)

    def interrupt(_mark: Rebuilding) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt, match=r"^$"):
        rebuild(servers, ledger(servers), progress=interrupt)
    assert state_of(servers) == "stopped"
    rebuild(servers, ledger(servers))
    assert ledger(servers).articles() == 60


def test_rebuild_that_nobody_confirms_touches_nothing(servers: Settings) -> None:
    ledger(servers).apply(ARTICLES, now=NOW)
    done = vigil("rebuild", env=environment(servers))
    assert done.returncode == 1
    assert "give --yes" in done.stderr
    assert "This empties" in done.stderr
    assert ledger(servers).articles() == 60


def test_rebuild_without_a_broker_touches_nothing(servers: Settings, nobody: str) -> None:
    ledger(servers).apply(ARTICLES, now=NOW)
    done = vigil("rebuild", "--yes", env=environment(servers) | {"VIGIL_KAFKA": nobody})
    assert (done.returncode, "Kafka is not answering" in done.stderr) == (1, True), done.stderr
    assert "half filled" not in done.stderr
    assert ledger(servers).articles() == 60
