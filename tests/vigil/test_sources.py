"""How sources do: written, read, and put into words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from vigil import sources
from vigil.sources import Source, standing

if TYPE_CHECKING:
    from redis import Redis

NOW = datetime(2022, 2, 25, 12, 0, tzinfo=UTC)


def ago(**span: float) -> datetime:
    return NOW - timedelta(**span)


WELL = Source(
    url="https://a.example/rss", title="A", asked_at=ago(minutes=4),
    due_at=NOW + timedelta(minutes=6), ok_at=ago(minutes=4), seen=30, sent=31,
    newest_at=ago(hours=5),
)  # fmt: skip


@pytest.mark.parametrize(
    ("source", "state", "words"),
    [
        (WELL, "well", ""),
        (
            replace(WELL, error="HTTP 500 (the site failed)", ok_at=ago(hours=2.5)),
            "broken",
            "HTTP 500 (the site failed); last well 2 hours ago",
        ),
        (replace(WELL, error="gone", ok_at=None), "broken", "gone; never well yet"),
        (replace(WELL, trouble="2 of 3 pages"), "partly", "2 of 3 pages"),
        (replace(WELL, newest_at=ago(days=4)), "silent", "nothing new since 4 days ago"),
        (replace(WELL, newest_at=None), "silent", "has never listed anything"),
        (
            replace(WELL, due_at=ago(days=1), asked_at=ago(days=1, minutes=10)),
            "not asked",
            "not asked since 1 day ago: is vigil feed running?",
        ),
    ],
)
def test_state_of_a_source_in_words(source: Source, state: str, words: str) -> None:
    [told] = standing([source], now=NOW)
    assert (told.state, told.words) == (state, words)


def test_what_needs_a_person_comes_first() -> None:
    some = [
        replace(WELL, url=f"https://{name}.example", error=error)
        for name, error in (("c", None), ("b", "gone"), ("a", "gone"))
    ]
    assert [one.source.url[8] for one in standing(some, now=NOW)] == ["a", "b", "c"]


def test_source_that_was_written_is_read_until_it_is_forgotten(store: Redis) -> None:
    sources.write(store, replace(WELL, error="gone", error_at=NOW))
    sources.write(store, WELL)
    assert sources.read(store) == [WELL]
    sources.forget(store, WELL.url)
    assert sources.read(store) == []
