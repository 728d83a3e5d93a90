"""The day on which people are freed or tried is not the day on which they were detained."""

from __future__ import annotations

import pytest

from tests.consumers.extractor.choosing import MONDAY, SUNDAY, chosen


@pytest.mark.parametrize(
    "told",
    [
        "Some <40> were held; a dozen came home the next morning.",
        "Some <40> were held and released the next morning.",
        "Some <40> were held, and most were let go the following day.",
        "Some <40> were held, and a judge fined them two days later.",
        "Some <40> were held and appeared in court the next morning.",
        "Some <40> were held, and the next morning all of them were freed.",
        "Some <40> were held; a day later the square was empty.",
    ],
)
def test_what_came_of_the_detained_has_a_day_of_its_own(told: str) -> None:
    assert chosen(f"Weavers marched on Sunday. {told}") == (SUNDAY, None)


@pytest.mark.parametrize(
    "told",
    [
        "Weavers marched on Sunday. Police held <40> of them the next morning.",
        "Weavers marched on Sunday. The following morning <40> were held and a few released.",
        "Weavers marched on Sunday and were chased; <40> were held the next morning.",
        "On Sunday weavers marched, and the next morning <40> were held.",
        "Weavers marched on Sunday. Some <40> were held a day later.",
        "Weavers marched on Sunday. Some <40> were held after they returned the next day.",
        "Weavers marched on Sunday. Some <40> were held when one was sent home the next day.",
    ],
)
def test_detained_the_next_morning(told: str) -> None:
    assert chosen(told) == (MONDAY, None)
