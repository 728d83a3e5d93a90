"""``vigil dashboard``: the dashboard against the configured Redis."""

from __future__ import annotations

import os
import sys
from importlib import resources
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from vigil import metrics
from vigil.cli.console import as_service, say
from vigil.cli.local import service_env
from vigil.errors import EmbeddedError, SettingsError
from vigil.processes import accepts, is_loopback

if TYPE_CHECKING:
    from vigil.settings import Settings


LOOPBACK_NAMES: Final = ("localhost", "127.0.0.1", "::1")


def dashboard() -> None:
    """Serve the dashboard on VIGIL_HOST and VIGIL_PORT (loopback unless you say otherwise)."""
    with as_service() as settings:
        if settings.login:
            from dashboard.login import load_login

            load_login(settings.login)  # what is wrong with it is said here, and not by Streamlit
        require_free_port(settings)
        metrics.require_free_port(settings)
        command = dashboard_command(settings)
        say(f"the dashboard is at http://{settings.host}:{settings.port}")
        os.execve(command[0], command, service_env(settings))  # noqa: S606  # our own program


def dashboard_command(settings: Settings) -> list[str]:
    """Return the command that serves the dashboard.

    Raises:
        SettingsError: The world would see it, and nothing asks who is there.
    """
    if not (settings.login or settings.guarded or is_loopback(settings.host)):
        message = (
            f"VIGIL_HOST is {settings.host or 'every address'}: others could open the dashboard, "
            "and nothing asks who they are. Set VIGIL_LOGIN, or VIGIL_GUARDED=true if a proxy "
            "or a closed network does (docs/security.md)"
        )
        raise SettingsError(message)
    app = str(resources.files("dashboard").joinpath("serve.py"))
    server = ["--server.address", settings.host, "--server.port", str(settings.port)]
    for name in known_as(settings):
        server += ["--server.allowedHosts", name]
    return [sys.executable, "-m", "streamlit", "run", app, *server]


def known_as(settings: Settings) -> list[str]:
    """Return the names under which browsers may ask for the dashboard.

    A page elsewhere can have its own name lead to this machine, and a browser then lets it read
    the answer: what it cannot do is ask under another name.
    """
    if settings.domain:
        return [*LOOPBACK_NAMES, settings.domain]
    if settings.guarded and not is_loopback(settings.host):
        return ["*"]  # whoever guards it knows its names, and we do not
    names = [*LOOPBACK_NAMES, settings.host]
    if settings.login:
        from dashboard.login import load_login

        names.append(urlsplit(load_login(settings.login).provider["redirect_uri"]).hostname or "")
    return [name for name in dict.fromkeys(names) if name]


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
