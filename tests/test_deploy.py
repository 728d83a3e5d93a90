"""What is deployed beside Vigil speaks of figures that Vigil tells."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import CollectorRegistry, ProcessCollector

from vigil.metrics import FIGURES

ROOT = Path(__file__).resolve().parent.parent
ENDINGS = {"counter": ("_total",), "gauge": ("",), "histogram": ("_bucket", "_sum", "_count")}
LABELS = {"service", "topic", "version", "le"}


def board() -> dict[str, Any]:
    told: dict[str, Any] = json.loads((ROOT / "deploy/grafana/vigil.json").read_text())
    return told


def queries() -> list[str]:
    return [target["expr"] for panel in board()["panels"] for target in panel["targets"]]


def exported() -> set[str]:
    ours = {f"{name}{ending}" for name, (kind, _) in FIGURES.items() for ending in ENDINGS[kind]}
    registry = CollectorRegistry()
    process = ProcessCollector(registry=registry).collect()
    return ours | {sample.name for family in process for sample in family.samples}


@pytest.mark.parametrize("query", queries())
def test_figure_that_is_shown_is_one_that_is_told(query: str) -> None:
    names = set(re.findall(r"\b(?:vigil|process)_\w+", query))
    assert names
    assert names <= exported()
    by = {label for group in re.findall(r"by \((.+?)\)", query) for label in group.split(", ")}
    where = set(re.findall(r"[{,]\s*(\w+)=", query))
    assert by | where <= LABELS
    # The library's figures of the process do not say which service it is.
    assert "process_" not in query or "on (instance) group_left (service) vigil_info" in query


def test_every_kind_of_figure_is_shown() -> None:
    shown = " ".join(queries())
    left_out = {name for name in FIGURES if name not in shown}
    assert left_out == {"vigil_last_batch_timestamp_seconds"}


def test_panels_have_places_of_their_own_and_a_name() -> None:
    panels = board()["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels)
    assert len({panel["title"] for panel in panels}) == len(panels)
    cells = [
        (x, y)
        for place in (panel["gridPos"] for panel in panels)
        for x in range(place["x"], place["x"] + place["w"])
        for y in range(place["y"], place["y"] + place["h"])
    ]
    assert len(set(cells)) == len(cells)
    assert max(x for x, _ in cells) < 24
