"""Reviews: what makes a claim the same, and which of several reviews stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.consumers.aggregator.ledgers import (
    DAY,
    KAZAN,
    MONITOR,
    MOSCOW,
    NEXT_DAY,
    POLICE,
    claim,
    review,
    reviews,
)
from vigil import reviewing, wire
from vigil.errors import WireError
from vigil.review import Review, claim_id, fingerprint

SAID = claim(1_450, MOSCOW, authority=MONITOR)


@pytest.mark.parametrize(
    "change",
    [
        {"start": 90, "end": 107},
        {"rule": "another rule that reads the same"},
        {"sentence": " 1450  taken\naway "},
        {"place_basis": "headline", "day_basis": "publication"},
        {"mark_start": 1, "mark_end": 3},
    ],
)
def test_fingerprint_stays_while_the_statement_does(change: dict[str, Any]) -> None:
    assert fingerprint(replace(SAID, **change)) == fingerprint(SAID)


@pytest.mark.parametrize(
    "change",
    [
        {"sentence": "1450 taken away, and not one more"},
        {"low": 1_451},
        {"high": None},
        {"bound": "about"},
        {"kind": "protest"},
        {"place": KAZAN},
        {"place": replace(MOSCOW, country="US")},
        {"place": None},
        {"day": NEXT_DAY},
        {"day": None},
        {"day": None, "period": (DAY, NEXT_DAY)},
        {"authority": POLICE},
    ],
)
def test_fingerprint_changes_with_the_statement(change: dict[str, Any]) -> None:
    assert fingerprint(replace(SAID, **change)) != fingerprint(SAID)


def test_fingerprint_is_the_same_on_every_machine() -> None:
    assert fingerprint(SAID) == "fb8c6908ccd3a041"


def test_id_of_a_claim_is_short_enough_to_copy() -> None:
    assert claim_id("3f9a2b71c0d4e5f6a7b8c9d0", "9c1e4f0011223344") == "3f9a2b71c0-9c1e4f"


@given(st.lists(reviews(articles="a"), max_size=6), st.data())
def test_lines_merge_the_same_in_any_order_and_company(
    known: list[Review], data: st.DataObject
) -> None:
    lines = [reviewing.line(one) for one in known]
    merged = reviewing.merged(*lines)
    shuffled = data.draw(st.permutations(lines))
    cut = data.draw(st.integers(0, len(lines)))
    assert reviewing.merged(*shuffled) == merged
    halves = reviewing.merged(*lines[:cut]), reviewing.merged(*lines[cut:])
    assert reviewing.merged(*halves) == reviewing.merged(merged, halves[0]) == merged


@given(st.lists(reviews(articles="a"), max_size=6), reviews(articles="a"))
def test_rank_grows_with_whatever_is_learned(known: list[Review], more: Review) -> None:
    before = reviewing.verdicts_merged(*map(reviewing.verdict_line, known))
    after = reviewing.verdicts_merged(before, reviewing.verdict_line(more))
    ranks = [reviewing.rank(reviewing.verdict_orders(text)) for text in (before, after)]
    assert (ranks[1] > ranks[0]) == (after != before)
    assert ranks[1] >= ranks[0]


@given(st.lists(reviews(articles="a"), max_size=30), st.data())
def test_verdicts_merge_the_same_in_any_order_and_company(
    known: list[Review], data: st.DataObject
) -> None:
    lines = [reviewing.verdict_line(one) for one in known]
    merged = reviewing.verdicts_merged(*lines)
    cut = data.draw(st.integers(0, len(lines)))
    shuffled = data.draw(st.permutations(lines))
    halves = [reviewing.verdicts_merged(*some) for some in (shuffled[:cut], shuffled[cut:])]
    assert reviewing.verdicts_merged(*halves) == merged
    assert reviewing.verdicts_merged(merged, *halves) == merged
    assert all(len(one) <= reviewing.VERDICTS_KEPT for one in reviewing.verdicts(merged).values())


def test_verdict_is_kept_without_reason_and_name() -> None:
    text = reviewing.verdict_line(review("a", SAID, "wrong", reason="Misread"))
    assert text.endswith(" wrong")
    assert "Misread" not in text
    assert "desk" not in text


def test_later_review_of_a_claim_stands() -> None:
    first, second = review("a", SAID, "wrong", hour=1), review("a", SAID, "confirmed", hour=2)
    text = reviewing.merged(reviewing.line(second), reviewing.line(first))
    assert reviewing.parse(text) == {first.claim: second}
    assert reviewing.review_of(SAID, reviewing.parse(text)) == second


def test_later_is_told_by_the_moment_and_not_by_its_zone() -> None:
    first = replace(
        review("a", SAID), at=datetime(2022, 3, 1, 15, tzinfo=timezone(timedelta(hours=3)))
    )
    second = replace(review("a", SAID, "none"), at=datetime(2022, 3, 1, 12, 1, tzinfo=UTC))
    text = reviewing.merged(reviewing.line(first), reviewing.line(second))
    assert reviewing.parse(text)[first.claim].verdict == "none"


def test_review_that_was_taken_back_says_nothing_of_the_claim() -> None:
    text = reviewing.line(review("a", SAID, "none"))
    assert reviewing.review_of(SAID, reviewing.parse(text)) is None


def test_review_of_another_claim_says_nothing_of_this_one() -> None:
    text = reviewing.line(review("a", claim(7, KAZAN)))
    assert reviewing.review_of(SAID, reviewing.parse(text)) is None
    assert reviewing.review_of(SAID, {}) is None


@pytest.mark.parametrize("reason", ["one\ntwo", "tab\there", "Две строки\u2028", "  spaces  "])
def test_reason_comes_back_as_it_was_given(reason: str) -> None:
    one = review("a", SAID, reason=reason)
    two = review("a", claim(7, KAZAN))
    text = reviewing.merged(reviewing.line(one), reviewing.line(two))
    assert reviewing.parse(text) == {one.claim: one, two.claim: two}


@given(reviews())
def test_message_of_a_review_comes_back_as_it_went(one: Review) -> None:
    assert wire.decode_review(wire.encode_review(one)) == one


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"claim": "../../x"}, "names no article and claim"),
        ({"claim": "9C1E4F0011223344"}, "names no article and claim"),
        ({"article": ""}, "names no article and claim"),
        ({"at": datetime(2022, 3, 1)}, "has no zone"),  # noqa: DTZ001  # that is what is tried
        ({"at": datetime(1969, 3, 1, tzinfo=UTC)}, "before 1970"),
        ({"at": datetime(9999, 12, 31, tzinfo=UTC)}, "after 2199"),
        ({"verdict": "perhaps"}, r"not a message of Review: .*\$\.body\.verdict"),
        ({"at": date(2022, 3, 1)}, r"\$\.body\.at"),
    ],
)
def test_message_that_makes_no_sense_is_refused(change: dict[str, Any], why: str) -> None:
    with pytest.raises(WireError, match=why):
        wire.decode_review(wire.encode_review(replace(review("a", SAID), **change)))
