"""A total over several days has a period, with the right ends."""

from __future__ import annotations

from datetime import date

import pytest

from tests.consumers.extractor.choosing import SUNDAY, TUESDAY, chosen


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Since Sunday <90> people have been detained.", 9, 12),
        ("From Sunday up to and including Tuesday <90> people were detained.", 9, 11),
        ("From 3 to 9 June there were <90> detentions.", 3, 9),
        ("Counting from 3 June, the total was <90> detentions.", 3, 12),
        ("Over the two days before Tuesday police detained <90> people.", 9, 10),
        ("A strike ran from 3 to 7 June. Over those five days <90> people were detained.", 3, 7),
        ("A strike ran from 4 to 7 June. In all four days together <90> were detained.", 4, 7),
        ("On Sunday, on Monday, on Tuesday men sat. All three days: <90> were held.", 9, 11),
        ("Doctors say <90> were detained from Sunday till the end of Tuesday.", 9, 11),
    ],
)
def test_a_total_over_several_days_has_a_period(text: str, first: int, last: int) -> None:
    assert chosen(text) == (None, (date(2019, 6, first), date(2019, 6, last)))


def test_until_a_day_closes_the_period_told_of() -> None:
    text = "Over 600 have been held since Sunday. In Ica <88> had been rounded up by Tuesday."
    assert chosen(text) == (None, (SUNDAY, TUESDAY))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("<44> people have been held since the marches began on Saturday.", 8, 12),
        ("<44> people have been held since the marches erupted last Saturday.", 8, 12),
        ("<44> people have been held since the strike started five days ago.", 7, 12),
        ("<44> people have been held over the past five days.", 7, 12),
        ("Bakers marched on Tuesday.\n\n<44> people were held in two days of unrest.", 10, 11),
    ],
)
def test_a_total_has_the_right_ends(text: str, first: int, last: int) -> None:
    assert chosen(text) == (None, (date(2019, 6, first), date(2019, 6, last)))
