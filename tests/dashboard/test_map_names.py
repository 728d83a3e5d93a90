"""Names on a map never touch, never leave the panel, and the important ones come first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.map_names import placed

HEIGHT = 0.05
NAMES = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0.01, 0.6)), max_size=30)


def test_name_goes_left_where_the_right_is_taken_or_ends() -> None:
    assert placed([(0.5, 0.5, 0.2), (0.6, 0.5, 0.2), (0.95, 0.5, 0.2)], HEIGHT, 9) == [
        (0, "right"),
        (2, "left"),
    ]
    assert placed([(0.5, 0.5, 0.2), (0.5, 0.52, 0.2)], HEIGHT, 9) == [(0, "right"), (1, "left")]


def test_no_more_names_than_asked_for() -> None:
    apart = [(0.1, row / 10, 0.1) for row in range(9)]
    assert [at for at, _ in placed(apart, HEIGHT, 4)] == [0, 1, 2, 3]


@given(NAMES, st.integers(0, 8))
def test_names_stay_inside_and_apart(names: list[tuple[float, float, float]], most: int) -> None:
    found = placed(names, HEIGHT, most)
    boxes = []
    for at, side in found:
        x, y, width = names[at]
        left = x if side == "right" else x - width
        assert left >= 0
        assert left + width <= 1
        boxes.append((left, left + width, y))
    for at, one in enumerate(boxes):
        for other in boxes[:at]:
            apart = one[1] <= other[0] or other[1] <= one[0]
            assert apart or abs(one[2] - other[2]) >= HEIGHT
    assert len(found) <= most
    assert [at for at, _ in found] == sorted({at for at, _ in found})
