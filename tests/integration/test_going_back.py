"""Stores that lose what was acknowledged: emptied, failed over to a copy that was behind.

The aggregator has committed its offsets by then. What was lost comes again all the same, and until
it has, nobody is shown the rest as if it were everything.
"""

from __future__ import annotations

import itertools
import signal
import time
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import SecretStr

from consumers.aggregator.service import GROUP, TOPICS
from tests.integration.cluster import copied_cluster
from tests.integration.commands import environment, vigil
from tests.integration.faults import HURRIED, exports, send_all, start
from tests.integration.streams import stream
from tests.real.sentinels import Watched, watched
from vigil import health, keys, rebuilding
from vigil.errors import StoreError
from vigil.store import make_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from vigil.processes import Process
    from vigil.settings import Settings

pytestmark = [pytest.mark.integration, pytest.mark.slow]

_PATIENCE = 90.0
MESSAGES = list(itertools.islice(stream(11), 500))
EARLY, LATE = MESSAGES[:300], MESSAGES[300:]


@pytest.fixture
def aggregator(servers: Settings, tmp_path: Path) -> Iterator[Callable[[Settings], Process]]:
    """Starts an aggregator on a store; it ends with the test."""
    started: list[Process] = []

    def begin(settings: Settings) -> Process:
        started.append(start(settings, tmp_path, f"aggregator-{len(started)}", HURRIED))
        return started[-1]

    yield begin
    for process in started:
        process.stop()


def until(process: Process, true: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not true():
        assert process.running, process.tail()
        assert time.monotonic() < deadline, f"never {what}:\n{process.tail()}"
        time.sleep(0.05)


def all_taken_in(settings: Settings, process: Process) -> None:
    def done() -> bool:
        waiting = sum(health.waiting(settings, group=GROUP, topic=one).messages for one in TOPICS)
        return waiting == 0

    until(process, done, "was everything committed")


def whole_again(settings: Settings, process: Process) -> None:
    """Wait until the store is as far as it once was."""
    store: Any = make_store(settings)

    def done() -> bool:
        try:
            mark = rebuilding.parse(store.hgetall(rebuilding.KEY))
        except Exception:  # whatever redis-py raises while nobody is primary
            return False
        return mark is not None and mark.done

    until(process, lambda: "the store went back" in process.log.read_text(), "noticed")
    until(process, done, "was the store whole again")
    all_taken_in(settings, process)


def rebuilt(settings: Settings) -> dict[str, str]:
    done = vigil("rebuild", "--yes", env=environment(settings))
    assert done.returncode == 0, done.stderr
    return exports(settings)


@pytest.mark.parametrize("servers", ["real"], indirect=True)
def test_store_that_is_emptied_is_filled_again(
    servers: Settings, aggregator: Callable[[Settings], Process], figures: dict[str, float]
) -> None:
    process = aggregator(servers)
    send_all(servers, EARLY)
    all_taken_in(servers, process)
    wanted = exports(servers)
    lost = time.monotonic()
    make_store(servers).flushall()
    whole_again(servers, process)
    figures |= {"messages": len(EARLY), "seconds until it was whole": time.monotonic() - lost}
    assert exports(servers) == wanted
    assert "said again" not in process.log.read_text().partition("the store went back")[2]
    make_store(servers).flushall()
    send_all(servers, LATE)
    until(process, lambda: process.log.read_text().count("went back") > 12, "noticed twice")
    whole_again(servers, process)
    assert exports(servers) == rebuilt(servers)


@pytest.mark.parametrize("servers", ["embedded"], indirect=True)
def test_store_that_is_being_filled_again_is_not_exported(
    servers: Settings, aggregator: Callable[[Settings], Process]
) -> None:
    process = aggregator(servers)
    send_all(servers, EARLY)
    all_taken_in(servers, process)
    process.stop()
    store: Any = make_store(servers)
    store.flushall()
    store.hset(keys.MISSING, "somewhere", 5)  # a partition nobody comes to fill
    process = aggregator(servers)
    until(process, lambda: bool(store.exists(rebuilding.KEY)), "marked")
    all_taken_in(servers, process)
    refused = vigil("export", env=environment(servers))
    assert refused.returncode
    assert "rebuil" in refused.stderr


@pytest.fixture
def sentinels(tmp_path: Path) -> Iterator[Watched]:
    (tmp_path / "watched").mkdir()
    with watched(tmp_path / "watched") as some:
        yield some


def left_behind(replica: Process, primary: Any) -> None:
    """Freeze a replica and cut its connection: what has arrived there already it would read."""
    replica.popen.send_signal(signal.SIGSTOP)
    primary.client_kill_filter(_type="replica")


def fails_over(primary: Process, replica: Process) -> None:
    """Lose a primary while its replica lacks what was written since it was frozen."""
    primary.popen.kill()
    primary.popen.wait()
    replica.popen.send_signal(signal.SIGCONT)


@pytest.mark.parametrize("servers", ["embedded"], indirect=True)
def test_failover_that_loses_writes_loses_no_claim(
    servers: Settings,
    sentinels: Watched,
    aggregator: Callable[[Settings], Process],
    figures: dict[str, float],
) -> None:
    settings = servers.model_copy(update={"redis": SecretStr(sentinels.address)})
    process = aggregator(settings)
    send_all(settings, EARLY)
    all_taken_in(settings, process)
    left_behind(sentinels.servers[1], sentinels.server(0))
    send_all(settings, LATE)
    all_taken_in(settings, process)
    written = make_store(settings).scard(keys.ARTICLES)
    fails_over(*sentinels.servers)
    killed, left = time.monotonic(), sentinels.server(1).scard(keys.ARTICLES)
    assert left < written, "nothing was lost: proves nothing"
    sentinels.wait_for_primary(1)
    figures |= {"articles stored": written, "of these lost": written - left}
    figures["seconds without a primary"] = time.monotonic() - killed
    whole_again(settings, process)
    figures["seconds until it was whole"] = time.monotonic() - killed
    assert make_store(settings).scard(keys.ARTICLES) == written
    assert exports(settings) == rebuilt(settings)
    assert exports(settings) == straight(servers, settings)


def straight(servers: Settings, settings: Settings) -> dict[str, str]:
    """Return what the same topics give in a store that nothing ever happened to."""
    assert servers.kafka == settings.kafka
    return rebuilt(servers)


@pytest.mark.long
@pytest.mark.parametrize("servers", ["embedded"], indirect=True)
def test_failover_of_a_node_of_a_cluster_loses_no_claim(
    servers: Settings,
    tmp_path: Path,
    aggregator: Callable[[Settings], Process],
    figures: dict[str, float],
) -> None:
    with copied_cluster(tmp_path / "cluster") as copied:
        settings = servers.model_copy(update={"redis": SecretStr(copied.address)})
        process = aggregator(settings)
        send_all(settings, EARLY)
        all_taken_in(settings, process)
        left_behind(copied.replica, copied.first)
        send_all(settings, LATE)
        all_taken_in(settings, process)
        fails_over(copied.primary, copied.replica)
        killed = time.monotonic()
        whole_again(settings, process)
        figures |= {
            "messages": len(MESSAGES),
            "seconds until it was whole": time.monotonic() - killed,
        }
        process.stop()
        assert exports(settings) == straight(servers, settings)


def test_sentinels_out_of_reach_are_worth_another_try(
    nobody: str, store_settings: Settings
) -> None:
    address = SecretStr(f"redis+sentinel://{nobody}/news")
    away = make_store(store_settings.model_copy(update={"redis": address}), retries=0)
    with pytest.raises(StoreError, match="Redis is not answering") as raised:
        health.stored(store_settings.model_copy(update={"redis": address}))
    assert raised.value.retriable
    away.close()
