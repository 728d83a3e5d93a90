"""The first look for the years of dates overlooks no date that a pattern reads, in any text."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from vigil.bylines import _ABROAD, _ADDRESS
from vigil.digits import years_of_dates
from vigil.moments import MOMENT, moment_of

PIECES = st.sampled_from(
    [
        "2020", "19", "20", "1", "05", "May", "mai", "de", "del", "z", "\u0130", "KASIM", "Sept",
        "\u043c\u0430\u044f", " ", "\n", "\u00a0", "\u2003", "-", "/", ".", ",", "|", "\u201c",
        ":30", "12:30", " comments", "Aug", "th", "of", "UTC", "T", "pm", "\U0001f600", "\ud800",
        "Mon", "https://a.example/", "a-slug-of-words", "10 May 2018", "Aug 3, 2019", "3-Jun-12",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.characters(), max_size=30).map("".join)
MOMENTS = re.compile(MOMENT, re.IGNORECASE)
# Digits of other scripts make no year; the long s of old prints none of two digits.
NOT_PLAIN = re.compile(r"[^\x00-\x7f](?<=[\d\u017f])")


@given(TEXTS)
@example("1 May 2020 20201:33 AM 2 June 20215:10 PM")
@example("3rd of May\u00a02020, May 3rd ,2020, May 3 12:30:00 GMT 2020")
@example("1 Aug. 20T12:00, 1-August-20")
@example("112020-05-04, 2020.5.4, 3 | 5 | 2020, 3 de mayo de 2020")
@example("https://a.example/2020/5/4/a-slug-of-words")
def test_no_date_is_overlooked(text: str) -> None:
    years = years_of_dates(text)
    dates = [found for found in MOMENTS.finditer(text) if moment_of(found)]
    for found in (*dates, *_ABROAD.finditer(text), *_ADDRESS.finditer(text)):
        if not NOT_PLAIN.search(found[0]):
            assert any(found.start() <= at < found.end() for at in years), found


@given(TEXTS)
def test_what_is_found_is_in_order_and_begins_a_number(text: str) -> None:
    years = years_of_dates(text)
    assert years == sorted(set(years))
    assert all(text[at : at + 2].isdecimal() for at in years)


def test_numbers_that_count_are_no_years() -> None:
    text = "In 2019 some 2,020 people came, 2 of them in May and 2000 in June; 30 of 2012 stayed."
    assert years_of_dates(text) == []
