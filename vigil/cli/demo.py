"""``vigil demo``: everything on this machine, a corpus replayed, the dashboard open."""

from __future__ import annotations

import os
import sys
import time
import webbrowser
from contextlib import suppress
from http import HTTPStatus
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.error import URLError
from urllib.request import urlopen

import typer

from vigil import broker
from vigil.cli.console import failing_clearly, interrupt_on_sigterm, progress_bar, say, warn
from vigil.cli.dashboard import dashboard_command, require_free_port
from vigil.cli.local import Local, local_pipeline
from vigil.errors import EmbeddedError
from vigil.processes import free_port, wait_until_ready
from vigil.settings import load_settings

if TYPE_CHECKING:
    from vigil.article import Article
    from vigil.settings import Settings

_WATCH_SECONDS = 0.5


def demo(
    path: Annotated[
        Path | None, typer.Argument(help="folder to replay; the bundled corpus if left out")
    ] = None,
    *,
    port: Annotated[int | None, typer.Option(help="port of the dashboard; 0: any free")] = None,
    rate: Annotated[float, typer.Option(min=0.01, help="articles a second")] = 1.0,
    browser: Annotated[bool, typer.Option(help="open the dashboard in a browser")] = True,
) -> None:
    """Start everything on loopback, replay articles in the order they were published, and watch."""
    with failing_clearly():
        interrupt_on_sigterm()
        settings = _with_port(load_settings(), port)
        require_free_port(settings)
        articles = _articles(path or _bundled())
        # Ctrl-C is how a demo ends, so it ends well.
        with suppress(KeyboardInterrupt), local_pipeline(settings) as local:
            _start_dashboard(local)
            address = f"http://{settings.host}:{settings.port}"
            say(f"\nVigil is at {address}\nCtrl-C stops it and everything it started.\n")
            if browser and _has_screen():
                webbrowser.open(address)
            _replay(articles, local, rate)
            say("Every article has been replayed. The dashboard stays until Ctrl-C.")
            while True:
                local.check()
                time.sleep(_WATCH_SECONDS)
        say("stopped")


def _articles(path: Path) -> list[Article]:
    """Read the corpus before anything is started: a wrong path should cost no waiting."""
    from producers.files import Refusal, as_published  # trafilatura
    from producers.replay import read_corpus

    def refuse(refusal: Refusal) -> None:
        warn(f"refused {refusal.path}: {refusal.reason}")

    articles = read_corpus([path], seen_at=as_published, refuse=refuse)
    if not articles:
        message = f"{path} holds no article: nothing to replay"
        raise EmbeddedError(message)
    return articles


def _replay(articles: list[Article], local: Local, rate: float) -> None:
    from producers.push import push
    from producers.replay import paced

    with broker.make_producer(local.settings) as producer, progress_bar() as bar:
        task = bar.add_task("replaying", total=len(articles))

        def pause(seconds: float) -> None:
            local.check()
            time.sleep(seconds)

        push(
            paced(articles, rate=rate, pause=pause, now=time.monotonic),
            producer=producer,
            progress=lambda _item: bar.advance(task),
        )


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


def _bundled() -> Path:
    return Path(str(resources.files("producers").joinpath("corpus")))


def _has_screen() -> bool:
    return sys.platform == "darwin" or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
