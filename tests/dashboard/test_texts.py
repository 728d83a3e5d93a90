"""The texts of the pages: trees of plain values in which article text is only ever text."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from dashboard.charts import words
from dashboard.charts.tally import Filters, tally
from dashboard.live.nodes import is_web_address, marked, node, texts
from dashboard.live.source import State
from dashboard.views import panels, sentences, wall_texts
from dashboard.views.state import Subject, subject_from_query
from tests.dashboard.snapshots import (
    FEB_24,
    KAZAN,
    MONITOR,
    MOSCOW,
    NOON,
    RUSSIA,
    TEHRAN,
    claim,
    estimate,
    item,
    snapshot,
)
from vigil.article import BEFORE_ALL
from vigil.claim import Authority
from vigil.estimate import Rule
from vigil.rebuilding import Rebuilding
from vigil.rebuilding import State as RebuildState
from vigil.snapshot import Evidence, Snapshot

if TYPE_CHECKING:
    from vigil.period import Period

MAR_6 = date(2022, 3, 6)


@pytest.mark.parametrize(
    ("period", "text"),
    [
        ((FEB_24, MAR_6), "24 Feb 2022 \N{EN DASH} 6 Mar 2022"),
        ((None, FEB_24), "until 24 Feb 2022"),
        ((FEB_24, None), "since 24 Feb 2022"),
    ],
)
def test_period_says_which_end_is_told(period: Period, text: str) -> None:
    assert words.when_text(estimate(RUSSIA, 13_000, period=period).bucket) == text


def said(children: Any) -> str:
    return " | ".join(text for child in children for text in texts(child))


def picks(children: Any) -> list[Subject]:
    found: list[Subject] = []
    for child in children:
        if isinstance(child, dict):
            if "pick" in child:
                found.append(subject_from_query(json.loads(child["pick"])))
            found += picks(child["children"])
    return found


def evidence(
    sentence: str, figure: int, *, counts: bool = True, url: str | None = None
) -> Evidence:
    return Evidence(
        article="a",
        number=0,
        claim=claim(MOSCOW, figure, sentence),
        title="Evening in the capital",
        outlet="The Wire",
        url=url,
        published=NOON,
        seen_at=NOON,
        counts=counts,
    )


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (8, 10, ["Perhaps ", "90", " were taken"]),
        (0, 7, ["Perhaps", " 90 were taken"]),
        (0, 0, ["Perhaps 90 were taken"]),
        (5, 99, ["Perhaps 90 were taken"]),
    ],
)
def test_figure_is_marked_where_the_claim_says(start: int, end: int, expected: list[str]) -> None:
    parts = [part for part in marked("Perhaps 90 were taken", start, end) if part]
    assert [text for part in parts for text in texts(part)] == expected


@pytest.mark.parametrize(
    ("address", "web"),
    [
        ("https://example.org/a?b=c", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org/a", False),
        ("https://", False),
        ("https://example.org/\nx", False),
        ("http://[::1", False),
        ("ftp://example.org", False),
    ],
)
def test_only_web_addresses_become_links(address: str, web: bool) -> None:
    assert is_web_address(address) is web
    assert ("href" in node("a", "outlet", href=address)) is web


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [(1450, 1450, "1,450"), (500, 1450, "500\N{EN DASH}1,450"), (1600, None, "1,600 or more")],
)
def test_range_is_written_for_people(low: int, high: int | None, text: str) -> None:
    assert words.span(low, high) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(-5, "0 s"), (59, "59 s"), (60, "1 min"), (7200, "2 h"), (86_400 * 3, "3 days")],
)
def test_age_is_rounded_down(seconds: int, text: str) -> None:
    assert words.age(timedelta(seconds=seconds)) == text


def test_moment_is_said_with_its_zone() -> None:
    assert words.moment(datetime(2022, 2, 24, 18, 5, tzinfo=UTC)) == "24 Feb 2022, 18:05 UTC"
    assert words.moment(BEFORE_ALL) == "time not known"


def test_status_says_stale_and_since_when_in_words() -> None:
    state = State(snapshot(), NOON, stale_since=NOON, problem="gone")
    assert "STALE since 12:00:00 UTC" in said(panels.status(state, NOON))


HOUR = timedelta(hours=1)


def marked_store(state: RebuildState, updated_at: datetime, read: int = 0, total: int = 0) -> State:
    mark = Rebuilding("t", state, NOON, updated_at, read, total)
    return State(replace(snapshot([estimate(MOSCOW, 5)]), rebuilding=mark), NOON)


@pytest.mark.parametrize(
    ("state", "text"),
    [
        (marked_store("running", NOON), "REBUILDING | figures are incomplete"),
        (marked_store("running", NOON, 45, 100), "REBUILDING | figures are incomplete, 45% read"),
        (marked_store("stopped", NOON), "INCOMPLETE | a rebuild was broken off"),
        (
            marked_store("running", NOON - timedelta(hours=1)),
            "INCOMPLETE | a rebuild was broken off",
        ),
    ],
)
def test_status_says_that_the_store_is_being_rebuilt(state: State, text: str) -> None:
    assert said(panels.status(state, NOON)).strip() == text
    assert wall_texts.beat(state, NOON)["incomplete"] == text.split(" | ")


def test_status_says_stale_before_anything_else() -> None:
    state = replace(marked_store("running", NOON), stale_since=NOON)
    assert said(panels.status(state, NOON)).startswith("STALE")


def test_status_of_a_store_that_was_rebuilt_is_live() -> None:
    state = marked_store("done", NOON)
    assert said(panels.status(state, NOON)).startswith("LIVE")
    assert wall_texts.beat(state, NOON)["incomplete"] is None


def test_status_says_live_while_the_store_answers() -> None:
    text = said(panels.status(State(snapshot([estimate(MOSCOW, 5)]), NOON), NOON))
    assert text.startswith("LIVE")
    assert "last change 0 s ago" in text


def test_headline_says_what_the_figure_is_and_leads_to_its_sentences() -> None:
    known = snapshot([estimate(MOSCOW, 1450)])
    shown = panels.headline(known, tally(known, Filters()), NOON)
    assert "1,450" in said(shown)
    assert "detentions, not people; reported, not verified" in said(shown)
    assert picks(shown) == [Subject(Filters())]


@pytest.mark.parametrize(("passed", "ago"), [(240, ", 4 min ago"), (86_400 * 30, "")])
def test_age_of_the_newest_item_is_said_while_it_says_something(passed: int, ago: str) -> None:
    known = snapshot(feed=[item("T", claim(MOSCOW, 5, "They took 5."))])
    text = panels.newest(known, NOON + timedelta(seconds=passed))
    assert text == f"newest item 24 Feb 2022, 12:00 UTC{ago}"


def test_feed_shows_the_sentence_with_its_figure_marked() -> None:
    known = snapshot(feed=[item("Evening", claim(MOSCOW, 90, "In all 90 were held."))])
    shown = panels.feed(known, Filters())
    assert "In all  | 90 |  were held." in said(shown)
    assert picks(shown)[0].when == "2022-02-24"


def test_feed_leaves_out_what_the_filters_leave_out() -> None:
    feed = [item("A", claim(MOSCOW, 9, "Some 9.")), item("B", claim(TEHRAN, 8, "Some 8."))]
    text = said(panels.feed(snapshot(feed=feed), Filters(country="IR")))
    assert "Some  | 8" in text
    assert "Some  | 9" not in text


def test_aside_lists_undated_and_cumulative_figures() -> None:
    known = snapshot(
        [estimate(RUSSIA, 13_000, period=(FEB_24, MAR_6)), estimate(KAZAN, 4, day=None)]
    )
    text = said(panels.aside(tally(known, Filters())))
    assert "13,000" in text
    assert "24 Feb 2022 \N{EN DASH} 6 Mar 2022" in text
    assert "undated" in text


@pytest.mark.parametrize(
    ("state", "word"),
    [(State(snapshot()), "vigil push PATH"), (State(None, stale_since=NOON), "does not answer")],
)
def test_empty_page_says_what_to_do_next(state: State, word: str) -> None:
    assert word in said(panels.empty(state))


@pytest.mark.parametrize(
    ("authority", "text"),
    [
        (MONITOR, "OVD-Info (monitor)"),
        (Authority(None, "official"), "official"),
        (Authority(), "nobody named"),
    ],
)
def test_authority_is_said_in_words(authority: Authority, text: str) -> None:
    assert words.authority_text(authority) == text


@pytest.fixture
def known() -> Snapshot:
    return snapshot(
        [
            estimate(RUSSIA, 1667),
            estimate(MOSCOW, 900),
            estimate(MOSCOW, 40, day=MAR_6),
            estimate(RUSSIA, 40, day=MAR_6, rule=Rule.CITIES),
            estimate(RUSSIA, 13_000, period=(FEB_24, MAR_6)),
            estimate(MOSCOW, 70_000, kind="protest"),
        ]
    )


@pytest.mark.parametrize(
    ("subject", "figures"),
    [
        (Subject(Filters()), [1667, 900, 40]),
        (Subject(Filters(), place="RU:city:Moscow:524901"), [900, 40]),
        (Subject(Filters(first=MAR_6), place="RU:city:Moscow:524901"), [40]),
        (Subject(Filters(), when="2022-02-24"), [1667, 900]),
        (Subject(Filters(), when="2022-02-24..2022-03-06"), [13_000]),
        (Subject(Filters(kind="protest")), [70_000]),
        (Subject(Filters(), place="XX:city:Atlantis:"), []),
    ],
)
def test_number_leads_to_the_figures_it_is_made_of(
    known: Snapshot, subject: Subject, figures: list[int]
) -> None:
    assert [one.best for one in sentences.behind(known, subject)] == figures


@pytest.mark.parametrize(
    ("subject", "total"),
    [
        (Subject(Filters()), "1,707"),
        (Subject(Filters(), when="2022-02-24"), "1,667"),
        (Subject(Filters(), place="RU:city:Moscow:524901"), "940"),
        (Subject(Filters(), when="2022-02-24..2022-03-06"), "13,000"),
    ],
)
def test_evidence_repeats_the_number_of_the_overview(
    known: Snapshot, subject: Subject, total: str
) -> None:
    heading = sentences.heading(subject, sentences.behind(known, subject), known)
    assert total in said(heading)
