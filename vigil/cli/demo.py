"""``vigil demo``: everything on this machine, a corpus replayed, the dashboard open."""

from __future__ import annotations

import os
import sys
import time
import webbrowser
from contextlib import suppress
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated
from urllib.error import URLError
from urllib.request import urlopen

import typer

from producers.schedule import Undated
from vigil.cli.console import failing_clearly, interrupt_on_sigterm, say
from vigil.cli.dashboard import dashboard_command, require_free_port
from vigil.cli.local import Local, local_pipeline
from vigil.cli.replay import corpus, stream
from vigil.cli.replay_options import (
    Corpus,
    From,
    Loop,
    MaxGap,
    Rate,
    Speed,
    UndatedRule,
    Wanted,
    moment_of,
    pace_of,
)
from vigil.processes import free_port, wait_until_ready
from vigil.settings import load_settings

if TYPE_CHECKING:
    from vigil.settings import Settings

_WATCH_SECONDS = 0.5


def demo(
    path: Corpus = None,
    *,
    port: Annotated[int | None, typer.Option(help="port of the dashboard; 0: any free")] = None,
    speed: Speed = None,
    max_gap: MaxGap = None,
    rate: Rate = None,
    loop: Loop = False,
    begin_at: From = None,
    undated: UndatedRule = Undated.FIRST,
    browser: Annotated[bool, typer.Option(help="open the dashboard in a browser")] = True,
) -> None:
    """Start everything on loopback, replay articles as they were published, and watch."""
    wanted = Wanted(
        pace=pace_of(speed, max_gap, rate), loop=loop, begin_at=moment_of(begin_at), stay=True
    )
    with failing_clearly():
        interrupt_on_sigterm()
        settings = _with_port(load_settings(), port)
        require_free_port(settings)
        # Before anything is started: a wrong path should cost no waiting.
        articles, _refused = corpus(path, settings.data, undated=undated)
        # Ctrl-C is how a demo ends, so it ends well.
        with suppress(KeyboardInterrupt), local_pipeline(settings) as local:
            _start_dashboard(local)
            address = f"http://{settings.host}:{settings.port}"
            say(f"\nVigil is at {address}\nCtrl-C stops it and everything it started.\n")
            if browser and _has_screen():
                webbrowser.open(address)
            stream(articles, local.settings, wanted, check=local.check, at_end=_at_end)
            say("The replay was ended. The dashboard stays until Ctrl-C.")
            while True:
                local.check()
                time.sleep(_WATCH_SECONDS)
        say("stopped")


def _at_end() -> None:
    say("Every article has been replayed. The dashboard and its replay stay until Ctrl-C.")


def _start_dashboard(local: Local) -> None:
    process = local.start("dashboard", dashboard_command(local.settings))
    wait_until_ready(process, lambda: _healthy(local.settings))


def _healthy(settings: Settings) -> bool:
    try:
        with urlopen(  # our own address
            f"http://{settings.host}:{settings.port}/_stcore/health", timeout=1
        ) as answer:
            return bool(answer.status == HTTPStatus.OK)
    except (URLError, OSError):
        return False  # not yet


def _with_port(settings: Settings, port: int | None) -> Settings:
    port = settings.port if port is None else port
    return settings.model_copy(update={"port": port or free_port(settings.host)})


def _has_screen() -> bool:
    return sys.platform == "darwin" or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
