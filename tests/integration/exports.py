"""What the tests of ``vigil export`` share: an evening of news, and the command."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from tests.consumers.aggregator.ledgers import (
    KAZAN,
    MINSK,
    MONITOR,
    MOSCOW,
    NEXT_DAY,
    POLICE,
    RUSSIA,
    claim,
)
from tests.integration.commands import environment, vigil
from vigil.claim import ClaimSet

if TYPE_CHECKING:
    import subprocess

    from vigil.claim import Claim
    from vigil.settings import Settings


def article(name: str, *claims: Claim, hour: int = 12, outlet: str = "Northline") -> ClaimSet:
    seen_at = datetime(2022, 2, 24, hour, tzinfo=UTC)
    url = f"https://{name}.example/1"
    return ClaimSet(name, "r1", seen_at, claims, title="A square", outlet=outlet, url=url)


SETS = (
    article("noon", claim(389, RUSSIA, authority=MONITOR)),
    article(
        "night",
        claim(1_702, RUSSIA, authority=MONITOR),
        claim(940, MOSCOW, authority=MONITOR),
        hour=21,
    ),
    article("police", claim(500, MOSCOW, authority=POLICE), hour=22, outlet="The Lantern"),
    article("next", claim(30, KAZAN, day=NEXT_DAY), claim(7, MINSK), hour=23),
    article("month", claim(13_000, RUSSIA, period=(date(2022, 2, 1), NEXT_DAY)), hour=23),
    article("someday", claim(12, MOSCOW, day=None), hour=23),
    article("crowd", claim(5_000, MOSCOW, kind="protest"), hour=23),
)


def export(settings: Settings, *arguments: object) -> subprocess.CompletedProcess[str]:
    return vigil("export", *arguments, env=environment(settings))


def rows(settings: Settings, *arguments: object) -> list[dict[str, Any]]:
    done = export(settings, "--format", "json", *arguments)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]
