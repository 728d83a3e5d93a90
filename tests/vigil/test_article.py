"""Identity and revision of an article."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from vigil.article import article_id, later_revision, revision_of

URL = "https://lantern.example/1"


def test_id_is_the_url_where_known() -> None:
    assert article_id(url=URL, text="first") == article_id(url=URL, text="second")


def test_id_is_the_text_where_no_url_is_known() -> None:
    assert article_id(url=None, text="first") != article_id(url=None, text="second")


@given(st.text(max_size=50))
def test_id_of_a_text_never_equals_that_of_a_url(text: str) -> None:
    assert article_id(url=text or "x", text="") != article_id(url=None, text=text or "x")


def test_revision_is_the_same_moment_in_any_zone() -> None:
    moscow = datetime(2022, 2, 24, 15, 0, tzinfo=timezone(timedelta(hours=3)))
    one = revision_of(text="t", published=moscow, outlet=None)
    assert one == revision_of(text="t", published=moscow.astimezone(UTC), outlet=None)


def test_revision_changes_with_the_text() -> None:
    one = revision_of(text="1,400 detained", published=None, outlet=None)
    assert one != revision_of(text="1,313 detained", published=None, outlet=None)


def test_later_revision_is_greater_and_the_same_each_time() -> None:
    low, high = "0" * 24, "f" * 23 + "0"
    assert later_revision(high, than=low) == high
    later = later_revision(low, than="c" * 24)
    assert later > "c" * 24
    assert later == later_revision(low, than="c" * 24)
    assert later != later_revision("1" * 24, than="c" * 24)


def test_text_that_is_corrected_all_day_has_a_later_revision_each_time() -> None:
    """Each was looked for by chance in half of what the one before had left: the 30th for hours."""
    last = "f" * 6 + "0" * 18
    for _ in range(1_000):
        later = later_revision("0" * 24, than=last)
        assert later > last
        assert len(later) == 24
        last = later
