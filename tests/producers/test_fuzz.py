"""A few of the broken inputs of ``make fuzz``."""

from __future__ import annotations

from tests.fuzz import fuzz
from tests.fuzz_inputs import KINDS


def test_broken_inputs_neither_crash_nor_hang_a_reader() -> None:
    outcome = fuzz(700, seed=20261122)
    assert outcome.faults == []
    assert set(outcome.given) == set(KINDS)
    assert outcome.tally.articles > 150
    assert outcome.tally.refusals > 150
