"""Running ``vigil`` as a person does: as a program of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vigil.settings import Settings

VIGIL = [sys.executable, "-m", "vigil"]


def environment(settings: Settings | None = None) -> dict[str, str]:
    """Return this environment, leading to the servers of a test where there are any."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("VIGIL_")}
    if settings:
        env |= {
            "VIGIL_KAFKA": settings.kafka,
            "VIGIL_REDIS": settings.redis.get_secret_value(),
            "VIGIL_DATA": str(settings.data),
        }
    return env


def vigil(
    *arguments: object, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run ``vigil`` to its end."""
    return subprocess.run(
        [*VIGIL, *map(str, arguments)],
        env=dict(env or environment()),
        capture_output=True,
        text=True,
        timeout=150,
        check=False,
    )


@contextmanager
def running(*arguments: object, seconds: float = 150) -> Iterator[subprocess.Popen[str]]:
    """Run ``vigil`` beside the test, killed after the block or after so many seconds."""
    command = [*VIGIL, *map(str, arguments)]
    with subprocess.Popen(
        command, env=environment(), stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        watchdog = threading.Timer(seconds, process.kill)
        watchdog.start()
        yield process
        watchdog.cancel()
        process.kill()


def lines_until(process: subprocess.Popen[str], pattern: str) -> str:
    """Return the first match in what a process says; fail when it ends without one."""
    assert process.stderr
    said = []
    for line in process.stderr:
        said.append(line)
        if match := re.search(pattern, line):
            return match.group()
    pytest.fail(f"{pattern!r} was never said, but: {''.join(said)}")
