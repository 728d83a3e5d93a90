"""Becomes a program that ends when whoever started it is gone, even by SIGKILL (Linux).

Run as ``python -I -S tether.py PARENT PROGRAM ARGUMENT...``. A program of its own, and not a hook
between fork and exec, because such a hook may deadlock in a parent that has threads.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1  # prctl(2)


def main(parent: int, command: list[str]) -> None:
    """Ask the kernel to end us with our parent, then become the program."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        sys.exit("whoever started this is gone")  # it died before the kernel knew what to do
    os.execv(command[0], command)  # noqa: S606  # our own programs, no shell


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
