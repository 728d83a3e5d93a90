"""A store with an evening of news in it, and a place for the figures of a fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from consumers.aggregator.ledger import Ledger
from tests.consumers.aggregator.ledgers import NOW, ORDER
from tests.integration.exports import SETS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redis import Redis

    from vigil.settings import Settings


@pytest.fixture
def filled(store: Redis, store_settings: Settings) -> Settings:
    """Settings that lead to a store with an evening in it."""
    Ledger(store, authority_order=ORDER).apply(SETS, now=NOW)
    return store_settings


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> Iterator[dict[str, float]]:
    """What a fault took, by name: printed after the test, for docs/operations.md; -s shows it."""
    found: dict[str, float] = {}
    yield found
    told = ", ".join(f"{what} {value:,.4g}" for what, value in found.items())
    print(f"\n{request.node.name}: {told}")  # noqa: T201  # what the test was run for
