"""A dashboard that a test may kill and start again at the same address, and a store that hangs."""

from __future__ import annotations

import os
import signal
import socket
import sys
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from vigil.processes import Process, spawn, wait_until_ready

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redis import Redis

SERVE = Path(__file__).parents[2] / "dashboard" / "serve.py"


def _held_port() -> socket.socket:
    """Return a socket that has a port and does not listen: the dashboard may, nobody else will."""
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.bind(("127.0.0.1", 0))
    return held


@dataclass
class Dashboard:
    """One dashboard over a store.

    Attributes:
        store: The store's address.
        folder: Where its output goes.
        held: Keeps its port from everybody else, also while it is dead.
        more: Settings it has besides.
    """

    store: str
    folder: Path
    process: Process | None = None
    held: socket.socket = field(default_factory=_held_port)
    more: dict[str, str] = field(default_factory=dict)

    @property
    def port(self) -> int:
        """Where it listens."""
        port: int = self.held.getsockname()[1]
        return port

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        """Start it, and wait until it answers."""
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End it for good."""
        self.kill()
        self.held.close()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = ["--server.address", "127.0.0.1", "--server.port", str(self.port)]
        self.process = spawn(
            "dashboard",
            [sys.executable, "-m", "streamlit", "run", str(SERVE), *options],
            folder=self.folder,
            env={**os.environ, "VIGIL_REDIS": self.store, **self.more},
        )
        wait_until_ready(self.process, self._answers, seconds=60)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/_stcore/health", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def kill(self) -> None:
        """End it as a crash would: without a word to anybody."""
        if self.process and self.process.running:
            self.process.popen.kill()
            self.process.popen.wait()


@contextmanager
def hanging(store: Redis) -> Iterator[None]:
    """Keep a store from answering anybody while the block runs; its connections stay."""
    server: Any = store.info("server")
    os.kill(server["process_id"], signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(server["process_id"], signal.SIGCONT)
