"""The texts beside a figure's history, its corrections, and the moment of the past asked for."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.tally import Filters
from dashboard.live.answers import Corrected
from dashboard.live.nodes import texts
from dashboard.views import growing
from dashboard.views.known import NOW, Known, known_code, read_known
from dashboard.views.state import Subject
from tests.dashboard.histories import NOBODY, POLICE, at, figure, of, step
from tests.dashboard.snapshots import FEB_24, MONITOR, MOSCOW, claim
from vigil.article import BEFORE_ALL
from vigil.claim import Authority, ClaimSet
from vigil.correction import Correction, Told
from vigil.estimate import Bucket
from vigil.resolving.known import Step

LATER = datetime(2022, 3, 1, tzinfo=UTC)
GREW = (step(0, of(389)), step(60, of(1_400)), step(180, of(1_313)))
SUBJECT = Subject(Filters(), "RU:city:Moscow:524901", "2022-02-24")
THEN = Known(at(61))


def said(children: Any) -> str:
    return " | ".join(text for child in children for text in texts(child))


def told(figure: int, minutes: int, authority: Authority = MONITOR) -> Told:
    return Told(authority, figure, figure, "exact", "The Wire", "a", 0, at(minutes))


def correction(now: Told | None, was: Told | None = None) -> Correction:
    bucket = Bucket("detention", MOSCOW, FEB_24)
    return Correction(bucket, "revised", at(1_270), was or told(1_400, 60), now)


def sentence(one: Told, text: str, url: str | None = "https://example.org/a") -> Any:
    made = claim(MOSCOW, one.low or 0, text)
    return {one: (ClaimSet("a", "1", one.seen_at, (made,), url=url), made)}


@given(st.datetimes(datetime(1, 1, 2), datetime(2022, 1, 1), timezones=st.timezones()))  # noqa: DTZ001  # given zones
def test_moment_survives_its_address(moment: datetime) -> None:
    assert read_known(known_code(moment), LATER) == Known(moment.astimezone(UTC))


@pytest.mark.parametrize(
    "text", ["2022-02-24T19:04Z", "2022-02-24T22:04+03:00", "2022-02-24T22:04 03:00"]
)
def test_zone_of_a_moment_is_understood(text: str) -> None:
    assert read_known(text, LATER) == Known(datetime(2022, 2, 24, 19, 4, tzinfo=UTC))


@pytest.mark.parametrize(
    "text", ["yesterday", "2022-02-24T19:04", "2022-02-31T00:00Z", "0001-01-01T00:00+09:00", "<b>"]
)
def test_what_is_no_moment_is_said(text: str) -> None:
    known = read_known(text, LATER)
    assert known.moment is None
    quoted = f"\N{LEFT DOUBLE QUOTATION MARK}{text}\N{RIGHT DOUBLE QUOTATION MARK}"
    assert f"{quoted} is no moment" in known.problem


def test_moment_that_lies_ahead_is_said() -> None:
    known = read_known("2031-01-01T00:00Z", LATER)
    assert known == Known(None, "1 Jan 2031, 00:00 UTC lies ahead: this is what is known now.")


def test_no_moment_is_now() -> None:
    assert read_known(" ", LATER) == NOW
    assert growing.notice(NOW, SUBJECT, of(5)) == []


def test_long_nonsense_is_cut() -> None:
    assert len(read_known("x" * 5_000, LATER).problem) < 150


def test_notice_of_the_past_says_when_and_leads_back_to_now() -> None:
    notice = growing.notice(THEN, SUBJECT, of(1_313))
    assert "As known at 24 Feb 2022, 13:01 UTC." in said(notice)
    assert "Figure of now: 1,313." in said(notice)
    assert '"way": "evidence?kind=detention&place=RU' in json.dumps(notice)
    assert "known=" not in json.dumps(notice)


def test_notice_says_that_there_is_no_figure_now() -> None:
    assert "Figure of now: there is none." in said(growing.notice(THEN, SUBJECT, None))


def test_way_to_a_moment_carries_it() -> None:
    assert growing.way_to(SUBJECT, at(64)).endswith("&known=2022-02-24T13%3A04Z")


def test_several_figures_are_not_shown_as_of_the_past() -> None:
    assert "one figure at a time" in said(growing.many(THEN))
    assert growing.many(NOW) == []
    assert said(growing.many(Known(problem="Bad."))) == "Bad."


def test_moment_before_the_first_figure_says_when_that_came() -> None:
    text = said(growing.not_yet(at(-5), GREW))
    assert "At 24 Feb 2022, 11:55 UTC there was none here." in text
    assert "The first figure became known at 24 Feb 2022, 12:00 UTC." in text


def test_moment_after_a_figure_was_withdrawn_says_so() -> None:
    assert "withdrawn by then" in said(growing.not_yet(at(9), (step(0, of(5)), step(5, None))))


def test_selector_offers_now_and_the_moments_of_the_history_newest_first() -> None:
    found = growing.options((Step(BEFORE_ALL, of(3)), *GREW, step(240, None)), NOW)
    assert list(found.items()) == [
        ("", "now"),
        ("2022-02-24T16:00Z", "24 Feb 2022, 16:00 UTC: no figure"),
        ("2022-02-24T15:00Z", "24 Feb 2022, 15:00 UTC: 1,313"),
        ("2022-02-24T13:00Z", "24 Feb 2022, 13:00 UTC: 1,400"),
        ("2022-02-24T12:00Z", "24 Feb 2022, 12:00 UTC: 389"),
    ]


def test_selector_holds_the_moment_of_a_link_between_two_changes() -> None:
    assert growing.options(GREW, THEN)["2022-02-24T13:01Z"] == "24 Feb 2022, 13:01 UTC"


def test_changes_within_a_minute_are_told_apart() -> None:
    steps = (step(0, of(5)), Step(at(0) + timedelta(seconds=7), of(6)))
    assert "24 Feb 2022, 12:00:07 UTC: 6" in growing.options(steps, NOW).values()


def test_single_step_is_said_in_words() -> None:
    text = said(growing.title(GREW[:1]))
    assert "389 since 24 Feb 2022, 12:00 UTC, unchanged." in text
    assert growing.table(GREW[:1], NOW) == []


def test_figure_that_was_always_known_has_no_time() -> None:
    assert "389 from the first, unchanged." in said(growing.title((Step(BEFORE_ALL, of(389)),)))


def test_key_names_only_what_is_drawn() -> None:
    assert "range" not in said(growing.title(GREW))
    differ = (step(0, of(5)), step(9, of(5, figure(MONITOR, 5), figure(POLICE, 2))))
    text = said(growing.title(differ))
    assert "range" in text
    assert "\N{BLACK DIAMOND} | Interior Ministry (official)" in text


def test_table_says_each_change_newest_first_and_leads_to_its_moment() -> None:
    table = growing.table((*GREW, step(240, None)), NOW)
    text = said(table)
    assert "24 Feb 2022, 16:00 UTC | no figure" in text
    assert text.index("1,313") < text.index("1,400") < text.index("389")
    assert '"pick": "2022-02-24T13:00Z"' in json.dumps(table)


def test_table_marks_the_step_of_the_moment() -> None:
    dumped = json.dumps(growing.table(GREW, Known(at(60))))
    [row] = [part for part in dumped.split('"tag": "tr"') if '"look": "v-then"' in part]
    assert "1,400" in row


def test_table_names_who_stood_by_what() -> None:
    monitor, police = figure(MONITOR, 389), figure(POLICE, 600, high=None)
    nobody = figure(NOBODY, 200, outlets=("Northline",))
    text = said(growing.table((GREW[0], step(9, of(389, nobody, monitor, police))), NOW))
    assert (
        "OVD-Info (monitor) 389 | nobody named, Northline 200 | "
        "Interior Ministry (official) 600 or more" in text
    )


def test_correction_says_was_now_who_when_and_both_sentences() -> None:
    was, now = told(1_400, 60), told(1_313, 1_270)
    both = sentence(was, "There were 1,400 of them.") | sentence(now, "There were 1,313 of them.")
    text = said(growing.corrected(Corrected((correction(now, was),), both), NOW))
    assert "was 1,400, now 1,313 | , OVD-Info (monitor), 25 Feb 2022, 09:10 UTC" in text
    assert "the article was revised and gives another" in text
    assert "There were  | 1,400 |  of them. | The Wire | seen 24 Feb 2022, 13:00 UTC" in text
    assert "There were  | 1,313 |  of them. | The Wire" in text


def test_correction_to_no_figure_and_a_sentence_that_is_gone_are_said() -> None:
    text = said(growing.corrected(Corrected((correction(None),), {}), NOW))
    assert "was 1,400, now no figure" in text
    assert "Its sentence is gone." in text


def test_correction_of_nobody_named_says_the_outlet() -> None:
    assert growing.who(told(5, 0, NOBODY)) == "nobody named, The Wire"


def test_sentence_of_a_withdrawn_article_is_not_shown() -> None:
    was = told(1_400, 60)
    [(article, made)] = sentence(was, "There were 1,400 of them.").values()
    gone = {was: (article, replace(made, sentence=""))}
    found = Corrected((correction(None),), gone)
    assert "Its sentence is gone." in said(growing.corrected(found, NOW))


def test_markup_and_bad_links_of_an_article_stay_text() -> None:
    was = told(1_400, 60)
    both = sentence(was, "<img src=x> **1,400** [x](javascript:1)", url="javascript:alert(1)")
    children = growing.corrected(Corrected((correction(None, was),), both), NOW)
    assert "<img src=x> ** | 1,400 | ** [x](javascript:1)" in said(children)
    assert "href" not in json.dumps(children)


def test_nothing_corrected_is_said_of_its_moment() -> None:
    empty = Corrected((), {})
    assert "No figure was taken back so far." in said(growing.corrected(empty, NOW))
    assert "No figure was taken back by then." in said(growing.corrected(empty, THEN))
