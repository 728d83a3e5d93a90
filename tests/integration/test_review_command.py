"""``vigil review`` as a person at a desk uses it."""

from __future__ import annotations

import json
import os
import pty
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from consumers.aggregator.ledger import Ledger
from dashboard.reader import Reader
from tests.consumers.aggregator.ledgers import (
    DAY,
    MONITOR,
    NOW,
    RUSSIA,
    claim,
    give,
    review,
)
from tests.integration.commands import VIGIL, environment, vigil
from tests.integration.test_reviews import aggregating, wait_until_taken
from vigil import topics, wire
from vigil.claim import ClaimSet
from vigil.desk import Desk
from vigil.errors import ReviewError
from vigil.rebuilding import Rebuilding
from vigil.replay import batches
from vigil.review import claim_id, fingerprint
from vigil.store import make_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigil.review import Review
    from vigil.settings import Settings

# What is refused or only read is so on any pair of servers.
EITHER = pytest.mark.parametrize("servers", ["embedded"], indirect=True)

pytestmark = pytest.mark.integration

NIGHT = ClaimSet(
    "3f9a2b71c0d4e5f6a7b8c9d0",
    "r1",
    NOW,
    (
        replace(claim(940, authority=MONITOR), mark_start=0, mark_end=3),
        claim(1_702, RUSSIA, authority=MONITOR),
    ),
    outlet="Northline",
)
POLICE = ClaimSet("77" * 12, "r1", NOW, (claim(500),), outlet="The \x1b[31mLantern")
ID = claim_id(NIGHT.article, fingerprint(NIGHT.claims[0]))
SAYS = ("--reason", "The figure is the whole region's", "--by", "Night desk")


def ledger(settings: Settings) -> Ledger:
    return Ledger(make_store(settings), authority_order=settings.authority_order)


@pytest.fixture
def desk(servers: Settings) -> Iterator[Settings]:
    """Settings that lead to a store with an evening in it, and an aggregator at work."""
    give(ledger(servers), [NIGHT, POLICE])
    with aggregating(servers):
        yield servers


def best(settings: Settings) -> dict[str, int]:
    found = Reader(make_store(settings)).read().estimates
    return {one.bucket.place.name: one.best for one in found if one.bucket.place}


def sent(settings: Settings) -> list[Review]:
    return [
        wire.decode_review(record.value)
        for batch in batches(settings, topics.REVIEWS, max_records=100)
        for record in batch.records
    ]


def run(settings: Settings, *arguments: object) -> subprocess.CompletedProcess[str]:
    return vigil("review", *arguments, env=environment(settings))


@pytest.mark.slow
def test_review_goes_from_the_desk_to_the_figure_and_back(desk: Settings) -> None:
    wrong = run(desk, "wrong", ID, *SAYS, "--yes")
    assert wrong.returncode == 0, wrong.stderr
    assert "**940** taken away" in wrong.stderr
    assert f"{ID} marked as wrong: 940 became 500" in wrong.stderr
    assert best(desk) == {"Moscow": 500, "Russia": 1_702}
    undone = run(desk, "undo", ID, "--by", "Day desk", "--yes", "--json")
    assert undone.returncode == 0, undone.stderr
    told = json.loads(undone.stdout)
    assert (told["best_before"], told["best_after"], told["verdict"]) == (500, 940, None)
    assert best(desk) == {"Moscow": 940, "Russia": 1_702}
    confirmed = run(desk, "confirm", ID, *SAYS, "--yes", "--json")
    assert json.loads(confirmed.stdout)["shown"]
    assert [one.verdict for one in sorted(sent(desk), key=lambda one: one.at)] == [
        "wrong",
        "none",
        "confirmed",
    ]


def test_review_of_a_country_tells_its_figure(desk: Settings) -> None:
    national = claim_id(NIGHT.article, fingerprint(NIGHT.claims[1]))
    done = run(desk, "wrong", national, *SAYS, "--yes")
    assert "1,702 became 940" in done.stderr


@EITHER
def test_list_shows_sentence_figure_id_and_verdict(servers: Settings) -> None:
    give(ledger(servers), [NIGHT, POLICE, review(NIGHT.article, NIGHT.claims[0], "confirmed")])
    done = run(servers, "list")
    assert done.returncode == 0, done.stderr
    assert f"{ID}  detention, Moscow, RU, 2022-02-24, exact 940, counted by OVD-Info" in done.stdout
    assert "    **940** taken away\n    confirmed by the desk, 2022-03-01 01" in done.stdout
    assert done.stdout.count("taken away") == 3
    assert "\x1b" not in done.stdout
    assert "3 claims" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        (["--country", "BY"], 0),
        (["--city", "Moscow"], 2),
        (["--day", DAY], 3),
        (["--day", "2022-02-25"], 0),
        (["--kind", "protest"], 0),
        (["--reviewed"], 1),
    ],
)
@EITHER
def test_list_filters(servers: Settings, arguments: list[object], count: int) -> None:
    give(ledger(servers), [NIGHT, POLICE, review(NIGHT.article, NIGHT.claims[0])])
    done = run(servers, "list", "--json", *arguments)
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(told) == count
    assert {row["verdict"] for row in told} <= {"wrong", None}


def test_review_that_no_aggregator_takes_is_kept_and_said_so(servers: Settings) -> None:
    give(ledger(servers), [NIGHT])
    done = run(servers, "wrong", ID, *SAYS, "--yes", "--wait", "0.5", "--json")
    assert done.returncode == 1
    assert "the review is kept and not shown yet: start vigil aggregate" in done.stderr
    assert not json.loads(done.stdout)["shown"]
    [kept] = sent(servers)
    assert (kept.by, kept.verdict) == ("Night desk", "wrong")
    with aggregating(servers):
        wait_until_taken(servers)
    assert best(servers) == {"Russia": 1_702}


@pytest.mark.parametrize(("answer", "figures"), [("y\n", 500), ("n\n", 940)])
def test_review_asks_on_a_terminal(desk: Settings, answer: str, figures: int) -> None:
    terminal, inside = pty.openpty()
    os.write(terminal, answer.encode())
    done = subprocess.run(
        [*VIGIL, "review", "wrong", ID, *SAYS],
        env=environment(desk),
        stdin=inside,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    os.close(terminal)
    os.close(inside)
    assert "Mark it as wrong?" in done.stderr
    assert "940" in done.stderr.partition("Mark it as wrong?")[0]
    assert best(desk)["Moscow"] == figures
    assert ("nothing was touched" in done.stderr) == (figures == 940)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["wrong", ID, *SAYS], "give --yes"),
        (["wrong", "nonsense", *SAYS, "--yes"], "nonsense is no claim's id"),
        (["wrong", "3f9a2b71c0-000000", *SAYS, "--yes"], "there is no claim 3f9a2b71c0-000000"),
        (["wrong", "3f9a-" + ID[-6:], *SAYS, "--yes"], "there is no claim"),
        (["wrong", "??????-" + ID[-6:], *SAYS, "--yes"], "there is no claim"),
        (["undo", ID, "--by", "me", "--yes"], "there is nothing to take back"),
        (["wrong", ID, "--reason", " ", "--by", "me", "--yes"], "the reason is empty"),
        (["wrong", ID, "--reason", "x", "--by", "", "--yes"], "the name is empty"),
        (["wrong", ID, "--reason", "a\nb", "--by", "me", "--yes"], "has to be one line"),
        (["wrong", ID, "--reason", "x", "--by", "m" * 101, "--yes"], "at most 100 characters"),
    ],
)
@EITHER
def test_review_that_cannot_be_touches_nothing(
    servers: Settings, arguments: list[str], why: str
) -> None:
    give(ledger(servers), [NIGHT])
    done = run(servers, *arguments)
    assert done.returncode == 1
    assert why in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
    assert sent(servers) == []


@EITHER
def test_review_needs_reason_and_name(servers: Settings) -> None:
    done = run(servers, "wrong", ID, "--yes")
    assert done.returncode == 2
    assert "--reason" in done.stderr


def test_review_of_a_store_that_is_being_rebuilt_waits(servers: Settings) -> None:
    give(ledger(servers), [NIGHT])
    now = datetime.now(UTC)
    ledger(servers).mark(Rebuilding("t", "running", now, updated_at=now), takes_over=True)
    done = run(servers, "wrong", ID, *SAYS, "--yes")
    assert done.returncode == 1
    assert "is being rebuilt" in done.stderr


# --- finding, without a process -------------------------------------------------------------


def found_by(settings: Settings, store: Any, name: str, *sets: ClaimSet) -> str:
    Ledger(store, authority_order=settings.authority_order).apply(sets, now=NOW)
    found = Desk(settings).find(name)
    return f"{found.said.article}-{found.fingerprint}"


FINGERPRINT = fingerprint(NIGHT.claims[0])


@pytest.mark.parametrize(
    "name",
    [
        ID,
        f" {ID}\n",
        f"{NIGHT.article}-{FINGERPRINT}",
        f"{NIGHT.article}#{FINGERPRINT}",
        f"{NIGHT.article[:6]}-{FINGERPRINT[:4]}",
    ],
)
def test_claim_is_found_by_its_id(store: Any, store_settings: Settings, name: str) -> None:
    found = found_by(store_settings, store, name, NIGHT, POLICE)
    assert found == f"{NIGHT.article}-{FINGERPRINT}"


def test_id_that_means_several_claims_is_refused_with_longer_ones(
    store: Any, store_settings: Settings
) -> None:
    other = replace(NIGHT, article=NIGHT.article[:12] + "f" * 12)
    with pytest.raises(ReviewError, match=f"several claims: .*{other.article}-{FINGERPRINT}"):
        found_by(store_settings, store, ID, NIGHT, other)


def test_statement_told_twice_in_an_article_is_one_claim(
    store: Any, store_settings: Settings
) -> None:
    twice = replace(NIGHT, claims=(NIGHT.claims[0], NIGHT.claims[0]))
    assert found_by(store_settings, store, ID, twice) == f"{NIGHT.article}-{FINGERPRINT}"


def test_review_is_later_than_the_one_before_whatever_the_clock_says(
    store: Any, store_settings: Settings
) -> None:
    before = review(NIGHT.article, NIGHT.claims[0], "none")
    give(Ledger(store, authority_order=store_settings.authority_order), [NIGHT, before])
    found = Desk(store_settings).find(ID)
    late = found.reviewed("wrong", reason="x", by="y", now=before.at - timedelta(hours=1))
    assert late.at == before.at + timedelta(microseconds=1)
    assert found.review is None
