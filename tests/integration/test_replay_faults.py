"""Replays killed at random: the store ends as if one had gone through undisturbed.

``make faults`` kills more often; a failure prints the seed it was made with.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from consumers.aggregator.service import GROUP as AGGREGATORS
from consumers.extractor.service import GROUP as EXTRACTORS
from dashboard.reader import Reader
from tests.integration.commands import VIGIL, environment, vigil
from tests.producers.archives import warc
from tests.producers.feeds.site import page
from vigil import health, topics
from vigil.processes import spawn
from vigil.replay_clock import ReplayClock
from vigil.replaying import LEASE
from vigil.rows import ESTIMATE_FIELDS, estimate_rows, to_csv
from vigil.store import make_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vigil.processes import Process
    from vigil.settings import Settings

pytestmark = [pytest.mark.integration, pytest.mark.slow, pytest.mark.timeout(1_200)]

FEW = 8
_A_KILL = 25  # articles: so many that a kill at random falls before the end
_CITIES = ("Moscow", "Kazan", "Ufa", "Perm", "Omsk", "Tver", "Samara", "Voronezh")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Kill a third as often as ``make faults`` kills aggregators, and at least twice."""
    kills = int(metafunc.config.getoption("--kills"))
    metafunc.parametrize("kills", [2 if kills <= FEW else max(30, kills // 2)])


def write_winter(folder: Path, articles: int, chance: random.Random) -> None:
    """Write articles of a winter, some of them revised, some without a date, most in archives."""
    folder.mkdir()
    archives: list[list[bytes]] = [[], []]
    crawled: list[tuple[str, bytes, dict[str, str]]] = []
    for number in range(articles):
        city, figure = chance.choice(_CITIES), chance.randrange(2, 900)
        day, hour = 1 + number * 27 // articles, chance.randrange(8, 22)
        meta = {"url": f"https://winter.example/{number if number % 9 else number - 1}"}
        if number % 50:
            meta["published"] = f"2022-02-{day:02}T{hour:02}:{number % 60:02}:00+00:00"
        text = (
            f"A square emptied, {number}\n\nIn {city}, {figure} people were detained on "
            f"{day} February 2022, the monitoring group OVD-Info said.\n"
        )
        if number % 4 < len(archives):
            archives[number % 4].append(json.dumps(meta | {"text": text}).encode() + b"\n")
            continue
        if number % 4 == len(archives):
            title, _, said = text.partition("\n\n")
            crawled.append((meta["url"], _page(said, title, meta.get("published")), {}))
            continue
        name = folder / f"{number:05}.txt"
        name.write_text(text)
        name.with_suffix(".meta.json").write_text(json.dumps(meta))
    (folder / "winter.jsonl").write_bytes(b"".join(archives[0]))
    (folder / "winter.jsonl.gz").write_bytes(gzip.compress(b"".join(archives[1])))
    (folder / "winter.warc.gz").write_bytes(b"".join(warc(*crawled)))


def _page(said: str, title: str, published: str | None) -> bytes:
    told = f'<meta property="article:published_time" content="{published}">' if published else ""
    return page(said, head=told, title=title).encode()


@contextmanager
def reading(settings: Settings, folder: Path) -> Iterator[tuple[Process, ...]]:
    """Run an extractor and an aggregator while the block runs."""
    env = environment(settings) | {"VIGIL_SESSION_TIMEOUT_MS": "3000"}
    found = []
    try:
        for name in ("extract", "aggregate"):
            command = [sys.executable, "-m", "vigil", name]
            found.append(spawn(name, command, folder=folder, env=env))
        yield tuple(found)
    finally:
        for process in found:
            process.stop()


def wait_until_read(settings: Settings, services: tuple[Process, ...]) -> None:
    """Wait until nothing waits in the topics."""
    deadline = time.monotonic() + 300
    for group, topic in ((EXTRACTORS, topics.ARTICLES), (AGGREGATORS, topics.CLAIMS)):
        while health.waiting(settings, group=group, topic=topic).messages:
            for service in services:
                assert service.running, service.tail()
            assert time.monotonic() < deadline, f"{topic.name} was not read"
            time.sleep(0.2)


def counted(settings: Settings) -> str:
    """Return every estimate as ``vigil batch`` writes it."""
    store = make_store(settings)
    found = to_csv(estimate_rows(Reader(store).read().estimates), ESTIMATE_FIELDS)
    store.close()
    return found


def kill_at_random(
    settings: Settings, corpus: Path, *, kills: int, chance: random.Random
) -> list[int]:
    """Start replays and kill each after a random time; return where each stood."""
    store = make_store(settings)
    clock, stood = ReplayClock(store), list[int]()
    for _ in range(kills):
        begin = time.monotonic()
        command = [*VIGIL, "replay", str(corpus), "--rate", "20/s"]
        with subprocess.Popen(
            command, env=environment(settings), stderr=subprocess.PIPE, text=True
        ) as process:
            before = clock.read()
            while (now := clock.read()) is None or (before and now.updated_at == before.updated_at):
                assert process.poll() is None, process.stderr and process.stderr.read()
                assert time.monotonic() < begin + 120, "the replay never said where it stands"
                time.sleep(0.02)
            time.sleep(chance.uniform(0, 1.2))
            process.send_signal(signal.SIGKILL)
        store.delete(LEASE)  # as its timer does
        now = clock.read()
        assert now
        assert not now.at_end, "too few articles: a kill came after the end"
        stood.append(now.sent)
    store.close()
    return stood


def test_replays_that_are_killed_count_every_article_once(
    servers: Settings, tmp_path: Path, kills: int
) -> None:
    given = os.environ.get("SEED")
    seed = int(given) if given else random.SystemRandom().randrange(10**6)
    print(f"\nseed {seed}: SEED={seed} does the same again")  # noqa: T201  # for whoever repeats it
    chance, corpus = random.Random(seed), tmp_path / "winter"
    write_winter(corpus, _A_KILL * (kills + 1), chance)
    with reading(servers, tmp_path) as services:
        stood = kill_at_random(servers, corpus, kills=kills, chance=chance)
        assert stood == sorted(stood), "a replay went back"
        last = vigil("replay", corpus, "--rate", "500/s", env=environment(servers))
        assert "goes on where it was broken off" in last.stderr
        assert f"{_A_KILL * (kills + 1):,} articles sent" in last.stderr
        wait_until_read(servers, services)
    print(f"{kills} kills, the clock at {stood}")  # noqa: T201  # the figures of make faults
    wanted = vigil("batch", "--format", "csv", corpus)
    assert wanted.returncode == 0, wanted.stderr
    assert counted(servers) == wanted.stdout
