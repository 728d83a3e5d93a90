"""What a person said of a claim, as the reader shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from consumers.aggregator.ledger import Ledger
from tests.consumers.aggregator.ledgers import (
    KAZAN,
    MOSCOW,
    NOW,
    ORDER,
    RUSSIA,
    claim,
    review,
)
from tests.dashboard.told import detention, give

if TYPE_CHECKING:
    from redis import Redis

    from dashboard.reader import Reader
    from vigil.review import Review

pytestmark = pytest.mark.integration


def judge(store: Redis, *found: Review) -> None:
    Ledger(store, authority_order=ORDER).apply([], found, now=NOW)


def test_evidence_says_what_a_person_found(store: Redis, reader: Reader) -> None:
    give(store, claim(800), article="wrong")
    give(store, claim(800), article="right", minutes=1)
    wrong, right = review("wrong", claim(800)), review("right", claim(800), "confirmed")
    judge(store, wrong, right)
    newest, oldest = reader.evidence(detention(MOSCOW))
    assert (newest.review, newest.counts, newest.overruled) == (right, True, False)
    assert (oldest.review, oldest.counts, oldest.overruled) == (wrong, False, True)


def test_evidence_forgets_a_review_that_was_taken_back(store: Redis, reader: Reader) -> None:
    give(store, claim(800))
    judge(store, review("a", claim(800)), review("a", claim(800), "none", hour=2))
    [only] = reader.evidence(detention(MOSCOW))
    assert (only.review, only.counts) == (None, True)


def test_evidence_stays_where_every_claim_was_marked_as_wrong(store: Redis, reader: Reader) -> None:
    give(store, claim(800), claim(20, KAZAN))
    judge(store, review("a", claim(800)))
    assert MOSCOW not in {one.bucket.place for one in reader.read().estimates}
    [moscow] = reader.evidence(detention(MOSCOW))
    assert (moscow.claim.figure, moscow.overruled) == (800, True)
    russia = reader.evidence(detention(RUSSIA))
    assert [(one.claim.figure, one.overruled) for one in russia] == [(800, True), (20, False)]


def test_feed_says_which_claims_were_marked_as_wrong(store: Redis, reader: Reader) -> None:
    give(store, claim(800), claim(20, KAZAN))
    judge(store, review("a", claim(20, KAZAN)), review("a", claim(800), "confirmed"))
    [item] = reader.read().feed
    assert item.overruled == (1,)
