"""Sentinels, and what they watch over, that go by host names as their certificates do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.integration.test_secured_stores import ESTIMATES, behind, counted, told
from tests.real.secured import Authority
from tests.real.sentinels import NAME, watched

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.integration


def test_sentinels_and_what_they_watch_over_go_by_names(tmp_path: Path) -> None:
    with watched(tmp_path, Authority(tmp_path), host="localhost") as guards:
        settings = behind(guards)
        assert counted(settings) == ESTIMATES
        assert told(settings, "Sentinels")[0] == (
            "ok",
            f"3 answer, and name localhost:{guards.ports[0]} as {NAME!r}",
        )
        guards.servers[0].popen.kill()
        guards.wait_for_primary(1)
        assert counted(settings) == ESTIMATES
        named = f"localhost:{guards.ports[1]} as {NAME!r}"
        assert told(settings, "Sentinels")[0][1].endswith(named)
