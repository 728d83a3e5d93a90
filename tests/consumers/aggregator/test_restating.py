"""What counts is said again where the last message of an article or a claim is older."""

from __future__ import annotations

from datetime import timedelta

import pytest

from consumers.aggregator.record import Record, claims_of, record_of, records_of
from consumers.aggregator.restating import outdone_claims, outdone_reviews
from tests.consumers.aggregator.ledgers import MOSCOW, NOW, claim, review
from vigil.claim import ClaimSet

LATER = NOW + timedelta(hours=1)
OLD = ClaimSet("a", "r1", NOW, (claim(300, MOSCOW),))
OLD_EMPTY = ClaimSet("a", "r1", NOW)
WITHDRAWN_BEFORE = ClaimSet("a", "", NOW)
NEW = ClaimSet("a", "r2", LATER, (claim(900, MOSCOW),), outlet="Northline")
NEW_EMPTY = ClaimSet("a", "r2", LATER)
WITHDRAWN = ClaimSet("a", "", LATER)


def known(*sets: ClaimSet) -> dict[str, Record]:
    return {record.article: record for record in records_of(sets)}


@pytest.mark.parametrize("counts", [NEW, NEW_EMPTY, WITHDRAWN], ids=["new", "empty", "withdrawn"])
@pytest.mark.parametrize(
    "late", [OLD, OLD_EMPTY, WITHDRAWN_BEFORE], ids=["old", "old and empty", "withdrawn before"]
)
def test_older_revision_that_comes_last_is_outdone(counts: ClaimSet, late: ClaimSet) -> None:
    [again] = outdone_claims([counts, late], known(counts, late))
    assert record_of(again).order == record_of(counts).order
    assert again.claims == counts.claims


@pytest.mark.parametrize("last", [NEW, NEW_EMPTY, WITHDRAWN], ids=["new", "empty", "withdrawn"])
def test_nothing_is_said_again_where_what_counts_comes_last(last: ClaimSet) -> None:
    given = known(OLD, last)
    assert list(outdone_claims([OLD, last], given)) == []
    assert list(outdone_claims([last, last], given)) == []


@pytest.mark.parametrize("one", [NEW, NEW_EMPTY, WITHDRAWN], ids=["new", "empty", "withdrawn"])
def test_what_is_said_again_has_its_order(one: ClaimSet) -> None:
    assert record_of(claims_of(record_of(one))).order == record_of(one).order


def test_older_review_that_comes_last_is_outdone() -> None:
    earlier = review("a", NEW.claims[0], "confirmed", hour=1)
    latest = review("a", NEW.claims[0], "wrong", hour=2)
    records = {record.article: record for record in records_of([NEW], [earlier, latest])}
    assert list(outdone_reviews([latest, earlier], records)) == [latest]
    assert list(outdone_reviews([earlier, latest], records)) == []
