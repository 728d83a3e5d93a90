"""What carries a stream: the model's sums, by hand, and where its costs come from."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import pytest

from bench.model import Costs, Load, cores, needs
from bench.simulate import from_bench, known_costs, main

if TYPE_CHECKING:
    from pathlib import Path

COSTS = Costs(
    extract_other=0.001, extract_claims=0.011, aggregate_other=0.0001, aggregate_claims=0.0021,
    store_other=0.0, store_claims=0.001, settle=0.0, claims_each=2, article_bytes=4_000,
    claims_bytes=2_000, empty_bytes=500, stored_claim_bytes=1_000, stored_other_bytes=400,
)  # fmt: skip
STEADY = Load(
    rate=100, relevant=0.1, peak=1, busy=1, hottest=0, keep_days=1, topic_days=1, copies=1
)  # fmt: skip


def test_needs_are_the_sums_of_what_items_cost() -> None:
    found = needs(STEADY, COSTS)
    assert cores(STEADY, COSTS.extract_other, COSTS.extract_claims) == pytest.approx(0.2)
    assert (found.extractors, found.aggregators, found.partitions) == (1, 1, 6)
    assert found.store_cores == pytest.approx(0.01)
    assert found.kafka_gb == pytest.approx(100 * 86_400 * (4_000 + 200 + 450) / 1e9)
    assert found.kafka_mb_s == pytest.approx(100 * 4_650 / 1e6)
    assert found.redis_gb == pytest.approx(100 * 86_400 * (200 + 360) / 1e9)
    assert found.broker_cores == pytest.approx(2 * 100 * (20e-6 + 6e-6))
    assert found.carried


def test_busier_hours_and_more_room_take_more_cores() -> None:
    calm = needs(replace(STEADY, rate=10_000), COSTS)
    busy = needs(replace(STEADY, rate=10_000, peak=3, busy=0.5), COSTS)
    assert (calm.extractors, busy.extractors) == (20, 120)
    assert busy.partitions == 120
    assert busy.redis_gb == calm.redis_gb


def test_day_that_everybody_writes_of_is_a_limit_that_no_core_lifts() -> None:
    load = replace(STEADY, rate=10_000, hottest=0.1)
    found = needs(load, replace(COSTS, settle=1e-5))
    assert found.day_claims == pytest.approx(10_000 * 0.1 * 2 * 86_400 * 0.1)
    assert found.day_seconds == pytest.approx(found.day_claims * 1e-5)
    assert not found.carried
    assert needs(replace(load, rate=1), replace(COSTS, settle=1e-5)).carried


def test_costs_are_those_measured_last_on_this_machine(tmp_path: Path) -> None:
    costs, bench = tmp_path / "costs.json", tmp_path / "bench.json"
    assert known_costs(costs, bench)[0] == Costs()
    figures = {"extraction, articles with claims": 50.0, "memory, 1,000,000 stored": 1_500.0}
    bench.write_text(json.dumps([{"name": name, "value": one} for name, one in figures.items()]))
    assert known_costs(costs, bench)[0].stored_claim_bytes == 1_500
    costs.write_text(json.dumps(asdict(COSTS)))
    assert known_costs(costs, bench)[0] == COSTS


def test_bench_tells_what_both_kinds_of_article_cost() -> None:
    costs = from_bench(
        {"extraction, articles with claims": 50.0, "extraction, one article in twenty": 500.0}
    )
    assert costs.extract_claims == pytest.approx(0.02)
    assert 19 * costs.extract_other + costs.extract_claims == pytest.approx(20 / 500)


def test_arguments_overrule_and_are_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["--rate", "7", "--relevant", "0.5", "--extract-claims", "0.25"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert [line.split()[1] for line in told if "extract_claims" in line] == ["250.0000"]
    assert [line.split()[1] for line in told if "relevant" in line] == ["0.50"]
    assert [line.split()[-1] for line in told if line.startswith("articles a second")] == ["7"]
