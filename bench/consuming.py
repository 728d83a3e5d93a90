"""``python -m bench.consuming``: the bare rate of kafka-python over the topic ``claims``.

A program of its own, so that it can also be measured as kafka-python is published: without the
package ``crc32c``, which Vigil installs beside it, it computes every checksum in Python.
"""

from __future__ import annotations

import subprocess
import sys
import time

_PYTHON_CHECKSUMS = "python-checksums"


def seconds(kafka: str, count: int, *, c_checksums: bool) -> float:
    """Return the processor time of reading so many messages and doing nothing with them."""
    mode = "c-checksums" if c_checksums else _PYTHON_CHECKSUMS
    command = [sys.executable, "-m", "bench.consuming", kafka, str(count), mode]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603  # ourselves
    return float(done.stdout)


def _main(kafka: str, count: int, mode: str) -> None:
    if mode == _PYTHON_CHECKSUMS:
        sys.modules["crc32c"] = None  # type: ignore[assignment]  # as if it were not installed
    from vigil import broker, topics  # noqa: PLC0415  # after that
    from vigil.settings import Settings  # noqa: PLC0415  # likewise

    reader = broker.make_reader(Settings(kafka=kafka), topics.CLAIMS)
    start = time.process_time()
    read = 0
    while read < count:
        read += sum(len(part) for part in reader.poll(timeout_ms=500).values())
    sys.stdout.write(f"{time.process_time() - start}\n")
    reader.close()


if __name__ == "__main__":
    _main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
