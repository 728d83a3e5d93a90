"""Filters and addresses: what is sent to a colleague is what the colleague sees."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, get_args
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.tally import Filters
from dashboard.views.state import (
    EVIDENCE,
    Subject,
    bucket_of,
    from_query,
    shows_evidence,
    subject_from_query,
    subject_of,
    subject_to_query,
    text_of,
    to_query,
    when_code,
)
from tests.dashboard.snapshots import FEB_24, MOSCOW, RUSSIA, WORLD
from vigil.claim import AuthorityKind, Bound, Kind
from vigil.estimate import Bucket

if TYPE_CHECKING:
    from vigil.period import Period
    from vigil.place import Place

codes = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)


@st.composite
def filters(draw: st.DrawFn) -> Filters:
    first, last = draw(st.none() | st.dates()), draw(st.none() | st.dates())
    if first and last:
        first, last = min(first, last), max(first, last)
    return Filters(
        kind=draw(st.sampled_from(get_args(Kind))),
        country=draw(st.none() | st.from_regex(r"[A-Z]{2}", fullmatch=True)),
        first=first,
        last=last,
        cities=tuple(sorted(draw(st.sets(codes, max_size=4)))),
        authority_kinds=tuple(sorted(draw(st.sets(st.sampled_from(get_args(AuthorityKind)))))),
        authorities=tuple(sorted(draw(st.sets(codes, max_size=3)))),
        outlets=tuple(sorted(draw(st.sets(codes, max_size=3)))),
        bounds=tuple(sorted(draw(st.sets(st.sampled_from(get_args(Bound)))))),
        printed=draw(st.integers(1, 99)),
        text=text_of(draw(st.text(st.characters(codec="utf-8"), max_size=240))),
    )


def through_an_address(query: dict[str, str]) -> dict[str, str]:
    return dict(parse_qsl(urlencode(query)))


@given(filters())
def test_view_survives_its_address(wanted: Filters) -> None:
    assert from_query(through_an_address(to_query(wanted))) == wanted


@given(filters(), st.none() | codes, st.none() | codes)
def test_subject_survives_its_address(wanted: Filters, place: str | None, when: str | None) -> None:
    subject = Subject(wanted, place, when)
    assert subject_from_query(through_an_address(subject_to_query(subject))) == subject


NAMES = (
    "kind", "country", "from", "to", "city",
    "counted", "authority", "outlet", "bound", "printed", "text",
)  # fmt: skip


@given(st.dictionaries(st.sampled_from(NAMES), st.text()))
def test_any_address_is_read(query: dict[str, str]) -> None:
    wanted = from_query(query)
    assert from_query(to_query(wanted)) == wanted


def test_plain_view_has_a_plain_address() -> None:
    assert to_query(Filters()) == {}


@pytest.mark.parametrize(
    "query",
    [
        {"kind": "weather"},
        {"country": "Russia"},
        {"from": "2022-02-30"},
        {"to": "24.02.2022"},
        {"from": "20220224"},
        {"city": ";;"},
        {"counted": "weather"},
        {"bound": "roughly;"},
        {"printed": "many"},
        {"printed": "0"},
        {"printed": "-4"},
        {"text": "  "},
    ],
)
def test_nonsense_in_an_address_filters_nothing(query: dict[str, str]) -> None:
    assert from_query(query) == Filters()


def test_days_the_wrong_way_round_are_turned() -> None:
    wanted = from_query({"from": "2022-03-13", "to": "2022-02-24"})
    assert (wanted.first, wanted.last) == (FEB_24, date(2022, 3, 13))


@pytest.mark.parametrize(
    ("bucket", "code"),
    [
        (Bucket("detention", MOSCOW, FEB_24), "2022-02-24"),
        (Bucket("detention", MOSCOW, None), "undated"),
        (Bucket("detention", MOSCOW, None, (FEB_24, date(2022, 3, 6))), "2022-02-24..2022-03-06"),
        (Bucket("detention", MOSCOW, None, (None, FEB_24)), "..2022-02-24"),
    ],
)
def test_moment_of_a_bucket_has_a_code(bucket: Bucket, code: str) -> None:
    assert when_code(bucket) == code


@pytest.mark.parametrize(("query", "shown"), [({}, False), ({"kind": "protest"}, False)])
def test_overview_is_shown_unless_evidence_is_asked_for(query: dict[str, str], shown: bool) -> None:
    assert shows_evidence(query) is shown
    assert shows_evidence({**query, **EVIDENCE})


@pytest.mark.parametrize("place", [MOSCOW, RUSSIA, WORLD])
@pytest.mark.parametrize(
    "when",
    [
        (FEB_24, None),
        (None, (FEB_24, date(2022, 3, 1))),
        (None, (None, FEB_24)),
        (None, (FEB_24, None)),
        (None, None),
    ],
)
def test_bucket_is_found_again_by_its_subject(
    place: Place, when: tuple[date | None, Period | None]
) -> None:
    bucket = Bucket("protest", place, *when)
    found = bucket_of(subject_of(bucket, Filters()))
    assert found
    assert (found.kind, found.key, found.day, found.period) == (
        "protest",
        bucket.key,
        bucket.day,
        bucket.period,
    )


@pytest.mark.parametrize(
    ("place", "when"),
    [
        (None, "2022-02-24"),
        ("RU:city:Moscow:524901", None),
        ("RU:city:Moscow:524901", "yesterday"),
        ("RU:city:Moscow:524901", ".."),
        ("RU:city:Moscow:524901", "2022-02-24..yesterday"),
        ("RU:village:Moscow:524901", "2022-02-24"),
        ("R}:city:Moscow:524901", "2022-02-24"),
        ("Moscow", "2022-02-24"),
    ],
)
def test_subject_that_is_no_bucket_is_none(place: str | None, when: str | None) -> None:
    assert bucket_of(Subject(Filters(), place, when)) is None


@given(st.none() | codes, st.none() | codes)
def test_any_subject_is_read(place: str | None, when: str | None) -> None:
    assert bucket_of(Subject(Filters(), place, when)) is None
