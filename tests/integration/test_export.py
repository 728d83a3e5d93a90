"""``vigil export``: the same state is the same bytes, filtered, and in three forms."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from pyarrow import parquet

from consumers.aggregator.ledger import Ledger
from tests.consumers.aggregator.ledgers import (
    DAY,
    KAZAN,
    MINSK,
    MONITOR,
    MOSCOW,
    NEXT_DAY,
    NOW,
    ORDER,
    POLICE,
    RUSSIA,
    claim,
    review,
)
from tests.integration.commands import environment, vigil
from vigil import keys
from vigil.claim import ClaimSet
from vigil.export.source import Source, Wanted
from vigil.rebuilding import Rebuilding
from vigil.review import claim_id, fingerprint

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    from redis import Redis

    from vigil.claim import Claim
    from vigil.settings import Settings

pytestmark = pytest.mark.integration


def article(name: str, *claims: Claim, hour: int = 12, outlet: str = "Northline") -> ClaimSet:
    seen_at = datetime(2022, 2, 24, hour, tzinfo=UTC)
    url = f"https://{name}.example/1"
    return ClaimSet(name, "r1", seen_at, claims, title="A square", outlet=outlet, url=url)


SETS = (
    article("noon", claim(389, RUSSIA, authority=MONITOR)),
    article(
        "night",
        claim(1_702, RUSSIA, authority=MONITOR),
        claim(940, MOSCOW, authority=MONITOR),
        hour=21,
    ),
    article("police", claim(500, MOSCOW, authority=POLICE), hour=22, outlet="The Lantern"),
    article("next", claim(30, KAZAN, day=NEXT_DAY), claim(7, MINSK), hour=23),
    article("month", claim(13_000, RUSSIA, period=(date(2022, 2, 1), NEXT_DAY)), hour=23),
    article("someday", claim(12, MOSCOW, day=None), hour=23),
    article("crowd", claim(5_000, MOSCOW, kind="protest"), hour=23),
)


@pytest.fixture
def filled(store: Redis, store_settings: Settings) -> Settings:
    """Settings that lead to a store with an evening in it."""
    Ledger(store, authority_order=ORDER).apply(SETS, now=NOW)
    return store_settings


def export(settings: Settings, *arguments: object) -> subprocess.CompletedProcess[str]:
    return vigil("export", *arguments, env=environment(settings))


def rows(settings: Settings, *arguments: object) -> list[dict[str, Any]]:
    done = export(settings, "--format", "json", *arguments)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


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


REVISED = (
    article("night", claim(1_400, MOSCOW, authority=MONITOR), hour=19),
    replace(
        article("night", claim(1_313, MOSCOW, authority=MONITOR), hour=23),
        revision="r2",
        title="Corrected",
    ),
    article("police", claim(500, MOSCOW, authority=POLICE), hour=22, outlet="The Lantern"),
)


@pytest.fixture
def revised(store: Redis, store_settings: Settings) -> Settings:
    """Settings that lead to a store with a corrected article in it, which a person judged."""
    found = review("night", REVISED[1].claims[0], reason="Misread")
    Ledger(store, authority_order=ORDER).apply(REVISED, [found], now=NOW)
    return store_settings


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2022-02-24T18:59:59Z", []),
        ("2022-02-24T19:00Z", [("Moscow", 1_400, 1_400, "1400 taken away")]),
        ("2022-02-25T01:59+03:00", [("Moscow", 500, 1_400, "1400 taken away")]),
        ("2022-02-25T02:00+03:00", [("Moscow", 500, 1_313, "1313 taken away")]),
        ("2022-03-01T01:00Z", [("Moscow", 500, 500, "500 taken away")]),
    ],
)
def test_export_tells_what_was_known_at_a_moment(
    revised: Settings, moment: str, expected: list[tuple[str, int, int, str]]
) -> None:
    told = rows(revised, "--city", "Moscow", "--known-at", moment)
    assert [(row["place"], row["low"], row["best"], row["quotes"][0]) for row in told] == expected


def test_export_of_the_past_after_all_is_that_of_now(filled: Settings) -> None:
    for form in ([], ["--claims"], ["--as", "acled"], ["--as", "plover"]):
        past = export(filled, *form, "--known-at", "2022-03-01T00:00Z").stdout
        assert past == export(filled, *form).stdout
        assert past.count("\n") > 3


def test_claims_of_the_past_have_their_reviews_of_the_past(revised: Settings) -> None:
    [night, police] = rows(revised, "--claims", "--known-at", "2022-03-01T01:00Z")
    assert (night["low"], night["title"], night["counts"]) == (1_313, "Corrected", False)
    assert (night["verdict"], night["verdict_reason"]) == ("wrong", "Misread")
    assert (police["low"], police["counts"]) == (500, True)
    [night, _] = rows(revised, "--claims", "--known-at", "2022-03-01T00:59Z")
    assert (night["low"], night["counts"], night["verdict"]) == (1_313, True, None)


@pytest.mark.parametrize("moment", ["19:04", "2022-02-24T19:04", "yesterday"])
def test_moment_without_its_zone_is_refused(revised: Settings, moment: str) -> None:
    done = export(revised, "--known-at", moment)
    assert done.returncode == 2
    assert "no moment with its zone" in done.stderr


def test_corrections_tell_was_now_who_and_when(revised: Settings, store: Redis) -> None:
    undone = review("night", REVISED[1].claims[0], "none", hour=2)
    Ledger(store, authority_order=ORDER).apply([], [undone], now=NOW)
    [row] = rows(revised, "--corrections")
    assert (row["kind"], row["date"], row["place"]) == ("detention", "2022-02-24", "Moscow")
    assert (row["cause"], row["corrected_at"]) == ("revised", "2022-02-24T23:00:00+00:00")
    assert (row["was_low"], row["now_low"], row["difference"]) == (1_400, 1_313, -87)
    assert (row["was_authority"], row["now_authority"]) == ("OVD-Info", "OVD-Info")
    assert (row["was_quote"], row["now_quote"]) == ("1400 taken away", "1313 taken away")
    assert row["was_link"] == row["now_link"] == "https://night.example/1"
    assert (row["was_since"], row["was_claim"]) == ("2022-02-24T19:00:00+00:00", "night#0")


def test_corrections_are_filtered_and_known_from_their_moment_on(revised: Settings) -> None:
    known = ("--corrections", "--known-at")
    assert rows(revised, *known, "2022-02-24T22:59Z") == []
    assert len(rows(revised, *known, "2022-02-24T23:00Z")) == 1
    assert rows(revised, *known, "2022-02-24T23:00Z", "--city", "Kazan") == []


def test_figure_marked_as_wrong_takes_the_place_of_none(revised: Settings) -> None:
    [row] = rows(revised, "--corrections")
    assert (row["cause"], row["was_low"], row["now_low"]) == ("withdrawn", 1_400, None)


def test_corrections_in_three_forms_are_the_same(revised: Settings, tmp_path: Path) -> None:
    table = tmp_path / "corrections.parquet"
    assert export(revised, "--corrections", "-o", table).returncode == 0
    [typed], [told] = parquet.read_table(table).to_pylist(), rows(revised, "--corrections")
    assert (typed["was_low"], typed["corrected_at"].isoformat()) == (1_400, told["corrected_at"])
    header, row = export(revised, "--corrections").stdout.splitlines()
    assert header.split(",") == list(told) == list(typed)
    assert "1400 taken away" in row


def test_correction_of_a_withdrawn_article_has_its_figure_and_no_word(
    store: Redis, store_settings: Settings
) -> None:
    gone = ClaimSet("night", "", datetime(2022, 2, 25, 8, tzinfo=UTC))
    Ledger(store, authority_order=ORDER).apply([*REVISED, gone], now=NOW)
    [_, row] = rows(store_settings, "--corrections")
    assert (row["cause"], row["was_low"], row["now_low"]) == ("withdrawn", 1_313, None)
    assert (row["was_quote"], row["difference"]) == (None, None)
    assert row["was_link"] == "https://night.example/1"


@pytest.mark.parametrize("other", [("--claims",), ("--as", "acled")])
def test_corrections_are_a_table_of_their_own(filled: Settings, other: tuple[str, ...]) -> None:
    done = export(filled, "--corrections", *other)
    assert done.returncode == 2
    assert "--corrections" in done.stderr
