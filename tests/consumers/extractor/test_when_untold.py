"""A period of which an end is not told is open there, and never a single day."""

from __future__ import annotations

from datetime import date

import pytest

from tests.consumers.extractor.choosing import MONDAY, SUNDAY, TUESDAY, WEDNESDAY, chosen
from vigil.place import Place

PERU = Place("Peru", "country", "PE")


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("As of the evening of Tuesday, 11 June, <90> had been detained.", 11),
        ("A total of <90> shopkeepers were held up to 9 June, the league wrote.", 9),
        (
            "The bench annulled last month's ballot. Since then <90> clerks have been arrested.",
            12,
        ),
        ("A new mayor took over. Since then <90> clerks have been arrested.", 12),
        ("Officers have arrested <90> clerks since the contested referendum.", 12),
        ("Since the tram strike <90> drivers have been arrested.", 12),
        ("Guards have arrested <90> drivers since the tolls went up.", 12),
        ("Nine drivers have died since the tolls went up; <90> have been arrested.", 12),
        ("Officers have arrested <90> drivers since a general toppled the old king.", 12),
    ],
)
def test_a_count_up_to_a_day_has_no_beginning_where_none_is_told(text: str, last: int) -> None:
    assert chosen(text) == (None, (None, date(2019, 6, last)))


def test_since_then_counts_from_the_day_told_before() -> None:
    text = "Drivers struck on Sunday. Since then <90> of them have been arrested."
    assert chosen(text) == (None, (SUNDAY, WEDNESDAY))


def test_a_time_since_the_day_of_writing_is_that_day() -> None:
    text = "Drivers struck on Wednesday. Since then <90> of them have been arrested."
    assert chosen(text) == (WEDNESDAY, None)


def test_a_time_since_a_day_has_no_end_where_no_later_day_is_told() -> None:
    text = "Troopers have arrested <90> drivers since raids in the port on April 18, 2018."
    assert chosen(text, published=None) == (None, (date(2018, 4, 18), None))


def test_since_a_month_that_lies_ahead_is_that_of_the_year_before() -> None:
    text = "Guards have arrested <90> drivers since the raids in July."
    assert chosen(text) == (None, (date(2018, 7, 1), WEDNESDAY))


def test_the_most_since_an_untold_event_has_no_period() -> None:
    text = "It was the worst night since the disputed referendum, and <90> were held."
    assert chosen(text) == (None, None)


def test_a_country_that_has_detained_many_did_so_up_to_the_day_of_writing() -> None:
    text = "Nurses grieve for a colleague who died last week. Guards have arrested <90> mourners."
    assert chosen(text, place=PERU) == (None, (None, WEDNESDAY))


def test_a_month_in_a_clause_about_a_person_is_not_when_they_were_held() -> None:
    text = (
        "Marchers met on Monday. Among the <2> detained was a baker who has become the face of the"
        " strike after a scuffle at the harbour gate last month."
    )
    assert chosen(text) == (MONDAY, None)


@pytest.mark.parametrize("event", ["Castro's visit", "this year's fair", "the final"])
def test_a_week_before_an_event_counts_from_nothing_told_before(event: str) -> None:
    text = (
        f"Guards held a crowd on Tuesday. It sang, a week before {event}. Of its leaders <2> were"
        " arrested."
    )
    assert chosen(text) == (TUESDAY, None)


def test_the_date_of_a_letter_is_not_when_it_was_read() -> None:
    text = "Pickets met on Monday over a letter dated June 3, and <20> of them were held."
    assert chosen(text) == (MONDAY, None)


def test_since_without_an_event_is_no_time() -> None:
    text = "He was held twice since and put under house arrest in March with <2> others."
    assert chosen(text) == (None, None)
