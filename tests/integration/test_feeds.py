"""``vigil feed`` as people run it: from a site to the estimates, killed meanwhile, exactly once.

``make producer-faults`` kills it thirty times; a failure prints its seed.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.integration.commands import environment, vigil
from tests.integration.exports import rows
from tests.integration.test_producer_faults import (
    CITIES,
    FIRST,
    MANY,
    counted,
    extract_all,
    run_and_kill,
)
from tests.producers.feeds.site import item, page, serving
from vigil import sources, topics
from vigil.processes import spawn
from vigil.replay import watermarks
from vigil.store import make_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.producers.feeds.site import Request, Site
    from vigil.processes import Process
    from vigil.settings import Settings

pytestmark = [pytest.mark.integration, pytest.mark.slow, pytest.mark.timeout(1_800)]

FEW = 4  # kills in every run
A_ROUND = 12  # articles that appear before each start


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


class Paper:
    """A site whose articles make one claim each, in a city and on a day of its own."""

    def __init__(self, site: Site) -> None:
        self.told: dict[tuple[str, str], int] = {}
        self._site = site
        self._items: list[str] = []

    def print(self, count: int) -> None:
        """Publish some more articles, on pages that take their time."""
        for _ in range(count):
            number = len(self.told)
            city = CITIES[number % len(CITIES)]
            day = FIRST + timedelta(days=number // len(CITIES))
            self.told[city, day.isoformat()] = figure = 11 + number % 700
            self._publish(number, self._said(city, figure, f"{day.day} {day:%B %Y}"), title="")
            self._items.append(
                item(f"/{number}", title=f"Rally in {city}", date=f"{day}T18:00:00Z")
            )
        self._site.feed(*reversed(self._items))

    def correct(self, number: int) -> None:
        """Change the figure of an article, and what the feed says of it."""
        city, day = list(self.told)[number]
        self.told[city, day] += 1_000
        when = FIRST + timedelta(days=number // len(CITIES))
        said = self._said(city, self.told[city, day], f"{when.day} {when:%B %Y}")
        self._publish(number, said, title="Corrected: ")
        self._items[number] = item(f"/{number}", title="Corrected", date=f"{day}T18:00:00Z")
        self._site.feed(*reversed(self._items))

    def _said(self, city: str, figure: int, day: str) -> str:
        return (
            f"Police detained {figure} people at a rally in {city} on {day}, a reporter of "
            "Northline saw."
        )

    def _publish(self, number: int, said: str, *, title: str) -> None:
        city = CITIES[number % len(CITIES)]

        def slow(request: Request) -> None:
            self._site.over.wait(0.05)
            request.answer(page(said, title=f"{title}Rally in {city}"), Content_Type="text/html")

        self._site.pages[f"/{number}"] = slow


@pytest.mark.parametrize("servers", ["embedded"], indirect=True)  # the broker plays no part here
def test_killed_reader_of_a_feed_leaves_every_article_exactly_once(
    servers: Settings, site: Site, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    asked = int(request.config.getoption("--kills"))
    kills = FEW if asked <= MANY else asked
    given = os.environ.get("SEED")
    seed = int(given) if given else random.SystemRandom().randrange(10**6)
    print(f"\nseed {seed}: SEED={seed} does the same again")  # noqa: T201  # for whoever repeats it
    paper, address = Paper(site), f"{site.address}/feed.xml"
    site.put("/broken.xml", "", status=500)
    listed = tmp_path / "feeds.txt"
    listed.write_text(f"{site.address}/broken.xml\n{address}\n")
    options = ("--list", str(listed), "--delay", "0", "--interval", "1")

    def start(name: str) -> Process:
        command = [sys.executable, "-m", "vigil", "feed", *options]
        return spawn(name, command, folder=tmp_path, env=environment(servers))

    def on_topic() -> int:
        ends = watermarks(servers, topics.ARTICLES, starts={})
        return sum(end for _, end in ends.values())

    done = run_and_kill(
        start, random.Random(seed), kills=kills, busy=on_topic,
        before=lambda: paper.print(A_ROUND),
    )  # fmt: skip
    print(f"it had sent {done} when killed")  # noqa: T201  # its figures
    assert max(done) > 0, "never killed in the middle: proves nothing"
    assert "Traceback" not in stopped(start("stopped"))
    paper.correct(0)
    ended = vigil("feed", *options, "--once", "--json", env=environment(servers))
    assert ended.returncode == 3, ended.stderr  # of two feeds, one is broken
    told = [json.loads(line) for line in ended.stdout.splitlines()]
    assert {one["event"] for one in told} == {"sent", "asked"}
    broken, source = sources.read(make_store(servers))
    assert broken.error == "HTTP 500 (the site failed)"
    assert (source.url, source.title, source.error) == (address, "Northline", None)
    assert source.seen == A_ROUND * kills
    extract_all(servers, tmp_path)
    assert counted(rows(servers)) == {name: (figure, 1) for name, figure in paper.told.items()}


def stopped(process: Process) -> str:
    """Tell a reader of feeds to stop once it reads; return what it said."""
    deadline = time.monotonic() + 60
    while "reading 2 feeds" not in process.log.read_text():
        assert process.running, process.tail()
        assert time.monotonic() < deadline, "it never began"
        time.sleep(0.02)
    time.sleep(0.3)
    process.stop()
    said = process.log.read_text()
    assert process.popen.returncode == 0, said
    return said
