"""Keys of a terminal: what each asks of a replay, and a date typed letter by letter."""

from __future__ import annotations

import os
import pty
import termios
import tty
from dataclasses import replace

import pytest

from tests.vigil.test_replaying import ONE
from vigil.cli.keyboard import Keys, split_keys, terminal


@pytest.mark.parametrize(
    ("key", "asked"),
    [
        ("right", ("step", "")), ("left", ("back", "")), ("+", ("faster", "")),
        ("-", ("slower", "")), ("b", ("begin", "")), ("q", ("stop", "")), ("l", ("loop", "off")),
        (" ", ("pause", "")), ("x", None),
    ],
)  # fmt: skip
def test_key_asks_for_what_the_help_says(key: str, asked: tuple[str, str] | None) -> None:
    assert Keys().press(key, ONE) == asked


def test_space_plays_what_is_paused() -> None:
    assert Keys().press(" ", replace(ONE, state="paused")) == ("play", "")


def typed(keys: Keys, text: str) -> list[tuple[str, str]]:
    return [found for key in text if (found := keys.press(key, ONE))]


def test_date_is_typed_over_the_day_of_the_clock() -> None:
    keys = Keys()
    assert typed(keys, "g" + "\x7f" * 2 + "25 08:30\n") == [("jump", "2022-02-25T08:30:00+00:00")]
    assert keys.typed is None


def test_letters_of_a_date_ask_for_nothing_else() -> None:
    keys = Keys()
    assert typed(keys, "gq -l") == []
    assert keys.typed == "2022-02-24q -l"


def test_what_is_no_date_is_said_and_asks_for_nothing() -> None:
    keys = Keys()
    assert typed(keys, "gq\n") == []
    assert "is no date" in keys.problem


def test_escape_leaves_the_date() -> None:
    keys = Keys()
    assert typed(keys, "g\x1bq") == [("stop", "")]


def test_arrows_and_letters_that_come_at_once_are_told_apart() -> None:
    assert list(split_keys("a\x1b[C\x1b[D+")) == ["a", "right", "left", "+"]


def test_code_of_another_key_is_no_letter() -> None:
    assert list(split_keys("\x1b[5~")) == []


def test_escape_alone_is_a_key() -> None:
    assert list(split_keys("\x1b")) == ["\x1b"]


def test_keys_in_the_background_are_the_shells(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever reads them there, or sets the terminal, is stopped by the system."""
    ours, theirs = pty.openpty()
    own: int | None = theirs
    monkeypatch.setattr("vigil.cli.keyboard._own_terminal", lambda: own)
    with terminal() as keyboard:
        os.write(ours, b"b")
        assert keyboard.pressed(60) == ["b"]
        os.write(ours, b"b")
        own = None
        assert keyboard.pressed(0) == []
        shell = termios.tcgetattr(theirs)
        shell[tty.LFLAG] |= termios.ICANON
        termios.tcsetattr(theirs, termios.TCSANOW, shell)
        os.write(ours, b"b")
        own = theirs  # `fg`, of which nobody tells a program that runs
        assert keyboard.pressed(60)
        own = None
        of_the_shell = termios.tcgetattr(theirs)
    assert termios.tcgetattr(theirs) == of_the_shell
    os.close(ours)
    os.close(theirs)
