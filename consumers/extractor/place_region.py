"""Figures said to be of all of a region that was named before: "120 people across the state"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from consumers.extractor.passage import Page, Spot
    from vigil.claim import PlaceBasis
    from vigil.place import Place

_WHOLE: Final = re.compile(
    r"\b(?:across|throughout|all over|all across|everywhere in"
    r"|(?:(?:parts|districts|towns|cities|places|areas) (?:of|in|across)))\s"
    r"the (?:\w+ )?(?:states?|region|province|territory|oblast)\b"
    r"(?! (?:of|capital|government|assembly)\b)",
    re.IGNORECASE,
)
_FAR: Final = 6_000  # characters back to the region that "the region" means


def whole_region(page: Page, spot: Spot) -> tuple[Place, PlaceBasis] | None:
    """Return the region that was spoken of last, where a figure is said to be of all of it.

    The city beside it has only a part: "17 arrests across the region, 4 of them in Barcelona".
    """
    match = _WHOLE.search(page.cleaned, spot.end, spot.right)
    if match is None or any(
        m.place.scope == "city" for m in page.places_in(spot.end, match.start())
    ):
        return None
    before = page.places_in(max(0, match.start() - _FAR), match.start())
    regions = [m.place for m in before if m.place.scope == "region"]
    return (regions[-1], "context") if regions else None
