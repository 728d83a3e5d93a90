"""The one clock in a real store: held by one, asked by all, each request done once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.vigil.test_replaying import ONE
from vigil.errors import ReplayError
from vigil.replay_clock import ReplayClock
from vigil.replaying import KEY, LEASE, Request

if TYPE_CHECKING:
    from redis import Redis

pytestmark = pytest.mark.integration

PLAY = Request("a1", "play")


@pytest.fixture
def clock(store: Redis) -> ReplayClock:
    """The clock, held and said once."""
    found = ReplayClock(store, holder="here 41 a")
    found.take()
    found.say(ONE, applied=0)
    return found


def asked(clock: ReplayClock, *, applied: int) -> list[tuple[int, str | None]]:
    found = clock.say(ONE, applied=applied)
    return [(one.number, one.request.action if one.request else None) for one in found]


def test_clock_is_read_as_it_was_said(clock: ReplayClock, store: Redis) -> None:
    found = ReplayClock(store).read()
    assert found
    assert found.updated_at is not None
    assert replace(found, updated_at=None) == ONE


def test_clock_of_a_store_without_a_replay_is_none(store: Redis) -> None:
    assert ReplayClock(store).read() is None


def test_second_replay_is_refused_while_the_first_is_alive(
    clock: ReplayClock, store: Redis
) -> None:
    second = ReplayClock(store, holder="there 42 b")

    def speak(_seconds: float) -> None:
        clock.say(ONE, applied=0)

    with pytest.raises(ReplayError, match=r"another replay of a winter holds .* 41 on here"):
        second.take(wait=speak)
    assert clock.say(ONE, applied=0) == ()


def test_clock_of_a_replay_that_died_is_taken_when_its_lease_has_ended(
    clock: ReplayClock, store: Redis
) -> None:
    second = ReplayClock(store, holder="there 42 b")
    waits: list[float] = []

    def expire(seconds: float) -> None:
        waits.append(seconds)
        store.delete(LEASE)  # as its timer does

    found = second.take(wait=expire)
    assert len(waits) == 1
    assert found.before
    assert found.before.position == ONE.position


def test_replay_that_lost_the_clock_cannot_move_it(clock: ReplayClock, store: Redis) -> None:
    store.delete(LEASE)
    ReplayClock(store, holder="there 42 b").take()
    with pytest.raises(ReplayError, match="taken by another replay"):
        clock.say(ONE, applied=0)


def test_replay_whose_store_was_emptied_is_told(clock: ReplayClock, store: Redis) -> None:
    store.flushall()
    with pytest.raises(ReplayError, match="or its store was emptied"):
        clock.say(ONE, applied=0)


def test_clock_that_was_given_up_is_taken_at_once(clock: ReplayClock, store: Redis) -> None:
    clock.say(replace(ONE, state="stopped"), applied=0, give_up=True)
    ReplayClock(store, holder="there 42 b").take(wait=lambda _: pytest.fail("waited"))


def test_lease_ends_by_itself(clock: ReplayClock, store: Redis) -> None:
    left = store.pttl(LEASE)
    assert 0 < left <= 3_000


def test_requests_are_heard_in_their_order_until_they_were_applied(clock: ReplayClock) -> None:
    assert clock.ask(PLAY)
    assert clock.ask(Request("a2", "faster"))
    assert asked(clock, applied=0) == [(1, "play"), (2, "faster")]
    assert asked(clock, applied=1) == [(2, "faster")]
    assert asked(clock, applied=2) == []


def test_request_that_is_sent_twice_is_heard_once(clock: ReplayClock) -> None:
    clock.ask(PLAY)
    assert clock.ask(PLAY)
    assert asked(clock, applied=0) == [(1, "play")]
    clock.ask(PLAY)  # after it was done, too
    assert asked(clock, applied=1) == []


def test_request_that_cannot_be_done_is_passed_with_its_number(
    clock: ReplayClock, store: Redis
) -> None:
    clock.ask(Request("a1", "jump", "soon"))
    assert asked(clock, applied=0) == [(1, None)]


def test_request_that_was_not_done_is_found_by_who_goes_on(
    clock: ReplayClock, store: Redis
) -> None:
    clock.ask(PLAY)
    store.delete(LEASE)
    second = ReplayClock(store, holder="there 42 b")
    assert second.take().applied == 0
    assert asked(second, applied=0) == [(1, "play")]
    assert second.skip_requests() == 1


def test_nobody_is_asked_where_no_replay_is_alive(clock: ReplayClock, store: Redis) -> None:
    store.delete(LEASE)
    assert not clock.ask(PLAY)
    assert store.hget(KEY, "asked") is None


def test_replay_that_died_can_be_left(clock: ReplayClock, store: Redis) -> None:
    store.delete(LEASE)
    found = clock.read()
    assert found
    assert found.broken_off
    clock.ask(Request("a1", "stop"))
    left = clock.read()
    assert left
    assert not left.on


def test_requests_that_are_kept_do_not_grow(clock: ReplayClock, store: Redis) -> None:
    for number in range(300):
        clock.ask(Request(f"r{number}", "faster"))
    clock.say(ONE, applied=300)
    assert store.zcard(f"{KEY}:requests") == 200
