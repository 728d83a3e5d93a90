"""The whole of Vigil on this machine: embedded servers and services, started and stopped as one."""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vigil import broker
from vigil.embedded import embedded
from vigil.errors import EmbeddedError
from vigil.processes import Process, spawn
from vigil.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Local:
    """What runs while the block of ``local_pipeline`` runs.

    Attributes:
        settings: Lead to the embedded servers.
        folder: Where every part writes its log; gone afterwards.
        services: The processes that must go on running.
        stack: Stops what was started, the latest first.
    """

    settings: Settings
    folder: Path
    services: list[Process]
    stack: ExitStack

    def start(self, name: str, command: Sequence[str]) -> Process:
        """Start one more part, to be stopped with the others.

        Raises:
            EmbeddedError: It cannot be started.
        """
        process = spawn(name, command, folder=self.folder, env=service_env(self.settings))
        self.stack.callback(process.stop)
        self.services.append(process)
        return process

    def check(self) -> None:
        """Raise if a part has ended that should run.

        Raises:
            EmbeddedError: Names the part and ends in its last output.
        """
        for process in self.services:
            if not process.running:
                status = process.popen.returncode
                message = f"the {process.name} ended (status {status}):\n{process.tail()}"
                raise EmbeddedError(message)


@contextmanager
def local_pipeline(settings: Settings) -> Iterator[Local]:
    """Run broker, store, one extractor and one aggregator while the block runs.

    Raises:
        EmbeddedError: A part is missing or does not start.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="vigil-")))
        # Several processes with one environment: only one of them could have its port of metrics.
        alone = settings.model_copy(update={"metrics_port": None})
        inside = stack.enter_context(embedded(alone, folder))
        broker.ensure_topics(inside)
        local = Local(inside, folder, [], stack)
        for name, command in (("extractor", "extract"), ("aggregator", "aggregate")):
            local.start(name, [sys.executable, "-m", "vigil", command])
        yield local


def service_env(settings: Settings) -> dict[str, str]:
    """Return the environment that leads a service to the same servers.

    By the environment and not by arguments, which anybody on the machine could read.
    """
    env = {
        **os.environ,
        "VIGIL_KAFKA": settings.kafka,
        "VIGIL_REDIS": settings.redis.get_secret_value(),
        "VIGIL_HOST": settings.host,
        "VIGIL_PORT": str(settings.port),
        "PYTHONUNBUFFERED": "1",
    }
    if settings.metrics_port is None:
        env.pop("VIGIL_METRICS_PORT", None)
    return env
