"""Looking back: read once for all viewers, at a bounded cost, and exactly what was known then."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from threading import Event
from typing import TYPE_CHECKING

import pytest

from consumers.aggregator.ledger import Ledger
from dashboard.live import lookback
from dashboard.live.lookback import History, Lookback
from dashboard.live.services import Board
from tests.browser.pages import article
from tests.dashboard.snapshots import FEB_24, KAZAN, MOSCOW, NOON, claim, snapshot
from vigil.article import BEFORE_ALL
from vigil.claim import AUTHORITY_ORDER
from vigil.errors import StoreUnavailable
from vigil.resolving.known import MOST_MOMENTS, thinned
from vigil.review import Review, fingerprint
from vigil.reviewing import instant

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import date

    from redis import Redis

    from dashboard.reader import Reader
    from vigil.claim import Kind
    from vigil.snapshot import Evidence, Snapshot

NIGHT = NOON + timedelta(hours=9)


class Attic:
    """A reader of the past that takes its time by a clock turned by hand."""

    def __init__(self) -> None:
        self.now = NOON
        self.seconds = 0.0
        self.reads = 0
        self.during: Callable[[], object] = lambda: None

    def clock(self) -> datetime:
        return self.now

    def as_known_at(
        self, moment: datetime, *, first_day: date | None = None, last_day: date | None = None
    ) -> Snapshot:
        self.reads += 1
        self.now += timedelta(seconds=self.seconds)
        self.during()
        return snapshot(version=self.reads)

    def sentences_at(
        self, articles: Collection[str], moment: datetime
    ) -> dict[str, tuple[str, ...]]:
        self.reads += 1
        return dict.fromkeys(articles, (f"As of {moment:%H:%M}.",))

    def claims_at(self, slot: str, moment: datetime) -> tuple[Evidence, ...]:
        return ()

    def moments(
        self, kind: Kind, *, first_day: date | None, last_day: date | None, most: int
    ) -> tuple[int, tuple[datetime, ...]]:
        self.reads += 1
        return most + 1, ()


@pytest.fixture
def attic() -> Attic:
    return Attic()


@pytest.fixture
def back(attic: Attic) -> Lookback:
    return Lookback(attic, clock=attic.clock)


def test_past_is_read_once_for_each_version_and_moment(attic: Attic, back: Lookback) -> None:
    for version, moment in ((1, NOON), (1, NOON), (1, NIGHT), (1, NOON), (2, NOON)):
        back.snapshot(version, moment, None, None)
    assert attic.reads == 3


def test_windows_are_told_apart(attic: Attic, back: Lookback) -> None:
    back.snapshot(1, NOON, None, None)
    back.snapshot(1, NOON, FEB_24, None)
    assert attic.reads == 2


def test_costly_answer_stands_for_ten_times_its_cost(attic: Attic, back: Lookback) -> None:
    attic.seconds = 2
    back.snapshot(1, NOON, None, None)
    attic.now += timedelta(seconds=19)
    back.snapshot(2, NOON, None, None)
    assert attic.reads == 1
    attic.now += timedelta(seconds=2)
    back.snapshot(2, NOON, None, None)
    assert attic.reads == 2


def test_viewer_gets_the_old_answer_while_a_new_one_is_read(attic: Attic, back: Lookback) -> None:
    old = back.snapshot(1, NOON, None, None)
    reading, go_on = Event(), Event()

    def wait() -> None:
        reading.set()
        go_on.wait(60)

    attic.during = wait
    with ThreadPoolExecutor(1) as others:
        newer = others.submit(back.snapshot, 2, NOON, None, None)
        assert reading.wait(60)
        assert back.snapshot(2, NOON, None, None) is old
        go_on.set()
        assert newer.result(60).version == 2


def test_answers_kept_are_not_more_than_a_few(attic: Attic, back: Lookback) -> None:
    for minute in range(40):
        back.snapshot(1, NOON + timedelta(minutes=minute), None, None)
    back.snapshot(1, NOON, None, None)
    assert attic.reads == 41


def test_store_that_does_not_answer_leaves_nothing_locked(attic: Attic, back: Lookback) -> None:
    def fail() -> None:
        message = "reading the past: Redis is not answering"
        raise StoreUnavailable(message)

    attic.during = fail
    with pytest.raises(StoreUnavailable, match="not answering"):
        back.snapshot(1, NOON, None, None)
    attic.during = lambda: None
    assert back.snapshot(1, NOON, None, None).version == 2


def test_store_that_did_not_answer_just_now_is_left_alone(attic: Attic) -> None:
    problem = ""
    back = Lookback(attic, clock=attic.clock, problem=lambda: problem)
    known = back.snapshot(1, NOON, None, None)
    problem = "reading the version: Redis is not answering"
    assert back.snapshot(1, NOON, None, None) is known
    for ask in (partial(back.snapshot, 1, NIGHT, None, None), partial(back.claims, NOON, "RU")):
        with pytest.raises(StoreUnavailable, match="not answering"):
            ask()
    assert attic.reads == 1
    board = Board[int](lambda: (attic.reads,), clock=attic.clock, problem=lambda: problem)
    assert (board.said().known, board.said().problem) == ((), problem)


def test_window_that_holds_too_much_says_so(back: Lookback) -> None:
    found = back.history(1, "detention", None, None)
    assert (found.too_much, found.held) == (True, lookback.MOST_HELD + 1)
    assert not History(lookback.MOST_HELD, ()).too_much


def test_many_moments_are_thinned_to_the_last_of_each_stretch() -> None:
    instants = {instant(NOON + timedelta(seconds=at)) for at in range(3_000)}
    found = thinned(instants)
    assert len(found) <= MOST_MOMENTS
    assert found[-1] == max(instants)
    assert thinned(()) == ()


@pytest.mark.integration
def test_moments_are_those_at_which_anything_became_known(store: Redis, reader: Reader) -> None:
    ledger = Ledger(store, authority_order=AUTHORITY_ORDER)
    first = article(1, claim(MOSCOW, 900, "By noon 900 were counted."))
    wrong = article(3, claim(KAZAN, 15, "In Kazan 15 were led away."), seen_at=BEFORE_ALL)
    review = Review(
        wrong.article, fingerprint(wrong.claims[0]), "wrong", "Twice", "Night desk", NIGHT
    )
    later = replace(first, revision="2", seen_at=NOON + timedelta(hours=1), claims=(
        claim(MOSCOW, 950, "Later 950 were counted."),
    ))  # fmt: skip
    ledger.apply([first, wrong, later], [review], now=NIGHT)
    window = {"first_day": FEB_24, "last_day": FEB_24}
    held, found = reader.moments("detention", **window, most=10)
    assert (held, found) == (2, (NOON, NOON + timedelta(hours=1), NIGHT))
    assert reader.moments("protest", **window, most=10) == (2, ())
    assert reader.moments("detention", **window, most=1) == (2, ())


def test_sentences_of_a_moment_are_read_once_for_all_viewers(attic: Attic) -> None:
    back = Lookback(attic, clock=attic.clock)
    for _ in range(3):
        assert back.sentences(1, NIGHT, ["a", "b"]) == dict.fromkeys("ab", ("As of 21:00.",))
    assert attic.reads == 1
    assert back.sentences(1, NOON, ["a"]) == {"a": ("As of 12:00.",)}
