"""A store with an evening of news in it, for the tests of what is exported."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from consumers.aggregator.ledger import Ledger
from tests.consumers.aggregator.ledgers import NOW, ORDER
from tests.integration.exports import SETS

if TYPE_CHECKING:
    from redis import Redis

    from vigil.settings import Settings


@pytest.fixture
def filled(store: Redis, store_settings: Settings) -> Settings:
    """Settings that lead to a store with an evening in it."""
    Ledger(store, authority_order=ORDER).apply(SETS, now=NOW)
    return store_settings
