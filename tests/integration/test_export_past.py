"""``vigil export`` of the past: what was known at a moment, and what was corrected since."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from pyarrow import parquet

from consumers.aggregator.ledger import Ledger
from tests.consumers.aggregator.ledgers import (
    MONITOR,
    MOSCOW,
    NOW,
    ORDER,
    POLICE,
    claim,
    review,
)
from tests.integration.exports import article, export, rows
from vigil.claim import ClaimSet

if TYPE_CHECKING:
    from pathlib import Path

    from redis import Redis

    from vigil.settings import Settings

pytestmark = pytest.mark.integration


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
