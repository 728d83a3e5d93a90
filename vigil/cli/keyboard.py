"""Keys of a terminal one by one, and what each of them asks of a replay."""

from __future__ import annotations

import os
import select
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from vigil.replaying import parse_moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigil.replaying import Action, Replaying

HELP: Final = (
    "space pause or play   \N{RIGHTWARDS ARROW} step   \N{LEFTWARDS ARROW} back   + faster   "
    "- slower   g go to a date   b begin again   l loop   q end"
)
_ARROWS: Final = {"\x1b[C": "right", "\x1b[D": "left", "\x1bOC": "right", "\x1bOD": "left"}
_READ: Final = 64
_ACTIONS: Final[dict[str, Action]] = {
    "right": "step", "s": "step", ".": "step", "left": "back", ",": "back",
    "+": "faster", "=": "faster", "-": "slower", "b": "begin", "q": "stop",
}  # fmt: skip


@dataclass(slots=True)
class Keys:
    """What keys ask for; a date is typed letter by letter.

    Attributes:
        typed: The letters of the date that is being typed; None while none is.
        problem: Why the last date was none; "" where nothing is wrong.
    """

    typed: str | None = None
    problem: str = ""

    def press(self, key: str, replay: Replaying) -> tuple[Action, str] | None:
        """Return what a key asks for, with its value; None where it asks for nothing yet."""
        if self.typed is not None:
            return self._type(key)
        self.problem = ""
        if key == "g":
            self.typed = f"{replay.clock:%Y-%m-%d}"
            return None
        if key == " ":
            return ("pause" if replay.state == "playing" else "play"), ""
        if key == "l":
            return "loop", "off" if replay.loop else "on"
        return (_ACTIONS[key], "") if key in _ACTIONS else None

    def _type(self, key: str) -> tuple[Action, str] | None:
        typed = self.typed or ""
        if key in {"\r", "\n"}:
            self.typed = None
            try:
                return "jump", parse_moment(typed).isoformat()
            except ValueError as error:
                self.problem = str(error)
        elif key == "\x1b":
            self.typed = None
        elif key in {"\x7f", "\b"}:
            self.typed = typed[:-1]
        elif len(key) == 1 and key.isprintable():
            self.typed = typed + key
        return None


@dataclass(frozen=True, slots=True)
class Terminal:
    """The keys that are pressed on a terminal, or none where there is none.

    Attributes:
        fd: Where they are read; None where nobody can press one.
    """

    fd: int | None = None

    def pressed(self, seconds: float) -> list[str]:
        """Return the keys pressed within some seconds, at once when there are any.

        None in the background (Ctrl-Z and ``bg``): the keys are the shell's, and whoever reads them
        all the same is stopped by the system.
        """
        if self.fd is None or _own_terminal() is None:
            time.sleep(seconds)
            return []
        _take_keys(self.fd)  # again after ``fg``: the shell had them meanwhile
        if not select.select([self.fd], [], [], seconds)[0] or _own_terminal() is None:
            return []
        return list(split_keys(os.read(self.fd, _READ).decode(errors="replace")))


@contextmanager
def terminal() -> Iterator[Terminal]:
    """Read keys as they are pressed while the block runs; Ctrl-C stays what it is.

    Where standard input is no terminal, or one that belongs to another program now, there are none.
    """
    fd = _own_terminal()
    if fd is None:
        yield Terminal()
        return
    import termios  # not on every system, and only where there is a terminal

    before = termios.tcgetattr(fd)
    try:
        _take_keys(fd)
        yield Terminal(fd)
    finally:
        if _own_terminal() is not None:  # else the shell has set it for itself
            termios.tcsetattr(fd, termios.TCSADRAIN, before)


def _take_keys(fd: int) -> None:
    """Have a terminal give each key at once and show none; what was typed before is not lost."""
    import termios  # as above
    import tty  # likewise

    if termios.tcgetattr(fd)[tty.LFLAG] & termios.ICANON:
        tty.setcbreak(fd, termios.TCSADRAIN)


def split_keys(text: str) -> Iterator[str]:
    """Yield the keys of what a terminal sent at once: letters, arrows by name, Escape."""
    while text:
        arrow = next((code for code in _ARROWS if text.startswith(code)), None)
        if arrow:
            yield _ARROWS[arrow]
        elif not text.startswith("\x1b["):  # another key's code is nobody's letter
            yield text[0]
        text = text[len(arrow) if arrow else len(text) if text.startswith("\x1b[") else 1 :]


def in_front(fd: int) -> bool:
    """Whether what is drawn on a terminal is not drawn over what another program has there."""
    try:
        return os.tcgetpgrp(fd) == os.getpgrp()
    except OSError:
        return True  # no terminal of ours, which nobody else is in front of


def _own_terminal() -> int | None:
    try:
        fd = sys.stdin.fileno()
        return fd if os.isatty(fd) and os.tcgetpgrp(fd) == os.getpgrp() else None
    except (OSError, ValueError, AttributeError):
        return None
