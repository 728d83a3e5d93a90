"""The stretches of a text in which something can stand: around words it cannot do without.

Looking for a few plain words is many times as fast as trying a pattern everywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def stretches(
    spans: Iterable[tuple[int, int]], *, reach: int, length: int
) -> list[tuple[int, int]]:
    """Return the stretches around some spans of a text, in order and apart.

    Args:
        spans: Where the words start and end, in any order.
        reach: Characters on either side that belong to it.
        length: Of the text.
    """
    found: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        start, end = max(0, first - reach), min(length, last + reach)
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found
