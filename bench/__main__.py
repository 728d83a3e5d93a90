"""``python -m bench [PART...]``: measures, prints a table, writes ``build/bench.json``."""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bench import report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.figure import Figure

_KEPT: Final = Path("build/bench.json")
# Module of this package -> what it measures, and about how many seconds that takes on two cores.
PARTS: Final = {
    "extraction": ("the extractor beside the full small model, and its gate", 60),
    "extractors": ("two extractors beside one", 65),
    "pushing": ("push beside bare kafka-python, and its memory", 60),
    "replaying": ("the memory of a replay", 20),
    "aggregation": ("the aggregator, and reading, beside a million stored claims", 135),
    "latency": ("an article to its counter", 45),
    "screen": ("an article to the screen", 75),
    "start": ("the start of the demo to the first bar on its chart", 40),
    "memory": ("the memory of the services after 1,000, 10,000 and 100,000 articles", 75),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run measurements; 1 when a promised ratio is not reached, or a part failed."""
    names = _parser().parse_args(arguments).part or list(PARTS)
    began = time.monotonic()
    figures: list[Figure] = []
    failed = []
    for number, name in enumerate(names, 1):
        says, seconds = PARTS[name]
        _tell(f"[{number}/{len(names)}] {name}: {says} (about {report.lasted(seconds)})")
        found = _measured(name)
        figures += found or []
        if found is None:
            failed.append(name)
    out = [report.HEAD, *map(report.line, figures)]
    out += [f"{name} FAILED: its error stands above" for name in failed]
    out.append(f"measured in {report.lasted(time.monotonic() - began)}")
    sys.stdout.write("".join(f"{one}\n" for one in out))
    report.keep(figures, _KEPT, anew=names == list(PARTS) and not failed)
    return int(bool(failed) or any(map(report.misses, figures)))


def _measured(name: str) -> list[Figure] | None:
    """Return the figures of a part, None where it failed: the others are measured all the same."""
    began = time.monotonic()
    try:
        found: list[Figure] = import_module(f"bench.{name}").figures()
    except Exception:  # whatever it is, it is told, and the exit status says so
        _tell(traceback.format_exc())
        return None
    for one in found:
        _tell(f"  {report.line(one)}")
    _tell(f"  {report.lasted(time.monotonic() - began)}")
    return found


def _parser() -> argparse.ArgumentParser:
    width = max(map(len, PARTS))
    parts = (
        f"  {name:{width}}  {says}, about {report.lasted(seconds)}"
        for name, (says, seconds) in PARTS.items()
    )
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description="Measure Vigil, each figure beside a reference of the same run. Progress goes "
        f"to standard error, the table to standard output, the figures into {_KEPT}.",
        epilog="parts:\n" + "\n".join(parts),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "part", nargs="*", type=_part, metavar="PART",
        help="what to measure; everything if left out",
    )  # fmt: skip
    return parser


def _part(name: str) -> str:
    if name not in PARTS:
        message = f"there is no part {name!r}: choose from {', '.join(PARTS)}"
        raise argparse.ArgumentTypeError(message)
    return name


def _tell(text: str) -> None:
    """Tell whoever waits, at once."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
