"""Numbers of people: digits, words, bounds, ranges, vague words, and other numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumers.extractor.counts import find_cities, find_counts

ONES = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
]
ONES += ["sixteen", "seventeen", "eighteen", "nineteen"]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def spell(number: int) -> str:
    """Write a number below a million in English words."""
    if number >= 1000:
        rest = number % 1000
        return f"{spell(number // 1000)} thousand" + (f" {spell(rest)}" if rest else "")
    if number >= 100:
        rest = number % 100
        return f"{spell(number // 100)} hundred" + (f" and {spell(rest)}" if rest else "")
    if number >= 20:
        return TENS[number // 10 - 2] + (f"-{ONES[number % 10 - 1]}" if number % 10 else "")
    return ONES[number - 1]


@pytest.mark.parametrize(
    ("phrase", "low", "high", "bound"),
    [
        ("80 people", 80, 80, "exact"),
        ("1,450 people", 1450, 1450, "exact"),
        ("1 450 people", 1450, 1450, "exact"),
        ("1\u00a0450 people", 1450, 1450, "exact"),
        ("more than 80 people", 80, None, "more_than"),
        ("over 80 people", 80, None, "more_than"),
        ("80+ people", 80, None, "more_than"),
        ("80-plus people", 80, None, "more_than"),
        ("well over 80 people", 80, None, "more_than"),
        ("at least 80 people", 80, None, "at_least"),
        ("no fewer than 80 people", 80, None, "at_least"),
        ("80 or more people", 80, None, "at_least"),
        ("about 80 people", 80, 80, "about"),
        ("some 80 people", 80, 80, "about"),
        ("nearly 80 people", 80, 80, "about"),
        ("an estimated 80 people", 80, 80, "about"),
        ("80 or so people", 80, 80, "about"),
        ("up to 80 people", None, 80, "up_to"),
        ("as many as 80 people", None, 80, "up_to"),
        ("80 to 100 people", 80, 100, "range"),
        ("80-100 people", 80, 100, "range"),
        ("80\u2013100 people", 80, 100, "range"),
        ("between 80 and 100 people", 80, 100, "range"),
        ("dozens of people", 24, None, "vague"),
        ("scores of people", 40, None, "vague"),
        ("hundreds of people", 200, None, "vague"),
        ("several hundred people", 200, None, "vague"),
        ("a few hundred people", 200, None, "vague"),
        ("thousands of people", 2000, None, "vague"),
        ("tens of thousands of people", 20_000, None, "vague"),
        ("hundreds of thousands of people", 200_000, None, "vague"),
        ("several people", 3, None, "vague"),
        ("a handful of people", 3, None, "vague"),
        ("a dozen people", 12, 12, "exact"),
        ("two dozen people", 24, 24, "exact"),
        ("half a dozen people", 6, 6, "exact"),
        ("some half-dozen people", 6, 6, "about"),
        ("one and a half thousand people", 1_500, 1_500, "exact"),
        ("about two dozen people", 24, 24, "about"),
        ("more than a dozen people", 12, None, "more_than"),
        ("a hundred people", 100, 100, "exact"),
        ("half a million people", 500_000, 500_000, "exact"),
        ("1.5 million people", 1_500_000, 1_500_000, "exact"),
        ("one hundred and sixteen people", 116, 116, "exact"),
        ("twenty-two thousand people", 22_000, 22_000, "exact"),
        ("another 30 people", 30, 30, "exact"),
        ("a further 30 people", 30, 30, "exact"),
        ("a score of people", 20, 20, "exact"),
        ("another score of people", 20, 20, "exact"),
        ("at least a score of bakers", 20, None, "at_least"),
        ("two score bakers", 40, 40, "exact"),
        ("a couple of people", 2, None, "vague"),
        ("80 plus people", 80, None, "more_than"),
        ("north of 80 people", 80, None, "more_than"),
        ("perhaps 80 people", 80, 80, "about"),
        ("80, perhaps a hundred people", 80, 80, "exact"),
        ("80-odd people", 80, 80, "about"),
        ("eighty (80) people", 80, 80, "exact"),
        ("anywhere from 80 to 100 people", 80, 100, "range"),
        ("2012 people", 2012, 2012, "exact"),
        ("between 1950 and 2050 people", 1950, 2050, "range"),
    ],
)
def test_number_is_read_with_its_bound(
    phrase: str, low: int | None, high: int | None, bound: str
) -> None:
    found = find_counts(f"Police held {phrase} there.")
    assert [(count.low, count.high, count.bound) for count in found] == [(low, high, bound)]


@pytest.mark.parametrize(
    "phrase",
    [
        "in 53 cities",
        "in 53 different cities",
        "80 percent of them",
        "80% of them",
        "$80 in cash",
        "80 euros",
        "for 15 days",
        "a 34-year-old",
        "Jane Roe, 73, was there",
        "on March 6",
        "on 6 March",
        "in 2021",
        "at 3.30am",
        "at 9pm",
        "on the 15th day",
        "under Article 20",
        "450 troops",
        "30 police officers",
        "12 vehicles",
        "56 protests",
        "for 5 hours",
        "3 km away",
        "Covid-19",
        "on channel 4",
        "one of the organisers",
        "temperatures of 40 degrees",
        "between 2009 and 2012",
        "in 2009-2012",
        "in 2009-2012 people",
        "in 2011 people",
        "since 2011 people",
        "as the 2011 protesters",
        "with Bakers Local 7 members",
        "at Camp 9",
        "in Precinct 12",
        "on Line 4",
        "on Route 12",
        "under Section 51",
        "under Articles 31, 32 and 33",
        "in District 8",
        "as a mother of three",
        "and kept the score",
        "with a score of 3-2",
        "to score goals",
        "as a couple",
        "as the Linz Nine",
        "when one in 25 bakers came",
        "as numbers grew by 30",
        "up by 30 from April",
        "by 40 votes to 12",
        "with 12 per thousand",
        "while two-thirds left",
        "for 12 crowns",
        "with Radio 4 reporters",
        "at COP 26",
        "as a man, 25, sang",
        "as the men, 25 and 31, sang",
        "as the bakers (25, 31 and 40) sang",
    ],
)
def test_other_number_is_left_out(phrase: str) -> None:
    assert find_counts(f"They were there {phrase}.") == []


def test_district_of_a_name_leaves_the_number_behind_it_to_people() -> None:
    assert [count.figure for count in find_counts("In the Lesnoy District 12 were held.")] == [12]


@pytest.mark.parametrize("words", ["taking some into custody", "dragging some away"])
def test_some_who_are_led_off_are_people(words: str) -> None:
    assert [(count.low, count.high) for count in find_counts(f"Police began {words}.")] == [
        (3, None)
    ]


def test_some_of_anything_else_is_no_number() -> None:
    assert find_counts("Police took some time to count.") == []


def test_another_is_marked_as_more() -> None:
    assert [count.more for count in find_counts("Police held 20 men and another 30 women.")] == [
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("sentence", "cities"),
    [
        ("Police arrested 30 people in 53 cities.", [53]),
        ("Rallies took place in twelve towns.", [12]),
        ("Rallies took place in 20 Siberian cities.", []),
        ("Police arrested 30 people.", []),
    ],
)
def test_cities_are_counted_apart(sentence: str, cities: list[int]) -> None:
    assert [number for _, number in find_cities(sentence)] == cities


@given(st.integers(2, 999_999))
def test_words_and_digits_read_alike(number: int) -> None:
    for phrase in (spell(number), f"{number:,}"):
        found = find_counts(f"They counted {phrase} people.")
        assert [(count.low, count.high) for count in found] == [(number, number)]


@given(st.text(max_size=300))
def test_any_text_gives_ordered_counts_inside_it(text: str) -> None:
    end = 0
    for count in find_counts(text):
        assert end <= count.start < count.end <= len(text)
        assert count.start <= count.number < count.end
        assert count.low is not None or count.high is not None
        assert count.low is None or count.high is None or count.low <= count.high
        end = count.end


@given(st.integers(1, 500), st.integers(501, 9000))
def test_range_runs_upward(low: int, high: int) -> None:
    (count,) = find_counts(f"They held {low}-{high} people.")
    assert (count.low, count.high) == (low, high)
