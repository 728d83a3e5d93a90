"""A service that starts while Kafka is away waits for it, as one does that runs."""

from __future__ import annotations

import logging
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Final, TypeVar

from vigil.errors import BrokerUnavailable, NotLetIn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from threading import Event

log = logging.getLogger(__name__)

_FIRST_PAUSE_SECONDS: Final = 0.5
_LONGEST_PAUSE_SECONDS: Final = 5.0

T = TypeVar("T")


@contextmanager
def when_there(connect: Callable[[ExitStack], T], *, stopping: Event) -> Iterator[T | None]:
    """Connect to Kafka as soon as it answers; yield None when told to stop before.

    Args:
        connect: Connects, and leaves what is to be closed with the stack it is given.
        stopping: Ends the waiting; a try in hand is made first.

    Raises:
        BrokerError: Kafka does not let us in, or refuses for good.
    """
    pause, doubted = _FIRST_PAUSE_SECONDS, False
    while not stopping.is_set():
        with ExitStack() as stack:
            try:
                connected = connect(stack)
            except BrokerUnavailable as error:
                # A broker that is just going down hangs up on us, too: that we are not let in is
                # believed the second time, and waiting would only hide what to set.
                if isinstance(error, NotLetIn) and doubted:
                    raise
                doubted = isinstance(error, NotLetIn)
                log.warning("waiting for Kafka: %s", error)
            else:
                yield connected
                return
        stopping.wait(pause)
        pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)
    yield None
