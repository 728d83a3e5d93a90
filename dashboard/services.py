"""From Redis to what the services say of themselves, in one small read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vigil import keys, reports
from vigil.store import map_errors

if TYPE_CHECKING:
    from redis import Redis

    from vigil.reports import ServiceReport


class ServicesReader:
    """Reads what services say; keeps nothing, so it may be shared between threads."""

    def __init__(self, store: Redis) -> None:
        self._store = store

    def read(self) -> tuple[ServiceReport, ...]:
        """Return what every instance said last, silent ones and stopped ones among them.

        Raises:
            StoreUnavailable: Redis does not answer.
        """
        with map_errors("reading what services say"):
            fields: Any = self._store.hgetall(keys.SERVICES)
        return reports.parse(fields)
