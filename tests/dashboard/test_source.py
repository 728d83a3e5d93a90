"""The shared source: one poll for all viewers, and the last values kept while nobody answers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from threading import Event
from typing import TYPE_CHECKING

import pytest

from dashboard.live.source import Source
from tests.dashboard.snapshots import MOSCOW, NOON, estimate, snapshot
from vigil.errors import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from vigil.claim import Claim, ClaimSet
    from vigil.correction import Correction, Told
    from vigil.estimate import Bucket, Estimate
    from vigil.resolving.known import Step
    from vigil.snapshot import Evidence, Snapshot


class Clock:
    """A clock that is turned by hand."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def turn(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class Shelf:
    """A reader that counts what it is asked, and can be broken."""

    def __init__(self) -> None:
        self.known = snapshot([estimate(MOSCOW, 5)], version=1).dated(NOON)
        self.broken = False
        self.versions = 0
        self.reads = 0
        self.evidences = 0
        self.histories = 0
        self.pasts = 0
        self.boards = 0
        self.asked: list[list[str]] = []

    def version(self) -> int:
        self.versions += 1
        if self.broken:
            message = "reading the version: Redis is not answering"
            raise StoreUnavailable(message)
        return self.known.version

    def read(self, *, first_day: date | None = None, last_day: date | None = None) -> Snapshot:
        self.reads += 1
        return self.known

    def as_known_at(
        self, moment: datetime, *, first_day: date | None = None, last_day: date | None = None
    ) -> Snapshot:
        self.boards += 1
        return replace(self.known, known_at=moment)

    def evidence(self, bucket: Bucket) -> tuple[Evidence, ...]:
        self.evidences += 1
        return ()

    def history(self, bucket: Bucket) -> tuple[Step, ...]:
        self.histories += 1
        return ()

    def sentences(self, articles: Collection[str]) -> dict[str, tuple[str, ...]]:
        self.asked.append(sorted(articles))
        return {article: (f"{article} says.",) for article in articles if article != "silent"}

    def corrections(
        self, bucket: Bucket, *, known_at: datetime | None = None
    ) -> tuple[Correction, ...]:
        self.histories += 1
        return ()

    def claims_told(self, told: Collection[Told]) -> Mapping[Told, tuple[ClaimSet, Claim]]:
        return {}

    def estimate_at(self, bucket: Bucket, moment: datetime) -> Estimate | None:
        return None

    def evidence_at(self, bucket: Bucket, moment: datetime) -> tuple[Evidence, ...]:
        self.pasts += 1
        return ()


def test_version_is_asked_once_for_all_viewers() -> None:
    shelf = Shelf()
    source = Source(shelf, clock=Clock())
    with ThreadPoolExecutor(16) as viewers:
        states = list(viewers.map(lambda _: source.state(), range(200)))
    assert shelf.versions == 1
    assert {state.snapshot for state in states} == {shelf.known}


def test_snapshot_is_of_the_day_it_is_shown_on() -> None:
    shelf, clock = Shelf(), Clock()
    source = Source(shelf, clock=clock)
    clock.turn(86_400)
    known = source.state().snapshot
    clock.turn(86_400)
    later = source.state().snapshot
    assert known
    assert later
    assert (later.until, shelf.reads) == (NOON.date() + timedelta(days=2), 1)
    assert known.stamp != later.stamp


def test_snapshot_is_read_only_when_the_version_moved() -> None:
    shelf, clock = Shelf(), Clock()
    source = Source(shelf, clock=clock)
    for _ in range(5):
        source.state()
        clock.turn(1)
    assert (shelf.versions, shelf.reads) == (5, 1)
    shelf.known = snapshot([estimate(MOSCOW, 9)], version=2).dated(NOON)
    assert source.state().snapshot == shelf.known


def test_clock_that_was_set_back_does_not_make_old_numbers_stand_as_live() -> None:
    shelf, clock = Shelf(), Clock()
    source = Source(shelf, clock=clock)
    assert source.state().snapshot == shelf.known
    clock.turn(-3_600)
    shelf.known = replace(shelf.known, version=shelf.known.version + 1)
    assert source.state().snapshot == shelf.known


def test_sentences_are_read_once_for_all_viewers_of_a_version() -> None:
    shelf, clock = Shelf(), Clock()
    source = Source(shelf, clock=clock)
    source.state()
    assert source.sentences({"a", "silent"})["a"] == ("a says.",)
    assert source.sentences({"a", "b", "silent"})["silent"] == ()
    assert shelf.asked == [["a", "silent"], ["b"]]
    clock.turn(1)
    shelf.known = snapshot([estimate(MOSCOW, 9)], version=2).dated(NOON)
    source.state()
    source.sentences({"a"})
    assert shelf.asked[2:] == [["a"]]


def test_store_that_was_emptied_is_seen() -> None:
    shelf, clock = Shelf(), Clock()
    source = Source(shelf, clock=clock)
    source.state()
    clock.turn(1)
    shelf.known = snapshot(version=0).dated(NOON)
    assert source.state().snapshot == shelf.known


def test_last_values_stay_with_their_age_while_the_store_is_gone() -> None:
    shelf, clock = Shelf(), Clock()
    source = Source(shelf, clock=clock)
    source.state()
    shelf.broken = True
    clock.turn(1)
    source.state()
    clock.turn(60)
    state = source.state()
    assert state.snapshot == shelf.known
    assert state.stale_since == NOON + timedelta(seconds=1)
    assert "not answering" in state.problem


def test_store_that_is_back_is_live_again() -> None:
    shelf, clock = Shelf(), Clock()
    shelf.broken = True
    source = Source(shelf, clock=clock)
    assert source.state().snapshot is None
    shelf.broken = False
    clock.turn(1)
    state = source.state()
    assert (state.snapshot, state.stale_since, state.problem) == (shelf.known, None, "")


def test_viewers_never_wait_for_a_store_that_hangs() -> None:
    shelf, clock = Shelf(), Clock()
    source = Source(shelf, clock=clock)
    before = source.state()
    clock.turn(1)
    asked, answer = Event(), Event()

    def hang() -> int:
        asked.set()
        assert answer.wait(10)
        return 1

    shelf.version = hang  # type: ignore[method-assign]  # hangs from here on
    with ThreadPoolExecutor(1) as viewer:
        waiting = viewer.submit(source.state)
        assert asked.wait(10)
        assert source.state() == before
        answer.set()
        waiting.result(10)


def test_store_that_did_not_answer_is_not_asked_for_more_until_it_does() -> None:
    """Each question would wait for seconds, and a page that asks several fall silent."""
    shelf, clock = Shelf(), Clock()
    source, [known] = Source(shelf, clock=clock), shelf.known.estimates
    source.state()
    source.evidence(known.bucket)
    shelf.broken = True
    clock.turn(1)
    source.state()
    assert source.evidence(known.bucket) == ()  # known from before
    with pytest.raises(StoreUnavailable, match="not answering"):
        source.history(known.bucket)
    with pytest.raises(StoreUnavailable, match="not answering"):
        source.sentences(["a"])
    assert (shelf.histories, shelf.asked) == (0, [])
    shelf.broken = False
    clock.turn(1)
    source.state()
    assert source.sentences(["a"])["a"] == ("a says.",)


def test_sentences_are_read_once_a_version() -> None:
    shelf, clock = Shelf(), Clock()
    source = Source(shelf, clock=clock)
    bucket = estimate(MOSCOW, 5).bucket
    source.state()
    source.evidence(bucket)
    source.evidence(bucket)
    assert shelf.evidences == 1
    shelf.known = snapshot([estimate(MOSCOW, 9)], version=2).dated(NOON)
    clock.turn(1)
    source.state()
    source.evidence(bucket)
    assert shelf.evidences == 2


def test_history_corrections_and_past_are_read_once_a_version() -> None:
    shelf, clock = Shelf(), Clock()
    source = Source(shelf, clock=clock)
    [bucket] = [one.bucket for one in shelf.known.estimates]
    for expected in ((2, 1), (4, 2)):
        source.state()
        for _ in range(5):
            source.history(bucket)
            source.corrected(bucket)
            source.past(bucket, NOON)
        assert (shelf.histories, shelf.pasts) == expected
        shelf.known = snapshot([estimate(MOSCOW, 9)], version=2).dated(NOON)
        clock.turn(1)


def test_past_is_of_the_moment_that_is_asked_for() -> None:
    shelf = Shelf()
    source = Source(shelf, clock=Clock())
    [bucket] = [one.bucket for one in shelf.known.estimates]
    source.past(bucket, NOON)
    source.past(bucket, NOON + timedelta(minutes=1))
    assert shelf.pasts == 2


def test_source_tells_how_long_changes_took_to_come_here() -> None:
    shelf, clock = Shelf(), Clock()
    source = Source(shelf, clock=clock)
    source.state()
    assert source.delays_ms() == ()  # the first reading is of a store that may be old
    shelf.known = replace(shelf.known, version=2, changed_at=clock.now)
    clock.turn(0.6)
    source.state()
    assert source.delays_ms() == (600,)
    clock.turn(301)
    assert source.delays_ms() == ()


def test_change_that_nobody_looked_for_tells_no_delay() -> None:
    shelf, clock = Shelf(), Clock()
    source = Source(shelf, clock=clock)
    source.state()
    shelf.known = replace(shelf.known, version=2, changed_at=clock.now)
    clock.turn(60)
    source.state()
    assert source.delays_ms() == ()
