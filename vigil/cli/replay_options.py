"""The options of a replay, for ``vigil replay`` and ``vigil demo`` alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from producers.schedule import Undated
from vigil import pace
from vigil.pace import DEFAULT, Pace
from vigil.replaying import parse_moment

Corpus = Annotated[
    Path | None, typer.Argument(help="folder to replay; the bundled corpus if left out")
]
Speed = Annotated[
    str | None,
    typer.Option(help="time of the news in a second: 1h/s (as without it), 1d/s, 3600x"),
]
MaxGap = Annotated[
    str | None,
    typer.Option(help="the longest wait between two articles at a speed: 2s (as without it), none"),
]
Rate = Annotated[
    str | None, typer.Option(help="articles a second, evenly, in place of a speed: 50/s, 30/min")
]
Loop = Annotated[bool, typer.Option("--loop", help="begin again after the end, for ever")]
From = Annotated[
    str | None,
    typer.Option("--from", help="begin at this date; what is earlier is sent at once"),
]
UndatedRule = Annotated[
    Undated, typer.Option(help="where articles without a date come: before all, after all, or not")
]


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a replay is to go.

    Attributes:
        pace: None for the one it went at before, or the usual one.
        loop: Whether it begins again after its end.
        begin_at: Where the clock is to be at first; None for where it stood, or the beginning.
        restart: Whether it begins anew even where it could go on.
        stay: Whether it waits at its end for what is asked.
        as_json: Whether it tells where it stands as lines of JSON.
    """

    pace: Pace | None = None
    loop: bool = False
    begin_at: datetime | None = None
    restart: bool = False
    stay: bool = False
    as_json: bool = False


def pace_of(speed: str | None, max_gap: str | None, rate: str | None) -> Pace | None:
    """Return the pace of the options; None where none is given.

    Raises:
        BadParameter: They do not make sense.
    """
    if speed and rate:
        message = "a replay has a speed or a rate: give one of --speed and --rate"
        raise typer.BadParameter(message)
    try:
        if rate:
            return Pace(rate=pace.parse_rate(rate))
        if speed is None and max_gap is None:
            return None
        longest = pace.parse_wait(max_gap) if max_gap else DEFAULT.longest
        return Pace(speed=pace.parse_speed(speed) if speed else DEFAULT.speed, longest=longest)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def moment_of(text: str | None) -> datetime | None:
    """Return the moment of an option.

    Raises:
        BadParameter: It is none.
    """
    try:
        return parse_moment(text) if text else None
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
