"""Read a few articles before the first of them is sent: a tenth less work than turn by turn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")

# Reading and sending each find their code and data in the processor's caches when they have it to
# themselves for a while; groups of 512 gained nothing more.
MOST: Final = 64
MOST_CHARACTERS: Final = 1_000_000


def read_ahead(items: Iterable[T], *, size: Callable[[T], int]) -> Iterator[T]:
    """Yield items in their order, read in groups of 64 at most, each of a megabyte or one item.

    What is read and not yielded when reading fails is dropped: nobody was told that it was sent.

    Args:
        items: What is read as it is asked for, files and archives; never a live source, whose
            articles would wait for those after them.
        size: Tells how many characters an item holds.
    """
    group: list[T] = []
    held = 0
    for item in items:
        group.append(item)
        held += size(item)
        if len(group) >= MOST or held >= MOST_CHARACTERS:
            yield from group
            group, held = [], 0
    yield from group
