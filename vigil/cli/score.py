"""``vigil score``: how well Vigil reads articles that a person has annotated."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vigil.cli.claims import claim_rows
from vigil.cli.console import failing_clearly, out, warn
from vigil.errors import ReadError
from vigil.settings import load_settings

if TYPE_CHECKING:
    from consumers.extractor.scoring import Agreement, Score
    from producers.files import Refusal


def score(
    folder: Annotated[
        Path, typer.Argument(help="NAME.txt beside NAME.json, or in text/ and gold/")
    ],
    *,
    kind: Annotated[str, typer.Option(help="which kind of claim")] = "detention",
    errors: Annotated[bool, typer.Option("--errors", help="list what disagrees")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="print the figures as JSON")] = False,
) -> None:
    """Compare Vigil's claims with your annotations (docs/annotation.md says how to annotate)."""
    with failing_clearly():
        result = score_folder(folder, kind)
        if as_json:
            out(json.dumps(_figures(result), indent=1) + "\n")
        else:
            out(_report(result, kind))
        if errors:
            out(_errors(result))


def score_folder(folder: Path, kind: str) -> Score:
    """Return the score of all annotated articles of a folder.

    Raises:
        ReadError: There is no annotation, or one that cannot be read.
    """
    from consumers.extractor import scoring  # the gazetteer, spaCy
    from consumers.extractor.places import load_gazetteer

    texts = folder / "text" if (folder / "text").is_dir() else folder
    gold = folder / "gold" if (folder / "gold").is_dir() else folder
    annotated = {
        path.stem: scoring.read_rows(_annotation(path), kind)
        for path in sorted(gold.glob("*.json"))
        if not path.name.endswith(".meta.json") and (texts / f"{path.stem}.txt").exists()
    }
    if not annotated:
        message = f"no annotated article in {folder}: NAME.json beside NAME.txt is looked for"
        raise ReadError(message)

    def refuse(refusal: Refusal) -> None:
        warn(f"refused {refusal.path}: {refusal.reason}")

    extracted: dict[str, list[dict[str, Any]]] = defaultdict(list)
    paths = [texts / f"{stem}.txt" for stem in annotated]
    today = datetime.now(UTC).date()
    for row in claim_rows(paths, load_settings(), names=False, today=today, refuse=refuse):
        if row["kind"] == kind:
            extracted[row["article"]].append(row)
    gazetteer = load_gazetteer()

    def normal(name: str) -> str:
        found = gazetteer.find(name)
        whole = len(found) == 1 and found[0].end - found[0].start == len(name)
        return scoring.fold(found[0].place.name if whole else name)

    return scoring.score(annotated, extracted, normal=normal)


def _annotation(path: Path) -> list[dict[str, Any]]:
    try:
        claims = json.loads(path.read_text())["claims"]
    except (ValueError, KeyError, TypeError) as error:
        message = f"{path} is no annotation: {error!r}"
        raise ReadError(message) from error
    return list(claims)


def _figures(result: Score) -> dict[str, Any]:
    return {
        "counted": {level: _as_row(one) for level, one in result.counted.items()},
        "named": {level: _as_row(one) for level, one in result.named.items()},
        "sizes": {_size(size): _as_row(one) for size, one in result.sizes.items()},
    }


def _as_row(one: Agreement) -> dict[str, float]:
    return {
        "precision": round(one.precision, 4),
        "recall": round(one.recall, 4),
        "f1": round(one.f1, 4),
        "agree": one.agree,
        "annotated": one.annotated,
        "extracted": one.extracted,
    }


def _report(result: Score, kind: str) -> str:
    head = f"{'':32}precision  recall     F1   agree  annotated  extracted\n"
    parts = [f"{kind} claims that count people\n", head]
    parts += [_line(level, one) for level, one in result.counted.items()]
    parts.append(f"\n{kind} claims that name people\n")
    parts += [_line(level, one) for level, one in result.named.items()]
    parts.append("\ncount, place and day, by size of the count\n")
    parts += [_line(_size(size), one) for size, one in result.sizes.items()]
    return "".join(parts)


def _line(name: str, one: Agreement) -> str:
    return (
        f"  {name:30}{one.precision:9.3f}{one.recall:8.3f}{one.f1:7.3f}"
        f"{one.agree:8}{one.annotated:11}{one.extracted:11}\n"
    )


def _size(size: tuple[int, int | None]) -> str:
    low, high = size
    return f"{low:,} and more" if high is None else f"{low:,} to {high:,}"


def _errors(result: Score) -> str:
    lines = ["\nmissed: annotated and not found so\n"]
    lines += [_error(article, row, "quote") for article, row in result.missed]
    lines.append("\ninvented: found and not annotated so\n")
    lines += [_error(article, row, "sentence") for article, row in result.invented]
    return "".join(lines)


def _error(article: str, row: dict[str, Any], text: str) -> str:
    high = "..." if row.get("high") is None else row["high"]
    when = row.get("date") or row.get("period") or "undated"
    return (
        f"  {article}: {row.get('low')} to {high}, {row.get('place')}, {when}\n"
        f"      {row.get(text, '')}\n"
    )
