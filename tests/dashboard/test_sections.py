"""The section of a figure among its sentences: quote, outlet, authority, rule and range."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from dashboard.views import sentences
from tests.dashboard.snapshots import MONITOR, MOSCOW, estimate
from tests.dashboard.test_texts import evidence, said
from vigil.claim import Authority
from vigil.estimate import Figure, Rule


def test_section_shows_quote_outlet_authority_rule_and_range() -> None:
    figure = replace(
        estimate(MOSCOW, 1450, low=500),
        figures=(
            Figure(MONITOR, 1450, 1450, "exact"),
            Figure(Authority("police", "official"), 500, None, "more_than"),
        ),
    )
    text = said([sentences.section(figure, [evidence("In all 1,450 were held.", 1450)])])
    for part in (
        "1,450",
        "The Wire",
        "counted by OVD-Info (monitor)",
        Rule.ONLY.sentence,
        "police (official) more than 500",
        "seen 24 Feb 2022, 12:00 UTC",
    ):
        assert part in text


def test_section_tells_what_was_not_counted_again() -> None:
    found = [evidence("In all 90 were held.", 90), evidence("By noon 20.", 20, counts=False)]
    text = said([sentences.section(estimate(MOSCOW, 90), found)])
    assert text.index("In all") < text.index("not counted again") < text.index("By noon")


@pytest.mark.parametrize("url", ["javascript:alert(1)", None])
def test_outlet_without_a_web_address_is_no_link(url: str | None) -> None:
    section = sentences.section(estimate(MOSCOW, 90), [evidence("Some 90.", 90, url=url)])
    assert "href" not in json.dumps(section)


def test_rule_of_a_newer_vigil_is_shown_by_its_name() -> None:
    assert sentences.rule_text("a rule of tomorrow") == "a rule of tomorrow"
