"""``vigil replay``: a corpus as if it were happening, to topic ``articles``."""

from __future__ import annotations

import os
import secrets
import socket
import time
from contextlib import suppress
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from producers.schedule import Undated
from vigil import broker
from vigil.cli.awaiting import service_kafka_there
from vigil.cli.console import (
    Exit,
    as_service,
    interrupt_on_sigterm,
    progress_in_bytes,
    say,
    stop_on_sigterm,
    warn,
)
from vigil.cli.keyboard import Keys, terminal
from vigil.cli.push import bytes_of
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
from vigil.cli.replay_screen import clock_text, screen
from vigil.errors import ReadError, StoreUnavailable
from vigil.log import quiet_kafka
from vigil.metrics import Reading, exporting
from vigil.replay_clock import ReplayClock
from vigil.replaying import Request
from vigil.store import make_store

if TYPE_CHECKING:
    from collections.abc import Callable

    from producers.player import Player
    from producers.replay import Corpus as Articles
    from producers.replay import Replayer
    from vigil.cli.keyboard import Terminal
    from vigil.replay_clock import Found
    from vigil.replaying import Replaying
    from vigil.settings import Settings


def replay(
    path: Corpus = None,
    *,
    speed: Speed = None,
    max_gap: MaxGap = None,
    rate: Rate = None,
    loop: Loop = False,
    begin_at: From = None,
    undated: UndatedRule = Undated.FIRST,
    restart: Annotated[
        bool, typer.Option("--restart", help="begin again, and not where it was broken off")
    ] = False,
    stay: Annotated[
        bool, typer.Option("--stay", help="wait at the end for what the dashboard asks")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="where it stands as lines of JSON on standard output")
    ] = False,
) -> None:
    """Send articles to Kafka as they were published, by one clock that all pages show.

    It goes on where it was broken off. Keys and the dashboard's page /replay pause, step, jump
    and change its speed.
    """
    wanted = Wanted(
        pace=pace_of(speed, max_gap, rate),
        loop=loop,
        begin_at=moment_of(begin_at),
        restart=restart,
        stay=stay,
        as_json=as_json,
    )
    with as_service() as settings:
        quiet_kafka()  # what is waited for is said
        interrupt_on_sigterm()
        found, refused = corpus(path, settings.data, undated=undated)
        service_kafka_there(settings, tell=warn)
        try:
            last, refused_when_due = stream(found, settings, wanted, check=_ended_by_sigterm())
        except (_Ended, KeyboardInterrupt):  # Ctrl-C, like SIGTERM: its clock was given up
            say("stopped: the same command goes on from there")
            return
        if last.sent < last.total:
            say(f"ended at {clock_text(last.clock)}: the same command goes on from there")
        say(_sent_text(last.sent - refused_when_due, refused_when_due))
        if refused or refused_when_due:
            raise typer.Exit(Exit.REFUSED)


def _sent_text(sent: int, refused: int) -> str:
    text = f"{sent:,} articles sent"
    if not refused:
        return text
    return f"{text}, {refused:,} refused: those come again only with --restart or by vigil push"


class _Ended(Exception):
    """Told to end by SIGTERM, between two turns: what was sent is acknowledged and said."""


def _ended_by_sigterm() -> Callable[[], None]:
    """Return what raises once SIGTERM has come; until then it interrupted at once."""
    stopping = stop_on_sigterm()

    def check() -> None:
        if stopping.is_set():
            raise _Ended

    return check


def corpus(
    path: Path | None, data: Path, *, undated: Undated = Undated.FIRST
) -> tuple[Articles, int]:
    """Return a folder's articles in order, and how many files were refused, which it tells of.

    What was found out about them is kept in the data folder.

    Raises:
        ReadError: There is none to replay.
    """
    from producers.refusal import Refusal
    from producers.replay import read_corpus  # trafilatura

    name = path.resolve().name if path else "the bundled corpus"
    path = path or _bundled()
    refused: list[Refusal] = []
    with progress_in_bytes() as bar:
        total = bytes_of([path]) if not bar.disable else None
        task = bar.add_task("looking through", total=total)
        found = read_corpus(
            [path],
            name=name,
            kept=data / "replay",
            undated=undated,
            refuse=refused.append,
            progress=lambda read: bar.advance(task, read),
        )
    for refusal in refused:
        warn(f"refused {refusal.path}: {refusal.reason}")
    if found is None:
        message = f"{path} holds no article: nothing to replay"
        raise ReadError(message)
    return found, len(refused)


def stream(
    articles: Articles,
    settings: Settings,
    wanted: Wanted,
    *,
    check: Callable[[], None] = lambda: None,
    at_end: Callable[[], None] = lambda: None,
) -> tuple[Replaying, int]:
    """Replay a corpus to its end, or until it is ended.

    Returns:
        Where it ended, and how many articles it refused.

    Args:
        articles: What is replayed.
        settings: Where Kafka and Redis are.
        wanted: How it is to go.
        check: Called at every turn; what it raises ends the replay.
        at_end: Called once, when every article was sent.

    Raises:
        ReplayError: Another replay holds the clock.
    """
    from producers.push import sender
    from producers.refusal import Refusal
    from producers.replay import ReplayEnded, Replayer

    store = make_store(settings)
    clock = ReplayClock(
        store, holder=f"{socket.gethostname()} {os.getpid()} {secrets.token_hex(8)}"
    )
    found, keys, refused = clock.take(), Keys(), set[Refusal]()

    def refuse(refusal: Refusal) -> None:
        if refusal in refused:
            return  # it was told before Kafka was away, and comes again with what goes again
        refused.add(refusal)
        warn(f"refused {refusal.path}: {refusal.reason}")

    def silent(seconds: float, held: int) -> None:
        run.kafka_silent(seconds, held)

    player, applied = _begin(articles, found, wanted, clock)
    # Who ends it while Kafka is away need not wait for Kafka.
    with suppress(ReplayEnded), broker.producing(settings) as producer, terminal() as keyboard:
        run = Replayer(
            corpus=articles,
            player=player,
            applied=applied,
            clock=clock,
            send=sender(producer, refuse=refuse, waiting=silent),
            now=time.monotonic,
            wait=lambda seconds: _listen(run, keyboard, keys, seconds, check),
            at_end=at_end,
            stay=wanted.stay,
        )
        with (
            exporting(settings, "replay", lambda: _readings(run.told())),
            screen(keys, as_json=wanted.as_json, keyboard=keyboard.fd is not None) as report,
        ):
            run.report = report
            run.run()
            report(run.told(), "")
    store.close()
    return run.told(), run.refused


def _readings(told: Replaying) -> list[Reading]:
    """Return where it stands for Prometheus; what it sent goes back where it jumps or loops."""
    return [
        Reading("vigil_up", told.state != "stopped"),
        Reading("vigil_replay_sent_articles", told.sent),
        Reading("vigil_replay_corpus_articles", told.total),
    ]


def _begin(
    articles: Articles, found: Found, wanted: Wanted, clock: ReplayClock
) -> tuple[Player, int]:
    """Return where a replay begins, and the number of the last request that is in it.

    What was asked of a replay that died is done by the one that goes on with it, and by no other.
    """
    from producers.replay import begun, resumed

    now, before = time.monotonic(), None if wanted.restart else found.before
    player = resumed(articles, before, pace=wanted.pace, now=now)
    applied = found.applied if player else clock.skip_requests()
    if player:
        where = f"{player.position:,} of {player.total:,} articles"
        say(f"goes on where it was broken off: {clock_text(player.clock)}, {where}")
    else:
        player = begun(articles, pace=wanted.pace, now=now)
    if wanted.begin_at:
        player = player.asked(Request("", "jump", wanted.begin_at.isoformat()))
    return replace(player, loop=player.loop or wanted.loop), applied


def _listen(
    run: Replayer, keyboard: Terminal, keys: Keys, seconds: float, check: Callable[[], None]
) -> None:
    """Wait, and pass on what is asked by keys: as everybody's requests, through Redis."""
    check()
    for key in keyboard.pressed(seconds):
        asked = keys.press(key, run.told())
        if asked:
            action, value = asked
            try:
                run.clock.ask(Request(secrets.token_hex(8), action, value))
            except StoreUnavailable as error:
                run.report(run.told(), str(error))
    if keys.typed is not None:
        run.report(run.told(), "")


def _bundled() -> Path:
    return Path(str(resources.files("producers").joinpath("corpus")))
