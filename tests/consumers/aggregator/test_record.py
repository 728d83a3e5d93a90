"""Records of articles: their order is that of their claims, and a merge knows both."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from consumers.aggregator.record import record_of
from tests.consumers.aggregator.ledgers import (
    MOMENTS,
    MOSCOW,
    NEXT_DAY,
    RUSSIA,
    claim,
)
from vigil.claim import ClaimSet

SLOT = "RU:2022-02-24"
FIRST = ClaimSet("a", "r1", MOMENTS[1], (claim(900, MOSCOW), claim(1_667, RUSSIA)), outlet="Post")


@pytest.mark.parametrize("earlier", range(len(MOMENTS)))
def test_order_of_records_is_the_order_of_claim_sets(earlier: int) -> None:
    one = ClaimSet("a", "r10", MOMENTS[earlier])
    for moment in MOMENTS:
        for revision in ("", "r1", "r10", "r2"):
            other = ClaimSet("a", revision, moment)
            if one.order != other.order:
                assert (record_of(one).order < record_of(other).order) == (one.order < other.order)


def test_record_tells_when_it_was_seen() -> None:
    moment = datetime.fromisoformat("2022-02-24T15:30:00.000001+03:00")
    assert record_of(ClaimSet("a", "r1", moment)).seen_at == moment


def test_merge_of_records_knows_both() -> None:
    old = record_of(FIRST)
    new = record_of(replace(FIRST, seen_at=MOMENTS[3], claims=(claim(1, day=NEXT_DAY),)))
    assert old.merge(new) == new.merge(old)
    assert old.merge(new).slots == (SLOT, "RU:2022-02-25")
    assert old.merge(new).order == new.order
