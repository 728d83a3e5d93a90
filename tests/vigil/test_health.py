"""Counting claims from estimates: each once, sums of cities notwithstanding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tests.consumers.aggregator.ledgers import claim_sets, newest, reference
from vigil import keys
from vigil.health import claims_of

if TYPE_CHECKING:
    from vigil.claim import ClaimSet
    from vigil.estimate import Estimate


@given(st.lists(claim_sets(), max_size=8))
def test_claims_are_counted_once(sets: list[ClaimSet]) -> None:
    slots: dict[str, list[Estimate]] = {}
    for estimate in reference(sets):
        bucket = estimate.bucket
        country = bucket.place.country if bucket.place else None
        slot = keys.slot(country, bucket.day, bucket.period)
        slots.setdefault(slot, []).append(estimate)
    told = sum(claims_of(estimates) for estimates in slots.values())
    assert told == sum(len(one.claims) for one in newest(sets).values())
