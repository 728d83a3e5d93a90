"""Producers killed at random and run again: every article exactly once in the estimates.

``make producer-faults`` kills each of them thirty times; a failure prints its seed.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from consumers.extractor.service import GROUP as EXTRACTORS
from tests.integration.commands import environment, vigil
from tests.integration.exports import rows
from tests.integration.faults import finish
from tests.producers.archives import warc
from tests.producers.feeds.site import page
from vigil import broker, health, topics
from vigil.processes import spawn

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from vigil.processes import Process
    from vigil.settings import Settings

pytestmark = [pytest.mark.integration, pytest.mark.slow, pytest.mark.timeout(1_800)]

FEW, MANY = 2, 8  # kills of each producer in every run, and what `--kills` is where nobody asks
A_PUSH = 150  # files that are pushed, behind an archive with as many pages
A_TURN = 20  # files that are dropped before each start
CITIES = ("Moscow", "Minsk", "Almaty", "Tbilisi", "Yerevan")
FIRST = date(2019, 1, 7)


class Told(NamedTuple):
    """One article."""

    url: str
    title: str
    said: str
    day: date


class Story:
    """Articles of one claim each, in a city and on a day of its own."""

    def __init__(self) -> None:
        self.told: dict[tuple[str, str], int] = {}

    def write(self, folder: Path, count: int) -> None:
        """Drop some more of them, as careful people do: the meta file first."""
        for _ in range(count):
            number, told = len(self.told), self._next()
            meta = {"url": told.url, "published": f"{told.day}T18:00Z"}
            (folder / f"{number:05}.meta.json").write_text(json.dumps(meta))
            (folder / f"{number:05}.txt").write_text(f"{told.title}\n\n{told.said}\n")

    def crawl(self, archive: Path, count: int) -> None:
        """Write some more of them as a crawler keeps pages."""
        pages: list[tuple[str, bytes, dict[str, str]]] = []
        for _ in range(count):
            told = self._next()
            head = f'<meta property="article:published_time" content="{told.day}T18:00:00Z">'
            pages.append((told.url, page(told.said, head=head, title=told.title).encode(), {}))
        archive.write_bytes(b"".join(warc(*pages)))

    def _next(self) -> Told:
        number = len(self.told)
        city = CITIES[number % len(CITIES)]
        day = FIRST + timedelta(days=number // len(CITIES))
        self.told[city, day.isoformat()] = figure = 11 + number % 700
        said = (
            f"Police detained {figure} people at a rally in {city} on {day.day} {day:%B %Y}, "
            "a reporter of Northline saw."
        )
        return Told(f"https://northline.example/{number}", f"Rally in {city}", said, day)


def run_and_kill(
    start: Callable[[str], Process],
    chance: random.Random,
    *,
    kills: int,
    busy: Callable[[], int],
    before: Callable[[], None],
) -> list[int]:
    """Start a producer and kill it, so often; return how much each had done when it died.

    Every other one is killed at a random time of its start, the rest a moment after they began.
    """
    done = []
    for number in range(kills):
        before()
        stood = busy()
        process = start(f"kill-{number}")
        began = time.monotonic()
        if number % 2:
            time.sleep(chance.uniform(0, 2))
        else:
            while busy() == stood and process.running:
                assert time.monotonic() < began + 60, process.tail()
                time.sleep(0.005)
            time.sleep(chance.uniform(0, 0.3))
        process.popen.kill()
        process.popen.wait()
        done.append(busy() - stood)
    return done


def extract_all(settings: Settings, folder: Path) -> None:
    """Let an extractor and then an aggregator take in all that waits."""
    env = environment(settings) | {"VIGIL_SESSION_TIMEOUT_MS": "1000"}
    process = spawn("extract", [sys.executable, "-m", "vigil", "extract"], folder=folder, env=env)
    deadline = time.monotonic() + 300
    try:
        while health.waiting(settings, group=EXTRACTORS, topic=topics.ARTICLES).messages:
            assert process.running, process.tail()
            assert time.monotonic() < deadline, "the extractor was not done in five minutes"
            time.sleep(0.2)
    finally:
        process.stop()
    finish(settings, folder, seconds=300)


class Topic:
    """What stands on the topic ``articles``, read as it comes."""

    def __init__(self, settings: Settings) -> None:
        self.keys: dict[tuple[int, int], str] = {}
        self._reader = broker.make_reader(settings, topics.ARTICLES)

    def __call__(self) -> int:
        """Return how many messages have been seen."""
        for records in self._reader.poll(timeout_ms=50).values():
            self.keys |= {(one.partition, one.offset): one.key.decode() for one in records}
        return len(self.keys)

    def has(self, positions: dict[tuple[int, int], str]) -> bool:
        """Return whether each article stands where it is told to; waits until all were read."""
        deadline = time.monotonic() + 120
        while not positions.keys() <= self.keys.keys():
            assert time.monotonic() < deadline, "a receipt names a place where nothing stands"
            self()
        return positions.items() <= self.keys.items()

    def close(self) -> None:
        self._reader.close()


def test_killed_producers_leave_every_article_exactly_once(
    servers: Settings, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    asked = int(request.config.getoption("--kills"))
    kills = FEW if asked <= MANY else asked
    given = os.environ.get("SEED")
    seed = int(given) if given else random.SystemRandom().randrange(10**6)
    print(f"\nseed {seed}: SEED={seed} does the same again")  # noqa: T201  # for whoever repeats it
    chance, story = random.Random(seed), Story()
    pushed, dropped, done = (tmp_path / name for name in ("pushed", "dropped", "done"))
    for folder in (pushed, dropped, done):
        folder.mkdir()
    story.crawl(pushed / "00000-night.warc.gz", A_PUSH)
    story.write(pushed, A_PUSH)

    def start(*command: object) -> Callable[[str], Process]:
        whole = [sys.executable, "-m", "vigil", *map(str, command)]
        env = environment(servers)
        return lambda name: spawn(f"{command[0]}-{name}", whole, folder=tmp_path, env=env)

    topic = Topic(servers)
    watch = ("watch", dropped, "--settle", "0", "--done", done)
    of_push = run_and_kill(
        start("push", pushed), chance, kills=kills, busy=topic, before=lambda: None
    )
    of_watch = run_and_kill(
        start(*watch), chance, kills=kills, busy=lambda: len(list(done.glob("*.receipt.json"))),
        before=lambda: story.write(dropped, A_TURN),
    )  # fmt: skip
    print(f"push had sent {of_push}, watch had taken {of_watch} when killed")  # noqa: T201  # its figures
    for command in (("push", pushed), (*watch, "--once")):
        ended = vigil(*command, env=environment(servers))
        assert ended.returncode == 0, ended.stderr
    assert max(of_push) > 0, "no push was killed in the middle: proves nothing"
    assert max(of_watch) > 0, "no watch was killed in the middle: proves nothing"
    receipts = [json.loads(path.read_text()) for path in done.glob("*.receipt.json")]
    assert len(receipts) == len(list(done.glob("*.txt"))) == A_TURN * kills
    told = [article for receipt in receipts for article in receipt["articles"]]
    assert topic.has({(one["partition"], one["offset"]): one["article"] for one in told})
    topic.close()
    extract_all(servers, tmp_path)
    assert counted(rows(servers)) == {name: (figure, 1) for name, figure in story.told.items()}


def counted(exported: list[dict[str, Any]]) -> dict[tuple[str, str], tuple[int, int]]:
    """Return figure and number of claims by city and day."""
    return {
        (row["place"], row["date"]): (row["best"], row["claims"])
        for row in exported
        if row["scope"] == "city"
    }
