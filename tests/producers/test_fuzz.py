"""A few of the broken inputs of ``make fuzz``."""

from __future__ import annotations

from tests.fuzz import KINDS, fuzz


def test_broken_inputs_neither_crash_nor_hang_a_reader() -> None:
    outcome = fuzz(400, seed=20261122)
    assert outcome.faults == []
    assert set(outcome.given) == set(KINDS)
    assert outcome.articles > 100
    assert outcome.refusals > 100
