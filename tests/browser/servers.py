"""A dashboard that a test may kill and start again at the same address."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

from vigil.processes import Process, free_port, spawn, wait_until_ready

SERVE = Path(__file__).parents[2] / "dashboard" / "serve.py"


@dataclass
class Dashboard:
    """One dashboard over a store.

    Attributes:
        store: The store's address.
        folder: Where its output goes.
        port: Where it listens.
    """

    store: str
    folder: Path
    port: int = field(default_factory=free_port)
    process: Process | None = None

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        from tests.browser.conftest import healthy  # noqa: PLC0415  # which needs this module

        options = ["--server.address", "127.0.0.1", "--server.port", str(self.port)]
        self.process = spawn(
            "dashboard",
            [sys.executable, "-m", "streamlit", "run", str(SERVE), *options],
            folder=self.folder,
            env={**os.environ, "VIGIL_REDIS": self.store},
        )
        wait_until_ready(self.process, lambda: healthy(self.address), seconds=60)

    def kill(self) -> None:
        """End it as a crash would: without a word to anybody."""
        if self.process and self.process.running:
            self.process.popen.kill()
            self.process.popen.wait()
