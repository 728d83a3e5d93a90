"""Totals of a wave of protests end on the day of publication; none of its days is theirs."""

from __future__ import annotations

import pytest

from tests.consumers.extractor.choosing import MONDAY, SUNDAY, TUESDAY, WEDNESDAY, chosen


@pytest.mark.parametrize(
    "text",
    [
        "Some <640> weavers have been arrested in several days of protests, a union counts.",
        "Bakers marched on Tuesday.\n\nPolice seized <640> people over many weeks of rioting.",
        "By now <640> were arrested, charged or sentenced, says a monitor of courts.",
        "On Tuesday the monitors wrote that <640> people were detained, prosecuted or jailed.",
        "A guild counts <640> weavers arrested since a general ousted the queen.",
        "On Tuesday a guild announced that <640> were detained since the army came to power.",
        "A guild counts <640> people detained since the old king's fall.",
        "A guild counts <640> weavers arrested since the colonels took power.",
    ],
)
def test_a_wave_has_an_end_and_no_beginning(text: str) -> None:
    assert chosen(text) == (None, (None, WEDNESDAY))


@pytest.mark.parametrize(
    "text",
    [
        "Police arrested <44> people on Monday, in several days of protests the most.",
        "Since the colonels took power bakers have marched; <44> were arrested on Monday.",
        "Weavers marched on Monday. Some <44> were arrested and charged with affray.",
    ],
)
def test_a_day_behind_the_figure_is_its_own(text: str) -> None:
    assert chosen(text) == (MONDAY, None)


def test_without_a_publication_nobody_knows_the_end() -> None:
    text = "Some <640> weavers have been arrested in several days of protests, a union counts."
    assert chosen(text, published=None) == (None, None)


@pytest.mark.parametrize(
    "text",
    [
        "Police arrested <6> bakers, compared with 40 on Tuesday night. They marched on Sunday.",
        "Bakers marched on Sunday. Police arrested <6>, down from the 40 of Tuesday.",
    ],
)
def test_what_a_figure_is_compared_with_has_a_day_of_its_own(text: str) -> None:
    assert chosen(text)[0] != TUESDAY


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Police detained <90> bakers, including nine women seized on Monday.", MONDAY),
        ("Police detained <90> bakers on Sunday, including nine seized on Monday.", SUNDAY),
    ],
)
def test_the_day_of_a_part_gives_way(text: str, day: object) -> None:
    assert chosen(text) == (day, None)


def test_the_span_of_a_total_comes_before_the_day_of_its_part() -> None:
    text = "Police detained <90> bakers in the past month, including nine seized on Monday."
    day, period = chosen(text)
    assert day is None
    assert period is not None
    assert period[1] is not None
    assert period[1] >= MONDAY


@pytest.mark.parametrize(
    "later",
    ["more would be told on the charges on Tuesday", "all of them would appear in court Tuesday"],
)
def test_what_is_to_come_has_a_day_of_its_own(later: str) -> None:
    text = f"Bakers marched on Sunday. Police said <29> were arrested and that {later}."
    assert chosen(text) == (SUNDAY, None)


@pytest.mark.parametrize("name", ["May Day", "may day"])
def test_may_day_is_a_day_and_no_month(name: str) -> None:
    day, period = chosen(f"Police arrested <12> weavers during {name} rallies.")
    assert period is None
    assert day is not None
    assert (day.month, day.day) == (5, 1)
