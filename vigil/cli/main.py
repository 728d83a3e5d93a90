"""The command ``vigil``: one file a command, gathered here."""

from __future__ import annotations

from importlib import metadata
from typing import Annotated

import typer

from vigil.cli.batch import batch
from vigil.cli.claims import claims
from vigil.cli.console import out
from vigil.cli.dashboard import dashboard
from vigil.cli.dead_letters import dead_letters
from vigil.cli.demo import demo
from vigil.cli.doctor import doctor
from vigil.cli.export import export
from vigil.cli.feed import feed
from vigil.cli.push import push
from vigil.cli.rebuild import rebuild
from vigil.cli.replay import replay
from vigil.cli.review import review
from vigil.cli.score import score
from vigil.cli.services import aggregate, extract
from vigil.cli.status import status
from vigil.cli.watch import watch
from vigil.log import quiet_readers

app = typer.Typer(
    name="vigil",
    help="Watch dissent in the news: articles in, detentions by city and day out, "
    "every number with its sentence.",
    no_args_is_help=True,
    add_completion=False,
    # A traceback with local variables would print what articles and settings hold.
    pretty_exceptions_show_locals=False,
    rich_markup_mode=None,
)

_HERE, _PRODUCERS, _SERVICES, _STORE = "Here and now", "Producers", "Services", "What is stored"
for _command, _panel in (
    (demo, _HERE),
    (batch, _HERE),
    (claims, _HERE),
    (score, _HERE),
    (push, _PRODUCERS),
    (watch, _PRODUCERS),
    (replay, _PRODUCERS),
    (feed, _PRODUCERS),
    (extract, _SERVICES),
    (aggregate, _SERVICES),
    (dashboard, _SERVICES),
    (status, _STORE),
    (doctor, _STORE),
    (export, _STORE),
    (rebuild, _STORE),
):
    app.command(rich_help_panel=_panel)(_command)
app.add_typer(dead_letters, rich_help_panel=_STORE)
app.add_typer(review, rich_help_panel=_STORE)


@app.callback(invoke_without_command=True)
def root(
    *, version: Annotated[bool, typer.Option("--version", help="print the version")] = False
) -> None:
    """Watch dissent in the news: articles in, detentions by city and day out."""
    quiet_readers()
    if version:
        out(f"vigil {metadata.version('vigil')}\n")
        raise typer.Exit
