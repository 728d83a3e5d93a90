"""Servers and members that stop, fill up or tell the wrong time: the numbers are the same after."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.integration.commands import environment
from tests.integration.faults import exports
from tests.integration.members import Members, members, undisturbed
from tests.integration.news import Stream, write_news
from vigil import broker
from vigil.embedded import start_broker, start_store
from vigil.settings import Settings
from vigil.store import make_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from vigil.embedded import Server

pytestmark = [pytest.mark.integration, pytest.mark.slow, pytest.mark.timeout(900)]

FEW = 8  # what `--kills` is where nobody asks
# A service that hears nothing for so long is missed by its group; a frozen one is resumed later.
SESSION_SECONDS = 2
_PATIENCE = 60.0


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_news(tmp_path_factory.mktemp("news"), 120)


@pytest.fixture(scope="module")
def wanted(store_settings: Settings, news: list[Path]) -> dict[str, str]:
    return undisturbed(news, store_settings)


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Settings, Server, Server]]:
    """A broker and a store of the test's own, which it may stop and fill."""
    folder = tmp_path / "pair"
    folder.mkdir()
    kafka, redis = start_broker(folder), start_store(folder)
    settings = Settings(data=folder).model_copy(
        update={"kafka": kafka.address, "redis": type(Settings().redis)(redis.address)}
    )
    broker.ensure_topics(settings)
    yield settings, kafka, redis
    for server in (kafka, redis):
        server.process.popen.send_signal(signal.SIGCONT)
        server.process.stop()


def until(services: Members, true: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not true():
        services.check()
        assert time.monotonic() < deadline, f"never {what}:\n{services.logs('aggregate')[-2_000:]}"
        time.sleep(0.05)


@pytest.mark.long
def test_broker_and_store_that_stop_for_a_while_change_no_number(
    pair: tuple[Settings, Server, Server],
    news: list[Path],
    wanted: dict[str, str],
    tmp_path: Path,
    pytestconfig: pytest.Config,
    *,
    figures: dict[str, float],
) -> None:
    settings, *servers = pair
    # The longest that clients wait for one answer is 15 s in the producer, 5 s in the store.
    seconds = 60 if int(pytestconfig.getoption("--kills")) > FEW else 7
    with members(settings, tmp_path, extractors=1, aggregators=1) as services:
        with Stream(settings, news, a_second=40) as stream:
            for share, server in zip((0.2, 0.6), servers, strict=True):
                stream.wait(share)
                server.process.popen.send_signal(signal.SIGSTOP)
                time.sleep(seconds)
                server.process.popen.send_signal(signal.SIGCONT)
                resumed = time.monotonic()
            stream.wait(1)
        services.settle(stream.sent)
    figures |= {
        "articles": len(stream.sent),
        "seconds each was stopped": seconds,
        "seconds until all was counted": time.monotonic() - resumed,
    }
    assert exports(settings) == wanted


def test_store_out_of_memory_is_waited_for_and_said(
    pair: tuple[Settings, Server, Server],
    news: list[Path],
    wanted: dict[str, str],
    tmp_path: Path,
    figures: dict[str, float],
) -> None:
    settings, *_ = pair
    store: Any = make_store(settings)
    store.config_set("maxmemory-policy", "noeviction")
    with members(settings, tmp_path, extractors=1, aggregators=1) as services:
        with Stream(settings, news, a_second=80) as stream:
            stream.wait(0.2)
            store.config_set("maxmemory", "1mb")
            full = time.monotonic()
            said = "out of memory: raise its maxmemory"
            until(services, lambda: said in services.logs("aggregate"), f"said {said!r}")
            store.config_set("maxmemory", "0")
            freed = time.monotonic()
            stream.wait(1)
        services.settle(stream.sent)
    figures |= {
        "articles": len(stream.sent),
        "seconds until it was said": freed - full,
        "seconds until all was counted": time.monotonic() - freed,
    }
    assert exports(settings) == wanted


def test_members_that_sleep_past_their_session_write_nothing_that_counts(
    pair: tuple[Settings, Server, Server],
    news: list[Path],
    wanted: dict[str, str],
    tmp_path: Path,
    figures: dict[str, float],
) -> None:
    settings, *_ = pair
    with members(settings, tmp_path) as services:
        with Stream(settings, news, a_second=40) as stream:
            stream.wait(0.3)
            asleep = [services.freeze(kind) for kind in ("extract", "aggregate")]
            frozen = time.monotonic()
            stream.wait(1)
            # Whoever is awake is given their share once they are missed, and takes in all of it.
            services.settle(stream.sent)
            figures |= {
                "articles": len(stream.sent),
                "seconds of a session": SESSION_SECONDS,
                "seconds asleep, until the others had counted all": time.monotonic() - frozen,
            }
            assert exports(settings) == wanted
            for process in asleep:
                process.popen.send_signal(signal.SIGCONT)
        # Their late batches are written while the rest comes a second time, and change nothing.
        with Stream(settings, news, a_second=400) as stream:
            stream.wait(1)
        services.settle(stream.sent)
        services.check()
    assert exports(settings) == wanted


@pytest.mark.long
def test_disk_that_is_full_at_the_producer_loses_and_doubles_nothing(
    pair: tuple[Settings, Server, Server],
    news: list[Path],
    wanted: dict[str, str],
    tmp_path: Path,
    figures: dict[str, float],
) -> None:
    settings, *_ = pair
    dropped, done = tmp_path / "dropped", tmp_path / "done"
    shutil.copytree(news[0].parent, dropped)
    watch = [sys.executable, "-m", "vigil", "watch", str(dropped), "--settle", "0", "--once"]
    watch += ["--done", str(done)]
    ended = []
    # No file may grow beyond so many blocks: the first is that of the watch's own notes.
    for blocks in ("0", "1", "8", "16", "unlimited"):
        run = ["bash", "-c", f'ulimit -f {blocks}; exec "$@"', "watch", *watch]
        told = subprocess.run(
            run, env=environment(settings), capture_output=True, text=True, timeout=120, check=False
        )
        assert "Traceback" not in told.stderr, told.stderr
        ended.append(told.returncode)
        figures[f"files done with {blocks} blocks"] = len(list(done.glob("*.txt")))
    assert ended[0] == 1, "the disk was not full: proves nothing"
    assert ended[-1] == 0, told.stderr
    assert len(list(done.glob("*.txt"))) == len(list(done.glob("*.receipt.json"))) == len(news)
    with members(settings, tmp_path, extractors=1, aggregators=1) as services:
        services.settle(on_receipts(done))
    assert exports(settings) == wanted


def on_receipts(folder: Path) -> list[tuple[str, str]]:
    """Return id and revision of every article that is said to be sent."""
    receipts = [json.loads(path.read_text()) for path in folder.glob("*.receipt.json")]
    return [(one["article"], one["revision"]) for each in receipts for one in each["articles"]]
