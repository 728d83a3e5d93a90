"""``python -m tests.fuzz COUNT [SEED]``: broken inputs to every reader; no crash, no hang.

Begins with what is right and breaks it: bytes flipped, cut, doubled and spliced, tokens of every
format put in anywhere, other encodings, numbers and depths beyond measure.
"""

from __future__ import annotations

import faulthandler
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.fuzz_inputs import KINDS, made, right
from tests.fuzz_readers import Line, Readers, Tally
from vigil.log import quiet_readers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Of processor time: a machine may be busy with other things. No base takes a tenth of a second.
HANG_SECONDS = 20


@dataclass(slots=True)
class Outcome:
    """What came of a run.

    Attributes:
        given: Kind -> inputs.
        tally: What was read and what was refused.
        faults: Seed of an input and what went wrong with it.
        slowest: Seconds of processor time of the slowest input.
    """

    given: Counter[str] = field(default_factory=Counter)
    tally: Tally = field(default_factory=Tally)
    faults: list[str] = field(default_factory=list)
    slowest: float = 0.0


class _Hang(BaseException):
    """Not an Exception, so that no reader takes it for one of its own."""


def fuzz(count: int, seed: int, *, tell: Callable[[str], None] = lambda _: None) -> Outcome:
    """Give the readers so many broken inputs; each can be made again from its number and seed."""
    outcome, bases = Outcome(), right()
    shared_memory = Path("/dev/shm")  # noqa: S108  # faster by far than a disk, where there is one
    where = shared_memory if shared_memory.is_dir() else None
    with tempfile.TemporaryDirectory(dir=where) as name, _line() as line, _no_hang():
        readers = Readers(Path(name), line, tally=outcome.tally)
        for number in range(count):
            one(readers, bases, f"{seed}:{number}", outcome)
            if number % 10_000 == 9_999:
                tell(f"{number + 1:,} inputs, slowest {outcome.slowest:.1f} s")
    return outcome


def one(readers: Readers, bases: dict[str, list[bytes]], seed: str, outcome: Outcome) -> None:
    """Make one input and read it."""
    chance = random.Random(seed)
    [kind] = chance.choices([*KINDS], [*KINDS.values()])
    data = made(chance, kind, bases)
    outcome.given[kind] += 1
    began = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, HANG_SECONDS)
    try:
        readers.give(kind, data)
    except (Exception, _Hang) as error:  # whatever it is, it is what we look for
        outcome.faults.append(f"{seed} ({kind}): {type(error).__name__}: {str(error)[:200]}")
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    outcome.slowest = max(outcome.slowest, time.process_time() - began)


@contextmanager
def _line() -> Iterator[Line]:
    line = Line()
    try:
        yield line
    finally:
        line.close()


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
        f"{outcome.tally.articles:,} read, {outcome.tally.refusals:,} refused, "
        f"slowest {outcome.slowest:.1f} s, {len(outcome.faults)} crashed or hung\n"
    )
    return int(bool(outcome.faults))


if __name__ == "__main__":
    sys.exit(main())
