"""``python -m tests.fuzz COUNT [SEED]``: broken inputs to every reader; no crash, no hang.

Begins with what is right and breaks it: bytes flipped, cut, doubled and spliced, tokens of every
format put in anywhere, other encodings, numbers and depths beyond measure.
"""

from __future__ import annotations

import faulthandler
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from producers.files import Refusal, as_published, read
from vigil import wire
from vigil.article import Article, article_id, revision_of
from vigil.errors import WireError
from vigil.log import quiet_readers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Of processor time: a machine may be busy with other things. No base takes a tenth of a second.
HANG_SECONDS = 20
KINDS = (".txt", ".html", ".json", ".jsonl", ".meta.json", "message")
_WEIGHTS = (30, 15, 20, 20, 5, 10)
_LONGEST = 60_000

# One a line, in bytes, with escapes.
_TOKENS = [
    line.encode().decode("unicode_escape").encode("latin-1", "replace")
    for line in (Path(__file__).parent / "fuzz_tokens.txt").read_text().splitlines()
]


@dataclass(slots=True)
class Outcome:
    """What came of a run.

    Attributes:
        given: Kind -> inputs.
        articles: Articles that were read.
        refusals: What was refused.
        faults: Seed of an input and what went wrong with it.
        slowest: Seconds of processor time of the slowest input.
    """

    given: Counter[str] = field(default_factory=Counter)
    articles: int = 0
    refusals: int = 0
    faults: list[str] = field(default_factory=list)
    slowest: float = 0.0


class _Hang(BaseException):
    """Not an Exception, so that no reader takes it for one of its own."""


def fuzz(count: int, seed: int, *, tell: Callable[[str], None] = lambda _: None) -> Outcome:
    """Give the readers so many broken inputs; each can be made again from its number and seed."""
    outcome, bases = Outcome(), _bases()
    shared_memory = Path("/dev/shm")  # noqa: S108  # faster by far than a disk, where there is one
    where = shared_memory if shared_memory.is_dir() else None
    with tempfile.TemporaryDirectory(dir=where) as name, _no_hang():
        for number in range(count):
            one(Path(name), bases, f"{seed}:{number}", outcome)
            if number % 10_000 == 9_999:
                tell(f"{number + 1:,} inputs, slowest {outcome.slowest:.1f} s")
    return outcome


def one(folder: Path, bases: dict[str, list[bytes]], seed: str, outcome: Outcome) -> None:
    """Make one input and read it."""
    chance = random.Random(seed)
    kind = chance.choices(KINDS, _WEIGHTS)[0]
    data = _broken(chance, bases[kind], bases[chance.choice(KINDS)])
    outcome.given[kind] += 1
    began = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, HANG_SECONDS)
    try:
        if kind == "message":
            _decode(data, outcome)
        else:
            _read(folder, kind, data, outcome)
    except (Exception, _Hang) as error:  # whatever it is, it is what we look for
        outcome.faults.append(f"{seed} ({kind}): {type(error).__name__}: {str(error)[:200]}")
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    outcome.slowest = max(outcome.slowest, time.process_time() - began)


def _read(folder: Path, kind: str, data: bytes, outcome: Outcome) -> None:
    path = folder / ("a.txt" if kind == ".meta.json" else f"a{kind}")
    files = {path: data} if kind != ".meta.json" else {
        path: b"A march\n\nTen people were detained in Graz.\n", folder / "a.meta.json": data,
    }  # fmt: skip
    for each, content in files.items():
        each.write_bytes(content)
    try:
        items = list(read([path], seen_at=as_published))
        assert items, "neither an article nor a refusal"
        for item in items:
            if isinstance(item, Refusal):
                assert item.reason.isprintable(), "a refusal no terminal can show"
                outcome.refusals += 1
            else:
                assert wire.decode_article(wire.encode_article(item)) == item
                outcome.articles += 1
    finally:
        for each in files:
            each.unlink()


def _decode(data: bytes, outcome: Outcome) -> None:
    for decode in (wire.decode_article, wire.decode_claims, wire.decode_review):
        try:
            decode(data)
        except WireError:
            outcome.refusals += 1
        else:
            outcome.articles += 1


def _broken(chance: random.Random, own: list[bytes], other: list[bytes]) -> bytes:
    data = chance.choice(own)
    for _ in range(chance.choice((1, 1, 2, 3, 5, 9))):
        data = chance.choice(_WAYS)(chance, data, chance.choice(other))[:_LONGEST]
    return data


def _flip(chance: random.Random, data: bytes, _other: bytes) -> bytes:
    made = bytearray(data or b"\0")
    for _ in range(chance.choice((1, 2, 8, 64))):
        made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made)


def _insert(chance: random.Random, data: bytes, _other: bytes) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(_TOKENS) * chance.choice((1, 1, 1, 2, 50)) + data[at:]


def _cut(chance: random.Random, data: bytes, _other: bytes) -> bytes:
    start, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return chance.choice((data[:start], data[start:], data[:start] + data[end:]))


def _double(chance: random.Random, data: bytes, _other: bytes) -> bytes:
    start, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return data[:end] + data[start:end][:2_000] * chance.choice((1, 2, 20)) + data[end:]


def _splice(chance: random.Random, data: bytes, other: bytes) -> bytes:
    start, end = sorted(chance.randrange(len(other) + 1) for _ in range(2))
    at = chance.randrange(len(data) + 1)
    return data[:at] + other[start:end] + data[at:]


def _recode(chance: random.Random, data: bytes, _other: bytes) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(chance.choice(("utf-16", "utf-32", "cp1251", "cp1252", "koi8-r")), "replace")


def _nest(chance: random.Random, data: bytes, _other: bytes) -> bytes:
    opening = chance.choice((b"[", b'{"text":', b"<div>", b"<table><tr><td>", b"("))
    at = chance.randrange(len(data) + 1)
    return data[:at] + opening * chance.choice((10, 500, 5_000)) + data[at:]


_WAYS = (_flip, _insert, _insert, _insert, _cut, _double, _splice, _recode, _nest)


def _bases() -> dict[str, list[bytes]]:
    """Return inputs that are right, by kind."""
    corpus = Path(str(resources.files("producers").joinpath("corpus")))
    texts = [path.read_text() for path in sorted(corpus.rglob("*.txt"))[:40]]
    assert texts
    records = [
        {"title": f"March {number}", "text": text[:3_000], "published": "2022-02-24T12:00:00+03:00",
         "updated": "2022-02-24", "outlet": "Northline", "url": f"https://northline.example/{number}"}
        for number, text in enumerate(texts)
    ]  # fmt: skip
    pages = [_page(record).encode() for record in records]
    meta = [{name: record[name] for name in record if name != "text"} for record in records]
    lines = ["\n".join(map(json.dumps, records[at : at + 4])) for at in range(0, len(records), 4)]
    return {
        ".txt": [text.encode() for text in texts],
        ".html": pages,
        ".json": [json.dumps(record).encode() for record in records]
        + [json.dumps(records[:3], indent=1).encode()],
        ".jsonl": [some.encode() for some in lines],
        ".meta.json": [json.dumps(one).encode() for one in meta],
        "message": [_message(text) for text in texts],
    }


def _page(record: dict[str, str]) -> str:
    body = "".join(f"<p>{part}</p>" for part in record["text"].split("\n\n"))
    return (
        f"<!doctype html><html><head><title>{record['title']}</title><meta charset='utf-8'>"
        f"<link rel='canonical' href='{record['url']}'>"
        f"<meta property='article:published_time' content='{record['published']}'></head><body>"
        f"<nav><a href='/'>Home</a></nav><article><h1>{record['title']}</h1>{body}</article>"
        "<footer>Write to us</footer></body></html>"
    )


def _message(text: str) -> bytes:
    made = Article(
        id=article_id(url=None, text=text),
        revision=revision_of(text=text, published=None, outlet=None),
        seen_at=datetime(2022, 2, 24, tzinfo=UTC),
        text=text,
    )
    return wire.encode_article(made)


@contextmanager
def _no_hang() -> Iterator[None]:
    def hang(*_: object) -> None:
        message = f"no end after {HANG_SECONDS} s"
        raise _Hang(message)

    quiet_readers()
    before = signal.signal(signal.SIGPROF, hang)
    try:
        yield
    finally:
        signal.signal(signal.SIGPROF, before)


def main() -> int:
    """Run as many as asked for; 1 when anything crashed or hung."""
    faulthandler.enable()
    count = int(sys.argv[1])
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else int.from_bytes(os.urandom(3))
    write = sys.stdout.write
    write(f"seed {seed}\n")
    began = time.monotonic()
    outcome = fuzz(count, seed, tell=lambda line: print(line, flush=True))  # noqa: T201  # its progress
    for fault in outcome.faults[:50]:
        write(f"FAULT {fault}\n")
    kinds = ", ".join(f"{kind} {given:,}" for kind, given in sorted(outcome.given.items()))
    write(
        f"{count:,} inputs ({kinds}) in {time.monotonic() - began:.0f} s: "
        f"{outcome.articles:,} read, {outcome.refusals:,} refused, "
        f"slowest {outcome.slowest:.1f} s, {len(outcome.faults)} crashed or hung\n"
    )
    return int(bool(outcome.faults))


if __name__ == "__main__":
    sys.exit(main())
