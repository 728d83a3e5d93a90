"""A number told with what it is made of is one claim, and so are the people of one row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from vigil.claim import Claim

    Detained = Callable[[str], list[Claim]]

MADE_OF = [
    ("Nine bakers -- a miller, six nurses and two waiters -- were held by police.", [9]),
    ("Nine bakers - a miller, six nurses and two waiters - were held by police.", [9]),
    ("Nine bakers \u2014 a miller, six nurses and two waiters \u2014 were held by police.", [9]),
    ("Nine bakers (a miller, six nurses and two waiters) were held by police.", [9]),
    ("Nine bakers, a miller, six nurses and two waiters, were held by police.", [9]),
    (("Among those detained are nine bakers -- a miller, six nurses and two waiters -- who were "
      "held by police."), [9]),
    (("Among those arrested are five bakers (a miller, two nurses and two waiters) who were held "
      "by guards."), [5]),
    ("Police arrested nine bakers -- a miller, six nurses and two waiters.", [9]),
    ("Police arrested nine bakers: a miller, six nurses and two waiters.", [9]),
    ("Police arrested 53 bakers, including a miller, six nurses and two waiters.", [53]),
    ("Police arrested 53 bakers, among them six nurses and two waiters.", [53]),
    ("Eleven people, eight men and three women, were arrested.", [11]),
    ("Eleven people were arrested, eight men and three women.", [11]),
    ("Police arrested 53 bakers - 12 of them minors.", [53]),
]  # fmt: skip

OWN_FIGURES = [
    ("Police detained 40 bakers: 20 in Graz, twelve in Linz and eight in Wels.", [40, 20, 12, 8]),
    ("Police detained 40 bakers (20 in Graz, twelve in Linz and eight in Wels).", [40, 20, 12, 8]),
    ("Police arrested 53 bakers, including a miller, and another 17 were held in Graz.", [53, 17]),
    ("Forty bakers were arrested on Sunday - 18 more were arrested on Monday.", [40, 18]),
]

ROWS = [
    ("Sixteen bakers' guild members and one man were arrested.", [17]),
    ("Nine nurses' union leaders and two waiters were detained.", [11]),
    ("Three poets, two nurses and a student were arrested.", [6]),
    ("Five men, three women and a child were arrested.", [9]),
    ("Four men, three women and a child were arrested.", [8]),
    ("Police arrested three poets, two nurses and a student.", [6]),
    ("A man and two women were arrested.", [3]),
    ("One man, a teacher and councillor, was arrested.", [1]),
    ("One man, a teacher and a father of two, was arrested.", [1]),
    ("Two women, a mother and a daughter, were arrested.", [2]),
    ("A 44-year-old woman and a 23-year-old man were arrested and charged with trespass.", [2]),
    ("One woman and her son were arrested.", [2]),
    ("A man and his daughter were detained.", [2]),
    ("Police arrested a teacher and her husband at the rally.", [2]),
]


@pytest.mark.parametrize(("sentence", "figures"), [*MADE_OF, *OWN_FIGURES, *ROWS])
def test_people_are_told_once(sentence: str, figures: list[int], detained: Detained) -> None:
    assert sorted(claim.figure for claim in detained(sentence)) == sorted(figures)
