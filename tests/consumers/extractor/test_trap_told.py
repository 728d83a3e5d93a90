"""Numbers told to be wrong, people told of in passing, orders, deaths in custody, fighters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from vigil.claim import Claim

TOLD: list[tuple[str, list[int]]] = [
    # what befell people in custody
    ("At least 16 bakers died in custody after the protest.", []),
    ("Six protesters were tortured in detention.", []),
    ("Three students fell ill in custody.", []),
    ("Four women were beaten or starved while in police custody.", []),
    ("Twelve bakers were in custody.", [12]),
    ("Twelve bakers, four of them hurt, were in custody.", [12]),
    # who takes people, and who is taken beside fighters
    ("Eighteen bakers were taken from the protest by an armed group.", []),
    ("Eighteen bakers were detained at the protest by heavily armed officers.", [18]),
    ("Soldiers at the protest killed 33 militants and arrested six, the ministry said.", []),
    ("They called the protesters insurgents, and police have arrested 61.", [61]),
    # of whom some were held
    ("Thousands of bakers have been arrested, suspended or fired after the protest.", []),
    ("Nineteen bakers were arrested or fled after the protest.", []),
    ("Nineteen bakers were arrested or taken into custody after the protest.", [19]),
    # orders
    ("Prosecutors asked for the arrest of 11 bakers.", []),
    ("The court approved the arrest of 14 bakers.", []),
    ("The arrest of 20 bakers was ordered by the court.", []),
    ("The judge ordered that 14 bakers be arrested.", []),
    ("Fourteen bakers were ordered arrested by the court.", []),
    ("Asked for comment on 33 arrests, the police chief left.", [33]),
    ("The prosecutor signed a decision to detain 33 bakers.", []),
    ("On the orders of the governor eight bakers were arrested.", [8]),
    ("The arrest of 14 bakers who demanded flour was condemned.", [14]),
    ("The arrest of 14 bakers was condemned.", [14]),
    # told to be wrong
    ("(At first, police had said -- wrongly -- that 88 bakers were arrested here.)", []),
    ("Police had earlier erroneously said 88 bakers had been arrested.", []),
    ("The gazette falsely reported that 88 bakers were arrested.", []),
    ("The chief denied reports that 88 bakers had been arrested.", []),
    ("Reports that 88 bakers had been arrested were untrue.", []),
    ("False rumours of 88 arrests spread at the rally.", []),
    ("A previous version of this story said 88 bakers were arrested.", []),
    ("The story originally said 88 bakers were arrested.", []),
    ("Police wrongly arrested 88 bakers.", [88]),
    ("Bakers wrongly said to be armed marched, and 88 of them were arrested.", [88]),
    ("Police said 88 bakers were arrested, and that it was wrong to call it a riot.", [88]),
    ("The guild denied that its members were violent and 88 bakers were arrested.", [88]),
    ("The guild rejected claims that it was behind the riot, in which 88 were arrested.", [88]),
    # in passing
    ("In addition to the two bakers who have been arrested, police look for a third.", []),
    ("Besides the 12 bakers who were arrested, others were hurt.", []),
    ("In addition to 12 arrests on Monday, five bakers were hurt.", [12]),
    ("As many as nine other detainees are in the same cell, her lawyer said.", []),
    ("Nine other detainees were brought from Linz.", [9]),
    # fighters
    ("Police shot dead 14 of the attackers and captured three others.", []),
    ("The army killed 20 rebels and captured nine.", []),
    ("Police wounded three protesters and arrested 12 others.", [12]),
]


@pytest.mark.parametrize(("sentence", "figures"), TOLD)
def test_only_what_happened_to_new_people_counts(
    sentence: str, figures: list[int], detained: Callable[[str], list[Claim]]
) -> None:
    assert [claim.figure for claim in detained(sentence)] == figures
