"""One connection a host at a time, with a pause between two, and none while it asked for peace."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from producers.feeds.errors import FetchError, Stopped

if TYPE_CHECKING:
    from collections.abc import Iterator

# Whoever has to be left alone for longer is asked again in a later round, not waited for.
_WORTH_WAITING_SECONDS = 30.0


@dataclass(slots=True)
class _Host:
    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0
    held_until: float = 0.0


class Hosts:
    """Whose turn it is; shared by everything that asks for pages."""

    def __init__(self, *, delay: float, stopping: threading.Event) -> None:
        """Leave so many seconds between two requests; stop waiting when told to stop."""
        self._delay = delay
        self._stopping = stopping
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, name: str, *, delay: float | None = None) -> Iterator[None]:
        """Wait until a host may be asked, and keep all others from asking it meanwhile.

        Args:
            name: The host, with its port where it has one.
            delay: Seconds to leave it alone afterwards, if longer than for all.

        Raises:
            FetchError: It asked to be left alone for longer than is worth waiting.
            Stopped: The command is to stop.
        """
        host = self._host(name)
        while not host.lock.acquire(timeout=0.2):
            self._check()
        try:
            left = host.held_until - time.monotonic()
            if left > _WORTH_WAITING_SECONDS:
                message = f"{name} asked to be left alone for another {left:.0f} s"
                raise FetchError(message, retry_after=left)
            wait = max(left, host.free_at - time.monotonic())
            if wait > 0:
                self._stopping.wait(wait)
            self._check()
            try:
                yield
            finally:
                host.free_at = time.monotonic() + max(self._delay, delay or 0.0)
        finally:
            host.lock.release()

    def hold(self, name: str, seconds: float) -> None:
        """Leave a host alone for so long."""
        host = self._host(name)
        host.held_until = max(host.held_until, time.monotonic() + seconds)

    def _host(self, name: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(name, _Host())

    def _check(self) -> None:
        if self._stopping.is_set():
            message = "stopped"
            raise Stopped(message)
