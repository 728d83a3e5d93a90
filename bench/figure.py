"""One measured figure, its reference, and how both are timed."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured.

    Attributes:
        name: What the figure is of.
        value: The figure.
        unit: Its unit.
        ratio: The figure over its reference, both of this run; None where there is none.
        reach: What the ratio should at least be, None where nothing is promised.
        how: How it was measured, for readers of the table.
    """

    name: str
    value: float
    unit: str
    ratio: float | None
    reach: float | None
    how: str


def seconds(
    work: Callable[[], object], *, repeats: int, warm: Callable[[], object] | None = None
) -> float:
    """Return the median processor time of some runs of ``work``.

    Processor time of this process, because the machine may be busy with other things.

    Args:
        work: What is timed.
        repeats: How often.
        warm: What runs first and is not counted; None: the work itself, once.
    """
    (warm or work)()
    return statistics.median(spent(work) for _ in range(repeats))


def spent(work: Callable[[], object]) -> float:
    """Return the processor time in seconds that this process spends on ``work``."""
    start = time.process_time()
    work()
    return time.process_time() - start
