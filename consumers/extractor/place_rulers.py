"""Tell where something was by who detains: "Gomel police held nine", "Beijing has detained 40"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from consumers.extractor.place_home import home_city
from consumers.extractor.place_locative import is_force, is_locative
from consumers.extractor.scene import country_of, is_capital

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consumers.extractor.passage import Page, Spot
    from consumers.extractor.places import PlaceMention
    from vigil.place import Place

# Whoever detains: the city's own police are there, a country's may be anywhere in it.
_POLICE: Final = re.compile(
    r"(?:['\u2019]s)?\s+(?:(?!in |to |for )\w+ ){0,2}(?:police|authorities|officers|security|"
    r"government|regime|law)\b",
    re.IGNORECASE,
)
_RULERS: Final = re.compile(
    r"(?:['\u2019]s)?\s+(?:\w+ ){0,2}(?:authorities|government|regime|law)\b", re.IGNORECASE
)
_RULES: Final = re.compile(
    r"\s(?:(?:has|have|had|\w+ly|now|then|also)\s){0,3}(?:detained|arrested|jailed|imprisoned|"
    r"held|seized|rounded up|locked up|put|taken|took)\s(?:[\w-]+\s){0,3}",
)
# "Beijing has stepped up its crackdown, detaining hundreds"
_ACTS: Final = re.compile(
    r"\s(?:has|have|had)\s(?:\w+ly\s)?(?:stepped|intensified|tightened|launched|ordered|banned|vowed"
    r"|cracked|clamped|begun|sought|tried|used|imposed|widened|pressed)\b"
)
_DETAINS: Final = re.compile(
    r"['\u2019]s?\s(?:[\w-]+\s){0,3}(?:detention|arrest|jailing|imprisonment|round-?up)s?",
    re.IGNORECASE,
)
_REACH: Final = 40  # characters from a name to the word for police


def government(page: Page, spot: Spot, mentions: Sequence[PlaceMention]) -> Place | None:
    """Return the country whose capital stands for its government: "Beijing has detained 40"."""
    for m in mentions:  # "marched against China's detention of five booksellers"
        if m.place.scope == "country" and _DETAINS.fullmatch(page.cleaned, m.end, spot.cue_end):
            return m.place
    ruling = [
        m
        for m in mentions
        if m.end <= spot.start
        and m.form == "name"
        and is_capital(m.place)
        and not is_locative(page, m)
        and (
            _RULES.fullmatch(page.cleaned, m.end, spot.start)
            or (_opens(page, spot, m) and _ACTS.match(page.cleaned, m.end))
        )
    ]
    if not ruling or any(is_locative(page, m) for m in mentions if m.start > spot.end):
        return None
    return country_of(ruling[-1].place.country)


def _opens(page: Page, spot: Spot, mention: PlaceMention) -> bool:
    return not page.cleaned[page.sentences[spot.sentence].start : mention.start].strip()


def city_of_force(page: Page, spot: Spot, own: Sequence[PlaceMention]) -> Place | None:
    """Return the story's city where a sentence names only the force that was there."""
    if not (own and all(is_force(page, m) for m in own)):
        return None
    city = home_city(page, spot.sentence)
    return city if city and city.country == own[0].place.country else None


def police_of_city(page: Page, spot: Spot, mentions: Sequence[PlaceMention]) -> Place | None:
    """Return the city whose police detain: "Gomel police held nine"."""
    force = police(page, spot, [m for m in mentions if m.form == "name"])
    if force is None or force.scope == "country":
        return None
    city = home_city(page, spot.sentence) if force.scope == "region" else None
    return city if city and city.country == force.country else force


def police(page: Page, spot: Spot, mentions: Sequence[PlaceMention]) -> Place | None:
    """Return the place of whoever detains: "Merseyside Police", "Belarusian authorities"."""
    near = [
        m
        for m in mentions
        if m.end <= spot.start
        and _POLICE.match(page.cleaned[m.end : m.end + _REACH])
        and not is_locative(page, m)  # "in Sharqia police detained nine"
    ]
    return near[-1].place if near else None


def rule(page: Page, spot: Spot, mentions: Sequence[PlaceMention]) -> bool:
    """Say whether a government or its law is named before a figure: "Cuba's authorities held"."""
    return any(
        _RULERS.match(page.cleaned[m.end : m.end + _REACH]) for m in mentions if m.end <= spot.start
    )
