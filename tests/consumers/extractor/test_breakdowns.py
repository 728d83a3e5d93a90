"""A number told with what it is made of is one claim, and so are the people of one row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from vigil.claim import Claim

    Detained = Callable[[str], list[Claim]]

MADE_OF: list[tuple[str, list[int]]] = [
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

OWN_FIGURES: list[tuple[str, list[int]]] = [
    ("The accused, three millers and one nurse, were arrested at the march.", [4]),
    ("The bakers, four women and two men, had been detained by guards.", [6]),
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

AGED: list[tuple[str, list[int]]] = [
    ("A nurse, 44, and her son, 19, were arrested at the march in Graz.", [2]),
    ("A nurse (44) and a student (19) were arrested at the march in Graz.", [2]),
    ("Police in Graz arrested a nurse, 44, and a student, 19, at the march.", [2]),
    ("Two men, aged 24 and 31, and a woman, 40, were arrested at the march.", [3]),
    ("Two men aged 24 and 31 and a woman aged 40 were arrested at the march.", [3]),
    ("A 44-year-old nurse and two students were arrested at the march in Graz.", [3]),
    ("A man, 25, was arrested at the rally in Graz.", [1]),
    ("Three men, 25, 31 and 40, were arrested.", [3]),
    ("Three men (25, 31 and 40) were arrested.", [3]),
    ("Some 25 marchers, the youngest 14 and the oldest 81, were arrested.", [25]),
]

OUT_OF_MORE: list[tuple[str, list[int]]] = [
    ("Twelve of 25 members of the guild were arrested.", [12]),
    ("Twelve out of 25 members of the guild were arrested.", [12]),
    ("Police arrested three of the four organisers of the march.", [3]),
    ("A dozen of the 40 organisers were detained.", [12]),
    ("At least twelve of the guild's 300 members were arrested.", [12]),
    ("At least 90, possibly 120, marchers were arrested.", [90]),
    ("Three of the 40 marchers arrested on Friday were nurses.", [40]),
    ("Police shot two bakers and arrested 19.", [19]),
    ("Some 400 bakers gathered before 19 were arrested.", [19]),
    ("A crowd of 400 watched as bakers were arrested.", []),
    ("Two thirds of the 90 bakers were arrested.", []),
    ("Thousands, if not millions, were arrested.", [2000]),
    ("Some 300 relatives of arrested bakers waited.", []),
    ("The 12 lawyers of the arrested bakers protested.", []),
    ("Police made 25 arrests in Graz, 12 over a brawl.", [25]),
    ("Twelve were arrested for affray and three for assault.", [12, 3]),
    ("Dozens upon dozens of bakers were arrested.", [24]),
    ("The number of bakers detained grew by 30 to 120.", [120]),
]

INVERTED = [
    ("Arrested at the march were 19 bakers.", [19]),
    ("Arrested were 19 bakers, three millers and two nurses.", [24]),
    ("Among the arrested were 19 bakers, three lawyers and two nurses.", [24]),
    ("Number of people detained: 19", [19]),
    ("Total number of arrested: 19", [19]),
]


@pytest.mark.parametrize(
    ("sentence", "figures"), [*MADE_OF, *OWN_FIGURES, *ROWS, *AGED, *OUT_OF_MORE, *INVERTED]
)
def test_people_are_told_once(sentence: str, figures: list[int], detained: Detained) -> None:
    assert sorted(claim.figure for claim in detained(sentence)) == sorted(figures)
