"""``vigil replay`` as a person runs it: on a terminal, steered by keys, one at a time."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import termios
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from tests.integration.articles import write_evening
from tests.integration.commands import VIGIL, environment, vigil
from vigil.replay_clock import ReplayClock
from vigil.store import make_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from vigil.replaying import Replaying
    from vigil.settings import Settings

pytestmark = pytest.mark.integration

# Makes a terminal the program's own, as a shell does.
_ON_TERMINAL = "import os, sys; os.login_tty(int(sys.argv[1])); os.execv(sys.argv[2], sys.argv[2:])"


@dataclass
class Desk:
    """A program on a terminal, its keys, and all that stood on the screen."""

    process: subprocess.Popen[bytes]
    fd: int
    screen: list[bytes] = field(default_factory=list)

    def press(self, keys: str) -> None:
        os.write(self.fd, keys.encode())

    def look(self) -> None:
        """Read what is drawn until the program is gone, or it would wait for a reader."""
        while True:
            try:
                self.screen.append(os.read(self.fd, 65_536))
            except OSError:  # the other end is closed
                return


@contextmanager
def desk(*arguments: object, env: dict[str, str]) -> Iterator[Desk]:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", _ON_TERMINAL, str(theirs), *VIGIL, *map(str, arguments)]
    with subprocess.Popen(command, env=env | {"TERM": "xterm"}, pass_fds=(theirs,)) as process:
        os.close(theirs)
        found = Desk(process, ours)
        reader = threading.Thread(target=found.look, daemon=True)
        reader.start()
        try:
            yield found
        finally:
            process.kill()
            process.wait()
            reader.join(10)
    os.close(ours)


def wait_for(clock: ReplayClock, what: Callable[[Replaying], bool]) -> None:
    deadline = time.monotonic() + 60
    while (found := clock.read()) is None or not what(found):
        assert time.monotonic() < deadline, f"still {found}"
        time.sleep(0.05)


def test_keys_steer_a_replay_and_it_goes_on_where_it_was_ended(
    servers: Settings, tmp_path: Path
) -> None:
    corpus, env = tmp_path / "evening", environment(servers)
    corpus.mkdir()
    write_evening(corpus, updates=30)  # from 17:01 UTC, one a minute
    clock = ReplayClock(make_store(servers))
    with desk("replay", corpus, "--rate", "0.01", env=env) as replay:
        wait_for(clock, lambda one: one.sent == 1)
        replay.press("s")
        wait_for(clock, lambda one: one.state == "paused" and one.sent == 2)
        second = vigil("replay", corpus, env=env)
        assert second.returncode == 1
        assert "another replay of evening holds the clock" in second.stderr
        replay.press("g 17:10\r")
        wait_for(clock, lambda one: one.sent == one.position == 10)
        replay.press("q")
        assert replay.process.wait(60) == 0
        wait_for(clock, lambda one: one.state == "stopped")
    shown = b"".join(replay.screen).decode()
    for text in ("PAUSED", "Thu 24 Feb 2022 17:10 UTC", "0.01 articles a second", "10 of 30"):
        assert text in shown
    assert "33:20 left" in shown  # twenty articles, each after 100 s
    again = vigil("replay", corpus, "--rate", "1000/s", "--json", env=env)
    assert again.returncode == 0, again.stderr
    assert "goes on where it was broken off: Thu 24 Feb 2022 17:10 UTC" in again.stderr
    told = [json.loads(line) for line in again.stdout.splitlines()]
    assert (told[-1]["state"], told[-1]["sent"], told[-1]["total"]) == ("stopped", 30, 30)


def away_for_a_while(replay: Desk, clock: ReplayClock) -> None:
    """Do as Ctrl-Z and `fg` do in a shell, which reads whole lines meanwhile."""
    replay.process.send_signal(signal.SIGSTOP)
    wait_for(clock, lambda one: not one.held)
    mode = termios.tcgetattr(replay.fd)
    mode[3] |= termios.ICANON
    termios.tcsetattr(replay.fd, termios.TCSANOW, mode)
    replay.process.send_signal(signal.SIGCONT)
    wait_for(clock, lambda one: one.held)


@pytest.mark.parametrize("servers", ["embedded"], indirect=True)  # Kafka plays no part here
def test_every_key_does_what_the_line_below_the_clock_says(
    servers: Settings, tmp_path: Path
) -> None:
    corpus, env = tmp_path / "evening", environment(servers)
    corpus.mkdir()
    write_evening(corpus, updates=9)
    clock = ReplayClock(make_store(servers))
    with desk("replay", corpus, "--speed", "1x", "--max-gap", "none", env=env) as replay:
        wait_for(clock, lambda one: one.sent == 1)
        for keys, what in (
            (" ", lambda one: one.state == "paused"),
            ("\x1b[C\x1b[C", lambda one: one.position == one.sent == 3),
            ("\x1b[D", lambda one: (one.position, one.sent) == (2, 3)),
            ("++", lambda one: one.pace.speed == 60),
            ("--", lambda one: one.pace.speed == 1),
            ("l", lambda one: one.loop),
            ("l", lambda one: not one.loop),
            ("g\x7f\x7f24 17:08\r", lambda one: one.position == one.sent == 8),
            ("g 17:05\r", lambda one: (one.position, one.sent) == (5, 8)),
            ("b", lambda one: (one.position, one.state) == (0, "paused")),
            (" ", lambda one: one.state == "playing" and one.position == 1),
        ):
            replay.press(keys)
            wait_for(clock, what)
        away_for_a_while(replay, clock)
        replay.press(" ")
        wait_for(clock, lambda one: one.state == "paused" and not one.at_end)
        replay.press("\x03")
        assert replay.process.wait(60) == 0
    assert b"the same command goes on from there" in b"".join(replay.screen)


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--speed", "1d/s", "--rate", "5"), "a speed or a rate"),
        (("--speed", "quickly"), "'quickly'"),
        (("--from", "yesterday"), "is no date"),
    ],
)
def test_options_that_make_no_sense_are_refused(
    tmp_path: Path, options: tuple[str, ...], why: str
) -> None:
    done = vigil("replay", tmp_path, *options)
    assert done.returncode == 2
    assert why in done.stderr
