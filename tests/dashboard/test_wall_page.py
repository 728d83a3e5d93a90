"""The wall's page, run without a browser: where a click leads."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.views.wall import Way

if TYPE_CHECKING:
    from redis import Redis

    from vigil.settings import Settings

pytestmark = pytest.mark.integration


@pytest.fixture
def wall(store: Redis, store_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    assert store.dbsize() == 0
    monkeypatch.setenv("VIGIL_REDIS", store_settings.redis.get_secret_value())
    st.cache_resource.clear()
    code = "from dashboard.views import wall\nwall.show()"
    return AppTest.from_string(code, default_timeout=60)


def way(page: AppTest) -> Any:
    given = [json.loads(one.proto.json) for one in page.run().get("bidi_component")]
    [watch] = [one for one in given if "go" in one]
    return watch["go"]


def test_browser_is_told_in_several_runs_where_a_click_leads(wall: AppTest) -> None:
    """What one run tells is lost where the next one begins before it was sent."""
    assert way(wall) is None
    clicked = datetime.now(UTC)
    wall.session_state["wall-go"] = Way("?show=evidence", clicked)
    told = [way(wall), way(wall)]
    assert told == 2 * [{"to": "?show=evidence", "clicked": clicked.isoformat()}]


def test_browser_is_told_so_for_a_while_only(wall: AppTest) -> None:
    wall.session_state["wall-go"] = Way("?", datetime.now(UTC) - timedelta(minutes=1))
    assert way(wall) is None
