"""The pace of a replay: what people write, what they read, and how long is waited."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as some

from vigil import pace
from vigil.pace import Pace


@pytest.mark.parametrize(
    ("text", "speed"),
    [("1d/s", 86_400), ("90min/s", 5_400), ("3600x", 3_600), ("2.5 h/s", 9_000), ("60", 60)],
)
def test_speed_is_read_as_people_write_it(text: str, speed: float) -> None:
    assert pace.parse_speed(text) == speed


@pytest.mark.parametrize("text", ["", "fast", "1d", "1d/min", "-3x", "1x/s", "0x", "1e9d/s"])
def test_speed_that_makes_no_sense_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"speed|number|slower"):
        pace.parse_speed(text)


@pytest.mark.parametrize(("text", "rate"), [("50/s", 50), ("30/min", 0.5), ("7", 7), ("0.5", 0.5)])
def test_rate_is_read_as_people_write_it(text: str, rate: float) -> None:
    assert pace.parse_rate(text) == rate


@pytest.mark.parametrize("text", ["", "50x", "1/fortnight", "0"])
def test_rate_that_makes_no_sense_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"rate|number|slower"):
        pace.parse_rate(text)


@pytest.mark.parametrize(
    ("text", "wait"), [("2s", 2), ("500ms", 0.5), ("1min", 60), ("3", 3), ("none", None)]
)
def test_wait_is_read_as_people_write_it(text: str, wait: float | None) -> None:
    assert pace.parse_wait(text) == wait


def test_wait_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="no time to wait"):
        pace.parse_wait("2s/s")


def test_speed_shortens_what_lies_between_and_no_longer_than_the_longest_wait() -> None:
    quick = Pace(speed=3_600, longest=2)
    assert quick.seconds(1_800) == 0.5
    assert quick.seconds(1e6) == 2


def test_rate_waits_the_same_whatever_lies_between() -> None:
    assert Pace(rate=4).seconds(0) == Pace(rate=4).seconds(1e6) == 0.25


def test_pace_has_a_speed_or_a_rate() -> None:
    with pytest.raises(ValueError, match="a speed or a rate"):
        Pace(speed=1, rate=1)


@given(
    some.builds(Pace, speed=some.floats(0.01, 1e9), longest=some.none() | some.floats(0, 1e4))
    | some.builds(Pace, rate=some.floats(0.01, 1e6))
)
def test_pace_survives_its_text(one: Pace) -> None:
    again = pace.decode(pace.encode(one))
    near = partial(pytest.approx, abs=1e-6)
    for name in ("speed", "rate", "longest"):
        assert getattr(again, name) == near(getattr(one, name))


@pytest.mark.parametrize(
    ("one", "short", "words"),
    [
        (Pace(speed=3_600), "1 h/s", "1 hour a second"),
        (Pace(speed=172_800), "2 d/s", "2 days a second"),
        (Pace(speed=1), "1 s/s", "as it happened"),
        (Pace(speed=5_400), "1.5 h/s", "1.5 hours a second"),
        (Pace(rate=1), "1 article/s", "1 article a second"),
        (Pace(rate=0.5), "0.5 articles/s", "0.5 articles a second"),
    ],
)
def test_pace_is_said_in_the_largest_unit(one: Pace, short: str, words: str) -> None:
    assert pace.short(one) == short
    assert pace.words(one) == words


def test_faster_and_slower_go_through_round_paces_and_stop_at_the_ends() -> None:
    odd = Pace(speed=4_000, longest=2)
    assert odd.stepped(1) == Pace(speed=10_800, longest=2)
    assert odd.stepped(-1) == Pace(speed=3_600, longest=2)
    assert Pace(rate=1).stepped(100) == Pace(rate=pace.RATES[-1])
    assert Pace(rate=1).stepped(-100) == Pace(rate=pace.RATES[0])
