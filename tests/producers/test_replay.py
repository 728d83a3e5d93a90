"""A replay against a real clock: killed, asked, left alone by its servers, every article goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from redis import Redis

from producers.replay import Corpus, ReplayEnded, Replayer, begun, resumed
from producers.schedule import corpus_id, stretches
from vigil.article import Article
from vigil.errors import BrokerUnavailable, ReplayError
from vigil.pace import Pace
from vigil.replay_clock import ReplayClock
from vigil.replaying import LEASE, Action, Replaying, Request

if TYPE_CHECKING:
    from producers.refusal import Refusal

pytestmark = pytest.mark.integration

NOON = datetime(2022, 2, 24, 12, tzinfo=UTC)
ARTICLES = tuple(
    Article(f"{number:024x}", "1", NOON + timedelta(minutes=number), "A square.")
    for number in range(20)
)
MOMENTS = tuple(one.seen_at for one in ARTICLES)
CORPUS = Corpus(
    "a winter",
    ARTICLES,
    corpus_id((one.id, one.revision) for one in ARTICLES),
    MOMENTS,
    stretches(MOMENTS),
)
MINUTE = Pace(speed=60.0)


class Killed(BaseException):
    """The replay ends without another word, as by SIGKILL."""


@dataclass
class Stage:
    """Time that passes only when it is waited for, and what was sent in it."""

    store: Redis
    time: float = 0.0
    sent: list[Article] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    seen: list[tuple[datetime, int]] = field(default_factory=list)
    number: int = 0
    on_wait: Callable[[], None] = lambda: None
    before_sending: Callable[[], None] = lambda: None
    after_sending: Callable[[], None] = lambda: None

    def send(self, items: Iterable[Article | Refusal]) -> int:
        given = list(items)
        articles = [one for one in given if isinstance(one, Article)]
        self.before_sending()
        stands = ReplayClock(self.store).read()
        assert stands
        self.seen += [(stands.clock, stands.position) for _ in articles]
        self.sent += articles
        self.after_sending()
        return len(given) - len(articles)

    def wait(self, seconds: float) -> None:
        self.on_wait()
        self.time += seconds

    def report(self, _replay: Replaying, problem: str) -> None:
        if problem:
            self.problems.append(problem)

    def replayer(self, *, pace: Pace | None = MINUTE) -> Replayer:
        """Return a replay that goes on where the last one was, or begins."""
        self.number += 1
        clock = ReplayClock(self.store, holder=f"here {self.number} a")
        found = clock.take()
        player = resumed(CORPUS, found.before, pace=pace, now=self.time)
        return Replayer(
            corpus=CORPUS,
            player=player or begun(CORPUS, pace=pace, now=self.time),
            applied=found.applied,
            clock=clock,
            send=self.send,
            now=lambda: self.time,
            wait=self.wait,
            report=self.report,
        )

    def ask(self, action: Action, value: str = "") -> None:
        ReplayClock(self.store).ask(Request(f"t{action}{value}{self.time}", action, value))


@pytest.fixture
def stage(store: Redis) -> Stage:
    return Stage(store)


def killed(stage: Stage, when: Callable[[Stage], bool]) -> Callable[[], None]:
    def strike() -> None:
        if when(stage):
            raise Killed

    return strike


def run_until_killed(stage: Stage) -> None:
    """Run until it is killed, and let nobody know."""
    run = stage.replayer()
    with pytest.raises(Killed):  # noqa: PT012  # who is killed gives nothing up, as ``run`` would
        while True:
            stage.wait(run._turn())
    stage.store.delete(LEASE)  # as its timer does


def test_every_article_goes_once_in_its_order(stage: Stage) -> None:
    last = stage.replayer().run()
    assert stage.sent == list(ARTICLES)
    assert last.state == "stopped"


def test_articles_come_as_far_apart_as_they_were_published(stage: Stage) -> None:
    stage.replayer().run()
    assert stage.time == pytest.approx(19, abs=0.5)


def test_clock_is_there_before_the_article(stage: Stage) -> None:
    stage.replayer().run()
    assert len(stage.seen) == len(ARTICLES)
    assert all(
        clock >= article.seen_at for (clock, _), article in zip(stage.seen, ARTICLES, strict=True)
    )


@pytest.mark.parametrize("moment", ["before_sending", "after_sending", "on_wait"])
@pytest.mark.parametrize("count", [0, 1, 7])
def test_killed_replay_goes_on_and_leaves_nothing_out(
    stage: Stage, moment: str, count: int
) -> None:
    setattr(stage, moment, killed(stage, lambda stage: len(stage.sent) >= count))
    run_until_killed(stage)
    setattr(stage, moment, lambda: None)
    before = len(stage.sent)
    stage.replayer().run()
    assert set(stage.sent) == set(ARTICLES)
    assert len(stage.sent) <= len(ARTICLES) + 1  # the one that was not acknowledged, again
    assert stage.sent[before:] == list(ARTICLES[-len(stage.sent[before:]) :])


def test_replay_that_came_to_its_end_begins_again(stage: Stage) -> None:
    stage.replayer().run()
    stage.replayer().run()
    assert stage.sent == list(ARTICLES) * 2


def test_replay_of_other_articles_begins_at_its_beginning() -> None:
    told = Replayer(
        corpus=CORPUS,
        player=begun(CORPUS, pace=None, now=0),
        applied=0,
        clock=None,  # type: ignore[arg-type]  # nothing is said
        send=lambda _: 0,
        now=lambda: 0.0,
        wait=lambda _: None,
    ).told()
    assert resumed(CORPUS, told, pace=None, now=0) is not None
    assert resumed(replace(CORPUS, id="another"), told, pace=None, now=0) is None


def test_replay_that_is_ended_keeps_its_place_and_its_pace(stage: Stage) -> None:
    stage.on_wait = lambda: stage.ask("stop") if len(stage.sent) == 5 else None
    stage.replayer().run()
    stage.on_wait = lambda: None
    again = stage.replayer(pace=None)
    assert again.player.position == 5
    assert again.player.schedule.pace == MINUTE
    assert again.player.state == "playing"


def test_replay_that_died_paused_is_paused(stage: Stage) -> None:
    stage.on_wait = lambda: stage.ask("pause") if len(stage.sent) == 3 else None
    run = stage.replayer()
    while run.player.state == "playing":
        stage.wait(run._turn())
    run._turn()
    stage.store.delete(LEASE)
    stage.on_wait = lambda: None
    assert stage.replayer().player.state == "paused"


def test_request_is_done_once_however_often_the_replay_dies(stage: Stage) -> None:
    run = stage.replayer()
    run._turn()
    stage.ask("step")
    run._turn()  # heard, and not yet said
    assert run.player.position == 2
    stage.store.delete(LEASE)
    again = stage.replayer()
    assert again.player.position == 1
    again._turn()
    again._turn()  # said
    stage.store.delete(LEASE)
    third = stage.replayer()
    third._turn()
    assert third.player.position == 2


def test_jump_back_sends_nothing_again(stage: Stage) -> None:
    def back() -> None:
        if len(stage.sent) == 10 and stage.number == 1:
            stage.number += 1
            stage.ask("jump", NOON.isoformat())

    stage.on_wait = back
    stage.replayer().run()
    assert stage.number == 2
    assert stage.sent == list(ARTICLES)


def test_jump_forward_sends_what_lies_between_at_once(stage: Stage) -> None:
    run = stage.replayer()
    run._turn()
    stage.ask("jump", MOMENTS[12].isoformat())
    run._turn()
    run._turn()
    assert stage.sent == list(ARTICLES[:13])
    assert run.player.clock == MOMENTS[12]


def test_broker_that_is_away_is_waited_for_and_the_clock_stands(stage: Stage) -> None:
    tries = 0

    def away() -> None:
        nonlocal tries
        tries += 1
        if 5 < tries < 9:
            message = "sending: Kafka is not answering"
            raise BrokerUnavailable(message)

    stage.before_sending = away
    stage.replayer().run()
    assert stage.sent == list(ARTICLES)
    assert stage.problems == ["sending: Kafka is not answering"] * 3
    assert len({position for _, position in stage.seen}) == len(ARTICLES)  # none were rushed


def test_replay_whose_clock_was_taken_ends_and_says_so(stage: Stage) -> None:
    def take() -> None:
        if len(stage.sent) == 4:
            stage.store.delete(LEASE)
            ReplayClock(stage.store, holder="there 9 z").take()

    stage.on_wait = take
    with pytest.raises(ReplayError, match="taken by another"):
        stage.replayer().run()
    assert len(stage.sent) == 4


def test_replay_that_stays_waits_at_its_end(stage: Stage) -> None:
    run = stage.replayer()
    run.stay, ends = True, []
    run.at_end = lambda: ends.append(stage.time)
    stage.on_wait = lambda: stage.ask("stop") if stage.time > 60 else None
    run.run()
    assert len(ends) == 1
    assert stage.time > 60


def test_while_kafka_is_silent_the_clock_is_kept_and_it_can_be_ended(stage: Stage) -> None:
    run = stage.replayer()

    def silent() -> None:
        run.kafka_silent(1.0, 3)
        assert stage.problems == []
        stage.store.delete(LEASE)
        run.kafka_silent(5.0, 3)
        assert stage.problems == ["Kafka does not answer (3 articles wait)"]
        assert stage.store.exists(LEASE), "nobody keeps the clock"
        stage.ask("pause")
        run.kafka_silent(6.0, 3)
        assert run.player.state == "paused"
        stage.ask("stop")
        run.kafka_silent(7.0, 3)

    stage.before_sending = silent
    with pytest.raises(ReplayEnded):
        run.run()
    last = ReplayClock(stage.store).read()
    assert last
    assert (last.state, last.sent) == ("stopped", 0)
