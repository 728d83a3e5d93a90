"""The pages, run without a browser, over a real store that the ledger wrote."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from consumers.aggregator.ledger import Ledger
from dashboard.live.nodes import texts
from dashboard.reader import Reader
from tests.dashboard.snapshots import FEB_24, KAZAN, MOSCOW, NOON, RUSSIA, claim
from vigil.claim import Claim, ClaimSet
from vigil.errors import StoreUnavailable
from vigil.review import Review, fingerprint

if TYPE_CHECKING:
    from redis import Redis

    from vigil.settings import Settings

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
LATER = datetime(2022, 2, 24, 13, 0, tzinfo=UTC)

pytestmark = pytest.mark.integration


def tell(store: Redis, settings: Settings, *claim_sets: ClaimSet) -> None:
    Ledger(store, authority_order=settings.authority_order).apply(claim_sets, now=LATER)


def article(number: int, *claims: Claim, title: str = "Evening") -> ClaimSet:
    return ClaimSet(
        article=f"{number:024x}",
        revision="1",
        seen_at=NOON,
        claims=claims,
        title=title,
        published=NOON,
        outlet="The Wire",
        url="https://example.org/evening",
    )


@pytest.fixture
def page(store: Redis, store_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("VIGIL_REDIS", store_settings.redis.get_secret_value())
    st.cache_resource.clear()
    return AppTest.from_file(str(APP), default_timeout=120)


@pytest.fixture
def told(store: Redis, store_settings: Settings) -> None:
    tell(
        store,
        store_settings,
        article(1, claim(RUSSIA, 1667, "Across the country 1,667 were held.")),
        article(2, claim(MOSCOW, 900, "Monitors counted 900 in the capital.")),
        article(3, claim(KAZAN, 15, "In Kazan 15 were led away.", day=None)),
    )


def test_search_in_the_past_looks_in_the_sentences_of_then(
    page: AppTest, store: Redis, store_settings: Settings
) -> None:
    first = article(2, claim(MOSCOW, 900, "With water cannons they took 900."))
    revised = replace(
        article(2, claim(MOSCOW, 850, "By tram they took 850.")), revision="2", seen_at=LATER
    )
    tell(store, store_settings, first, revised)
    page.query_params["text"] = "cannons"
    page.run()
    assert "850" not in said(shown(page)["headline"])
    page.query_params["known"] = "2022-02-24T12:30Z"
    page.run()
    assert "900" in said(shown(page)["headline"])
    assert "Total of now: no figure." in said(shown(page)["past"])


def shown(page: AppTest) -> dict[str, Any]:
    """Return what each component of a page was given, by its name."""
    assert not page.exception
    given = [json.loads(one.proto.json) for one in page.get("bidi_component")]
    return {data.get("name", "watch"): data for data in given}


def said(data: dict[str, Any]) -> str:
    return " | ".join(text for child in data["children"] for text in texts(child))


def test_empty_store_says_what_to_do_next(page: AppTest) -> None:
    assert "vigil push PATH" in said(shown(page.run())["empty"])


@pytest.mark.usefixtures("told")
def test_overview_shows_total_bars_map_and_days(page: AppTest) -> None:
    parts = shown(page.run())
    assert "1,667" in said(parts["headline"])
    ranking, world, days = (
        json.loads(parts[name]["figure"])["data"] for name in ("ranking", "world", "days")
    )
    assert (ranking[0]["x"], ranking[1]["x"]) == ([900], [767])
    assert world[0]["marker"]["size"] == [900]
    assert (days[0]["y"], days[1]["y"]) == ([900], [767])
    assert "undated" in said(parts["aside"])
    assert all(None not in data.get("children", ()) for data in parts.values())


@pytest.mark.usefixtures("told")
def test_map_and_library_come_from_this_server(page: AppTest) -> None:
    world = shown(page.run())["world"]
    assert world["config"]["topojsonURL"] == "/app/static/topojson/"
    assert world["library"].startswith("/vigil-assets/plotly-")


@pytest.mark.usefixtures("told")
def test_figures_are_stamped_anew_only_when_the_store_moved(
    page: AppTest, store: Redis, store_settings: Settings
) -> None:
    before = shown(page.run())["ranking"]["stamp"]
    assert shown(page.run())["ranking"]["stamp"] == before
    tell(store, store_settings, article(4, claim(MOSCOW, 950, "By night it was 950.")))
    st.cache_resource.clear()
    assert shown(page.run())["ranking"]["stamp"] != before


@pytest.mark.usefixtures("told")
def test_address_filters_the_view(page: AppTest) -> None:
    page.query_params["from"] = "2022-03-01"
    assert "That is not a zero." in said(shown(page.run())["empty"])


@pytest.mark.usefixtures("told")
def test_choosing_a_kind_changes_the_address(page: AppTest) -> None:
    page.run()
    page.selectbox(key="filter-kind-1").select("protest").run()
    assert page.query_params["kind"] == "protest"
    assert "reported attendances" in said(shown(page)["empty"])


@pytest.mark.usefixtures("told")
def test_choosing_an_episode_changes_the_address(page: AppTest) -> None:
    page.run()
    page.selectbox(key="filter-days-1").select("24 Feb 2022").run()
    assert page.query_params["from"] == page.query_params["to"] == "2022-02-24"


@pytest.mark.usefixtures("told")
def test_evidence_shows_the_sentence_of_a_number(page: AppTest) -> None:
    page.query_params["show"] = "evidence"
    page.query_params["place"] = "RU:city:Moscow:524901"
    page.query_params["when"] = FEB_24.isoformat()
    text = said(shown(page.run())["evidence"])
    assert "Monitors counted  | 900 |  in the capital." in text
    assert "The Wire" in text


@pytest.mark.usefixtures("told")
def test_evidence_of_a_number_nobody_knows_says_so(page: AppTest) -> None:
    page.query_params["show"] = "evidence"
    page.query_params["place"] = "XX:city:Atlantis:"
    assert "No figure here" in said(shown(page.run())["evidence"])


@pytest.mark.usefixtures("told")
def test_evidence_stays_when_its_last_claim_was_marked_as_wrong(
    page: AppTest, store: Redis, store_settings: Settings
) -> None:
    wrong = fingerprint(claim(MOSCOW, 900, "Monitors counted 900 in the capital."))
    found = Review(f"{2:024x}", wrong, "wrong", "Counted twice", "Night desk", LATER)
    Ledger(store, authority_order=store_settings.authority_order).apply([], [found], now=LATER)
    page.query_params["show"] = "evidence"
    page.query_params["place"] = "RU:city:Moscow:524901"
    page.query_params["when"] = FEB_24.isoformat()
    text = said(shown(page.run())["evidence"])
    assert "Every claim for this place and time was marked as wrong." in text
    assert "Monitors counted  | 900 |  in the capital." in text
    assert "by Night desk, 24 Feb 2022, 13:00 UTC: Counted twice" in text


@pytest.mark.usefixtures("told")
def test_markup_in_an_article_stays_text(
    page: AppTest, store: Redis, store_settings: Settings
) -> None:
    title = "<script>alert(1)</script> **bold**"
    tell(store, store_settings, article(5, claim(MOSCOW, 901, "<b>901</b> held."), title=title))
    assert title in said(shown(page.run())["feed"])
    assert not any(title in element.value for element in page.markdown)


def test_store_that_is_gone_is_said_in_words(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIGIL_REDIS", "redis://127.0.0.1:1/0")
    parts = shown(page.run())
    assert "STALE since" in said(parts["status"])
    assert "does not answer" in said(parts["empty"])


@pytest.mark.usefixtures("told")
def test_what_is_saved_while_the_store_is_away_says_when_it_last_answered(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = shown(page.run())
    assert (before["save"]["picture"]["note"], before["watch"]["stale_since"]) == ("", None)

    def away(_reader: Reader) -> int:
        message = "reading the version: Redis is not answering"
        raise StoreUnavailable(message)

    monkeypatch.setattr(Reader, "version", away)
    monkeypatch.setattr("dashboard.live.source.Source._due", lambda _source: True)
    after = shown(page.run())
    saved = after["save"]["picture"]
    assert saved["note"].startswith("As known at ")
    assert "-known-" in saved["file"]
    assert before["watch"]["now"] - 60_000 < after["watch"]["stale_since"] < after["watch"]["now"]
