"""``vigil batch``: everything over real protocols, and the same bytes whatever the order."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

import pytest

from tests.integration.articles import write_articles
from tests.integration.commands import vigil

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.integration, pytest.mark.slow]


def detentions(output: str) -> dict[tuple[str, str], int]:
    return {
        (row["place"], row["date"]): row["best"]
        for row in json.loads(output)
        if row["kind"] == "detention"
    }


def test_batch_counts_an_evening_once(tmp_path: Path) -> None:
    done = vigil("batch", "--format", "json", *write_articles(tmp_path))
    assert done.returncode == 0, done.stderr
    assert detentions(done.stdout) == {
        ("Russia", "2022-02-24"): 1_702,
        ("Moscow", "2022-02-24"): 940,
    }


def test_batch_prints_the_same_bytes_for_any_order_and_repetition(tmp_path: Path) -> None:
    paths = write_articles(tmp_path)
    shuffled = paths * 2
    random.Random(7).shuffle(shuffled)
    once = vigil("batch", "--format", "csv", *paths)
    twice = vigil("batch", "--format", "csv", *shuffled)
    assert once.returncode == 0, once.stderr
    assert once.stdout.count("\n") >= 3
    assert twice.stdout == once.stdout


def test_batch_goes_on_past_bad_input_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "broken.json").write_text("{")
    done = vigil("batch", "--format", "json", *write_articles(tmp_path), tmp_path)
    assert done.returncode == 3
    assert detentions(done.stdout)["Moscow", "2022-02-24"] == 940
    refused = [line for line in done.stderr.splitlines() if line.startswith("refused")]
    assert len(refused) == 2
    assert any("empty.txt" in line and "empty file" in line for line in refused)
    assert any("broken.json" in line and "line 1" in line for line in refused)


def test_batch_of_nothing_prints_nothing(tmp_path: Path) -> None:
    done = vigil("batch", "--format", "json", tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == []


def test_batch_of_a_missing_path_fails_clearly(tmp_path: Path) -> None:
    done = vigil("batch", tmp_path / "nothing")
    assert done.returncode == 3
    assert "nothing" in done.stderr
    assert "Traceback" not in done.stderr
