"""A replay from a disk that is slow or away: requests are heard, and nothing is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from producers.refusal import Refusal
from tests.producers.test_replay import ARTICLES, CORPUS, MOMENTS, Stage
from vigil.errors import ReadError
from vigil.replay_clock import LEASE_SECONDS

if TYPE_CHECKING:
    from redis import Redis

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


class Away(ReadError):
    """The disk is away and may come back."""

    retriable = True


def test_disk_that_is_away_is_waited_for_and_the_clock_is_kept(store: Redis) -> None:
    stage, tries = Stage(store), list[float]()

    def away(number: int) -> None:
        if number == 5 and stage.time < 60:
            tries.append(stage.time)
            message = "the disk is away"
            raise Away(message)

    run = stage.replayer()
    run.corpus = replace(CORPUS, articles=Disk(away))
    run._turn()
    stage.ask("jump", MOMENTS[12].isoformat())
    run.run()
    assert stage.sent == list(ARTICLES), "what was read before it went is sent again"
    assert set(stage.problems) == {"the disk is away"}
    assert max(later - earlier for earlier, later in pairwise(tries)) < LEASE_SECONDS / 2


def test_what_is_refused_is_counted_once_it_is_passed(store: Redis) -> None:
    stage = Stage(store)
    some = [
        Refusal("a", "gone") if number in {3, 4, 9} else one for number, one in enumerate(ARTICLES)
    ]
    run = stage.replayer()
    run.corpus = replace(CORPUS, articles=some)
    fails = iter([True])

    def once() -> None:
        if len(stage.sent) == 3 and next(fails, False):
            raise Away

    stage.before_sending = once
    assert run.run().sent == len(ARTICLES)
    assert run.refused == 3
    assert len(stage.sent) == len(ARTICLES) - 3
