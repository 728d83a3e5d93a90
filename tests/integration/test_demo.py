"""``vigil demo``: one command starts everything, Ctrl-C stops all of it."""

from __future__ import annotations

import os
import signal
import socket
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest

from tests.integration.articles import write_articles
from tests.integration.commands import lines_until, running, vigil

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

LISTEN = "0A"  # the state, as the kernel writes it

pytestmark = [pytest.mark.integration, pytest.mark.slow]


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A demo of a few articles on a free port, ended whatever happens."""
    write_articles(tmp_path)
    with running("demo", tmp_path, "--port", "0", "--rate", "20", "--no-browser") as process:
        yield process


def children(pid: int) -> list[int]:
    """Return all descendants of a process (Linux)."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            found += [child, *children(child)]
    return found


def listening(pids: list[int]) -> list[str]:
    """Return the addresses these processes listen on (Linux)."""
    sockets = set()
    for pid in pids:
        for link in Path(f"/proc/{pid}/fd").glob("*"):
            with suppress(OSError):  # closed meanwhile
                sockets.add(link.readlink().name)
    found = []
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == LISTEN and f"socket:[{fields[9]}]" in sockets:
                packed = bytes.fromhex(fields[1].partition(":")[0])
                words = [packed[at : at + 4][::-1] for at in range(0, len(packed), 4)]
                found.append(str(ip_address(b"".join(words))))
    return found


def test_demo_serves_a_dashboard_and_ctrl_c_stops_everything(
    demo: subprocess.Popen[str],
) -> None:
    address = lines_until(demo, r"http://127\.0\.0\.1:\d+")
    with urlopen(f"{address}/_stcore/health", timeout=5) as answer:
        assert answer.status == 200
    lines_until(demo, "Every article has been replayed")
    started = children(demo.pid)
    assert len(started) >= 5  # broker, store, extractor, aggregator, dashboard
    open_to = listening([demo.pid, *started])
    assert len(open_to) >= 3  # broker, store, dashboard
    assert set(open_to) == {"127.0.0.1"}
    os.kill(demo.pid, signal.SIGINT)
    assert demo.wait(30) == 0
    assert [pid for pid in started if Path(f"/proc/{pid}").exists()] == []


def test_demo_says_when_its_port_is_in_use(tmp_path: Path) -> None:
    write_articles(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        done = vigil("demo", tmp_path, "--port", port, "--no-browser")
    assert done.returncode == 1
    assert done.stderr.strip().count("\n") == 0
    assert f"port {port} is in use" in done.stderr


def test_demo_of_a_folder_without_articles_says_so(tmp_path: Path) -> None:
    done = vigil("demo", tmp_path, "--port", "0", "--no-browser")
    assert done.returncode == 1
    assert "holds no article" in done.stderr
