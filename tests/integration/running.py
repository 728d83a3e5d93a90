"""All six services of Vigil as processes with metrics and logs in JSON, for the tests of both."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

from prometheus_client.parser import text_string_to_metric_families

from tests.integration.commands import environment
from vigil.processes import Process, free_port, spawn

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import ExitStack
    from pathlib import Path

    from prometheus_client import Metric
    from prometheus_client.samples import Sample

    from vigil.settings import Settings

_PATIENCE = 120.0  # seconds, on a machine that has other things to do


@dataclass(frozen=True, slots=True)
class Service:
    """One service that runs, and where it tells its figures."""

    process: Process
    port: int

    def families(self) -> dict[str, Metric]:
        """Return its figures by their names; none while it does not answer yet."""
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/metrics", timeout=10) as answer:
                told = answer.read().decode()
        except OSError:
            assert self.process.running, self.process.tail()
            return {}
        return {one.name: one for one in text_string_to_metric_families(told)}

    def samples(self) -> list[Sample]:
        """Return every figure with its labels."""
        return [sample for family in self.families().values() for sample in family.samples]

    def value(self, name: str, **labels: str) -> float | None:
        """Return a figure; None where it is not told."""
        for sample in self.samples():
            if sample.name == name and labels.items() <= sample.labels.items():
                return sample.value
        return None

    def logged(self) -> list[dict[str, Any]]:
        """Return its log; every line of it must be JSON."""
        return [json.loads(line) for line in self.process.log.read_text().split("\n") if line]


def start(
    settings: Settings, folder: Path, stack: ExitStack, *command: object, **env: str
) -> Service:
    """Start a service; the stack stops it."""
    port = free_port()
    asked = {"VIGIL_METRICS_PORT": str(port), "VIGIL_LOG_FORMAT": "json", **env}
    process = spawn(
        str(command[0]),
        [sys.executable, "-m", "vigil", *map(str, command)],
        folder=folder,
        env=environment(settings) | asked,
    )
    stack.callback(process.stop)
    return Service(process, port)


def wait_for(condition: Callable[[], bool], *, what: str) -> None:
    """Wait until a condition holds."""
    deadline = time.monotonic() + _PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"never: {what}"
        time.sleep(0.1)
