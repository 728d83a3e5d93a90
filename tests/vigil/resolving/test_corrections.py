"""Was 1,400, now 1,313: what is a correction, and what is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.consumers.aggregator.ledgers import (
    KAZAN,
    MONITOR,
    MOSCOW,
    POLICE,
    RUSSIA,
    claim,
    contributed,
    review,
)
from vigil.claim import Claim, ClaimSet
from vigil.resolving.corrections import corrections

if TYPE_CHECKING:
    from vigil.correction import Correction
    from vigil.review import Review

SLOT = "RU:2022-02-24"
EVENING = datetime(2022, 2, 24, 19, 0, tzinfo=UTC)
HIGH, LOW = claim(1_400, authority=MONITOR), claim(1_313, authority=MONITOR)


def article(
    name: str, *claims: Claim, hours: int = 0, outlet: str = "Northline", revision: str = "r"
) -> ClaimSet:
    seen_at = EVENING + timedelta(hours=hours)
    return ClaimSet(name, revision and f"{revision}{hours}", seen_at, claims, outlet=outlet)


def withdrawn(name: str, *, hours: int) -> ClaimSet:
    return replace(article(name, hours=hours, revision=""), outlet=None)


def found(*items: ClaimSet | Review, known_at: datetime | None = None) -> tuple[Correction, ...]:
    return corrections(SLOT, contributed(items).get(SLOT, {}), known_at=known_at)


def told(*items: ClaimSet | Review) -> list[tuple[str, int | None, int | None, int]]:
    """Return cause, what it was, what it is, and how many hours into the evening."""
    return [
        (
            one.cause,
            one.was.low,
            one.now.low if one.now else None,
            (one.at - EVENING) // timedelta(hours=1),
        )
        for one in found(*items)
    ]


def test_later_lower_figure_of_an_authority_is_a_correction() -> None:
    [one] = found(article("a", HIGH), article("b", LOW, hours=12, outlet="The Lantern"))
    assert (one.cause, one.at) == ("authority", EVENING + timedelta(hours=12))
    assert (one.was.low, one.was.outlet, one.was.reference) == (1_400, "Northline", "a#0")
    assert one.now
    assert (one.now.low, one.now.outlet, one.now.reference) == (1_313, "The Lantern", "b#0")
    assert one.was.authority == one.now.authority == MONITOR
    assert one.bucket.place == MOSCOW


def test_revised_article_that_gives_less_is_a_correction() -> None:
    assert told(article("a", HIGH), article("a", LOW, hours=2)) == [("revised", 1_400, 1_313, 2)]


def test_revised_article_of_which_nobody_counted_is_a_correction() -> None:
    assert told(article("a", claim(14_000)), article("a", claim(1_400), hours=1)) == [
        ("revised", 14_000, 1_400, 1)
    ]


def test_figure_that_moved_to_another_place_is_withdrawn_from_the_first() -> None:
    elsewhere = replace(HIGH, place=RUSSIA)
    assert told(article("a", HIGH), article("a", elsewhere, hours=1)) == [
        ("withdrawn", 1_400, None, 1)
    ]


def test_withdrawn_article_is_a_correction_to_what_the_authority_said_before() -> None:
    noon = article("noon", claim(389, authority=MONITOR), hours=-6)
    assert told(article("a", HIGH), withdrawn("a", hours=3)) == [("withdrawn", 1_400, None, 3)]
    assert told(noon, article("a", HIGH), withdrawn("a", hours=3)) == [("withdrawn", 1_400, 389, 3)]


def test_two_corrections_are_two() -> None:
    assert told(
        article("a", HIGH),
        article("b", LOW, hours=2),
        article("c", claim(900, authority=MONITOR), hours=3),
    ) == [("authority", 1_400, 1_313, 2), ("authority", 1_313, 900, 3)]


@pytest.mark.parametrize(
    "items",
    [
        pytest.param([article("a", LOW), article("b", HIGH, hours=1)], id="higher figure"),
        pytest.param([article("a", LOW), article("a", HIGH, hours=1)], id="higher in a revision"),
        pytest.param(
            [article("a", HIGH), article("b", claim(500, authority=POLICE), hours=1)],
            id="another authority",
        ),
        pytest.param(
            [article("a", HIGH), article("b", claim(12, KAZAN, authority=MONITOR), hours=1)],
            id="another place",
        ),
        pytest.param([article("a", HIGH), article("b", HIGH, hours=1)], id="reprint"),
        pytest.param(
            [article("a", HIGH), article("b", HIGH, hours=1), withdrawn("a", hours=2)],
            id="withdrawn, and still told by a reprint",
        ),
        pytest.param(
            [article("a", claim(1_400)), article("a", HIGH, hours=1)], id="who counted is named"
        ),
        pytest.param(
            [article("a", HIGH), article("a", claim(1_400), hours=1)], id="who counted is not named"
        ),
        pytest.param(
            [
                article("a", claim(2_000, bound="vague", authority=MONITOR)),
                article("b", LOW, hours=1),
            ],
            id="words",
        ),
        pytest.param(
            [
                article("a", claim(None, bound="up_to", high=1_500, authority=MONITOR)),
                article("b", LOW, hours=1),
            ],
            id="up to",
        ),
        pytest.param(
            [
                article("a", HIGH),
                article("b", claim(1_000, bound="more_than", authority=MONITOR), hours=1),
            ],
            id="told loosely",
        ),
        pytest.param(
            [article("a", claim(900)), article("b", claim(3), hours=1)], id="a part, nobody named"
        ),
        pytest.param([article("a", HIGH), article("b", LOW)], id="at one moment"),
    ],
)
def test_this_is_no_correction(items: list[ClaimSet]) -> None:
    assert found(*items) == ()


def test_figure_that_a_person_marked_as_wrong_was_never_corrected() -> None:
    items = [article("a", HIGH), article("b", LOW, hours=2)]
    assert found(*items, review("a", HIGH)) == ()
    assert len(found(*items, review("a", HIGH), review("a", HIGH, "none", hour=2))) == 1


def test_correction_is_known_from_its_moment_on() -> None:
    items = [article("a", HIGH), article("b", LOW, hours=2)]
    assert found(*items, known_at=EVENING + timedelta(hours=1, minutes=59)) == ()
    assert len(found(*items, known_at=EVENING + timedelta(hours=2))) == 1


def test_corrected_article_that_comes_late_is_not_listed_twice() -> None:
    items = [article("a", HIGH), article("a", LOW, hours=1), article("b", LOW, hours=2)]
    assert told(*items, *items[::-1]) == [("revised", 1_400, 1_313, 1)]
