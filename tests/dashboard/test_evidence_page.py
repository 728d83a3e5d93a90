"""The page of evidence, run without a browser, over a real store that the ledger wrote."""

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
from tests.dashboard.histories import at
from tests.dashboard.snapshots import FEB_24, KAZAN, MOSCOW, claim
from vigil.claim import Claim, ClaimSet

if TYPE_CHECKING:
    from redis import Redis

    from vigil.settings import Settings

pytestmark = pytest.mark.integration

PAGE = "from dashboard.views import evidence\nevidence.show()"


@pytest.fixture
def page(store: Redis, store_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page of Moscow's figure: 1,400, an hour later 1,313, with 15 in Kazan beside it."""
    monkeypatch.setenv("VIGIL_REDIS", store_settings.redis.get_secret_value())
    st.cache_resource.clear()
    ledger = Ledger(store, authority_order=store_settings.authority_order)
    revisions = [
        article(1, 0, claim(MOSCOW, 1_400, "Monitors counted 1,400 in the capital.")),
        article(1, 60, claim(MOSCOW, 1_313, "Monitors now count 1,313 in the capital.")),
        article(2, 5, claim(KAZAN, 15, "In Kazan 15 were led away.")),
    ]
    for one in revisions:
        ledger.apply([one], now=at(90))
    page = AppTest.from_string(PAGE, default_timeout=120)
    page.query_params["place"] = "RU:city:Moscow:524901"
    page.query_params["when"] = FEB_24.isoformat()
    return page


def article(number: int, minutes: int, *claims: Claim) -> ClaimSet:
    seen: datetime = at(minutes)
    return ClaimSet(
        f"{number:024x}", f"r{minutes}", seen, claims, title="Evening", outlet="The Wire"
    )


def shown(page: AppTest) -> dict[str, Any]:
    assert not page.exception
    given = [json.loads(one.proto.json) for one in page.get("bidi_component")]
    return {data.get("name", "watch"): data for data in given}


def said(data: dict[str, Any]) -> str:
    return " | ".join(text for child in data["children"] for text in texts(child))


def test_page_has_the_steps_of_its_figure_and_what_was_corrected(page: AppTest) -> None:
    parts = shown(page.run())
    chart = json.loads(parts["growth"]["figure"])
    [line] = [one for one in chart["data"] if one["name"] == "the figure shown"]
    assert line["y"] == [1_400, 1_400, 1_313, 1_313]
    assert "24 Feb 2022, 13:00 UTC | 1,313" in said(parts["steps"])
    assert "was 1,400, now 1,313 | , OVD-Info (monitor)" in said(parts["corrections"])
    assert "Monitors counted  | 1,400 |  in the capital." in said(parts["corrections"])


def test_page_as_known_then_has_the_figure_and_the_sentence_of_then(page: AppTest) -> None:
    page.query_params["known"] = "2022-02-24T12:30Z"
    parts = shown(page.run())
    text = said(parts["evidence"])
    assert "As known at 24 Feb 2022, 12:30 UTC." in text
    assert "Monitors counted  | 1,400 |  in the capital." in text
    assert "Monitors now count" not in text
    assert "No figure was taken back by then." in said(parts["corrections"])
    assert said(parts["status"]) == "PAST | 24 Feb 2022, 12:30 UTC"


def test_page_before_its_first_figure_says_so(page: AppTest) -> None:
    page.query_params["known"] = "2022-02-24T11:00Z"
    text = said(shown(page.run())["evidence"])
    assert "No figure then" in text
    assert "The first figure became known at 24 Feb 2022, 12:00 UTC." in text


def test_moment_that_makes_no_sense_is_said_and_now_is_shown(page: AppTest) -> None:
    page.query_params["known"] = "tomorrow"
    text = said(shown(page.run())["evidence"])
    assert "is no moment with its zone" in text
    assert "Monitors now count  | 1,313" in text


def test_choosing_a_moment_changes_page_and_address_and_now_takes_it_back(page: AppTest) -> None:
    page.run()
    page.selectbox[0].select("2022-02-24T12:00Z").run()
    assert page.query_params["known"] == "2022-02-24T12:00Z"
    assert "As known at" in said(shown(page)["evidence"])
    page.selectbox[0].select("").run()
    assert "known" not in page.query_params
    assert "As known at" not in said(shown(page)["evidence"])


def test_page_of_several_figures_has_no_history_and_leads_to_each(page: AppTest) -> None:
    del page.query_params["place"]
    page.query_params["known"] = "2022-02-24T12:30Z"
    parts = shown(page.run())
    assert "one figure at a time" in said(parts["evidence"])
    assert (parts["grown-title"]["children"], parts["growth"]["figure"]) == ([], None)
    assert json.dumps(parts["evidence"]).count('"way": "evidence?') == 2
    assert said(parts["status"]).startswith("LIVE")


def test_figure_without_a_change_is_said_in_words(page: AppTest) -> None:
    page.query_params["place"] = "RU:city:Kazan:551487"
    parts = shown(page.run())
    assert "15 since 24 Feb 2022, 12:05 UTC, unchanged." in said(parts["grown-title"])
    assert parts["growth"]["figure"] is None


def test_figure_that_was_withdrawn_still_has_its_history(
    page: AppTest, store: Redis, store_settings: Settings
) -> None:
    withdrawn = replace(article(1, 70), revision="r70", seen_at=at(60) + timedelta(minutes=10))
    Ledger(store, authority_order=store_settings.authority_order).apply([withdrawn], now=at(90))
    parts = shown(page.run())
    assert "No figure here" in said(parts["evidence"])
    assert "24 Feb 2022, 13:10 UTC | no figure" in said(parts["steps"])
    assert "now no figure" in said(parts["corrections"])


def test_store_that_is_gone_is_said_in_words(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIGIL_REDIS", "redis://127.0.0.1:1/0")
    st.cache_resource.clear()
    parts = shown(page.run())
    assert "does not answer" in said(parts["evidence"])
