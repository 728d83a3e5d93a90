"""Days are found and resolved; what cannot be known gives no mention."""

from __future__ import annotations

from datetime import date

import pytest

from consumers.extractor.days import find_days
from tests.consumers.extractor.datings import TODAY, days, only


@pytest.mark.parametrize(
    "written",
    [
        "24 February 2022",
        "February 24, 2022",
        "February 24",
        "Feb. 24",
        "24 Feb",
        "2022-02-24",
        "24/02/2022",
        "02/24/2022",
        "24.02.2022",
        "February 24th",
        "the 24th of February",
        "Thursday, February 24",
        "Thursday 24 February 2022",
    ],
)
def test_a_date_in_so_many_words_is_explicit(written: str) -> None:
    mention = only(f"Ten people were held on {written} in the centre.")
    assert (mention.day, mention.basis, mention.cue) == (date(2022, 2, 24), "explicit", "date")


@pytest.mark.parametrize(
    "text",
    [
        "It cost 03/02/2022 or so.",
        "Ten were held on 31 April 2022.",
        "They may 10 times march 5 miles.",
        "Version 1.2.2022.4 came out.",
        "In recent days many were held.",
    ],
)
def test_what_is_no_certain_day_gives_no_mention(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Ten were held on December 20.", date(2021, 12, 20)),
        ("Ten were held on 29 February.", date(2020, 2, 29)),
        ("Ten were held on Tuesday, February 2.", date(2021, 2, 2)),
    ],
)
def test_the_year_is_the_one_nearest_to_publication(text: str, day: date) -> None:
    assert only(text).day == day


def test_a_weekday_with_a_date_gives_the_latest_fitting_year() -> None:
    assert only("The hearing was on Tuesday, February 2.", None).day == date(2021, 2, 2)


def test_a_full_date_lends_its_year() -> None:
    text = "It began on March 3, 2019. On March 5 ten were held."
    assert days(text, None) == [date(2019, 3, 3), date(2019, 3, 5)]


def test_a_full_stop_after_a_date_is_left_outside() -> None:
    text = "Ten were held on 24 February. Nobody was hurt."
    mention = only(text)
    assert text[mention.start : mention.end] == "24 February"


def test_a_comparison_gives_the_day_of_what_follows() -> None:
    mention = only("It was the largest march since 5 January, when ten were held.")
    assert (mention.day, mention.cue) == (date(2022, 1, 5), "compared")


@pytest.mark.parametrize("gap", ["\n", " ", "word ", "\u0130", "\u0130 "])
def test_a_day_far_down_a_text_is_found_where_it_stands(gap: str) -> None:
    text = gap * 3_000 + "\nTen were held on 24 February 2022."
    mention = only(text)
    assert text[mention.start : mention.end] == "24 February 2022"


@pytest.mark.parametrize(
    "name",
    [
        "They blocked the 6th of October Bridge.",
        "They met in May 1 Street.",
        "The March 14 alliance spoke.",
        "The Mail on Sunday wrote so.",
        "The Sunday Times wrote so.",
        "It was called Bloody Sunday.",
    ],
)
def test_a_name_that_holds_a_day_is_none(name: str) -> None:
    assert days(name) == []


def test_a_named_day_is_that_of_the_country_told_of() -> None:
    assert days("Ten were held on National Day in Hong Kong.") == [date(2021, 10, 1)]
    assert days("Ten were held on National Day in Oslo.") == []


def test_history_gives_its_year_to_no_other_date() -> None:
    text = "They remember those who died on 4 July 1971.\n\nTen were held on 6 May."
    assert days(text, None) == [date(1971, 7, 4)]


def test_an_anniversary_tells_the_year_of_the_story() -> None:
    text = (
        "Before the 40th anniversary of the fire they recalled those who died on 4 July 1971.\n\n"
        "Ten were held on 6 May."
    )
    assert days(text, None) == [date(1971, 7, 4), date(2011, 5, 6)]


def test_an_election_after_all_other_days_lies_ahead() -> None:
    text = "Bakers wait in Kiel, June 8, 2019.\n\nThey want elections in March 2020."
    assert find_days(text, published=None, today=TODAY)[-1].cue == "future"
