"""Numbers of people who were counted before, and rows of counts that were not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from vigil.claim import Claim

    Detained = Callable[[str], list[Claim]]

TOLD: list[tuple[str, list[int]]] = [
    ("Police arrested 41 protesters, including several nurses.", [41]),
    ("Some 41 protesters, including a baker and three young nurses, were arrested.", [41]),
    ("Police arrested 41 protesters, including 12 in Graz.", [41, 12]),
    ("Police arrested several protesters, a lawyer said.", [3]),
    (("The protest filled the square. Graz police made 10 arrests: Five for trespass, four for "
      "affray with a chair, and one for resisting arrest."), [10]),
    ("The 18 protesters are still detained.", []),
    ("Several organisers of the protest continue to be held.", []),
    ("A crowd of about 200 has held the square since the protest.", []),
    ("After the protest 40 people were treated and around 160 detained.", [160]),
    ("Police arrested 14 protesters on Friday and 150 on Saturday.", [14, 150]),
    ("On Monday, 24 Just Stop Oil supporters were held by officers over a protest.", [24]),
    ("Ten candidates of the party were among those detained at the protest.", [10]),
    ("Nine reporters, including a painter of signs, were among those detained at the rally.", [9]),
    ("Two reporters were detained at the protest: Karl Mayer and Lena Huber.", []),
    ("That includes 12 held on the quay, eight inside a mill and six at the gate.", [12, 8, 6]),
    ("That includes 12 held on the quay, and five officers were hurt in a mill.", [12]),
    ("That includes 12 held on the quay, eight women and four men.", [12]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "figures"), TOLD)
def test_people_are_counted_once(sentence: str, figures: list[int], detained: Detained) -> None:
    found = [claim.figure for claim in detained(sentence) if not claim.named]
    assert sorted(found) == sorted(figures)
