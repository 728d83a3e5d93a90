"""A replay from a disk that is slow: requests are heard, and nothing is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from tests.producers.test_replay import ARTICLES, CORPUS, MOMENTS, Stage

if TYPE_CHECKING:
    from redis import Redis

    from producers.refusal import Refusal
    from vigil.article import Article

pytestmark = pytest.mark.integration


@dataclass
class Disk:
    """Articles on a disk that takes its time."""

    on_read: Callable[[int], None]

    def __getitem__(self, places: slice, /) -> Iterator[Article | Refusal]:
        for number in range(len(ARTICLES))[places]:
            self.on_read(number)
            yield ARTICLES[number]


def test_slow_disk_keeps_no_request_waiting(store: Redis) -> None:
    stage = Stage(store)

    def slow(number: int) -> None:
        stage.time += 0.15
        if number == 5:
            stage.ask("stop")

    run = stage.replayer()
    run.corpus = replace(CORPUS, articles=Disk(slow))
    run._turn()
    stage.ask("jump", MOMENTS[-1].isoformat())
    assert 6 <= run.run().sent <= 7, "the rest was read first"
    again = stage.replayer()
    again.run()
    assert stage.sent == list(ARTICLES)
