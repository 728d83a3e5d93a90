"""A reader of the real store, empty at the start of each test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.reader import Reader

if TYPE_CHECKING:
    from redis import Redis


@pytest.fixture
def reader(store: Redis) -> Reader:
    return Reader(store)
