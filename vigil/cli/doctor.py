"""``vigil doctor``: is everything as it has to be here, and if not, what to do next?"""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Final

import typer

from vigil.checks.finding import Finding, Level, ok, problem
from vigil.cli.console import Exit, failing_clearly, out
from vigil.errors import SettingsError
from vigil.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vigil.settings import Settings

_ARROW: Final = "->"
_COUNTED: Final[tuple[tuple[Level, str], ...]] = (
    ("problem", "problems"), ("warning", "warnings"), ("ok", "well"),
)  # fmt: skip


def doctor(
    *, as_json: Annotated[bool, typer.Option("--json", help="print it as JSON")] = False
) -> None:
    """Check settings, Kafka, Redis and this machine, and say what to do; status 1 on a problem.

    Nothing is changed by it, and no secret is printed.
    """
    with failing_clearly():
        found = list(examine(now=datetime.now(UTC)))
        healthy = all(one.level != "problem" for one in found)
        if as_json:
            told = {"healthy": healthy, "findings": [asdict(one) for one in found]}
            out(json.dumps(told, indent=1, ensure_ascii=False) + "\n")
        else:
            out(_as_text(found))
        if not healthy:
            raise typer.Exit(Exit.FAILED)


def examine(*, now: datetime) -> Iterator[Finding]:
    """Yield all there is to say; what cannot be reached is part of it."""
    try:
        settings = load_settings()
    except SettingsError as error:
        yield problem(
            "settings", str(error), "correct what is named; docs/settings.md has them all"
        )
        return
    yield from findings(settings, now=now)


def findings(settings: Settings, *, now: datetime) -> Iterator[Finding]:
    """Yield all there is to say of settings that make sense."""
    from vigil.checks import brokers, heard, machine, stores

    yield from machine.check_settings(settings, os.environ)
    yield from machine.check_folder(settings)
    yield from machine.check_alive(settings.alive)
    yield from machine.check_ports(settings)
    yield from _model(settings)
    yield from brokers.check_kafka(settings)
    yield from stores.check_redis(settings)
    yield from heard.check_services(settings, now=now)


def _model(settings: Settings) -> Iterator[Finding]:
    from consumers.extractor.pipeline import loaded_model

    try:
        name, version = loaded_model(settings.model)
    except SettingsError as error:
        yield problem("language model", str(error), "install it, or unset VIGIL_MODEL")
    else:
        yield ok("language model", f"{name} {version} loads")


def _as_text(found: Sequence[Finding]) -> str:
    lines = []
    width = max(len(one.about) for one in found)
    for one in found:
        lines.append(f"{one.level:8} {one.about:{width}}  {one.said}")
        if one.do:
            lines.append(f"{'':8} {'':{width}}  {_ARROW} {one.do}")
    levels = Counter(one.level for one in found)
    counted = [f"{levels[level]} {name}" for level, name in _COUNTED if levels[level]]
    return "".join(f"{line}\n" for line in [*lines, ", ".join(counted)])
