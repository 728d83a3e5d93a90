"""A stream that is sent, aggregators that are killed meanwhile, and what the store then says."""

from __future__ import annotations

import random
import sys
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from consumers.aggregator.service import GROUP, TOPICS
from tests.integration.commands import environment, vigil
from tests.integration.streams import Message, stream
from vigil import admin, broker, health, keys
from vigil.processes import spawn
from vigil.store import make_store

if TYPE_CHECKING:
    from concurrent.futures import Future
    from pathlib import Path
    from typing import Any

    from vigil.processes import Process
    from vigil.settings import Settings

# Small batches and a short silence: more moments between two steps to be killed in.
HURRIED = {"VIGIL_BATCH": "7", "VIGIL_SESSION_TIMEOUT_MS": "1000"}


class Sender:
    """Sends a stream, faster than hurried aggregators take it in, until it is told to stop."""

    def __init__(self, settings: Settings, seed: int, *, a_second: int = 150) -> None:
        self.sent: list[Message] = []
        self._acknowledged: list[Future[Any]] = []
        self._settings = settings
        self._stream = stream(seed)
        self._pause = 10 / a_second
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Sender:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        with broker.make_producer(self._settings) as producer:
            while not self._stopping.wait(self._pause):
                some = [next(self._stream) for _ in range(10)]
                self._acknowledged += [_send(producer, one) for one in some]
                self.sent += some

    def uncommitted(self) -> set[str]:
        """Return the articles that are spoken of beyond what the aggregators have committed."""
        done = {
            topic.name: admin.committed(self._settings, group=GROUP, topic=topic)
            for topic in TOPICS
        }
        found = set()
        for message, future in list(zip(self.sent, self._acknowledged, strict=False)):
            if future.is_done:  # type: ignore[attr-defined]  # kafka-python's own futures
                at = future.get(0)  # type: ignore[attr-defined]  # likewise
                if at.offset >= done[at.topic].get(at.partition, 0):
                    found.add(message.key.partition("#")[0])
            else:
                found.add(message.key.partition("#")[0])
        return found


def send_all(settings: Settings, messages: list[Message]) -> None:
    """Send some messages at once."""
    with broker.make_producer(settings) as producer:
        for one in messages:
            _send(producer, one)


def _send(producer: Any, one: Message) -> Any:
    # A tombstone counts from its timestamp; whatever else is as old would be compacted at once.
    moment = int(one.at.timestamp() * 1000) if one.value is None else None
    return producer.send(one.topic, key=one.key.encode(), value=one.value, timestamp_ms=moment)


def start(settings: Settings, folder: Path, name: str, env: dict[str, str]) -> Process:
    """Start ``vigil aggregate`` as a process of its own."""
    command = [sys.executable, "-m", "vigil", "aggregate"]
    return spawn(name, command, folder=folder, env=environment(settings) | env)


@dataclass(slots=True)
class Kills:
    """When aggregators were killed, and in the middle of what.

    Attributes:
        total: How many were killed.
        starting: Before they had said that they aggregate.
        written: With something in the store that was not committed, and so comes again.
        half: With articles recorded that nobody was told of: between two steps of a batch.
    """

    total: int = 0
    starting: int = 0
    written: int = 0
    half: int = 0
    lives: list[float] = field(default_factory=list)

    def __add__(self, other: Kills) -> Kills:
        return Kills(
            self.total + other.total,
            self.starting + other.starting,
            self.written + other.written,
            self.half + other.half,
            self.lives + other.lives,
        )

    def note(self, settings: Settings, sender: Sender, log: str, life: float) -> None:
        """Look at what a process left that has just been killed."""
        self.total += 1
        self.lives.append(life)
        if "aggregating" not in log:
            self.starting += 1
            return
        articles = sorted(sender.uncommitted())
        store: Any = make_store(settings)
        with store.pipeline(transaction=False) as pipe:
            for article in articles:
                pipe.hexists(keys.record(article), "order")
                pipe.sismember(keys.ARTICLES, article)
            replies = iter(pipe.execute())
        known = list(zip(replies, replies, strict=True))
        self.written += any(recorded for recorded, _ in known)
        self.half += any(recorded and not told for recorded, told in known)

    def __str__(self) -> str:
        mean = sum(self.lives) / max(1, len(self.lives))
        return (
            f"{self.total} kills after {mean:.1f} s in the mean: {self.starting} while starting, "
            f"{self.written} with a batch written and not committed, "
            f"{self.half} of them between two steps of the batch"
        )


def seconds_to_first_batch(settings: Settings, folder: Path) -> float:
    """Return how long an aggregator takes from its start to what it has first written."""
    began = time.monotonic()
    process = start(settings, folder, "first", HURRIED)
    store = make_store(settings)
    try:
        while not store.exists(keys.VERSION):
            assert process.running, process.tail()
            assert time.monotonic() < began + 60, "the aggregator never wrote anything"
            time.sleep(0.01)
        return time.monotonic() - began
    finally:
        process.popen.kill()
        process.popen.wait()


def kill_at_random(
    settings: Settings, folder: Path, sender: Sender, *, kills: int, rivals: int, seed: int
) -> Kills:
    """Let some aggregators work, kill one after a random time, start it again, so often.

    The times reach from nothing to two and a half times what an aggregator takes to its first
    batch on this machine now, so that about two kills of five fall into the start.
    """
    chance = random.Random(f"kills of {seed}")
    longest = 2.5 * seconds_to_first_batch(settings, folder)
    found = Kills()
    living = [start(settings, folder, f"{turn}-0", HURRIED) for turn in range(rivals)]
    born = [time.monotonic()] * rivals
    try:
        for number in range(1, kills + 1):
            turn = chance.randrange(rivals)
            life = chance.uniform(0, longest)
            # Of several, whoever is to die may have lived for long: then a random time from now.
            wait = life if rivals > 1 else born[turn] + life - time.monotonic()
            time.sleep(max(0.0, wait))
            assert living[turn].running, living[turn].tail()
            living[turn].popen.kill()
            living[turn].popen.wait()
            log = living[turn].log.read_text()
            found.note(settings, sender, log, time.monotonic() - born[turn])
            living[turn] = start(settings, folder, f"{turn}-{number}", HURRIED)
            born[turn] = time.monotonic()
    finally:
        for process in living:
            process.popen.kill()
            process.popen.wait()
    return found


def finish(settings: Settings, folder: Path, *, seconds: float = 120) -> None:
    """Let one undisturbed aggregator take in what is left; it may take so long for some of it."""
    # Longer than a busy machine stands still: one that is put out of its group is disturbed.
    process = start(settings, folder, "finish", {"VIGIL_SESSION_TIMEOUT_MS": "10000"})
    deadline, left = time.monotonic() + seconds, _waiting(settings)
    try:
        while now := _waiting(settings):
            if now < left:
                deadline, left = time.monotonic() + seconds, now
            assert process.running, process.tail()
            assert time.monotonic() < deadline, f"{now} are left after {seconds:.0f} s of nothing"
            time.sleep(0.1)
    finally:
        process.stop()


def _waiting(settings: Settings) -> int:
    return sum(health.waiting(settings, group=GROUP, topic=topic).messages for topic in TOPICS)


def exports(settings: Settings) -> dict[str, str]:
    """Return what ``vigil export`` writes, of estimates and of claims."""
    written = {}
    for what in ((), ("--claims",)):
        done = vigil("export", *what, env=environment(settings))
        assert done.returncode == 0, done.stderr
        written[" ".join(what)] = done.stdout
    return written
