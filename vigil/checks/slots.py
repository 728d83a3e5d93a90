"""Is every slot of a Redis Cluster covered by a node that answers?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from redis.exceptions import ConnectionError, NoPermissionError, TimeoutError  # noqa: A004  # theirs

from vigil.checks.finding import Finding, ok, problem, warning
from vigil.cluster import ClusterStore
from vigil.errors import StoreUnavailable
from vigil.store import map_errors

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

    from redis import Redis

_ABOUT: Final = "Redis Cluster"
_SLOTS: Final = 16_384
_OF: Final = re.compile(rf"(\d+) of {_SLOTS} covered")  # how redis-py says so, and connects to none


def check_slots(store: Redis) -> Generator[Finding, None, bool]:
    """Yield whether all slots are covered; nothing of a server that is in no cluster.

    Returns:
        Whether every primary could be asked and everything can be read and written.

    Raises:
        StoreUnavailable: No node answers.
    """
    client: Any = store
    if not isinstance(client, ClusterStore):
        return True
    try:
        with map_errors("asking for the nodes of the cluster"):
            cluster: Any = client.connected()
    except StoreUnavailable as error:
        found = _OF.search(str(error))
        if found is None:
            raise
        yield _uncovered(_SLOTS - int(found[1]))
        return False
    told: list[Mapping[str, str]] = []
    silent: list[str] = []
    for node in cluster.get_primaries():
        try:
            told.append(cluster.get_redis_connection(node).execute_command("CLUSTER INFO"))
        except NoPermissionError:
            yield warning(
                _ABOUT,
                "does not let this user ask whether all slots are covered",
                "let it: +cluster|info (docs/security.md)",
            )
            return True
        except (ConnectionError, TimeoutError):
            silent.append(str(node.name))
    if silent:
        yield problem(
            _ABOUT,
            f"{', '.join(sorted(silent))} does not answer, or not to this user",
            "start it again; with a replica another node takes over by itself",
        )
    return (yield from _covered(told)) and not silent


def _covered(told: Sequence[Mapping[str, str]]) -> Generator[Finding, None, bool]:
    """Yield how it is by the node that sees the least: they may differ for a while."""
    if not told:
        return False
    assigned = min(int(one["cluster_slots_assigned"]) for one in told)
    served = min(int(one["cluster_slots_ok"]) for one in told)
    if assigned < _SLOTS:
        yield _uncovered(_SLOTS - assigned)
    elif served < _SLOTS:
        yield problem(
            _ABOUT,
            f"the node of {_SLOTS - served:,} slots is missed by others",
            "start it again; with a replica another node takes over by itself",
        )
    elif any(one["cluster_state"] != "ok" for one in told):
        yield problem(
            _ABOUT,
            "a node says that the cluster is down",
            "look at its log: it may not see most of the others",
        )
    else:
        yield ok(_ABOUT, f"all {_SLOTS:,} slots are covered by {len(told)} primaries")
        return True
    return False


def _uncovered(slots: int) -> Finding:
    return problem(
        _ABOUT,
        f"{slots:,} of {_SLOTS:,} slots belong to no node: what falls into them can be neither "
        "read nor written",
        "give them to nodes: redis-cli --cluster fix HOST:PORT",
    )
