"""The table of feeds on the page of health."""

from __future__ import annotations

from datetime import timedelta

from dashboard.live.nodes import texts
from dashboard.views.source_texts import SHOWN, table
from tests.conftest import NOON
from vigil.sources import Source

WELL = Source(
    "https://northline.example/feed",
    "Northline",
    NOON,
    NOON + timedelta(minutes=10),
    ok_at=NOON,
    seen=1_240,
    sent=1_199,
    newest_at=NOON,
)


def shown(*sources: Source) -> list[str]:
    return [text for child in table(sources, NOON) for text in texts(child)]


def test_table_is_not_there_without_a_feed() -> None:
    assert table((), NOON) == []


def test_source_that_does_well_is_told_with_its_figures() -> None:
    found = shown(WELL)
    assert {"Northline", "https://northline.example/feed", "well", "1,240", "1,199"} <= set(found)


def test_broken_source_comes_first_and_says_why() -> None:
    broken = Source(
        "https://lantern.example/feed",
        "",
        NOON,
        NOON,
        error="answered 500",
        error_at=NOON,
        failures=3,
    )
    found = shown(WELL, broken)
    assert found.index("https://lantern.example/feed") < found.index("Northline")
    assert "answered 500; never well yet" in found
    assert "never" in found


def test_name_of_a_source_is_text_and_nothing_else() -> None:
    odd = Source("https://odd.example/feed", "<b>Odd</b>", NOON, NOON + timedelta(hours=1))
    assert "<b>Odd</b>" in shown(odd)


def test_long_list_says_how_many_are_left_out() -> None:
    many = [
        Source(f"https://desk{n}.example/feed", "", NOON, NOON + timedelta(hours=1))
        for n in range(SHOWN + 2)
    ]
    assert shown(*many)[-1] == "2 more"
