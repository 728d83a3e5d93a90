"""Filling a store with the claims of years, which is not timed: on two cores, and without a log.

As a program (``python -m bench.filling FIRST_DAY ARTICLES``) it takes articles of some days into
the store of ``VIGIL_REDIS``, as a rebuild does.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from bench.claims import Days, claim_sets
from consumers.aggregator.ledger import Ledger
from consumers.aggregator.rebuild import BATCH
from vigil.settings import Settings
from vigil.store import make_store

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vigil.claim import ClaimSet

_PATIENCE = 600.0
_TIMEOUT = 60


def apply(ledger: Ledger, sets: Iterable[ClaimSet], *, at_a_time: int = BATCH) -> None:
    """Take articles in, so many at a time."""
    left = iter(sets)
    while some := list(islice(left, at_a_time)):
        ledger.apply(some, now=datetime.now(UTC))


def fill(address: str, articles: int) -> None:
    """Take in so many articles of ``claim_sets`` from the first day on, by two processes.

    Their days are not the same, so neither waits for the other and the store ends as if one had
    filled it.

    Raises:
        CalledProcessError: A process failed.
    """
    first = Days(first=0)
    half = articles // 2 // first.articles_a_day
    shares = [(0, half * first.articles_a_day), (half, articles - half * first.articles_a_day)]
    command = [sys.executable, "-m", "bench.filling"]
    env = os.environ | {"VIGIL_REDIS": address}
    running = [
        subprocess.Popen([*command, str(day), str(count)], env=env)  # noqa: S603  # ourselves
        for day, count in shares
    ]
    failed = [one.returncode for one in running if one.wait()]
    if failed:
        raise subprocess.CalledProcessError(failed[0], command)


def without_log(store: Any) -> None:
    """Have a store keep no log: one of gigabytes is written anew several times while it grows."""
    store.config_set("appendonly", "no")


def with_log(store: Any) -> None:
    """Have a store keep its log again, as services find it, and wait until that is written."""
    store.config_set("appendonly", "yes")
    settle(store)


def settle(store: Any) -> None:
    """Wait until a store has written its log anew: it copies each page that is touched meanwhile.

    Raises:
        TimeoutError: It has not.
    """
    deadline = time.monotonic() + _PATIENCE
    while _writing(store.info("persistence")):
        if time.monotonic() > deadline:
            message = "the store is still writing its log anew"
            raise TimeoutError(message)
        time.sleep(0.5)  # Redis does not tell when it is done: asked again


def _writing(told: Any) -> bool:
    return bool(told.get("aof_rewrite_in_progress") or told.get("aof_rewrite_scheduled"))


def _main(first_day: int, articles: int) -> None:
    settings = Settings()
    store = make_store(settings, timeout=_TIMEOUT)
    ledger = Ledger(store, authority_order=settings.authority_order)
    apply(ledger, claim_sets(articles, Days(first=first_day)))


if __name__ == "__main__":
    _main(int(sys.argv[1]), int(sys.argv[2]))
