"""Choose the place of a claim: its own clause, its sentence, what came before, the dateline."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from consumers.extractor import place_pointers as pointers
from consumers.extractor import place_wide as wide
from consumers.extractor import rest
from consumers.extractor.place_again import sentence_at, told_before
from consumers.extractor.place_home import home_city
from consumers.extractor.place_locative import is_locative
from consumers.extractor.place_region import whole_region
from consumers.extractor.place_respective import respective
from consumers.extractor.place_sentence import in_sentence, is_dateline
from consumers.extractor.scene import (
    LOOKS_BACK,
    NATION,
    country_of,
    home_country,
    is_capital,
    pick,
    region_of,
    scenes,
    set_scene,
)
from vigil.place import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consumers.extractor.passage import Page, Spot
    from consumers.extractor.places import PlaceMention
    from consumers.extractor.sentences import Sentence
    from vigil.claim import PlaceBasis

    Chosen = tuple[Place, PlaceBasis]


_COMMA: Final = 3  # characters: where a name after a comma starts
_THE: Final = re.compile(r"(?:the|this|all)\b", re.IGNORECASE)

_BACK: Final = 4  # sentences before a claim that still set its scene
_BACK_INSIDE: Final = 12  # and inside one paragraph
_OFTEN: Final = 3  # times a region is named that a story plays in
_MOSTLY: Final = 0.7  # of all times it names a region
_FAR: Final = 1_500  # characters back that say which country is spoken of


def choose_place(page: Page, spot: Spot) -> Chosen | None:
    """Return the place of a claim and what it rests on, or None where the article does not say."""
    own = _own(page, spot)
    if not own and (region := whole_region(page, spot)):
        return region
    if turn := respective(page, spot):
        return turn, "sentence"
    chosen = (
        own
        or wide.national(page, spot)
        or _elsewhere(page, spot)
        or in_sentence(page, spot)
        or _carried(page, spot)
    )
    if chosen is None:
        return None
    place, basis = chosen
    if place.scope in {"city", "region"} and wide.is_of_many(page, spot):
        country = country_of(place.country)
        return (country, basis) if country else chosen
    return chosen


def _own(page: Page, spot: Spot) -> Chosen | None:
    """Return the place a list puts beside the figure: a name no gazetteer knows is kept.

    In a story of one city that is a quarter or a street of it.
    """
    if spot.own is None:
        return None
    start, end = spot.own
    # "in Zorna Street, Shubra"
    mentions = page.places_in(start, end) or page.places_in(end, end + _COMMA)
    if not any(is_locative(page, m) for m in mentions):
        # "nine in the capital after supporters of Serbia's ruling party clashed"
        between = [m for m in scenes(page, spot.end, start) if is_locative(page, m)]
        mentions = between or mentions
    if mentions:
        cities = [m for m in mentions if m.place.scope != "country"]
        return (cities or mentions)[0].place, "sentence"
    name = page.cleaned[start:end].removeprefix("the ")
    if name[:1] != name[:1].upper() or _THE.match(name):
        return None
    city = home_city(page, spot.sentence)
    if city:
        return city, "context"
    country = _country_before(page, spot)
    return (Place(name, "city", country), "sentence") if country else None


def _elsewhere(page: Page, spot: Spot) -> Chosen | None:
    """Return the country where a figure is said to be of elsewhere, in no place named."""
    match = rest.told_behind(page, spot)
    if match is None:
        # in a story of one city "Elsewhere, police held nine" is of its other streets
        if not rest.is_told_ahead(page, spot) or home_city(page, spot.sentence):
            return None
        if scenes(page, spot.left, spot.right):
            return None
    elif scenes(page, spot.end, match.end() + rest.SOON // 2):
        return None
    country = country_of(_country_before(page, spot))
    return (country, "context") if country else None


def _carried(page: Page, spot: Spot) -> Chosen | None:
    sentence = page.sentences[spot.sentence]
    text = page.cleaned[sentence.start : sentence.end]
    if NATION.search(text) or spot.many_cities:
        country = country_of(_country_before(page, spot))
        return (country, "context") if country else None
    told = told_before(page, spot)
    if told:
        return told
    pointed = pointers.generic(page, spot, None)
    if pointed:
        return _whole(page, spot, (pointed, "context"))
    here = pointers.here(page, spot)
    if here:
        return here, "dateline"
    return _from_context(page, spot)


def _from_context(page: Page, spot: Spot) -> Chosen | None:
    """Return the place of a figure whose sentence points at none."""
    chosen = _before(page, spot) or _lead(page, spot) or _about(page, spot) or _dateline(page)
    if chosen and chosen[0].scope == "country":
        seat = pointers.parliament(page, spot) or pointers.ahead(page, spot)
        seat = seat or _home_region(page, spot, chosen[0])
        return (seat, "context") if seat else chosen
    if chosen is None or pointers.in_street(page, spot):
        return chosen
    return wide.total(page, spot, chosen) or _whole(page, spot, chosen)


def _home_region(page: Page, spot: Spot, country: Place) -> Place | None:
    """Return the state or province a story plays in, which it names more often than the country."""
    start, end, _ = page.section(spot.sentence)
    told = [m for m in page.places_in(start, end) if m.place.country == country.country]
    regions = Counter(m.place for m in told if m.place.scope == "region")
    own = sum(m.place == country and m.form == "name" for m in told)
    if not regions:
        return None
    region, most = regions.most_common(1)[0]
    return region if most >= max(_OFTEN, _MOSTLY * regions.total(), own + 1) else None


def _whole(page: Page, spot: Spot, chosen: Chosen) -> Chosen:
    """Return the country for a figure one part of which its sentence gives the city it would get.

    "442 were detained, including 266 in Minsk": 442 is of more than Minsk.
    """
    sentence = page.sentences[spot.sentence]
    parts = scenes(page, spot.right, sentence.end)
    place, basis = chosen
    country = country_of(place.country)
    return (country, basis) if country and any(m.place == place for m in parts) else chosen


def _country_before(page: Page, spot: Spot) -> str | None:
    sentence = page.sentences[spot.sentence]
    earlier = page.places_in(max(0, sentence.start - _FAR), sentence.start)
    codes = [m.place.country for m in earlier if m.place.country]
    if codes:
        return Counter(codes[-6:]).most_common(1)[0][0]
    return home_country(page, spot.sentence)


def _before(page: Page, spot: Spot) -> Chosen | None:
    """Return the place the sentences before have set, or the headline above them.

    The sentence right before and those of the paragraph before may tell of any country; what is
    farther off has to be of the country the article is about.
    """
    sentence = page.sentences[spot.sentence]
    home = home_country(page, spot.sentence)
    looks_back = bool(LOOKS_BACK.search(page.cleaned[sentence.start : sentence.end]))
    for index in range(spot.sentence - 1, max(-1, spot.sentence - 1 - _BACK_INSIDE), -1):
        earlier = page.sentences[index]
        back = spot.sentence - index
        near = back == 1 or (back <= _BACK and _goes_on_from(page, earlier, sentence))
        if back > _BACK and earlier.paragraph != sentence.paragraph:
            break
        fitting = [
            m
            for m in scenes(page, earlier.start, earlier.end)
            if (near or home in {None, m.place.country}) and not rest.is_share(page, m, earlier)
        ]
        basis: PlaceBasis = "headline" if earlier.heading else "context"
        place = set_scene(
            page,
            [m for m in fitting if is_locative(page, m, carried=True) or _heads(page, m, earlier)],
        )
        if place:
            return _narrowed(page, spot, place, fitting, back=looks_back), basis
        if earlier.section:
            break
    return None


def _goes_on_from(page: Page, earlier: Sentence, sentence: Sentence) -> bool:
    """Say whether a sentence goes on from an earlier one of its paragraph or the one before."""
    if sentence.paragraph == earlier.paragraph:
        return True
    back = LOOKS_BACK.search(page.cleaned, earlier.start, earlier.end)
    return sentence.paragraph - earlier.paragraph == 1 and not back


def _heads(page: Page, mention: PlaceMention, sentence: Sentence) -> bool:
    """Say whether a heading is hardly more than a place: "## Gdansk", "Lille, Saturday"."""
    if not sentence.heading or mention.form != "name" or is_dateline(page, mention):
        return False
    whole = sum(map(str.isalpha, page.cleaned[sentence.start : sentence.end]))
    return 2 * (mention.end - mention.start) >= whole


def _narrowed(
    page: Page, spot: Spot, place: Place, mentions: Sequence[PlaceMention], *, back: bool
) -> Place:
    """Return the place a sentence set for later ones: of a country the city the story plays in."""
    if back:
        return country_of(place.country) or place
    if any(m.form == "phrase" for m in mentions):
        return place
    city = home_city(page, spot.sentence)
    if place.scope == "region":
        return city if city and region_of([city]) == place else place
    if place.scope != "country":
        return place
    return city if city and city.country == place.country else place


def _about(page: Page, spot: Spot) -> Chosen | None:
    """Return what a section is about as a whole: its city, its headline's place, its country."""
    city = home_city(page, spot.sentence)
    if city:
        return city, "context"
    code = home_country(page, spot.sentence)
    if code is None or all(is_dateline(page, m) for m in page.places[:2]):
        return None
    head = page.section(spot.sentence)[2]
    titled = [m for m in scenes(page, head.start, head.end) if m.place.country == code]
    place = pick(page, [m for m in titled if is_locative(page, m)])
    if place:
        return place, "headline"
    country = country_of(code)
    return (country, "headline" if titled else "context") if country else None


def _lead(page: Page, spot: Spot) -> Chosen | None:
    """Return the place of the dateline in the paragraph it opens: no capital, nobody is sent there.

    A capital may stand for its country, whose news come from there.
    """
    line = page.dateline
    if line is None or is_capital(line.place) or line.place.scope != "city":
        return None
    sentence = page.sentences[spot.sentence]
    opened = page.sentences[sentence_at(page, line.start)]
    if opened.paragraph != sentence.paragraph:
        return None
    home = home_country(page, spot.sentence)
    return (line.place, "dateline") if home in {None, line.place.country} else None


def _dateline(page: Page) -> Chosen | None:
    """Return the place of the dateline; a capital stands for its country."""
    if page.dateline is None:
        return None
    place = page.dateline.place
    wide = country_of(place.country) if is_capital(place) else None
    return wide or place, "dateline"
