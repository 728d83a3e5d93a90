"""Telling the health view how a consumer does: beside its work, never in its way."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from vigil import keys, reports, wire
from vigil.errors import StoreError, VigilError
from vigil.store import make_store, map_errors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redis import Redis

    from consumers.metering import Meter
    from vigil.reports import ServiceReport
    from vigil.settings import Settings

log = logging.getLogger(__name__)

_EVERY_SECONDS = 1.0
_TIMEOUT = 1.0
# How many of its words pass between two looks at who of its kind has long been silent.
_LOOK_AROUND = 60


@contextmanager
def reporting(settings: Settings, meter: Meter) -> Iterator[None]:
    """Say once a second what the meter reads while the block runs, and a last word after it.

    A thread and a client of its own: a store that does not answer delays no article. What cannot
    be said is logged once, and again only after it could be said.
    """
    over = Event()
    thread = Thread(target=_run, args=(settings, meter, over), name="reporting", daemon=True)
    thread.start()
    try:
        yield
    except Exception as error:
        # The text of an error of ours is fit to be shown; what others say may hold anything.
        meter.ends(str(error) if isinstance(error, VigilError) else type(error).__name__)
        raise
    else:
        meter.ends()
    finally:
        over.set()
        thread.join(3 * _TIMEOUT)


def _run(settings: Settings, meter: Meter, over: Event) -> None:
    store = make_store(settings, timeout=_TIMEOUT, retries=0)
    said = 0
    unheard = False
    ended = False
    while not ended:
        ended = over.wait(_EVERY_SECONDS if said else 0)
        report = meter.report()
        try:
            say(store, report)
            if said % _LOOK_AROUND == 0:
                forget_silent(store, report)
        except StoreError as error:
            if not unheard:
                log.warning("the health view is not told: %s", error)
            unheard = True
        else:
            unheard = False
        said += 1
    store.close()


def say(store: Redis, report: ServiceReport) -> None:
    """Write what a service says of itself; no version moves by it.

    Raises:
        StoreUnavailable: Redis does not answer.
    """
    with map_errors("saying how this service does"):
        store.hset(keys.SERVICES, reports.field_of(report), wire.encode(report))


def forget_silent(store: Redis, report: ServiceReport) -> None:
    """Take off the list who of this service's kind has long been silent.

    Raises:
        StoreUnavailable: Redis does not answer.
    """
    with map_errors("reading how other services do"):
        fields: Any = store.hgetall(keys.SERVICES)
        others = reports.parse(fields)
        silent = [
            reports.field_of(one)
            for one in others
            if one.service == report.service
            and one.instance != report.instance
            and one.forgettable(report.at)
        ]
        if silent:
            store.hdel(keys.SERVICES, *silent)
