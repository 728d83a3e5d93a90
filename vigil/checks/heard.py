"""Have the services been heard of lately, and did they say that they are well?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vigil import keys, reports
from vigil.checks.finding import Finding, ok, problem, warning
from vigil.errors import StoreError
from vigil.store import make_store, map_errors

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from vigil.reports import ServiceReport
    from vigil.settings import Settings

_SERVICES = ("extract", "aggregate")


def check_services(settings: Settings, *, now: datetime) -> Iterator[Finding]:
    """Yield how extractors and aggregators do; nothing where Redis cannot be asked."""
    try:
        store = make_store(settings, timeout=3.0, retries=0)
        with map_errors("reading what services say"):
            fields: Any = store.hgetall(keys.SERVICES)
        store.close()
    except (StoreError, ValueError):
        return  # told already, with what to do
    said = reports.parse(fields)
    for service in _SERVICES:
        yield from _service(service, [one for one in said if one.service == service], now)


def _service(service: str, said: Sequence[ServiceReport], now: datetime) -> Iterator[Finding]:
    about = f"vigil {service}"
    alive = [one for one in said if one.alive(now)]
    for one in alive:
        if one.state == "retrying":
            yield problem(
                about, f"{one.instance} fails and tries again: {one.problem}", "mend that"
            )
        elif one.lag is None:
            yield warning(
                about,
                f"{one.instance} is not connected to Kafka, or was given no share yet",
                "look again in a minute; more instances than partitions have nothing to do",
            )
    if alive:
        newest = max(one.at for one in alive)
        seconds = max(0.0, (now - newest).total_seconds())
        yield ok(about, f"{len(alive)} running, last heard of {seconds:.0f} s ago")
    elif not said:
        yield warning(about, "was never heard of", f"start it: {about}")
    else:
        last = said[-1]
        why = last.problem or ("it was stopped" if last.state == "stopped" else "it fell silent")
        yield warning(about, f"none runs; the last: {why}", f"look at its log, and start {about}")
