"""Where names stand on a map: beside their points, inside the panel, clear of one another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Side = Literal["right", "left"]
LETTER: Final = 0.56  # mean width of a letter or a digit, in the size of the type: Arial's digits


def placed(
    names: Iterable[tuple[float, float, float]], height: float, most: int
) -> list[tuple[int, Side]]:
    """Return which names have room, by their number, and on which side of their points.

    Args:
        names: Of each name, the most important first: its point, from the left and from the top,
            and its width. All are shares of the panel's width and height.
        height: Height of a line, as a share of the panel's height.
        most: So many names at most.
    """
    taken: list[tuple[float, float, float]] = []  # left, right, middle line
    found: list[tuple[int, Side]] = []
    for at, (x, y, width) in enumerate(names):
        if len(found) == most:
            break
        sides: Sequence[tuple[Side, float]] = (("right", x), ("left", x - width))
        for side, left in sides:
            box = (left, left + width, y)
            if left >= 0 and box[1] <= 1 and not any(_meet(box, one, height) for one in taken):
                taken.append(box)
                found.append((at, side))
                break
    return found


def _meet(
    one: tuple[float, float, float], other: tuple[float, float, float], height: float
) -> bool:
    beside = one[1] <= other[0] or other[1] <= one[0]
    return not beside and abs(one[2] - other[2]) < height
