"""``vigil export``: the same state is the same bytes, filtered, and in three forms."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from pyarrow import parquet

from consumers.aggregator.ledger import Ledger
from tests.consumers.aggregator.ledgers import (
    DAY,
    NOW,
    ORDER,
    review,
)
from tests.integration.commands import environment, vigil
from tests.integration.exports import SETS, export, rows
from vigil import keys
from vigil.export.source import Source, Wanted
from vigil.rebuilding import Rebuilding
from vigil.review import claim_id, fingerprint

if TYPE_CHECKING:
    from pathlib import Path

    from redis import Redis

    from vigil.settings import Settings

pytestmark = pytest.mark.integration


def places(told: list[dict[str, Any]]) -> list[tuple[str, str | None, int]]:
    return [(row["place"], row["date"], row["best"]) for row in told]


def test_export_tells_estimates_with_their_evidence(filled: Settings) -> None:
    [moscow] = rows(filled, "--city", "moscow", "--kind", "detention", "--from", DAY)
    assert (moscow["low"], moscow["best"], moscow["high"]) == (500, 940, 940)
    assert (moscow["authority"], moscow["authority_kind"]) == ("OVD-Info", "monitor")
    assert moscow["bound"] == "exact"
    assert moscow["figures"] == ["OVD-Info 940 exact", "police 500 exact"]
    assert moscow["why"].startswith("Several counted")
    assert moscow["outlets"] == ["Northline", "The Lantern"]
    assert moscow["quotes"] == ["940 taken away"]
    assert moscow["links"] == ["https://night.example/1"]
    assert moscow["rests_on"] == ["night#1"]


def test_export_is_in_order_of_days_then_periods_then_undated(filled: Settings) -> None:
    assert places(rows(filled, "--kind", "detention", "--country", "RU")) == [
        ("Russia", "2022-02-24", 1_702),
        ("Moscow", "2022-02-24", 940),
        ("Russia", "2022-02-25", 30),
        ("Kazan", "2022-02-25", 30),
        ("Russia", None, 13_000),
        ("Moscow", None, 12),
    ]


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["--country", "by"], {"Belarus", "Minsk"}),
        (["--city", "Kazan"], {"Kazan"}),
        (["--kind", "protest"], {"Moscow", "Russia"}),
        (["--from", "2022-02-25", "--country", "RU"], {"Russia", "Kazan"}),
        (["--to", "2022-02-23"], {"Russia"}),
        (["--from", "2022-03-01"], set()),
    ],
)
def test_export_filters(filled: Settings, arguments: list[str], wanted: set[str]) -> None:
    assert {row["place"] for row in rows(filled, *arguments)} == wanted


def test_export_of_days_leaves_out_the_undated_and_keeps_periods_that_overlap(
    filled: Settings,
) -> None:
    told = rows(filled, "--to", "2022-02-23")
    assert [(row["period_from"], row["period_to"], row["best"]) for row in told] == [
        ("2022-02-01", "2022-02-25", 13_000)
    ]


def test_export_of_claims_has_every_sentence(filled: Settings) -> None:
    told = rows(filled, "--claims")
    assert len(told) == sum(len(one.claims) for one in SETS)
    [noon] = [row for row in told if row["article"] == "noon"]
    assert (noon["sentence"], noon["outlet"], noon["counts"]) == (
        "389 taken away",
        "Northline",
        False,
    )
    assert noon["url"] == "https://noon.example/1"
    assert noon["named"] == 0


@pytest.mark.parametrize(
    ("form", "what"),
    [
        ("csv", []),
        ("parquet", []),
        ("json", ["--claims"]),
        ("parquet", ["--claims"]),
        ("csv", ["--as", "plover"]),
        ("json", ["--as", "acled"]),
    ],
)
def test_export_of_equal_states_is_byte_identical(
    filled: Settings, store: Redis, tmp_path: Path, form: str, what: list[str]
) -> None:
    first, second = tmp_path / f"first.{form}", tmp_path / f"second.{form}"
    done = export(filled, "--output", first, *what)
    assert done.returncode == 0, done.stderr
    store.flushall()
    ledger = Ledger(store, authority_order=ORDER)
    for one in reversed(SETS):
        ledger.apply([one, one], now=NOW)
    assert export(filled, "--output", second, *what).returncode == 0
    assert first.read_bytes() == second.read_bytes()
    assert first.stat().st_size > 100


def test_export_forms_tell_the_same(filled: Settings, tmp_path: Path) -> None:
    table = tmp_path / "all.parquet"
    assert export(filled, "-o", table).returncode == 0
    told = rows(filled)
    from_csv = list(csv.DictReader(io.StringIO(export(filled).stdout)))
    from_parquet = parquet.read_table(table).to_pylist()
    assert [row["best"] for row in from_parquet] == [row["best"] for row in told]
    assert [int(row["best"]) for row in from_csv] == [row["best"] for row in told]
    assert list(from_csv[0]) == list(told[0]) == list(from_parquet[0])


def test_export_as_events_adds_up(filled: Settings) -> None:
    told = rows(filled, "--as", "plover", "--country", "RU", "--kind", "detention", "--to", DAY)
    assert {(row["resolved_place"], row["size"]) for row in told} == {
        ("Moscow", 940),
        ("Russia", 762),
    }
    [rest] = [row for row in told if row["rest_of_country"]]
    assert rest["size"] == 762


def test_export_of_an_empty_store_is_a_header(store: Redis, store_settings: Settings) -> None:
    assert store.dbsize() == 0
    done = export(store_settings)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("\n") == 1
    assert done.stdout.startswith("kind,date,")
    assert "0 rows" in done.stderr


def test_export_refuses_a_store_that_is_being_rebuilt(filled: Settings, store: Redis) -> None:
    now = datetime.now(UTC)
    ledger = Ledger(store, authority_order=ORDER)
    ledger.mark(Rebuilding("t", "running", now, now, read=3, total=9), takes_over=True)
    done = export(filled)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "being rebuilt (3 of 9): wait for it" in done.stderr
    ledger.mark(Rebuilding("t", "stopped", now, now), takes_over=True)
    assert "run vigil rebuild again" in export(filled).stderr
    ledger.mark(Rebuilding("t", "done", now, now), takes_over=True)
    assert export(filled).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "status", "word"),
    [
        (["--output", "told.xlsx"], 2, "say --format"),
        (["--claims", "--as", "acled"], 2, "leave out --claims"),
        (["--from", "yesterday"], 2, "yesterday"),
        (["--output", "nowhere/told.csv"], 1, "cannot write nowhere/told.csv"),
    ],
)
def test_export_says_what_is_wrong(
    filled: Settings, arguments: list[str], status: int, word: str
) -> None:
    done = export(filled, *arguments)
    assert done.returncode == status
    assert word in done.stderr.replace("\n", " ")
    assert "Traceback" not in done.stderr


def test_export_that_fails_half_way_leaves_no_half_file(
    filled: Settings, store: Redis, tmp_path: Path
) -> None:
    target = tmp_path / "told.csv"
    target.write_text("what was there before")
    store.hset(keys.slot_estimates("RU:undated"), "detention|city|Moscow|524901", "{")
    done = export(filled, "--output", target)
    assert done.returncode == 1
    assert "not a stored Estimate" in done.stderr
    assert target.read_text() == "what was there before"
    assert list(tmp_path.iterdir()) == [target]


def test_export_without_a_store_fails_clearly(nobody: str) -> None:
    env = environment() | {"VIGIL_REDIS": f"redis://{nobody}/0"}
    done = vigil("export", env=env)
    assert done.returncode == 1
    assert "Redis is not answering" in done.stderr
    assert "Traceback" not in done.stderr


def test_slots_are_read_in_one_order_whatever_their_names(filled: Settings) -> None:
    assert Source(filled).slots(Wanted()) == [
        "BY:2022-02-24",
        "RU:2022-02-24",
        "RU:2022-02-25",
        "RU:2022-02-01..2022-02-25",
        "RU:undated",
    ]


def test_export_says_what_a_person_found(filled: Settings, store: Redis) -> None:
    night, police = SETS[1], SETS[2]
    Ledger(store, authority_order=ORDER).apply(
        [],
        [
            review("night", night.claims[1], reason="=last year's figure"),
            review("police", police.claims[0], "confirmed", reason="Asked the press office"),
            review("noon", SETS[0].claims[0], "none"),
        ],
        now=NOW,
    )
    [moscow] = rows(filled, "--city", "moscow", "--kind", "detention", "--from", DAY)
    assert (moscow["best"], moscow["claims"], moscow["outlets"]) == (500, 1, ["The Lantern"])
    assert (moscow["confirmed"], moscow["overruled"]) == (["police#0"], ["night#1"])
    told = {(row["article"], row["number"]): row for row in rows(filled, "--claims")}
    wrong, confirmed, undone = told["night", 1], told["police", 0], told["noon", 0]
    assert (wrong["verdict"], wrong["counts"], wrong["verdict_by"]) == ("wrong", False, "the desk")
    assert wrong["verdict_at"] == "2022-03-01T01:00:00+00:00"
    assert wrong["claim_id"] == claim_id("night", fingerprint(night.claims[1]))
    assert (confirmed["verdict"], confirmed["verdict_reason"], confirmed["counts"]) == (
        "confirmed",
        "Asked the press office",
        True,
    )
    assert undone["verdict"] is None
    assert ",'=last year's figure," in export(filled, "--claims").stdout
