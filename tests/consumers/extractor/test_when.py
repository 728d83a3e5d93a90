"""The day of a claim: its own sentence's, else the one spoken of, never that of the telling."""

from __future__ import annotations

import pytest

from tests.consumers.extractor.choosing import MONDAY, SUNDAY, TUESDAY, chosen


@pytest.mark.parametrize(
    "text",
    [
        "LIMA, June 12 (Agency) - Officers arrested <58> people on Tuesday.",
        "Officers arrested <58> people late on Tuesday outside the mint.",
        "officers arrested <58> weavers on tuesday near the old mill.",
        "Officers arrested <58> people overnight.",
        "Some <58> pickets were arrested on Tuesday, a union that met on Sunday says.",
        "Tuesday, 11 June: <58> detained in nine towns.",
    ],
)
def test_a_day_in_the_sentence_comes_first(text: str) -> None:
    assert chosen(text) == (TUESDAY, None)


@pytest.mark.parametrize(
    "text",
    [
        "The monitors on Tuesday raised their count of Sunday's detentions to <212>.",
        "The total for Sunday, 9 June, had grown by Tuesday noon to <212> detentions.",
        "Marchers filled the quay on Sunday. Police told reporters on Tuesday they detained <212>.",
        "Riots broke out on Sunday. The union said on Monday that <212> people were detained.",
        "A rally on Sunday ended in blows. By Monday night the number of detained was <212>.",
        "Men fought on Sunday.\n\nIt went through its lists on Tuesday.\n\nIt has <212> held.",
    ],
)
def test_the_day_of_the_telling_gives_way_to_the_event(text: str) -> None:
    assert chosen(text, tally="count of" in text or "total for" in text) == (SUNDAY, None)


@pytest.mark.parametrize(
    "text",
    [
        "The ministry said on Monday that <31> people were detained.",
        "More than <31> arrests were reported on Monday.",
        "The minister flew home on Sunday. The union said on Monday <31> were detained.",
        "By Monday evening police had detained <31> people.",
    ],
)
def test_the_day_of_the_telling_stands_where_no_event_was_spoken_of(text: str) -> None:
    assert chosen(text) == (MONDAY, None)


@pytest.mark.parametrize(
    "text",
    [
        "Crowds gathered on Sunday. That day <44> people were arrested.",
        "Crowds gathered on Sunday. On the same day <44> people were arrested.",
        "A march was held on 9 June. On that Sunday <44> people were arrested.",
        "Crowds gathered on Monday. The previous day <44> people were arrested.",
        "The union said on Monday that <44> people were arrested the day before.",
        "Crowds gathered on 2 June. A week later <44> people were arrested.",
        "Clashes went on all Sunday.\n\nStones flew.\n\nIn the port <44> people were arrested.",
    ],
)
def test_a_day_spoken_of_before_is_meant_again(text: str) -> None:
    assert chosen(text) == (SUNDAY, None)


@pytest.mark.parametrize(
    "text",
    [
        "The crowd was the largest for years, when <70> people were detained on a single Sunday.",
        "On Sundays <70> people were arrested as a rule.",
        "She was among <70> people detained in March 2017 in the port.",
        "Not since January last year, when <70> people were arrested, had so many come.",
        "It was the heaviest toll since 2011, when <70> people were arrested in one March.",
        "Those three days cost the city dear: in all of those three days <70> people were held.",
    ],
)
def test_a_day_nobody_can_know_is_none(text: str) -> None:
    assert chosen(text) == (None, None)


def test_without_publication_and_date_there_is_no_day() -> None:
    assert chosen("On Sunday <11> people were detained.", published=None) == (None, None)


def test_the_day_beside_the_verb_beats_the_day_of_a_clause() -> None:
    text = "About <40> weavers who had sat there since Sunday were arrested on Tuesday morning."
    assert chosen(text) == (TUESDAY, None)


def test_a_weekday_nobody_can_date_keeps_out_the_day_before_it() -> None:
    text = "The bakery burned on 3 May 2015.\n\nOn Saturday <44> people were held there."
    assert chosen(text, published=None) == (None, None)


def test_on_the_day_is_the_one_spoken_of_or_none() -> None:
    assert chosen("Bakers marched on Sunday. On the day alone <44> people were held.") == (
        SUNDAY,
        None,
    )
    text = "On the day alone <44> people were held.\n\nThe union met on Monday, the mayor said."
    assert chosen(text) == (None, None)


def test_the_day_of_another_verb_is_not_that_of_the_claim() -> None:
    text = "Officers held <58> bakers who asked for the release of a miller jailed on 20 February."
    assert chosen(text) == (None, None)
