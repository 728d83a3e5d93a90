"""Which statements of one article are one claim, on texts of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from vigil.claim import Claim

    Extract = Callable[..., list[Claim]]

TOLD: list[tuple[str, list[int]]] = [
    # people told of again
    (("At least 17 protesters were arrested in Graz on Monday.\n\nAmong the 17 arrested was a "
     "baker.\n\nThe 17 were held overnight."), [17]),
    ("Police arrested two drummers at the rally in Graz.\n\nOn Tuesday both were photographed.",
     [2]),
    (("Jonas Weber, Lena Huber and Karl Mayer were arrested at the rally in Graz on Monday.\n\n"
     "All three were held on suspicion of trespass."), []),
    # one figure on two days, of which only one is told beside it
    (("Over the weekend 700 protesters were arrested in Graz.\n\nAbout 100 were arrested at a rally"
     " in Graz on June 1.\n\nIn Graz police arrested 700 as they tried to cross the bridge."),
     [100, 700]),
    (("Two rallies.\n\nOn Monday 30 protesters were held in Graz.\n\n"
      "On Tuesday 30 protesters were held in Graz."),
     [30, 30]),
    # a vague number, and the same exactly
    (("Police in Graz detained dozens of protesters on Monday.\n\nIn the end 61 people were "
     "detained at the rally, the ministry said."), [61]),
    (("Police in Graz detained dozens of protesters on Monday.\n\nIn all 640 people were detained "
     "at the rally, the ministry said."), [24, 640]),
    (("Police in Graz detained dozens of protesters on Monday.\n\nOfficers held 33 protesters at "
     "the bridge.\n\nAnother 35 protesters were arrested at the gate."), [24, 33, 35]),
    # what a number is made of
    ("In Graz 53 protesters were arrested, 41 men and 12 women.", [53]),
    ("In Graz 53 protesters (41 men and 12 women) were arrested.", [53]),
    ("In Graz six protesters, two women and four men, were arrested.", [6]),
    ("In Graz 53 protesters were arrested.\n\nTwelve of those arrested are under 18.", [53]),
    ("The five - a nurse, her son and three others - were detained at a protest in Graz.", [5]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "figures"), TOLD)
def test_figure_is_told_once(text: str, figures: list[int], claims_of: Extract) -> None:
    found = [each for each in claims_of(text, published="2019-06-12") if each.kind == "detention"]
    assert sorted(each.figure for each in found if not each.named) == figures


def test_first_statement_is_kept_with_its_bound(claims_of: Extract) -> None:
    text = (
        "At least 17 protesters were arrested in Graz on Monday.\n\n"
        "Among the 17 arrested on that Monday, the police said, was a baker from the old town."
    )
    (claim,) = claims_of(text, published="2019-06-12")
    assert claim.bound == "at_least"


def test_place_of_the_headline_is_taken_where_it_is_narrower(claims_of: Extract) -> None:
    text = (
        "28 arrested at rally in Graz\n\n"
        "Police arrested 28 people who took part in a banned rally in Austria on Monday."
    )
    (claim,) = claims_of(text, published="2019-06-12")
    assert claim.place is not None
    assert claim.place.name == "Graz"


def test_one_figure_has_one_day(claims_of: Extract) -> None:
    text = (
        "The minister said on Tuesday that 343 protesters were detained across Austria.\n\n"
        'He said: "Last night 343 protesters were taken into custody."'
    )
    assert len(claims_of(text, published="2019-06-12")) == 1
