"""``vigil replay``: a corpus as if it were happening, to topic ``articles``."""

from __future__ import annotations

import time
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vigil import broker
from vigil.cli.console import Exit, failing_clearly, interrupt_on_sigterm, progress_bar, say, warn
from vigil.errors import ReadError
from vigil.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from vigil.article import Article
    from vigil.settings import Settings

Corpus = Annotated[
    Path | None, typer.Argument(help="folder to replay; the bundled corpus if left out")
]
Rate = Annotated[float, typer.Option(min=0.01, help="articles a second")]


def replay(path: Corpus = None, *, rate: Rate = 1.0) -> None:
    """Send articles to Kafka in the order they were published, evenly paced."""
    with failing_clearly():
        interrupt_on_sigterm()
        settings = load_settings()
        articles, refused = corpus(path)
        broker.ensure_topics(settings)
        stream(articles, settings, rate=rate)
        say(f"{len(articles):,} articles sent")
        if refused:
            raise typer.Exit(Exit.REFUSED)


def corpus(path: Path | None) -> tuple[list[Article], int]:
    """Return a folder's articles in order, and how many files were refused, which it tells of.

    Raises:
        ReadError: There is none to replay.
    """
    from producers.files import Refusal, as_published  # trafilatura
    from producers.replay import read_corpus

    path = path or _bundled()
    refused: list[Refusal] = []
    articles = read_corpus([path], seen_at=as_published, refuse=refused.append)
    for refusal in refused:
        warn(f"refused {refusal.path}: {refusal.reason}")
    if not articles:
        message = f"{path} holds no article: nothing to replay"
        raise ReadError(message)
    return articles, len(refused)


def stream(
    articles: list[Article],
    settings: Settings,
    *,
    rate: float,
    check: Callable[[], None] = lambda: None,
) -> None:
    """Send articles at an even rate, with a progress bar.

    Args:
        articles: In the order they are to come.
        settings: Where Kafka is.
        rate: Articles a second.
        check: Called before each wait; what it raises ends the replay.
    """
    from producers.push import push
    from producers.replay import paced

    def pause(seconds: float) -> None:
        check()
        time.sleep(seconds)

    with broker.make_producer(settings) as producer, progress_bar() as bar:
        task = bar.add_task("replaying", total=len(articles))
        push(
            paced(articles, rate=rate, pause=pause, now=time.monotonic),
            producer=producer,
            progress=lambda _item: bar.advance(task),
        )


def _bundled() -> Path:
    return Path(str(resources.files("producers").joinpath("corpus")))
