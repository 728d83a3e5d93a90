"""Running ``vigil`` as a person does: as a program of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

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
