"""Crowds are no detained people, nor what people hold, nor what carries them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from vigil.claim import Claim

TOLD: list[tuple[str, list[int]]] = [
    # some of a crowd
    ("He said 14 bakers among the estimated crowd of 2,000 had been arrested.", [14]),
    ("Police said 14 marchers out of a crowd of about 3,000 were detained.", [14]),
    ("Police said 14 bakers, among an estimated crowd of 2,000, had been arrested.", [14]),
    ("He said 14 bakers in the crowd, put at 2,000, were arrested.", [14]),
    ("Nine people from a crowd of 500 were taken into custody.", [9]),
    ("Officers said that 31 of the roughly 4,000 bakers at the gate were held.", [31]),
    ("Police arrested eight people among a group of some 200 strikers.", [8]),
    ("A crowd of 60 was detained by police.", [60]),
    ("Millers were the bulk of the arrests as 40,000 marched for bread.", []),
    ("Guards made nine arrests at the mill as hundreds gathered to sing.", [9]),
    # what is held and is nobody
    ("Some 30 bakers stood at the mill, sang and held placards calling for bread.", []),
    ("About 300 people held candles at the square.", []),
    ("Fifty bakers held the flags of their guild.", []),
    ("The bakers, who held a rally of 300 people on Monday, went home.", []),
    ("A march of 300 people was held on Sunday.", []),
    ("Two rallies, of 300 and 500 people, were held in Graz.", []),
    ("Eleven deputies held talks with the bakers.", []),
    ("Sixteen bakers held signs and were arrested.", [16]),
    ("Police held 45 people at a rally.", [45]),
    ("Eight bakers were held over signs.", [8]),
    # what is secured
    ("The fair was attended by hundreds of people, and closely secured by police.", []),
    ("The march of 300 people was secured by police.", []),
    ("About 90 protesters were secured by police.", [90]),
    # what carries people
    ("Officers drove off four busloads of detained bakers.", []),
    ("Police detained four families at the sit-in.", []),
    # harm to others
    ("The protest led to 21 arrests and injuries to four people.", [21]),
    ("There were 17 arrests and the deaths of three people.", [17]),
    ("The rally saw nine arrests, wounds to four marchers.", [9]),
    ("Arrests at the rally rose to 21.", [21]),
    # who is stopped
    ("Ten protesters were intercepted at the port, with three detained.", [3]),
    ("Twelve protesters were intercepted by police on their way to the rally.", [12]),
    ("Twelve protesters were intercepted by police and arrested.", [12]),
]


@pytest.mark.parametrize(("sentence", "figures"), TOLD)
def test_only_the_detained_are_counted(
    sentence: str, figures: list[int], detained: Callable[[str], list[Claim]]
) -> None:
    assert [claim.figure for claim in detained(sentence)] == figures
