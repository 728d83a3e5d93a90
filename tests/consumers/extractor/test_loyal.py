"""Crowds for those in power are no dissent; crowds against their rallies are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from vigil.claim import Claim

    Extract = Callable[..., list[Claim]]

TOLD: list[tuple[str, list[int]]] = [
    ("In Tunis, thousands turned out for officially sponsored demonstrations for the army.", []),
    ("Some 3,000 people joined a pro-government rally in Tunis on Sunday.", []),
    ("Thousands of people attended a state-organised march in Tunis.", []),
    ("Thousands of pro-government demonstrators gathered in Tunis on Sunday.", []),
    ("Thousands of government supporters rallied in Tunis.", []),
    ("Around 5,000 people attended a rally organised by the ruling party in Tunis.", []),
    ("Thousands of people demonstrated in Tunis in support of the government.", []),
    ("A pro-government rally in Tunis drew 10,000 people on Sunday.", []),
    ("Thousands rallied in Tunis while 400 people joined a pro-government rally.", [2000]),
    ("Some 3,000 people marched in Tunis against a pro-government rally.", [3000]),
    ("Thousands protested in Tunis a day after a pro-government demonstration.", [2000]),
    ("Some 3,000 people joined an officially sanctioned rally in Tunis.", [3000]),
    ("Some 3,000 people joined the state-backed dam protests in Tunis.", [3000]),
    ("Some 3,000 people protested at a state-run mill in Tunis.", [3000]),
    ("Thousands of students rallied in Tunis in support of the jailed mayor.", [2000]),
    ("A march for bread in Tunis drew 10,000 people on Sunday.", [10000]),
    ("Some 3,000 people marched in Tunis and broke up a pro-government rally.", [3000]),
]


@pytest.mark.parametrize(("sentence", "figures"), TOLD)
def test_crowds_for_those_in_power_are_no_dissent(
    sentence: str, figures: list[int], claims_of: Extract
) -> None:
    text = f"Rallies in Tunisia\n\n{sentence}"
    assert [claim.figure for claim in claims_of(text) if claim.kind == "protest"] == figures


def test_whoever_is_detained_at_such_a_rally_dissents(claims_of: Extract) -> None:
    text = "Rallies in Tunisia\n\nPolice detained 12 protesters at a pro-government rally in Tunis."
    assert [claim.figure for claim in claims_of(text) if claim.kind == "detention"] == [12]
