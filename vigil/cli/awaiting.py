"""Waiting for a Kafka that is not there yet when a producer starts: said once, then gone on."""

from __future__ import annotations

import math
import signal
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import typer

from vigil import broker
from vigil.cli.console import Exit, interrupt, say
from vigil.errors import BrokerUnavailable, NotLetIn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vigil.settings import Settings

# Nobody is told of a broker that only takes a breath; a machine far away is given more time later.
_FIRST_SECONDS: Final = 3.0
_LATER_SECONDS: Final = 15.0
_LEAST_SECONDS: Final = 0.1  # of a last try
_BACK_OFF: Final = (1.0, 2.0, 5.0, 10.0)  # waits between two tries; then the last


def kafka_there(
    settings: Settings, *, tell: Callable[[str], None], patience: float | None = None
) -> None:
    """Make the topics that are missing, as soon as Kafka answers.

    Args:
        settings: Where Kafka is.
        tell: Told once that it is waited for, and once that it answers.
        patience: Seconds after which that is given up; None: never.

    Raises:
        BrokerUnavailable: It did not answer for so long.
        BrokerError: It does not let us in, or will not create a topic.
    """
    began, tries = time.monotonic(), 0
    told = doubted = False
    end = began + (math.inf if patience is None else patience)

    def left() -> float:
        return max(0.0, end - time.monotonic())

    while True:
        seconds = min(_LATER_SECONDS if tries else _FIRST_SECONDS, max(left(), _LEAST_SECONDS))
        try:
            broker.ensure_topics(settings, bootstrap_ms=int(1_000 * seconds))
            break
        except BrokerUnavailable as error:
            # Waiting would only hide what to set. But a broker that is just going down hangs up
            # on us, too: that we are not let in is believed the second time.
            if not left() or (isinstance(error, NotLetIn) and doubted):
                raise
            doubted = isinstance(error, NotLetIn)
        if not (told or doubted):
            told = True
            tell(
                f"Kafka at {settings.kafka} does not answer: waiting for it, "
                f"with tries ever further apart (up to {_BACK_OFF[-1]:.0f} s)"
            )
        time.sleep(min(_BACK_OFF[min(tries, len(_BACK_OFF) - 1)], left()))
        tries += 1
    if told:
        tell(f"Kafka at {settings.kafka} answers, after {time.monotonic() - began:.0f} s")


def service_kafka_there(settings: Settings, *, tell: Callable[[str], None]) -> None:
    """Do as ``kafka_there`` does for ever, and end in order where SIGTERM or Ctrl-C asks for it.

    Raises:
        BrokerError: Kafka does not let us in, or will not create a topic.
        Exit: That was asked for: nothing is on its way yet, so nothing is waited for.
    """
    try:
        with _interrupted_by_signals():
            kafka_there(settings, tell=tell)
    except KeyboardInterrupt:
        say("stopped while Kafka was waited for: nothing was sent")
        raise typer.Exit(Exit.DONE) from None


@contextmanager
def _interrupted_by_signals() -> Iterator[None]:
    """Let both signals interrupt at once while the block runs, whatever they do otherwise."""
    asked = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, interrupt) for number in asked}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
