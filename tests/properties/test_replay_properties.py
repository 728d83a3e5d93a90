"""A replay as a machine: whatever is asked of it when, articles go once and in their order."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from producers.player import HOLD_SECONDS, MOST_DUE, MOST_SECONDS, Player, player
from producers.schedule import schedule
from vigil import pace as paces
from vigil.pace import RATES, SPEEDS, Pace
from vigil.replaying import Request

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigil.replaying import Action

START = datetime(2022, 2, 24, 12, 0, tzinfo=UTC)

longest = some.none() | some.sampled_from((0.1, 2.0, 60.0))
paces_ = some.builds(Pace, speed=some.sampled_from(SPEEDS), longest=longest) | some.builds(
    Pace, rate=some.sampled_from(RATES)
)
moments = some.lists(some.integers(0, 400_000), min_size=1, max_size=30).map(
    lambda found: [START + timedelta(seconds=one) for one in sorted(found)]
)
players = some.builds(lambda found, pace: player(schedule(found, pace), now=0.0), moments, paces_)
jumps = some.integers(-1_000, 401_000).map(
    lambda seconds: Request("", "jump", (START + timedelta(seconds=seconds)).isoformat())
)
SIMPLE: tuple[Action, ...] = ("play", "pause", "step", "back", "begin", "faster", "slower")
requests = (
    some.sampled_from(SIMPLE).map(lambda action: Request("", action))
    | some.sampled_from(("on", "off")).map(lambda value: Request("", "loop", value))
    | paces_.map(lambda pace: Request("", "pace", paces.encode(pace)))
    | jumps
)
# Time that passes, or something asked.
events = some.lists(some.floats(0, 3) | requests, max_size=40)


def happens(stand: Player, event: float | Request, sent: list[int]) -> Player:
    """Return a replay after one event, with what was due sent."""
    stand = stand.asked(event) if isinstance(event, Request) else stand.advanced(stand.at + event)
    sent += stand.due
    return stand.acknowledged(stand.due.stop)


@given(players, events)
def test_articles_are_sent_in_their_order_and_none_twice(
    stand: Player, events: Sequence[float | Request]
) -> None:
    sent: list[int] = []
    for event in events:
        stand = happens(stand, event, sent)
    assert sent == list(range(len(sent)))
    assert stand.sent == len(sent)


@given(players, events)
def test_nothing_is_sent_that_the_clock_has_not_come_to(
    stand: Player, events: Sequence[float | Request]
) -> None:
    for event in events:
        before = stand.sent
        stand = happens(stand, event, [])
        published = stand.schedule.moments[before : stand.sent]
        assert all(moment <= stand.clock for moment in published)


@given(players, events)
def test_the_clock_stands_between_the_last_article_and_the_next(
    stand: Player, events: Sequence[float | Request]
) -> None:
    for event in events:
        stand = happens(stand, event, [])
        moments = stand.schedule.moments
        assert stand.schedule.first <= stand.clock <= stand.schedule.last
        if stand.position:
            assert moments[stand.position - 1] <= stand.clock
        if not stand.at_end:
            assert stand.clock <= moments[stand.position]


@given(players, some.lists(some.floats(0, 2), max_size=40))
def test_the_clock_never_goes_back_by_itself(stand: Player, waits: list[float]) -> None:
    for wait in waits:
        moved = happens(stand, wait, [])
        assert moved.clock >= stand.clock
        assert moved.position >= stand.position
        stand = moved


@given(players, events, some.floats(0, 10_000))
def test_what_is_paused_stands_however_long(
    stand: Player, events: Sequence[float | Request], wait: float
) -> None:
    for event in events:
        stand = happens(stand, event, [])
    stand = stand.asked(Request("", "pause"))
    later = stand.advanced(stand.at + wait)
    assert replace(later, at=stand.at) == stand


@given(players, events)
def test_a_step_goes_to_the_next_article_and_stays_there(
    stand: Player, events: Sequence[float | Request]
) -> None:
    for event in events:
        stand = happens(stand, event, [])
    assume(not stand.at_end)
    stepped = stand.asked(Request("", "step"))
    assert stepped.state == "paused"
    assert stepped.position == stand.position + 1
    assert stepped.clock == stand.schedule.moments[stand.position]
    assert stepped.asked(Request("", "back")).position == stand.position


@given(players, events, jumps)
def test_a_jump_passes_what_was_published_by_then_and_no_more(
    stand: Player, events: Sequence[float | Request], jump: Request
) -> None:
    for event in events:
        stand = happens(stand, event, [])
    jumped, moments = stand.asked(jump), stand.schedule.moments
    moment = datetime.fromisoformat(jump.value)
    assert jumped.position == bisect_right(moments, moment)
    assert jumped.clock == min(max(moment, moments[0]), moments[-1])
    assert jumped.state == stand.state
    assert jumped.sent == stand.sent


@given(players)
def test_the_time_left_is_what_it_takes(stand: Player) -> None:
    assume(stand.seconds_left < 3_000)
    left, passed, step = stand.seconds_left, 0.0, MOST_SECONDS / 2
    while not stand.at_end:
        stand = happens(stand, step, [])
        passed += step
        assert stand.seconds_left == pytest.approx(max(0.0, left - passed), abs=1e-3)
    assert passed == pytest.approx(left, abs=step + 1e-3)


@given(players, events, paces_)
def test_another_pace_leaves_the_clock_where_it_is(
    stand: Player, events: Sequence[float | Request], pace: Pace
) -> None:
    for event in events:
        stand = happens(stand, event, [])
    changed = stand.asked(Request("", "pace", paces.encode(pace)))
    assert changed.clock == stand.clock
    assert changed.schedule.pace == pace


@given(players, events)
def test_one_that_was_broken_off_goes_on_where_it_was(
    stand: Player, events: Sequence[float | Request]
) -> None:
    for event in events:
        stand = happens(stand, event, [])
    again = player(
        stand.schedule, now=5.0, position=stand.position, sent=stand.sent, clock=stand.clock
    )
    assert again.clock == stand.clock
    assert again.position == stand.position
    assert again.due == stand.due


@given(players)
def test_a_loop_begins_again_and_sends_nothing_again(stand: Player) -> None:
    sent: list[int] = []
    looping = replace(stand, loop=True).asked(Request("", "jump", stand.schedule.last.isoformat()))
    while looping.at_end:
        looping = happens(looping, 0.9, sent)
    assert looping.at - stand.at >= HOLD_SECONDS
    assert looping.position <= bisect_right(looping.schedule.moments, looping.schedule.first)
    assert sent == list(range(looping.total))


def test_no_more_is_due_at_once_than_the_clock_can_be_said_between() -> None:
    stand = player(schedule([START] * (2 * MOST_DUE + 1), Pace(speed=1.0)), now=0.0)
    sent: list[int] = []
    for turn in (1, 2):
        stand = happens(stand, 0.0, sent)
        assert len(sent) == turn * MOST_DUE
    assert not stand.at_end


def test_time_in_which_nobody_asked_does_not_count() -> None:
    stand = player(schedule([START, START + timedelta(hours=1)], Pace(speed=60.0)), now=0.0)
    stand = happens(stand, 0.0, [])
    assert stand.advanced(1e6).clock == START + timedelta(minutes=1)
