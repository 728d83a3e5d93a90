"""A replay on a terminal, as lines of JSON, or not at all: clock, position, pace, time left."""

from __future__ import annotations

import json
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from rich.console import Group
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from vigil import pace as paces
from vigil.article import BEFORE_ALL
from vigil.cli.console import err, out, say, warn
from vigil.cli.keyboard import HELP, Keys, in_front

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from rich.console import RenderableType

    from vigil.replaying import Replaying

    Report = Callable[[Replaying, str], None]

_A_SECOND: Final = 10  # pictures a second, at most
_JSON_SECONDS: Final = 1.0
_MINUTE, _HOUR = 60, 3_600


@contextmanager
def screen(keys: Keys, *, as_json: bool, keyboard: bool) -> Iterator[Report]:
    """Yield what tells a person or a script where a replay stands.

    Args:
        keys: What is being typed.
        as_json: A line of JSON a second on standard output, and one for each other state.
        keyboard: Whether keys do something, so that the line that says which is shown.
    """
    if as_json:
        yield _json_lines()
        return
    console = err()
    if not console.is_terminal:
        yield _problems()
        return
    with Live(console=console, auto_refresh=False, transient=True) as live:
        shown_at = 0.0

        def report(replay: Replaying, problem: str) -> None:
            nonlocal shown_at
            if time.monotonic() - shown_at >= 1 / _A_SECOND and in_front(sys.stderr.fileno()):
                shown_at = time.monotonic()
                live.update(picture(replay, problem, keys, keyboard=keyboard), refresh=True)

        yield report


def picture(replay: Replaying, problem: str, keys: Keys, *, keyboard: bool) -> RenderableType:
    """Return three lines: the clock, the bar, and what keys do or what is wrong."""
    word = {"playing": "REPLAY", "paused": "PAUSED", "stopped": "ENDED"}[replay.state]
    loop = "   loop" if replay.loop else ""
    head = Text.assemble(
        (f"{word}  ", "bold"), (clock_text(replay.clock), "bold"),
        f"   {paces.words(replay.pace)}{loop}",
    )  # fmt: skip
    bar = Table.grid(padding=(0, 1), expand=True)
    bar.add_column(ratio=1)
    bar.add_column(justify="right", no_wrap=True)
    bar.add_row(ProgressBar(replay.total, replay.position), _position(replay))
    return Group(head, bar, _foot(problem, keys, keyboard=keyboard))


def _position(replay: Replaying) -> str:
    left = "at its end" if replay.at_end else f"{left_text(replay.seconds_left)} left"
    return f"{replay.position:,} of {replay.total:,}   {left}"


def _foot(problem: str, keys: Keys, *, keyboard: bool) -> Text:
    wrong = problem or keys.problem
    if wrong:
        return Text(wrong, style="yellow", overflow="ellipsis", no_wrap=True)
    if keys.typed is not None:
        return Text(f"go to: {keys.typed}\N{LEFT ONE EIGHTH BLOCK}   (Enter goes, Escape does not)")
    return Text(HELP if keyboard else "", style="dim", overflow="ellipsis", no_wrap=True)


def clock_text(clock: datetime) -> str:
    """``Thu 24 Feb 2022 19:04 UTC``; in words where no article has a date."""
    if clock <= BEFORE_ALL:
        return "no date"
    return f"{clock:%a} {clock.day} {clock:%b} {clock.year} {clock:%H:%M} UTC"


def left_text(seconds: float) -> str:
    """``0:42``, ``12:05``, ``3:12:05``; in days where it is more than two."""
    whole = round(seconds)
    if whole >= 48 * _HOUR:
        return f"{whole // (24 * _HOUR):,} days"
    hours, minutes, rest = whole // _HOUR, whole // _MINUTE % _MINUTE, whole % _MINUTE
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def json_line(replay: Replaying, problem: str) -> str:
    """Return where a replay stands as one line of JSON."""
    told = {
        "corpus": replay.corpus,
        "state": replay.state,
        "clock": replay.clock.isoformat(),
        "position": replay.position,
        "sent": replay.sent,
        "total": replay.total,
        "pace": paces.short(replay.pace),
        "loop": replay.loop,
        "seconds_left": round(replay.seconds_left, 1),
        "problem": problem or None,
    }
    return json.dumps(told) + "\n"


def _json_lines() -> Report:
    said_at, before = 0.0, ("", "")

    def report(replay: Replaying, problem: str) -> None:
        nonlocal said_at, before
        if time.monotonic() - said_at >= _JSON_SECONDS or before != (replay.state, problem):
            said_at, before = time.monotonic(), (replay.state, problem)
            out(json_line(replay, problem))

    return report


def _problems() -> Report:
    """Return what tells only what is wrong, once."""
    before = ""

    def report(_replay: Replaying, problem: str) -> None:
        nonlocal before
        if problem and problem != before:
            warn(f"waiting: {problem}")
        elif before and not problem:
            say("goes on")
        before = problem

    return report
