"""Processes: started, watched, stopped; a failure is one clear text."""

from __future__ import annotations

import os
import platform
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from vigil import embedded
from vigil.errors import EmbeddedError
from vigil.processes import accepts, free_port, spawn, wait_until_ready

FOREVER = "import time; time.sleep(600)"


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_stop_ends_the_process(tmp_path: Path) -> None:
    process = spawn("sleeper", python(FOREVER), folder=tmp_path)
    assert process.running
    process.stop()
    assert not process.running


def test_missing_program_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(
        EmbeddedError, match="cannot start the broker: /nowhere/tansu is not there"
    ) as caught:
        spawn("broker", ["/nowhere/tansu"], folder=tmp_path)
    assert "\n" not in str(caught.value)


def test_process_that_ends_at_once_shows_its_last_words(tmp_path: Path) -> None:
    process = spawn("store", python("import sys; sys.exit('no memory left')"), folder=tmp_path)
    with pytest.raises(EmbeddedError, match=r"ended at once \(status 1\):\n +no memory left"):
        wait_until_ready(process, lambda: False)


def test_process_that_never_answers_is_given_up(tmp_path: Path) -> None:
    process = spawn("store", python(FOREVER), folder=tmp_path)
    with pytest.raises(EmbeddedError, match="did not answer within 0 s"):
        wait_until_ready(process, lambda: False, seconds=0.1)
    process.stop()


def test_accepts_tells_a_taken_port() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert accepts(server.getsockname()[1])
    assert not accepts(free_port())


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
def test_child_ends_when_we_are_killed(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib, time\n"
        "from vigil.processes import spawn\n"
        f"command = [sys.executable, '-c', {FOREVER!r}]\n"
        "child = spawn('sleeper', command, folder=pathlib.Path(sys.argv[1]))\n"
        "print(child.popen.pid, flush=True)\n"
        "time.sleep(600)\n"
    )
    with subprocess.Popen([*python(code), str(tmp_path)], stdout=subprocess.PIPE) as parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        os.kill(parent.pid, signal.SIGKILL)
    deadline = time.monotonic() + 60
    while Path(f"/proc/{child}").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not Path(f"/proc/{child}").exists()


def test_missing_binary_says_what_to_do_instead() -> None:
    with pytest.raises(EmbeddedError, match="not installed: run make install, or set VIGIL_KAFKA"):
        embedded._program("broker (Tansu)", "no_such_package", "bin/tansu")


def test_unsupported_platform_says_what_to_do_instead(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    with pytest.raises(EmbeddedError, match="not there for Linux riscv64: set VIGIL_KAFKA"):
        embedded.start_store(tmp_path)
