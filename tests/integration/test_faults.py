"""Killed at random, emptied half way: the store ends as if nothing had ever happened.

``make faults`` does the same with fifty kills; a failure prints the seed it was made with.
"""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING

import pytest

from tests.consumers.aggregator.ledgers import dump
from tests.integration.commands import environment, vigil
from tests.integration.faults import Sender, exports, finish, kill_at_random, send_all
from vigil import broker, rebuilding
from vigil.embedded import embedded
from vigil.settings import Settings
from vigil.store import make_store

if TYPE_CHECKING:
    from pathlib import Path

    from tests.integration.streams import Message

pytestmark = [pytest.mark.integration, pytest.mark.slow, pytest.mark.timeout(1_200)]


FEW = 6
# Who is killed before the store is emptied and who after; None: it is not emptied.
VARIANTS = {
    "one aggregator": (1, None),
    "three aggregators": (3, None),
    "emptied half way, then rebuilt": (1, 2),
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Take what holds most where there is little time, else everything."""
    kills = int(metafunc.config.getoption("--kills"))
    chosen = list(VARIANTS) if kills > FEW else list(VARIANTS)[-1:]
    metafunc.parametrize("kills", [kills])
    metafunc.parametrize(("rivals", "later"), [VARIANTS[one] for one in chosen], ids=chosen)


def undisturbed(messages: list[Message], folder: Path) -> tuple[dict[str, str], dict[str, object]]:
    """Return exports and content of a store that one aggregator filled in peace."""
    folder.mkdir()
    with embedded(Settings(data=folder), folder) as settings:
        broker.ensure_topics(settings)
        send_all(settings, messages)
        finish(settings, folder)
        return exports(settings), content_of(settings)


def content_of(settings: Settings) -> dict[str, object]:
    """Return all that is stored, but for versions and the mark of a rebuild."""
    content = dump(make_store(settings))
    content.pop(rebuilding.KEY, None)
    return content


def empty_and_rebuild(settings: Settings) -> None:
    make_store(settings).flushall()
    done = vigil("rebuild", "--yes", env=environment(settings))
    assert done.returncode == 0, done.stderr


def test_store_ends_as_if_nobody_had_been_killed(
    servers: Settings, tmp_path: Path, kills: int, rivals: int, later: int | None
) -> None:
    given = os.environ.get("SEED")
    seed = int(given) if given else random.SystemRandom().randrange(10**6)
    print(f"\nseed {seed}: SEED={seed} does the same again")  # noqa: T201  # for whoever repeats it
    first = kills // 2 if later else kills
    with Sender(servers, seed) as sender:
        found = kill_at_random(servers, tmp_path, sender, kills=first, rivals=rivals, seed=seed)
        if later:
            empty_and_rebuild(servers)
            found += kill_at_random(
                servers, tmp_path, sender, kills=kills - first, rivals=later, seed=seed + 1
            )
    finish(servers, tmp_path)
    print(f"{found}; {len(sender.sent):,} messages")  # noqa: T201  # the figures of make faults
    assert found.total == kills
    # Of few, all may fall into the start once in some hundred runs.
    assert found.written or kills <= FEW, "nothing was written and not committed: proves nothing"
    wanted, content = undisturbed(sender.sent, tmp_path / "undisturbed")
    assert exports(servers) == wanted
    assert content_of(servers) == content
