"""The page of the replay, run without a browser, over a real store and its clock."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from consumers.aggregator.ledger import Ledger
from dashboard.live.nodes import texts
from tests.dashboard.snapshots import FEB_24, MOSCOW, NOON, claim
from tests.vigil.test_replaying import ONE
from vigil.claim import ClaimSet
from vigil.replay_clock import ReplayClock
from vigil.replaying import LEASE, Replaying

if TYPE_CHECKING:
    from redis import Redis

    from vigil.settings import Settings

pytestmark = pytest.mark.integration

EARLY, BETWEEN, LATE = (NOON + timedelta(hours=hours) for hours in (0, 1, 2))


@pytest.fixture
def clock(store: Redis, store_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> ReplayClock:
    """The clock of a replay over a store that knows 900 at noon and 1,200 two hours later."""
    monkeypatch.setenv("VIGIL_REDIS", store_settings.redis.get_secret_value())
    st.cache_resource.clear()
    ledger = Ledger(store, authority_order=store_settings.authority_order)
    for figure, seen_at in ((900, EARLY), (1_200, LATE)):
        said = claim(MOSCOW, figure, f"Monitors counted {figure:,} in the capital.")
        ledger.apply([ClaimSet(f"{figure:024x}", "1", seen_at, (said,), "Evening")], now=LATE)
    found = ReplayClock(store, holder="here 41 a")
    found.take()
    return found


def say(clock: ReplayClock, *, at: datetime = LATE, **changes: Any) -> Replaying:
    """Say where a replay stands that lives on for as long as a test looks."""
    told = replace(ONE, first=EARLY, last=LATE, clock=at, **changes)
    clock.say(told, applied=0)
    clock.store.set(LEASE, clock.holder, ex=600)
    return told


def opened(name: str, **query: str) -> AppTest:
    page = AppTest.from_string(
        f"from dashboard.views import {name}\n{name}.show()", default_timeout=30
    )
    for key, value in query.items():
        page.query_params[key] = value
    return page.run()


def parts(page: AppTest) -> dict[str, Any]:
    assert not page.exception
    given = [json.loads(one.proto.json) for one in page.get("bidi_component")]
    return {data.get("name", "watch"): data for data in given}


def said(data: dict[str, Any]) -> str:
    return " | ".join(text for child in data["children"] for text in texts(child))


def test_page_without_a_replay_says_how_to_start_one(clock: ReplayClock) -> None:
    clock.store.delete("vigil:{all}:replay")
    assert "vigil replay PATH" in said(parts(opened("replay"))["empty"])


def test_page_after_a_replay_says_where_it_ended(clock: ReplayClock) -> None:
    say(clock, state="stopped")
    text = said(parts(opened("replay"))["empty"])
    assert "of a winter, ended at 24 Feb 2022, 14:00 UTC after 3 of 9 articles" in text


def test_page_has_the_clock_its_controls_and_its_days(clock: ReplayClock) -> None:
    say(clock)
    found = parts(opened("replay"))
    assert found["empty"]["children"] == []
    assert said(found["clock"]).startswith("Thursday, 24 Feb 2022 | 14:00 UTC | 1 hour a second")
    assert "Pause" in said(found["controls"])
    columns = json.loads(found["stretches"]["figure"])["data"]
    assert [one["y"] for one in columns] == [[3], [6]]
    assert "1,200" in said(found["headline"])


def test_date_that_is_typed_is_asked_for(clock: ReplayClock) -> None:
    told = say(clock)
    page = opened("replay")
    page.text_input[0].input("2022-02-24 13:00").run()
    [asked] = clock.say(told, applied=0)
    assert asked.request
    assert (asked.request.action, asked.request.value) == ("jump", "2022-02-24T13:00:00+00:00")


def test_date_that_makes_no_sense_is_said_and_nothing_asked(clock: ReplayClock) -> None:
    told = say(clock)
    page = opened("replay")
    page.text_input[0].input("in spring").run()
    assert "'in spring' is no date" in said(parts(page)["said"])
    assert clock.say(told, applied=0) == ()


def test_replay_that_died_says_that_nobody_hears(clock: ReplayClock) -> None:
    say(clock)
    clock.store.delete(LEASE)
    page = opened("replay")
    assert "Broken off" in said(parts(page)["clock"])
    page.text_input[0].input("2022-02-24").run()
    assert "No replay is alive" in said(parts(page)["said"])


@pytest.mark.parametrize(("at", "figure"), [(BETWEEN, "900"), (LATE, "1,200")])
@pytest.mark.parametrize("name", ["replay", "overview", "wall"])
def test_pages_show_what_was_known_at_the_clock(
    clock: ReplayClock, name: str, at: datetime, figure: str
) -> None:
    say(clock, at=at)
    found = parts(opened(name))
    assert said(found["headline"]).startswith(figure)
    newest = said(found["ticker" if name == "wall" else "feed"])
    assert (" | 1,200 | " in newest) == (figure == "1,200")


def test_sentences_behind_a_number_are_those_of_the_clock(clock: ReplayClock) -> None:
    say(clock, at=BETWEEN)
    query = {"place": "RU:city:Moscow:524901", "when": FEB_24.isoformat()}
    for name, more in (("overview", {"show": "evidence"}), ("evidence", {})):
        found = parts(opened(name, **query, **more))
        text = said(found["evidence"])
        assert "Monitors counted  | 900 |  in the capital." in text
        assert "1,200" not in text
        assert said(found["status"]).startswith("REPLAY | 24 Feb 2022, 13:00 UTC")


def test_wall_says_replay_and_live_when_it_has_ended(clock: ReplayClock) -> None:
    say(clock, at=BETWEEN)
    assert parts(opened("wall"))["watch"]["replay"][:2] == ["REPLAY", "24 Feb 2022, 13:00 UTC"]
    say(clock, state="stopped")
    st.cache_resource.clear()
    found = parts(opened("wall"))
    assert (found["watch"]["replay"], found["watch"]["word"]) == (None, "LIVE")
    assert said(found["headline"]).startswith("1,200")
