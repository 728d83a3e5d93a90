"""Pushing beside a bare kafka-python producer of the same bytes, and the memory it takes.

As a program (``python -m bench.pushing KAFKA FOLDER``) it pushes a folder and prints its own peak
of memory: a process never gives its highest memory back, so each measurement needs its own.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench import texts
from bench.figure import Figure
from producers.files import as_published, read
from producers.outbox import Outbox
from producers.push import push
from producers.pushing import run, steps
from vigil import broker, topics, wire
from vigil.article import Article
from vigil.embedded import start_broker
from vigil.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from producers.refusal import Refusal

_ARTICLES = 4_000
_REPEATS = 5
_FEW, _MANY = 1_000, 100_000
_PUBLISHED = "2022-02-24T12:00:00+03:00"


def figures() -> list[Figure]:
    """Return the figures of pushing."""
    with tempfile.TemporaryDirectory(prefix="vigil-bench-") as name:
        folder = Path(name)
        server = start_broker(folder)
        settings = Settings().model_copy(update={"kafka": server.address})
        try:
            broker.ensure_topics(settings)
            return [*_rates(settings, folder), _memory(settings, folder)]
        finally:
            server.process.stop()


def _rates(settings: Settings, folder: Path) -> list[Figure]:
    lines, files = _write(folder)
    articles = [one for one in read([lines], seen_at=as_published) if isinstance(one, Article)]
    messages = [(one.id.encode(), wire.encode_article(one)) for one in articles]
    # In turn, so that a machine that slows down slows all of them.
    turns = [
        (
            _bare(settings, messages),
            _pushed_from(settings, lines),
            _pushed(settings, articles),
            _pushed_from(settings, files),
        )
        for _ in range(_REPEATS)
    ]
    bare, of_lines, ready, of_files = map(statistics.median, zip(*turns, strict=True))
    how = f"{_ARTICLES} articles of the usual length, median of {_REPEATS}; beside it"
    return [
        Figure(
            "push of .jsonl, to kafka-python", _ARTICLES / of_lines, "articles/s",
            bare / of_lines, 0.7, f"{how}: read, checked, sent, acknowledged",
        ),
        Figure(
            "push of articles, to kafka-python", _ARTICLES / ready, "articles/s",
            bare / ready, 0.7, f"{how}: encoded, sent, acknowledged",
        ),
        Figure(
            "push of .txt, to kafka-python", _ARTICLES / of_files, "articles/s",
            bare / of_files, 0.7, f"{how}: a file each, its date searched in vain",
        ),
    ]  # fmt: skip


def _pushed_from(settings: Settings, path: Path) -> float:
    """Return the seconds of what ``vigil push PATH`` does."""
    with broker.producing(settings) as producer:
        start = time.perf_counter()
        todo = steps([path], seen_at=as_published, positions=None)
        run(todo, Outbox(producer), positions=None, progress=lambda _step, _outcome: None)
        return time.perf_counter() - start


def _pushed(settings: Settings, items: Iterable[Article | Refusal]) -> float:
    with broker.producing(settings) as producer:
        start = time.perf_counter()
        push(items, producer=producer, keep=False)
        return time.perf_counter() - start


def _bare(settings: Settings, messages: list[tuple[bytes, bytes]]) -> float:
    with broker.make_producer(settings) as producer:
        start = time.perf_counter()
        for key, value in messages:
            producer.send(topics.ARTICLES.name, key=key, value=value)
        producer.flush()
        return time.perf_counter() - start


def _memory(settings: Settings, folder: Path) -> Figure:
    few, many = (_peak(settings, folder / str(count), count) for count in (_FEW, _MANY))
    return Figure(
        f"push, memory with {_MANY:,} files", many / 1024, "MiB", few / many, 0.8,
        f"highest memory of the process, files of one folder; beside {_FEW:,} of them",
    )  # fmt: skip


def _peak(settings: Settings, folder: Path, count: int) -> float:
    """Return the highest memory in KiB of a process that pushes so many small files."""
    folder.mkdir()
    for number in range(count):
        text = f"A march of {number}\n\nTen people were detained in Graz, police said.\n"
        (folder / f"{number:06}.txt").write_text(text)
    command = [sys.executable, "-m", "bench.pushing", settings.kafka, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603  # ourselves
    return float(done.stdout)


def _write(folder: Path) -> tuple[Path, Path]:
    """Write the same articles as lines of one file, dated, and as files of a folder, undated."""
    usual = [texts.of_usual_length(one).text for one in texts.corpus()]
    lines, files = folder / "articles.jsonl", folder / "files"
    files.mkdir()
    with lines.open("w") as file:
        for number in range(_ARTICLES):
            text = f"{usual[number % len(usual)]}\n\nArticle {number} of its day.\n"
            url = f"https://northline.example/{number}"
            record = {"text": text, "published": _PUBLISHED, "outlet": "Northline", "url": url}
            file.write(json.dumps(record) + "\n")
            (files / f"{number:06}.txt").write_text(text)
    return lines, files


def _main(kafka: str, folder: Path) -> None:
    _pushed_from(Settings(kafka=kafka), folder)
    sys.stdout.write(f"{own_peak()}\n")


def own_peak() -> int:
    """Return the highest memory of this process in KiB.

    Linux hands the peak of whoever started us on in what getrusage tells: this is our own.
    """
    status = Path("/proc/self/status").read_text().splitlines()
    return int(next(line.split()[1] for line in status if line.startswith("VmHWM")))


if __name__ == "__main__":
    _main(sys.argv[1], Path(sys.argv[2]))
