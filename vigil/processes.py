"""Starting, watching and stopping the processes that a command runs beside itself."""

from __future__ import annotations

import contextlib
import ipaddress
import os
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vigil.errors import EmbeddedError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_POLL_SECONDS = 0.05
_STOP_SECONDS = 8.0
_TAIL_LINES = 12


@dataclass(frozen=True, slots=True)
class Process:
    """One running program: its name for people, its handle, and the file with its output."""

    name: str
    popen: subprocess.Popen[bytes]
    log: Path

    @property
    def running(self) -> bool:
        """Whether it has not ended."""
        return self.popen.poll() is None

    def tail(self) -> str:
        """Return the last lines it printed, for an error message."""
        lines = self.log.read_text(errors="replace").splitlines()
        return "\n".join(f"    {line}" for line in lines[-_TAIL_LINES:])

    def stop(self) -> None:
        """Ask it to end, and end it after a while if it does not."""
        if self.running:
            self.popen.terminate()
        try:
            self.popen.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.popen.kill()
            self.popen.wait()


def spawn(
    name: str, command: Sequence[str], *, folder: Path, env: Mapping[str, str] | None = None
) -> Process:
    """Start a program in a session of its own, its output in ``folder/NAME.log``.

    Of its own, so that a Ctrl-C reaches only us and we stop the parts in the right order. Where
    Linux allows it the program also ends when we are killed and can stop nothing any more.

    Raises:
        EmbeddedError: The program cannot be started.
    """
    program = shutil.which(command[0])
    if program is None:
        message = f"cannot start the {name}: {command[0]} is not there or cannot be run"
        raise EmbeddedError(message)
    log = folder / f"{name.replace(' ', '-')}.log"
    try:
        with log.open("ab") as output:
            popen = subprocess.Popen(  # noqa: S603  # our own programs, no shell
                _tethered([program, *command[1:]]),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=dict(env) if env is not None else None,
                start_new_session=True,
            )
    except OSError as error:
        message = f"cannot start the {name}: {error.strerror}"
        raise EmbeddedError(message) from error
    return Process(name, popen, log)


def wait_until_ready(
    process: Process, ready: Callable[[], bool], *, seconds: float = 30.0, what: str = "answer"
) -> None:
    """Wait until ``ready`` says yes.

    Raises:
        EmbeddedError: The process ended, or the time is over; the text ends in its last output.
    """
    deadline = time.monotonic() + seconds
    while not ready():
        if not process.running:
            code = process.popen.returncode
            message = f"the {process.name} ended at once (status {code}):\n{process.tail()}"
            raise EmbeddedError(message)
        if time.monotonic() > deadline:
            tail = process.tail()
            message = f"the {process.name} did not {what} within {seconds:.0f} s:\n{tail}"
            raise EmbeddedError(message)
        time.sleep(_POLL_SECONDS)


def accepts(port: int, host: str = "127.0.0.1") -> bool:
    """Return whether somebody listens on a port."""
    try:
        socket.create_connection((host, port), timeout=0.5).close()
    except OSError:
        return False
    return True


def is_loopback(host: str) -> bool:
    """Return whether an address is reached from this machine alone."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def free_port(host: str = "127.0.0.1") -> int:
    """Return a port nobody listens on right now."""
    with contextlib.closing(socket.socket()) as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
        return port


def _tethered(command: Sequence[str]) -> list[str]:
    """Return the command that also ends when we are killed and can stop nothing any more."""
    if sys.platform != "linux":
        return list(command)
    tether = str(Path(__file__).with_name("tether.py"))
    return [sys.executable, "-I", "-S", tether, str(os.getpid()), *command]
