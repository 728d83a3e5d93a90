"""Scoring: what agrees, what is missed, what is invented, on rows made by hand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumers.extractor.scoring import LEVELS, Agreement, figure, fold, score

Row = dict[str, Any]


def row(low: int | None, high: int | None, place: str, day: str | None, **more: object) -> Row:
    return {"low": low, "high": high, "place": place, "date": day, "period": None, **more}


def counted(gold: list[Row], found: list[Row]) -> list[int]:
    result = score({"a": gold}, {"a": found}, normal=fold)
    return [result.counted[level].agree for level in LEVELS]


MOSCOW = row(940, 940, "Moscow", "2022-02-24")


@pytest.mark.parametrize(
    ("found", "levels"),
    [
        (MOSCOW, [1, 1, 1, 1]),
        (MOSCOW | {"date": "2022-02-25"}, [1, 1, 1, 0]),
        (MOSCOW | {"date": None, "period": ["2022-02-24", "2022-02-25"]}, [1, 1, 1, 0]),
        (MOSCOW | {"place": "Russia", "date": None}, [1, 1, 0, 0]),
        (MOSCOW | {"place": "MOSCOW."}, [1, 1, 1, 1]),
        (MOSCOW | {"high": None}, [1, 0, 0, 0]),
        (MOSCOW | {"low": None}, [1, 0, 0, 0]),
        (MOSCOW | {"low": 941, "high": 941}, [0, 0, 0, 0]),
    ],
)
def test_levels_ask_for_more_and_more(found: Row, levels: list[int]) -> None:
    assert counted([MOSCOW], [found]) == levels


def test_one_claim_agrees_with_one_claim_only() -> None:
    assert counted([MOSCOW, MOSCOW], [MOSCOW]) == [1, 1, 1, 1]


def test_pairs_are_as_many_as_can_agree_at_once() -> None:
    # By figure alone the first found claim fits both; it must be left to the second.
    gold = [row(5, 5, "Kazan", None), row(5, 5, "Omsk", None)]
    assert counted(gold, [row(5, 5, "Omsk", None), row(5, 5, "Kazan", None)]) == [2, 2, 2, 2]


def test_periods_agree_with_periods() -> None:
    gold = [row(5, 5, "Kazan", None) | {"period": ["2022-02-24", "2022-02-27"]}]
    found = [row(5, 5, "Kazan", None) | {"period": ["2022-02-24", "2022-02-28"]}]
    assert counted(gold, found) == [1, 1, 1, 1]


def test_named_claims_are_measured_apart() -> None:
    person = row(1, 1, "Moscow", None, named=1)
    result = score({"a": [person]}, {"a": [person]}, normal=fold)
    assert result.named[LEVELS[-1]] == Agreement(1, 1, 1)
    assert result.counted[LEVELS[-1]] == Agreement(0, 0, 0)


def test_errors_are_listed_with_their_article() -> None:
    kazan = row(5, 5, "Kazan", None)
    result = score({"a": [MOSCOW]}, {"a": [kazan]}, normal=fold)
    assert result.missed == (("a", MOSCOW),)
    assert result.invented == (("a", kazan),)


def test_sizes_sort_by_the_figure() -> None:
    result = score({"a": [MOSCOW]}, {}, normal=fold)
    assert result.sizes[100, 999] == Agreement(0, 1, 0)
    assert result.sizes[1_000, None] == Agreement(0, 0, 0)


def test_figure_of_up_to_is_its_ceiling() -> None:
    assert figure({"low": None, "high": 50}) == 50


def test_fold_forgives_accents_case_and_article() -> None:
    assert fold("The  Ñuñoa") == fold("nunoa")


numbers = st.integers(0, 50)


@given(numbers, numbers, numbers)
def test_f1_lies_between_precision_and_recall(agree: int, more: int, other: int) -> None:
    one = Agreement(agree, agree + more, agree + other)
    low, high = sorted([one.precision, one.recall])
    if agree:
        assert low - 1e-9 <= one.f1 <= high + 1e-9
    assert 0 <= one.f1 <= 1
