"""Dead letters on the page of health, in words."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from dashboard.live.nodes import texts
from dashboard.views import letter_texts
from vigil.letters import Deed, Letter, Listed, Wish

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.live.nodes import Child

NOON = datetime(2026, 5, 25, 12, 0, tzinfo=UTC)
LETTER = Letter("0-7", "extract", "not a message of Article", "articles[2]@9", NOON, 1200)


def said(children: Sequence[Child]) -> str:
    return " | ".join(text for child in children for text in texts(child))


def picks(tree: Any) -> list[str]:
    found = [tree["pick"]] if isinstance(tree, dict) and "pick" in tree else []
    children = tree["children"] if isinstance(tree, dict) else []
    return found + [one for child in children for one in picks(child)]


def test_letter_is_told_with_stage_reason_and_origin() -> None:
    text = said(letter_texts.table([Listed(LETTER)]))
    assert "25 May 2026, 12:00 UTC | read | not a message of Article | articles[2]@9" in text
    assert "1,200 | Send again | Discard" in text


def test_buttons_ask_for_what_they_say() -> None:
    asked = [one for child in letter_texts.table([Listed(LETTER)]) for one in picks(child)]
    assert [letter_texts.wished(one) for one in asked] == [("0-7", "requeue"), ("0-7", "discard")]


def test_what_is_asked_cannot_be_asked_twice() -> None:
    text = said(letter_texts.table([Listed(LETTER, Wish("requeue", NOON))]))
    assert "is being sent again" in text
    assert "Discard" not in text


def test_refusal_is_told_beside_the_buttons() -> None:
    refused = Listed(LETTER, Wish("requeue", NOON, "a newer message stands there"))
    text = said(letter_texts.table([refused]))
    assert "Discard | a newer message stands there" in text


def test_letters_that_are_dealt_with_are_counted_alone() -> None:
    text = said(letter_texts.table([Listed(LETTER, None, Deed("discarded", NOON, NOON))]))
    assert "None: everything could be handled. 1 of the newest" in text
    assert "0-7" not in text


def test_click_of_no_button_of_ours_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing to be done"):
        letter_texts.wished(json.dumps({"id": "0-7", "action": "delete"}))
