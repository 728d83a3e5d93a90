"""The memory a replay takes, which is not to grow with its corpus.

As a program (``python -m bench.replaying KAFKA REDIS DATA ARCHIVE``) it replays an archive as fast
as Kafka takes it and prints its own peak of memory.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bench import texts
from bench.figure import Figure
from bench.pushing import own_peak
from vigil import broker
from vigil.embedded import start_broker, start_store
from vigil.pace import Pace
from vigil.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

_FEW, _MANY = 1_000, 30_000
_FASTEST = 1_000_000.0


def figures() -> list[Figure]:
    """Return the figures of replaying."""
    with tempfile.TemporaryDirectory(prefix="vigil-bench-") as name:
        folder = Path(name)
        kafka, redis = start_broker(folder), start_store(folder)
        try:
            servers = (kafka.address, redis.address)
            few, many = (_peak(folder, servers, count) for count in (_FEW, _MANY))
        finally:
            kafka.process.stop()
            redis.process.stop()
    return [
        Figure(
            f"replay, memory with {_MANY:,} articles", many / 1024, "MiB", few / many, 0.7,
            f"highest memory of the process, an archive of .jsonl; beside {_FEW:,} of them",
        )
    ]  # fmt: skip


def _peak(folder: Path, servers: Sequence[str], count: int) -> float:
    archive = folder / f"{count}.jsonl"
    _write(archive, count)
    command = [sys.executable, "-m", "bench.replaying", *servers, str(folder), str(archive)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603  # ourselves
    return float(done.stdout)


def _write(archive: Path, count: int) -> None:
    usual = [texts.of_usual_length(one).text for one in texts.corpus()]
    with archive.open("w") as file:
        for number in range(count):
            record = {
                "text": usual[number % len(usual)],
                "url": f"https://northline.example/{number}",
                "published": f"2022-{number % 12 + 1:02}-{number % 28 + 1:02}",
            }
            file.write(json.dumps(record) + "\n")


def _main(kafka: str, redis: str, data: Path, archive: Path) -> int:
    from vigil.cli.replay import corpus, stream  # noqa: PLC0415  # the program's own part
    from vigil.cli.replay_options import Wanted  # noqa: PLC0415

    settings = Settings(kafka=kafka, redis=redis, data=data)
    broker.ensure_topics(settings)
    found, _ = corpus(archive, data)
    told, _ = stream(found, settings, Wanted(pace=Pace(rate=_FASTEST), restart=True))
    sys.stdout.write(f"{own_peak()}\n")
    return int(not told.at_end)


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4])))
