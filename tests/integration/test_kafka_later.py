"""What is started before Kafka is: it says so, waits, and goes on when Kafka comes."""

from __future__ import annotations

import signal
import socket
import sys
import threading
import time
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING

import pytest

from tests.conftest import missing
from tests.integration.articles import write_articles
from tests.integration.commands import environment
from tests.producers.feeds.site import item, serving
from vigil import broker
from vigil.embedded import start_broker
from vigil.errors import BrokerUnavailable, EmbeddedError
from vigil.processes import spawn
from vigil.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from vigil.processes import Process

pytestmark = pytest.mark.integration

_PATIENCE = 120.0  # seconds


def held_port() -> socket.socket:
    """Return a socket that has a port and does not listen: a broker may, nobody else will."""
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.bind(("127.0.0.1", 0))
    return held


def wait_for(process: Process, text: str) -> None:
    """Wait until a process has said something."""
    deadline = time.monotonic() + _PATIENCE
    while text not in process.log.read_text():
        assert process.running, process.tail()
        assert time.monotonic() < deadline, f"never said {text!r}, but:\n{process.tail()}"
        time.sleep(0.05)


def start(folder: Path, env: dict[str, str], *command: object) -> Process:
    whole = [sys.executable, "-m", "vigil", *map(str, command)]
    return spawn(str(command[0]), whole, folder=folder, env=env)


def test_producers_wait_for_a_kafka_that_comes_later(
    store_settings: Settings, tmp_path: Path
) -> None:
    pushed, dropped, replayed = (tmp_path / name for name in ("pushed", "dropped", "replayed"))
    for folder in (pushed, dropped, replayed):
        write_articles(folder)
    with ExitStack() as stack:
        held = stack.enter_context(closing(held_port()))
        port = held.getsockname()[1]
        settings = store_settings.model_copy(
            update={"kafka": f"127.0.0.1:{port}", "data": tmp_path / "data"}
        )
        site = stack.enter_context(serving())
        site.article("/a", "Police detained 12 people in Minsk on Thursday, a reporter saw.")
        site.feed(item("/a"))
        commands = {
            "push": ("push", pushed),
            "watch": ("watch", dropped, "--once"),
            "feed": ("feed", f"{site.address}/feed.xml", "--once", "--delay", 0),
            "replay": ("replay", replayed, "--rate", "100/s"),
        }
        env = environment(settings)
        started = {name: start(tmp_path, env, *one) for name, one in commands.items()}
        for process in started.values():
            stack.callback(process.stop)
            wait_for(process, f"Kafka at 127.0.0.1:{port} does not answer: waiting for it")
        try:
            server = start_broker(tmp_path, port=port)
        except EmbeddedError as error:
            missing("the embedded broker", str(error))
        stack.callback(server.process.stop)
        for name, process in started.items():
            assert process.popen.wait(_PATIENCE) == 0, f"{name}: {process.tail()}"
            said = process.log.read_text()
            assert said.count("does not answer") == 1, said
            assert f"Kafka at 127.0.0.1:{port} answers, after " in said
    assert "4 articles sent" in started["push"].log.read_text()
    assert "4 files taken, 4 articles sent" in started["watch"].log.read_text()
    assert "1 articles sent" in started["feed"].log.read_text()
    assert "4 articles sent" in started["replay"].log.read_text()


def test_consumers_wait_for_a_kafka_that_comes_later(
    store_settings: Settings, tmp_path: Path
) -> None:
    with ExitStack() as stack:
        held = stack.enter_context(closing(held_port()))
        address = f"127.0.0.1:{held.getsockname()[1]}"
        env = environment(store_settings) | {"VIGIL_KAFKA": address}
        started = [start(tmp_path, env, name) for name in ("extract", "aggregate")]
        for process in started:
            stack.callback(process.stop)
        for process in started:
            wait_for(process, "waiting for Kafka")
        try:
            server = start_broker(tmp_path, port=held.getsockname()[1])
        except EmbeddedError as error:
            missing("the embedded broker", str(error))
        stack.callback(server.process.stop)
        for process, working in zip(started, ("extracting", "aggregating"), strict=True):
            wait_for(process, working)
            process.popen.send_signal(signal.SIGTERM)
        for process in started:
            assert process.popen.wait(_PATIENCE) == 0, process.tail()


def test_a_service_that_waits_for_kafka_ends_in_order(tmp_path: Path, nobody: str) -> None:
    watched = start(tmp_path, environment() | {"VIGIL_KAFKA": nobody}, "watch", tmp_path)
    wait_for(watched, "does not answer")
    watched.popen.send_signal(signal.SIGTERM)
    assert watched.popen.wait(60) == 0, watched.tail()
    said = watched.log.read_text()
    assert "stopped while Kafka was waited for: nothing was sent" in said
    assert "Traceback" not in said


def test_tries_that_reach_nobody_leave_no_thread(nobody: str) -> None:
    settings = Settings().model_copy(update={"kafka": nobody})
    before = threading.active_count()
    for _ in range(3):
        with pytest.raises(BrokerUnavailable), broker.administering(settings, bootstrap_ms=50):
            pass
    assert threading.active_count() == before
