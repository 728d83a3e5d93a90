"""The first look for digits of dates finds what the patterns find, in any text."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from vigil import digits
from vigil.digits import YEAR, numbers_of_dates, places_of_years, sorts_of, years_at

PIECES = st.sampled_from(
    [
        "2020", "19", "20", "1", "05", "\u0662", "\uff12", "May", "mai", "de", "z", "\u017f",
        "\u0130", "KASIM", "\u043c\u0430\u044f", " ", "\n", "\u00a0", "\u2003", "-", "/", ".", ",",
        "|", "?", "\u201c", "_", ":30", " comments", "Aug", "tre", "\U0001f600", "\ud800",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.characters(), max_size=30).map("".join)


@given(TEXTS)
@example("202019201920201:33 AM 2020")
@example("1 5")
def test_years_are_those_of_the_pattern(text: str) -> None:
    found = list(years_at(text, places_of_years(sorts_of(text))))
    assert found == [match.start() for match in YEAR.finditer(text)]


@given(TEXTS)
@example("de 5")
@example("5-5-20")
def test_numbers_are_those_of_the_pattern(text: str) -> None:
    places = [match.start() for match in digits._PARTED.finditer(text)]
    assert numbers_of_dates(text, sorts_of(text)) == [at for at in places if by_pattern(text, at)]


def by_pattern(text: str, at: int) -> bool:
    """Say the same without a first look."""
    numbers = text[at - 1] in "-/." and text[at - 2].isdecimal()
    return numbers or digits._may_be_of_date(text, at)
