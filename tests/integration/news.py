"""Articles in any number, for streams under faults: their figures compete and change."""

from __future__ import annotations

import json
import random
import threading
from datetime import date, timedelta
from typing import TYPE_CHECKING

from producers.files import as_published, read
from producers.push import push
from vigil import broker

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from vigil.settings import Settings

_CITIES = ("Moscow", "Minsk", "Almaty", "Tbilisi", "Yerevan")
_OUTLETS = ("Northline", "The Lantern", "Evening Post")
_VOICES = ("police said", "the monitoring group OVD-Info said", "a reporter saw")
_FIRST = date(2019, 1, 7)
_A_DAY = 30


def write_news(folder: Path, count: int, *, seed: int = 7) -> list[Path]:
    """Write articles with their meta files; the same for the same seed.

    Thirty a day, of which a few say nothing that counts and one in six replaces an earlier one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(seed)
    paths = []
    for number in range(count):
        day = _FIRST + timedelta(days=number // _A_DAY)
        first = number - number % _A_DAY
        replaces = number > first and chance.random() < 1 / 6
        name = chance.randrange(first, number) if replaces else number
        path = folder / f"{number:06}.txt"
        path.write_text(_text(chance, day))
        minute = number % _A_DAY
        meta = {
            "url": f"https://northline.example/{name}",
            "published": f"{day}T18:{minute:02}Z",
            "outlet": chance.choice(_OUTLETS),
        }
        path.with_suffix(".meta.json").write_text(json.dumps(meta))
        paths.append(path)
    return paths


def _text(chance: random.Random, day: date) -> str:
    city = chance.choice(_CITIES)
    if chance.random() < 0.05:
        return f"A quiet evening in {city}\n\nPeople lit candles in {city}. Nobody was detained.\n"
    return (
        f"Rally in {city}\n\nPolice detained {chance.randrange(11, 700)} people at a rally in "
        f"{city} on {day.day} {day:%B %Y}, {chance.choice(_VOICES)}.\n"
    )


class Stream:
    """Pushes files a few at a time from a thread of its own, as a producer under faults does."""

    def __init__(self, settings: Settings, paths: Sequence[Path], *, a_second: int) -> None:
        self.sent: list[tuple[str, str]] = []
        self.over = threading.Event()
        self.failed: list[BaseException] = []
        self._settings = settings
        self._paths = paths
        self._at_a_time = max(1, a_second // 10)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Stream:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        try:
            with broker.producing(self._settings) as producer:
                for at in range(0, len(self._paths), self._at_a_time):
                    some = self._paths[at : at + self._at_a_time]
                    report = push(read(some, seen_at=as_published), producer=producer)
                    assert not report.refusals
                    self.sent += report.articles
                    if self._stopping.wait(0.1):
                        return
        except BaseException as error:  # told by whoever waits for it
            self.failed.append(error)
        finally:
            self.over.set()

    def wait(self, share: float, *, seconds: float = 300) -> None:
        """Wait until so much of it was acknowledged; 1 for all."""
        wanted = share * len(self._paths)
        for _ in range(int(seconds / 0.05)):
            if self.failed:
                raise self.failed[0]
            if len(self.sent) >= wanted:
                return
            self.over.wait(0.05)
            if self.over.is_set():
                break
        if self.failed:
            raise self.failed[0]
        assert len(self.sent) >= wanted, f"{len(self.sent)} of {wanted:.0f} articles were sent"
