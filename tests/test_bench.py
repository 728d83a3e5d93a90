"""The command that measures: its choice of parts, its table, what it keeps, what it feeds."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from importlib import import_module
from itertools import islice
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from bench import memory, report
from bench.__main__ import PARTS, main
from bench.figure import Figure
from consumers.extractor.pipeline import Extractor

if TYPE_CHECKING:
    from collections.abc import Callable

OPERATIONS = Path(__file__).resolve().parent.parent / "docs/operations.md"
FAST = Figure("fast", 1_200.0, "items/s", 0.9, 0.7, "by hand")
SLOW = Figure("slow", 3.0, "items/s", 0.5, 0.7, "by hand")
STATED = Figure("stated", 4.0, "s", None, None, "by hand")


@pytest.fixture
def part(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., None]:
    """Add a part that measures nothing, in place of those there are, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    parts: dict[str, tuple[str, int]] = {}
    monkeypatch.setattr("bench.__main__.PARTS", parts)

    def add(name: str, measure: Callable[[], list[Figure]]) -> None:
        parts[name] = ("what is known already", 1)
        monkeypatch.setitem(sys.modules, f"bench.{name}", SimpleNamespace(figures=measure))

    return add


def test_parts_are_measured_shown_and_kept(
    part: Callable[..., None], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    part("first", lambda: [FAST])
    part("second", lambda: [STATED])
    assert main([]) == 0
    told = capsys.readouterr()
    assert [line.split()[0] for line in told.out.splitlines()] == [
        "figure", "fast", "stated", "measured",
    ]  # fmt: skip
    assert "[1/2] first: what is known already (about 1 s)\n  fast" in told.err
    kept = json.loads((tmp_path / "build/bench.json").read_text())
    assert [row["name"] for row in kept] == ["fast", "stated"]


def test_ratio_that_is_not_reached_is_marked_and_fails(
    part: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    part("first", lambda: [FAST, SLOW])
    part("second", lambda: [STATED])
    assert main(["first"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if "MISSED" in line] == [report.line(SLOW)]
    assert report.line(STATED) not in lines


def test_part_that_fails_is_told_and_the_others_are_measured(
    part: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> list[Figure]:
        message = "no server today"
        raise RuntimeError(message)

    part("first", broken)
    part("second", lambda: [FAST])
    assert main(["first", "second"]) == 1
    told = capsys.readouterr()
    assert "no server today" in told.err
    assert "first FAILED" in told.out
    assert report.line(FAST) in told.out


def test_unknown_part_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["nonsense"])
    assert "there is no part 'nonsense': choose from extraction" in capsys.readouterr().err


def test_kept_figures_of_other_parts_stay_until_all_are_measured(tmp_path: Path) -> None:
    path = tmp_path / "build" / "bench.json"
    report.keep([FAST, SLOW], path, anew=True)
    report.keep([STATED, FAST], path, anew=False)
    kept = json.loads(path.read_text())
    assert [row["name"] for row in kept] == ["stated", "fast", "slow"]
    assert all(datetime.fromisoformat(row["measured_at"]).tzinfo for row in kept)
    report.keep([SLOW], path, anew=True)
    assert [row["name"] for row in json.loads(path.read_text())] == ["slow"]


@pytest.mark.parametrize(
    ("seconds", "told"), [(7.4, "7 s"), (60, "1 min 00 s"), (545, "9 min 05 s")]
)
def test_times_are_told_as_people_do(seconds: float, told: str) -> None:
    assert report.lasted(seconds) == told


@pytest.mark.parametrize("name", PARTS)
def test_part_is_there(name: str) -> None:
    module = import_module(f"bench.{name}")
    assert isinstance(module, ModuleType)
    assert callable(module.figures)
    assert f"| `{name}` |" in OPERATIONS.read_text()


def test_one_article_in_twenty_of_the_memory_s_stream_makes_a_claim() -> None:
    some = list(islice(memory.articles(), 100))
    assert len({one.id for one in some}) == len(some)
    done = Extractor(model=None, names_key=b"test").extract(some, today=date(2026, 1, 1))
    claims = {
        number: [(each.place.name, each.low, each.day) for each in read.claims.claims if each.place]
        for number, read in enumerate(done)
        if read.claims.claims
    }
    assert list(claims) == [0, 20, 40, 60, 80]
    for number, ((city, figure, day),) in claims.items():
        assert f"In {city}, {figure:,} people" in some[number].text
        assert (published := some[number].published)
        assert day == published.date()
