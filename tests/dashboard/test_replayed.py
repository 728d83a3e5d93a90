"""What pages show while a replay runs: the board at its clock, and the word REPLAY."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from dashboard.live.nodes import texts
from dashboard.live.replayed import Replayed
from dashboard.live.source import Source, State
from dashboard.views import panels, replay_texts, wall_texts
from tests.dashboard.snapshots import KAZAN, MOSCOW, NOON, claim, estimate, item, snapshot
from tests.dashboard.test_source import Clock, Shelf
from tests.vigil.test_replaying import ONE
from vigil.article import BEFORE_ALL
from vigil.errors import StoreUnavailable
from vigil.pace import Pace

if TYPE_CHECKING:
    from vigil.snapshot import Snapshot

PRESENT = snapshot([estimate(MOSCOW, 9)], feed=[item("Evening", claim(KAZAN, 9, "There were 9."))])
BEFORE, AFTER = NOON - timedelta(hours=1), NOON + timedelta(hours=1)


class Past:
    """A store that counts how often it is asked for its past, which costs so many seconds."""

    def __init__(self, clock: Clock, *, cost: float = 0.0) -> None:
        self.asked: list[datetime] = []
        self._clock = clock
        self._cost = cost

    def __call__(self, moment: datetime) -> Snapshot:
        self.asked.append(moment)
        self._clock.turn(self._cost)
        return snapshot([estimate(MOSCOW, 4)], version=PRESENT.version)


@pytest.fixture
def past() -> Past:
    return Past(Clock())


@pytest.fixture
def replayed(past: Past) -> Replayed:
    return Replayed(past, clock=past._clock)


def test_board_is_the_present_where_nothing_lies_ahead_of_the_clock(
    replayed: Replayed, past: Past
) -> None:
    for clock in (NOON, AFTER):
        assert replayed.board(PRESENT, replace(ONE, clock=clock)) is PRESENT
    assert past.asked == []


@pytest.mark.parametrize("state", ["playing", "paused"])
def test_board_is_of_the_clock_where_something_lies_ahead(
    replayed: Replayed, past: Past, state: Any
) -> None:
    shown = replayed.board(PRESENT, replace(ONE, clock=BEFORE, state=state))
    assert past.asked == [BEFORE]
    assert shown.estimates == (estimate(MOSCOW, 4),)
    assert shown.articles == ONE.position


def test_board_is_the_present_once_the_replay_has_ended(replayed: Replayed) -> None:
    assert replayed.board(PRESENT, replace(ONE, clock=BEFORE, state="stopped")) is PRESENT
    assert replayed.board(PRESENT, None) is PRESENT


def test_board_of_a_clock_is_read_again_only_when_it_passed_an_article(
    replayed: Replayed, past: Past
) -> None:
    at = replace(ONE, clock=BEFORE)
    first = replayed.board(PRESENT, at)
    assert replayed.board(PRESENT, replace(at, clock=BEFORE + timedelta(minutes=5))) is first
    replayed.board(PRESENT, replace(at, position=at.position + 1))
    assert len(past.asked) == 2


def test_board_of_a_clock_is_read_again_when_the_store_moved(
    replayed: Replayed, past: Past
) -> None:
    at = replace(ONE, clock=BEFORE)
    replayed.board(PRESENT, at)
    replayed.board(replace(PRESENT, version=2), at)
    assert len(past.asked) == 2


def test_past_that_costs_much_is_read_less_often() -> None:
    clock = Clock()
    past = Past(clock, cost=2.0)
    replayed = Replayed(past, clock=clock)
    for position in range(20):
        replayed.board(PRESENT, replace(ONE, clock=BEFORE, position=position))
        clock.turn(1.0)
    assert len(past.asked) == 2  # two seconds of the first twelve, and two of the next


def test_board_follows_the_replay_though_the_clock_of_the_screen_was_set_back() -> None:
    clock = Clock()
    past = Past(clock, cost=0.1)
    replayed = Replayed(past, clock=clock)
    for position in range(2):
        replayed.board(PRESENT, replace(ONE, clock=BEFORE, position=position))
        clock.turn(-3_600)
    assert len(past.asked) == 2


def test_source_shows_the_replay_and_its_board() -> None:
    shelf, clock = Shelf(), Clock()
    shelf.known = PRESENT
    source = Source(shelf, clock=clock, replay=lambda: replace(ONE, clock=BEFORE))
    state = source.state()
    assert state.replaying
    assert state.snapshot
    assert state.snapshot.known_at == BEFORE
    assert state.snapshot.stamp != PRESENT.stamp


def test_source_reads_the_clock_after_the_board() -> None:
    shelf = Shelf()
    boards: list[int] = []

    def clock() -> None:
        boards.append(shelf.reads)

    Source(shelf, clock=Clock(), replay=clock).state()
    assert boards == [1]


def test_clock_that_cannot_be_read_makes_the_page_stale() -> None:
    def away() -> None:
        message = "reading the replay's clock: Redis is not answering"
        raise StoreUnavailable(message)

    assert Source(Shelf(), clock=Clock(), replay=away).state().stale_since


def said(children: Any) -> str:
    return " | ".join(text for child in children for text in texts(child))


def at(**changes: Any) -> State:
    return State(snapshot=PRESENT, read_at=NOON, replay=replace(ONE, **changes))


@pytest.mark.parametrize(
    ("changes", "going"),
    [
        ({}, "1 hour a second"),
        ({"pace": Pace(rate=1)}, "1 article a second"),
        ({"state": "paused"}, "paused"),
        ({"state": "paused", "position": 9}, "at its end"),
        ({"held": False}, "broken off"),
    ],
)
def test_wall_says_replay_with_its_clock(changes: dict[str, Any], going: str) -> None:
    beat = wall_texts.beat(at(**changes), NOON)
    assert beat["replay"] == ["REPLAY", "24 Feb 2022, 12:00 UTC", going]


def test_wall_says_live_once_the_replay_has_ended() -> None:
    assert wall_texts.beat(at(state="stopped"), NOON)["replay"] is None


def test_status_says_replay_in_place_of_live_and_leads_to_it() -> None:
    line = panels.status(at(), NOON)
    assert said(line) == "REPLAY | 24 Feb 2022, 12:00 UTC | 1 h/s"
    assert line[0]["way"] == "replay?"  # type: ignore[index]  # a link
    assert "LIVE" in said(panels.status(at(state="stopped"), NOON))


def test_status_of_a_store_that_is_away_is_stale_whatever_is_replayed() -> None:
    assert "STALE" in said(panels.status(replace(at(), stale_since=NOON), NOON))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "1 hour a second, article 3 of 9, 12 s left"),
        ({"state": "paused"}, "Paused at article 3 of 9"),
        ({"position": 9, "state": "paused"}, "At its end, article 9 of 9"),
        ({"position": 9}, "At its end, article 9 of 9, begins again"),
        ({"held": False}, "Broken off at article 3 of 9: vigil replay goes on from there"),
    ],
)
def test_clock_says_how_it_goes(changes: dict[str, Any], words: str) -> None:
    shown = said(replay_texts.clock(replace(ONE, **changes)))
    assert shown == f"Thursday, 24 Feb 2022 | 12:00 UTC | {words}"


def test_clock_without_a_date_says_so() -> None:
    assert "No date" in said(replay_texts.clock(replace(ONE, clock=BEFORE_ALL)))


def picks(children: Any) -> list[str]:
    return [pick for one in children if isinstance(one, dict) for pick in _picks(one)]


def _picks(one: dict[str, Any]) -> list[str]:
    return ([one["pick"]] if "pick" in one else []) + picks(one["children"])


def test_controls_ask_for_what_can_be_done() -> None:
    assert picks(replay_texts.controls(ONE))[:5] == ["begin", "back", "pause", "step", "loop off"]
    paused = replace(ONE, state="paused", loop=False, position=9)
    assert picks(replay_texts.controls(paused))[:4] == ["begin", "back", "play", "loop on"]
    first = replace(ONE, position=0)
    assert picks(replay_texts.controls(first))[:3] == ["pause", "step", "loop off"]


def test_replay_that_died_can_only_be_left() -> None:
    assert picks(replay_texts.controls(replace(ONE, held=False))) == ["stop"]


def test_pace_that_is_gone_at_is_marked() -> None:
    paces: Any = replay_texts.controls(ONE)[1]
    chosen = [one for one in paces["children"] if "v-chosen" in one.get("look", "")]
    assert said(chosen) == "1 h/s"


@pytest.mark.parametrize(
    ("seconds", "text"), [(40, "40 s"), (720, "12 min"), (12_000, "3 h 20 min"), (5e5, "5 days")]
)
def test_time_left_is_said_in_its_unit(seconds: float, text: str) -> None:
    assert replay_texts.left_text(seconds) == text


def test_what_is_clicked_on_the_overview_is_a_link_here() -> None:
    button = {"tag": "button", "children": ["7"], "pick": '{"place": "x"}'}
    linked, text = replay_texts.linked([button, "words"])
    assert linked == {"tag": "a", "children": ["7"], "way": "?place=x&show=evidence"}
    assert text == "words"
