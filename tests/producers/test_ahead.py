"""Reading ahead keeps the order, never reads far, and asks for the next only when it is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producers import ahead
from producers.ahead import read_ahead

if TYPE_CHECKING:
    from collections.abc import Iterator


@given(st.lists(st.integers(min_value=0, max_value=ahead.MOST_CHARACTERS)))
def test_all_come_once_in_their_order_and_few_are_held(sizes: list[int]) -> None:
    taken: list[int] = []

    def source() -> Iterator[int]:
        for number in range(len(sizes)):
            taken.append(number)
            yield number

    seen: list[int] = []
    for number in read_ahead(source(), size=sizes.__getitem__):
        held = taken[len(seen) :]
        assert len(held) <= ahead.MOST
        # the last may be as large as it likes
        assert sum(sizes[one] for one in held[:-1]) < ahead.MOST_CHARACTERS
        seen.append(number)
    assert seen == list(range(len(sizes)))


def test_what_was_yielded_before_reading_failed_is_all_that_was_told() -> None:
    def source() -> Iterator[int]:
        yield from range(ahead.MOST + 1)
        message = "the disk is gone"
        raise OSError(message)

    seen: list[int] = []

    def read() -> None:
        for item in read_ahead(source(), size=lambda _: 1):
            seen.append(item)  # noqa: PERF402  # those before the failure are what is asked for

    with pytest.raises(OSError, match="the disk is gone"):
        read()
    assert seen == list(range(ahead.MOST))
