"""Who waits to be let into a group says so, now and then, and that it is in."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from consumers.membership import Membership

if TYPE_CHECKING:
    import pytest


class Member:
    """A member of a group whose time the test sets."""

    def __init__(self) -> None:
        self.at = 100.0
        self.inside = False
        self._membership = Membership("readers", lambda: self.inside, clock=lambda: self.at)

    def turns(self, seconds: int, *, inside: bool) -> None:
        self.inside = inside
        for _ in range(4 * seconds):
            self.at += 0.25
            self._membership.look()


def test_who_is_let_in_soon_says_nothing(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    member = Member()
    for _ in range(20):
        member.turns(25, inside=False)
        member.turns(5, inside=True)
    assert caplog.messages == []


def test_who_waits_for_long_says_so_now_and_then(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    member = Member()
    member.turns(60, inside=True)
    member.turns(75, inside=False)
    member.turns(25, inside=False)
    member.turns(60, inside=True)
    member.turns(25, inside=False)
    assert [message.partition(",")[0] for message in caplog.messages] == [
        "not in group readers for 30 s",
        "not in group readers for 90 s",
        "in group readers after 100 s",
    ]
