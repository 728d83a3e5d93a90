"""Writing slots: read, resolved, and written unless somebody else wrote first; then once more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consumers.aggregator.slots import Slot
from vigil import keys
from vigil.errors import StaleWrite
from vigil.store import map_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from redis import Redis

    from consumers.aggregator.scripts import Scripts
    from consumers.aggregator.slots import Change

# Of several writers of one slot one always wins a round, so this is reached only when a slot is
# fought for by many more aggregators than anybody runs.
_ROUNDS = 100


class Settler:
    """Changes slots, each as a whole or not at all."""

    def __init__(self, store: Redis, scripts: Scripts) -> None:
        self._store = store
        self._scripts = scripts

    def settle(
        self, slots: Iterable[str], changed_by: Callable[[Slot], Change | None]
    ) -> tuple[dict[str, int], int, int]:
        """Write slots; return their versions, how many changed, and how many went stale.

        Args:
            slots: Their names.
            changed_by: What is to change in a slot as it was read; None for nothing.

        Raises:
            StoreUnavailable: Redis does not answer.
            StaleWrite: Too many others write the same slot.
        """
        versions: dict[str, int] = {}
        pending = sorted(slots)
        changed = stale = 0
        for _ in range(_ROUNDS):
            if not pending:
                return versions, changed, stale
            changes = []
            for slot in self._read(pending):
                news = changed_by(slot)
                if news:
                    changes.append(news)
                else:
                    versions[slot.name] = slot.version
            written = self._write(changes)
            versions |= {slot: version for slot, version in written.items() if version}
            pending = [slot for slot, version in written.items() if not version]
            changed += len(written) - len(pending)
            stale += len(pending)
        message = f"{pending[0]} and {len(pending) - 1} more slots changed at every try"
        raise StaleWrite(message)

    def _read(self, slots: Sequence[str]) -> Iterable[Slot]:
        """Return the slots as they stand; the version first, so that a mixture is refused."""
        doing = f"reading {len(slots)} slots, the first {slots[0]}"
        with map_errors(doing), self._store.pipeline(transaction=False) as pipe:
            for slot in slots:
                pipe.get(keys.slot_version(slot))
                pipe.hgetall(keys.slot_claims(slot))
                pipe.hgetall(keys.slot_estimates(slot))
            replies = iter(pipe.execute())
        for slot, version, claims, estimates in zip(slots, replies, replies, replies, strict=True):
            yield Slot(slot, int(version or 0), claims, estimates)

    def _write(self, changes: Sequence[Change]) -> dict[str, int]:
        """Return the new version of each slot, 0 where somebody else wrote first."""
        if not changes:
            return {}
        doing = f"writing {len(changes)} slots, the first {changes[0].slot}"
        with map_errors(doing), self._store.pipeline(transaction=False) as pipe:
            for news in changes:
                self._scripts.settle(pipe, news)
            replies = pipe.execute()
        return {news.slot: int(reply) for news, reply in zip(changes, replies, strict=True)}
