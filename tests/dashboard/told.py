"""What the tests of the reader share: articles told to a real ledger."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from consumers.aggregator.ledger import Ledger
from tests.consumers.aggregator.ledgers import (
    DAY,
    NOW,
    ORDER,
)
from vigil.claim import Claim, ClaimSet
from vigil.estimate import Bucket

if TYPE_CHECKING:
    from redis import Redis

    from vigil.place import Place


MORNING = datetime(2022, 2, 24, 7, 0, tzinfo=UTC)


def give(store: Redis, *claims: Claim, article: str = "a", minutes: int = 0, **fields: str) -> None:
    """Let the ledger take in one article seen so many minutes after the morning began."""
    seen_at = MORNING + timedelta(minutes=minutes)
    one = ClaimSet(article, f"r{minutes}", seen_at, claims, **fields)  # type: ignore[arg-type]  # texts
    Ledger(store, authority_order=ORDER).apply([one], now=NOW)


def detention(place: Place) -> Bucket:
    return Bucket("detention", place, DAY)
