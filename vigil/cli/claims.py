"""``vigil claims``: the claims of articles, without any server."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vigil.article import Article
from vigil.cli.console import Exit, failing_clearly, out, warn
from vigil.namekey import names_key
from vigil.rows import Row, claim_row
from vigil.settings import Settings, load_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from producers.files import Refusal

_BATCH = 64


def claims(
    paths: Annotated[list[Path], typer.Argument(help="files or folders of articles")],
    *,
    names: Annotated[
        bool, typer.Option("--names", help="print names of detained people, for annotation work")
    ] = False,
) -> None:
    """Print the claims of articles, one a line as JSON, with sentence, offsets and reasons."""
    with failing_clearly():
        refused = 0

        def refuse(refusal: Refusal) -> None:
            nonlocal refused
            refused += 1
            warn(f"refused {refusal.path}: {refusal.reason}")

        today = datetime.now(UTC).date()
        for row in claim_rows(paths, load_settings(), names=names, today=today, refuse=refuse):
            out(json.dumps(row, ensure_ascii=False) + "\n")
        if refused:
            raise typer.Exit(Exit.REFUSED)


def claim_rows(
    paths: Sequence[Path],
    settings: Settings,
    *,
    names: bool,
    today: date,
    refuse: Callable[[Refusal], None],
) -> Iterator[Row]:
    """Yield the rows of all claims, in the order of the files and of the text.

    Args:
        paths: Files and folders.
        settings: The model and the key of names.
        names: Print names in place of their number, and sentences unmasked.
        today: Bounds dates without a year.
        refuse: Told what cannot be read.
    """
    from consumers.extractor.pipeline import Extractor  # spaCy: a second
    from producers.files import as_published, read

    extractor = Extractor(
        model=settings.model,
        names_key=names_key(settings),
        show_names=names or settings.show_names,
    )
    items = read(paths, seen_at=as_published)
    while batch := list(islice(items, _BATCH)):
        articles = []
        for item in batch:
            if isinstance(item, Article):
                articles.append(item)
            else:
                refuse(item)
        for article, done in zip(articles, extractor.extract(articles, today=today), strict=True):
            stem = Path(article.origin or article.id).stem
            for claim, printed in zip(done.claims.claims, done.names, strict=True):
                yield claim_row(stem, claim, printed if names else None)
