"""``vigil dashboard``: the dashboard against the configured Redis."""

from __future__ import annotations

import os
import sys
from importlib import resources
from typing import TYPE_CHECKING

from vigil import metrics
from vigil.cli.console import as_service, say
from vigil.cli.local import service_env
from vigil.errors import EmbeddedError
from vigil.processes import accepts

if TYPE_CHECKING:
    from vigil.settings import Settings


def dashboard() -> None:
    """Serve the dashboard on VIGIL_HOST and VIGIL_PORT (loopback unless you say otherwise)."""
    with as_service() as settings:
        require_free_port(settings)
        metrics.require_free_port(settings)
        command = dashboard_command(settings)
        say(f"the dashboard is at http://{settings.host}:{settings.port}")
        os.execve(command[0], command, service_env(settings))  # noqa: S606  # our own program


def dashboard_command(settings: Settings) -> list[str]:
    """Return the command that serves the dashboard."""
    app = str(resources.files("dashboard").joinpath("serve.py"))
    server = ["--server.address", settings.host, "--server.port", str(settings.port)]
    return [sys.executable, "-m", "streamlit", "run", app, *server]


def require_free_port(settings: Settings) -> None:
    """Fail before anything is started when somebody listens on the dashboard's port.

    Raises:
        EmbeddedError: The port is taken.
    """
    if settings.port and accepts(settings.port, settings.host):
        message = (
            f"port {settings.port} is in use: choose another with --port or VIGIL_PORT, "
            "or end what is listening there"
        )
        raise EmbeddedError(message)
