"""What services say of themselves, and when their silence means something."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from vigil import reports, wire
from vigil.reports import Batch, ServiceReport, quantile_ms

NOON = datetime(2026, 5, 25, 12, 0, tzinfo=UTC)
SAID = ServiceReport(
    "aggregate",
    "desk:7",
    NOON - timedelta(hours=1),
    NOON,
    lag={"claims": 3},
    rates={"claims": 1.5},
    batch=Batch(12, 0.4, NOON),
    waits_ms=(120, 90),
)


def test_report_comes_back_as_it_was_said() -> None:
    text = wire.encode(SAID).decode()
    assert reports.parse({reports.field_of(SAID): text}) == (SAID,)


def test_report_of_another_vigil_is_left_out() -> None:
    assert reports.parse({"extract desk:9": '{"said": 1}'}) == ()


@pytest.mark.parametrize(
    ("state", "seconds", "silent", "alive"),
    [
        ("running", 9, False, True),
        ("running", 11, True, False),
        ("retrying", 11, True, False),
        ("stopped", 11, False, False),
    ],
)
def test_silence_is_told_from_an_orderly_end(
    state: reports.State, seconds: int, silent: bool, alive: bool
) -> None:
    said, now = replace(SAID, state=state), NOON + timedelta(seconds=seconds)
    assert (said.silent(now), said.alive(now)) == (silent, alive)


@pytest.mark.parametrize(
    ("waits", "share", "found"),
    [
        ([], 0.5, None),
        ([7], 0.95, 7),
        ([4, 1, 3, 2], 0.5, 2),
        (range(1, 101), 0.95, 95),
        (range(1, 21), 0.95, 19),
    ],
)
def test_quantile_is_of_the_nearest_rank(waits: list[int], share: float, found: int | None) -> None:
    assert quantile_ms(waits, share) == found
