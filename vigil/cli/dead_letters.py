"""``vigil dead-letters``: what could not be read or handled, why, and what to do with it."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vigil import broker
from vigil.cli.console import Exit, failing_clearly, out, require_yes, say, warn
from vigil.errors import DeadLetterError
from vigil.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vigil.dead import DeadLetter

dead_letters = typer.Typer(
    name="dead-letters",
    help="See what could not be read or handled and why; send it back or discard it.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


class Stage(StrEnum):
    """Who could not handle a message."""

    EXTRACT = "extract"
    AGGREGATE = "aggregate"


_ASKS = {"requeue": "Send {} dead letters back?", "discard": "Discard {} dead letters?"}
_DID = {"requeue": "sent back", "discard": "discarded"}

_Ids = Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="PARTITION-OFFSET")]
_Stage = Annotated[Stage | None, typer.Option("--stage", help="only those of one stage")]
_All = Annotated[bool, typer.Option("--all", help="all that nobody has dealt with")]
_Yes = Annotated[bool, typer.Option("--yes", "-y", help="do not ask")]
_Json = Annotated[bool, typer.Option("--json", help="print it as JSON, one a line")]


@dead_letters.command("list")
def list_letters(
    *,
    stage: _Stage = None,
    everything: Annotated[
        bool, typer.Option("--all", help="those that were sent back or discarded, too")
    ] = False,
    as_json: _Json = False,
) -> None:
    """Show dead letters: where they came from and why they failed, and no word of their text."""
    from vigil import dead

    with failing_clearly():
        shown = 0
        for letter in dead.letters(load_settings()):
            if (everything or not letter.handled) and stage in {None, letter.stage}:
                out((json.dumps(_as_json(letter)) if as_json else _line(letter)) + "\n")
                shown += 1
        if not as_json:
            say(f"{shown:,} dead letters")


@dead_letters.command()
def show(
    ids: _Ids = None,
    *,
    text: Annotated[
        bool, typer.Option("--text", help="the message itself too, which may name people")
    ] = False,
    as_json: _Json = False,
) -> None:
    """Show all that is known of dead letters; what they say only with --text."""
    from vigil import dead

    with failing_clearly():
        for letter in dead.find(load_settings(), _some(ids), text=text):
            told = _as_json(letter)
            if text:
                told["key"] = _plain((letter.key or b"").decode(errors="replace"))
                told["text"] = _plain((letter.value or b"").decode(errors="replace"))
            if as_json:
                out(json.dumps(told, ensure_ascii=False) + "\n")
            else:
                out("".join(f"{name:10} {value}\n" for name, value in told.items()) + "\n")
        if not text:
            say("--text shows what they say")


@dead_letters.command()
def requeue(
    ids: _Ids = None,
    *,
    every: _All = False,
    stage: _Stage = None,
    yes: _Yes = False,
    as_json: _Json = False,
) -> None:
    """Send dead letters back, byte for byte, to where they came from: once the cause is mended."""
    _deal(ids, "requeue", every=every, stage=stage, yes=yes, as_json=as_json)


@dead_letters.command()
def discard(
    ids: _Ids = None,
    *,
    every: _All = False,
    stage: _Stage = None,
    yes: _Yes = False,
    as_json: _Json = False,
) -> None:
    """Note that nothing is to be done about dead letters; nobody is told of them any more."""
    _deal(ids, "discard", every=every, stage=stage, yes=yes, as_json=as_json)


def _deal(
    ids: list[str] | None,
    what: str,
    *,
    every: bool,
    stage: Stage | None,
    yes: bool,
    as_json: bool,
) -> None:
    from vigil import dead

    with failing_clearly():
        settings = load_settings()
        broker.ensure_topics(settings)
        if every or stage:
            if ids:
                message = "give ids, or --all with or without --stage, and not both"
                raise DeadLetterError(message)
            some = [
                dead.without_text(letter)
                for letter in dead.letters(settings)
                if not letter.handled and stage in {None, letter.stage}
            ]
        else:
            some = dead.find(settings, _some(ids))
        if some:
            require_yes(_ASKS[what].format(f"{len(some):,}"), yes=yes)
        deal = dead.requeue if what == "requeue" else dead.discard
        done, unfit = _report(deal(settings, some), as_json=as_json)
        say(f"{done:,} dead letters {_DID[what]}")
        if unfit:
            raise typer.Exit(Exit.REFUSED)


def _report(dealt: Iterator[tuple[DeadLetter, str]], *, as_json: bool) -> tuple[int, int]:
    """Tell what was done; return how many it was done to, and to how many it cannot be."""
    done = unfit = 0
    for letter, reason in dealt:
        done += not reason
        unfit += bool(reason) and not letter.handled
        if as_json:
            out(json.dumps({"id": letter.id, "done": not reason, "reason": reason}) + "\n")
        elif reason:
            warn(f"{letter.id} left as it is: {reason}")
    return done, unfit


def _some(ids: Iterable[str] | None) -> set[str]:
    if not ids:
        message = "say which: ids as vigil dead-letters list has them"
        raise DeadLetterError(message)
    return set(ids)


def _line(letter: DeadLetter) -> str:
    handled = f"  {letter.handled.deed} {letter.handled.at:%Y-%m-%d}" if letter.handled else ""
    tries = f"  sent back {letter.tries} times" if letter.tries else ""
    return (
        f"{letter.id:10} {letter.at:%Y-%m-%d %H:%M:%S}  {letter.stage}  {_plain(letter.origin)}  "
        f"{letter.size:,} bytes  {_plain(letter.reason)}{tries}{handled}"
    )


def _as_json(letter: DeadLetter) -> dict[str, Any]:
    handled = letter.handled
    return {
        "id": letter.id,
        "at": letter.at.isoformat(),
        "stage": letter.stage,
        "reason": _plain(letter.reason),
        "topic": letter.topic,
        "partition": letter.partition,
        "offset": letter.offset,
        "bytes": letter.size,
        "tries": letter.tries,
        "handled": handled and {"did": handled.deed, "at": handled.at.isoformat()},
    }


def _plain(text: str) -> str:
    """Return text from outside without what would command a terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
