"""The mark on a store that is being emptied and filled again: who reads it shows no half truth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

# A hash; its fields are those of ``Rebuilding``. It stays when the rebuild is done.
KEY = "vigil:{all}:rebuild"

State = Literal["running", "stopped", "done"]

# The token of aggregators that fill a store again which went back (``bookmark.lua``).
OF_AGGREGATORS = "aggregators"

# A rebuild says how far it is with every batch: one that has said nothing for so long has died.
SILENT_AFTER = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Rebuilding:
    """The newest rebuild of a store.

    Attributes:
        token: Tells this rebuild from another that takes over.
        state: "done" when it came to its end; until then what is stored is incomplete, whether
            it is "running" or was "stopped" half way.
        started_at: When it began (aware).
        updated_at: When it last said how far it is (aware).
        read: How far it is along the topics ``claims`` and ``reviews``, of ``total``.
        total: How long the way is, 0 while that is not known yet.
    """

    token: str
    state: State
    started_at: datetime
    updated_at: datetime
    read: int = 0
    total: int = 0

    @property
    def done(self) -> bool:
        """Whether what is stored is complete again."""
        return self.state == "done"

    def silent(self, now: datetime) -> bool:
        """Return whether it died without a word: then ``vigil rebuild`` has to be run again."""
        return self.state == "running" and now - self.updated_at > SILENT_AFTER

    def fields(self) -> dict[str, str]:
        """Return it as fields of the hash."""
        return {
            "token": self.token,
            "state": self.state,
            "started-at": self.started_at.isoformat(),
            "updated-at": self.updated_at.isoformat(),
            "read": str(self.read),
            "total": str(self.total),
        }


def parse(fields: Mapping[str, str]) -> Rebuilding | None:
    """Return what the fields of the hash say; None where nothing was ever rebuilt."""
    if not fields:
        return None
    return Rebuilding(
        token=fields["token"],
        state=cast("State", fields["state"]),
        started_at=datetime.fromisoformat(fields["started-at"]),
        updated_at=datetime.fromisoformat(fields["updated-at"]),
        read=int(fields["read"]),
        total=int(fields["total"]),
    )
