"""Say whether a figure is of more than one city: of many towns, of a country, of many days."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from consumers.extractor import place_pointers as pointers
from consumers.extractor.scene import LOOKS_BACK, country_of

if TYPE_CHECKING:
    from consumers.extractor.passage import Page, Spot
    from consumers.extractor.places import PlaceMention
    from vigil.claim import PlaceBasis
    from vigil.place import Place

    Chosen = tuple[Place, PlaceBasis]

# "in 19 districts, including Dhaka": more than the city it names
_PLACES: Final = re.compile(
    r"\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|many|various|"
    r"other|different|(?:tens|dozens|scores|hundreds) of) (?:other |different |more )?"
    r"(?:districts|regions|provinces|states|governorates|counties|municipalities|towns|cities)\b"
    r"(?! (?:of|in) (?:the )?[A-Z])"
)
_ACROSS: Final = re.compile(
    r"\b(?:across|throughout|all over) (?:various|several|many|different|multiple|\d+|[a-z]+teen|"
    r"two|three|four|five|six|seven|eight|nine|ten)? ?(?:districts|regions|provinces|states|"
    r"governorates|counties|cities|towns)\b(?! (?:of|in) (?:the )?[A-Z])"
)
# "bringing the nationwide total to 2,000"
_NATIONAL: Final = re.compile(
    r"\b(?:nation|country)-?wide (?:\w+ ){0,2}(?:total|tally|number|count|toll|figure)\b"
    r"|\b(?:total|tally|number|count|toll|figure|arrests|detentions) (?:of \w+ )?"
    r"(?:nation|country)-?wide\b",
    re.IGNORECASE,
)
# Figures of more than one day and place, and what they are of.
_TOTAL: Final = re.compile(
    LOOKS_BACK.pattern
    + r"|\boverall\b|\b(?:over|in|during) the (?:past|last) (?:week|month|year)\b",
    re.IGNORECASE,
)
_PLURAL: Final = re.compile(
    r"\b(?:protests|rallies|demonstrations|marches|locations|[Ii]nterior [Mm]inist\w+|"
    r"[Ss]ecurity [Ff]orces|[Aa]ttorney [Gg]eneral|[Oo]fficials)\b"
)
# "since the marches began in Sfax": the one city says where it began
_BEGAN_IN: Final = re.compile(
    r"\bsince\b[^.;]{3,80}\b(?:began|begun|started|broke out|erupted|flared up)"
    r"(?: \w+){0,2} in (?:the )?(?:[a-z]+ ){0,4}\Z",
    re.IGNORECASE,
)


def is_of_many(page: Page, spot: Spot) -> bool:
    """Say whether a figure is of several cities or districts: "300 in eight towns"."""
    text = page.cleaned
    # "83 from Dhaka and 251 from various districts": what comes first is the figure's
    first = next(
        (m.start for m in page.places_in(spot.end, spot.right) if m.place.scope == "city"),
        spot.right,
    )
    many = _PLACES.search(text, spot.end, spot.right)
    return (
        spot.many_cities
        or (many is not None and many.start() < first)
        or _ACROSS.search(text, spot.left, spot.start) is not None
    )


def began_in(page: Page, spot: Spot, mention: PlaceMention) -> bool:
    """Say whether a sentence tells only that what goes on in the titled country began in a city."""
    sentence = page.sentences[spot.sentence]
    return (
        _BEGAN_IN.search(page.cleaned, sentence.start, mention.start) is not None
        and mention.place.scope == "city"
        and _titled(page, spot, mention.place)
    )


def national(page: Page, spot: Spot) -> Chosen | None:
    """Return the country of a figure that is called a total of it, whatever else is told."""
    match = _NATIONAL.search(page.cleaned, spot.left, spot.start)
    if match is None:
        return None
    said = [m.place for m in page.places_in(*match.span()) if m.form == "phrase"]
    return (said[0], "sentence") if said else None


def total(page: Page, spot: Spot, chosen: Chosen) -> Chosen | None:
    """Return the country of a total, where the title names the country and the text a city.

    "Rallies in Poland", and then "Since Monday the ministry has counted 1,300 detentions".
    """
    place, basis = chosen
    sentence = page.sentences[spot.sentence]
    if place.scope != "city" or not _titled(page, spot, place):
        return None
    told = _TOTAL.search(page.cleaned, sentence.start, sentence.end)
    if told is None:
        if _PLURAL.search(page.cleaned, sentence.start, sentence.end) is None:
            return None
        if pointers.one_event(page, spot) or pointers.after_city(page, spot):
            return None
    country = country_of(place.country)
    return (country, basis) if country else None


def _titled(page: Page, spot: Spot, place: Place) -> bool:
    """Say whether a title above a claim names a city's country, and not the city itself."""
    heads = (page.section(spot.sentence)[2], page.sentences[0])
    told = [m.place for head in heads for m in page.places_in(head.start, head.end)]
    return place not in told and any(
        each.scope == "country" and each.country == place.country for each in told
    )
