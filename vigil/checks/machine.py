"""Is this machine fit: settings that mean something, a folder, room on the disk, a free port?"""

from __future__ import annotations

import os
import shutil
import stat
from typing import TYPE_CHECKING, Final
from urllib.request import urlopen

from vigil.checks.finding import Finding, ok, problem, warning
from vigil.errors import SettingsError
from vigil.metrics import require_guard
from vigil.processes import accepts, is_loopback
from vigil.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_MIB: Final = 1_048_576
_FULL, _FILLING = 100 * _MIB, 1_024 * _MIB
# Read from the environment, and no settings: where tests find servers of somebody else's.
_NOT_OURS: Final = "VIGIL_TEST_"


def check_settings(settings: Settings, environ: Mapping[str, str]) -> Iterator[Finding]:
    """Yield what there is to say of the settings: by their names, never what they hold."""
    known = {f"VIGIL_{name.upper()}" for name in Settings.model_fields}
    named = {name for name in environ if name.startswith("VIGIL_")}
    unknown = sorted(
        name for name in named if name.upper() not in known and not name.startswith(_NOT_OURS)
    )
    for name in unknown:
        yield warning(
            "settings", f"{name} is none of them", "look for its name in docs/settings.md"
        )
    if not unknown:
        yield ok("settings", f"make sense; {len(named & known)} of {len(known)} by the environment")
    if not is_loopback(settings.host):
        yield warning(
            "settings",
            "VIGIL_HOST lets others reach the dashboard, where whoever comes may click",
            "put a proxy that asks who is there before it, or set VIGIL_HOST to 127.0.0.1",
        )
    try:
        require_guard(settings)
    except SettingsError as error:
        yield problem(
            "settings",
            str(error).partition(". ")[0],
            "set VIGIL_METRICS_HOST to 127.0.0.1, or VIGIL_METRICS_GUARDED=true if only "
            "Prometheus reaches that port",
        )


def check_folder(settings: Settings) -> Iterator[Finding]:
    """Yield what there is to say of the data folder: there, ours alone, and with room."""
    folder = settings.data
    there = folder
    while not there.exists() and there != there.parent:
        there = there.parent
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        yield problem(
            "data folder",
            f"{folder} cannot be written",
            "give it to the user Vigil runs as, or set VIGIL_DATA to another",
        )
        return
    yield from _closed(settings)
    free = shutil.disk_usage(there).free
    said = f"{free / _MIB:,.0f} MiB are free where {folder} is"
    if free < _FULL:
        yield problem("disk", said, "make room")
    elif free < _FILLING:
        yield warning("disk", said, "make room before it is full")
    else:
        yield ok("disk", said)


def _closed(settings: Settings) -> Iterator[Finding]:
    folder = settings.data
    others = [
        warning(
            "data folder",
            f"others on this machine may {what} {path}",
            f"close it to them: chmod {mode} {path}",
        )
        for path, bits, what, mode in (
            (folder, stat.S_IWOTH | stat.S_IWGRP, "write in", "go-w"),
            (folder / "names.key", stat.S_IROTH | stat.S_IRGRP, "read", "600"),
        )
        if path.exists() and path.stat().st_mode & bits
    ]
    yield from others or [ok("data folder", f"{folder} can be written")]


def check_ports(settings: Settings) -> Iterator[Finding]:
    """Yield whether the dashboard can have its port, or has it already."""
    if not settings.port:
        yield ok("dashboard", "takes any free port")
    elif not accepts(settings.port, settings.host):
        yield ok("dashboard", f"port {settings.port} is free for it")
    elif _is_dashboard(settings):
        yield ok("dashboard", f"answers on port {settings.port}")
    else:
        yield problem(
            "dashboard",
            f"something else listens on port {settings.port}",
            "end that, or set VIGIL_PORT to another port",
        )


def _is_dashboard(settings: Settings) -> bool:
    host = "127.0.0.1" if settings.host == "0.0.0.0" else settings.host  # noqa: S104  # compared
    try:
        with urlopen(f"http://{host}:{settings.port}/_stcore/health", timeout=3) as answer:
            return bool(answer.read() == b"ok")
    except (OSError, ValueError):
        return False


def check_alive(path: Path | None) -> Iterator[Finding]:
    """Yield whether the file can be touched that a supervisor looks at."""
    if path and not os.access(path if path.exists() else path.parent, os.W_OK):
        yield problem(
            "VIGIL_ALIVE",
            f"{path} cannot be written",
            "name a file in a folder that the services may write in",
        )
