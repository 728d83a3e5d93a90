"""A figure of all of a region is neither its city's nor its country's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from consumers.extractor.places import load_gazetteer

if TYPE_CHECKING:
    from collections.abc import Callable

    from vigil.claim import Claim

    Extract = Callable[..., list[Claim]]

STRIKE = "Bakers strike in Catalonia\n\n"
# Each text with the place of its 17 or more.
STORIES = {
    "a part of it in a city": (
        STRIKE + "Police made 17 arrests across the region at Friday's marches, 4 in Barcelona.",
        "Catalonia",
    ),
    "after a city's march": (
        STRIKE
        + "Bakers marched in Barcelona. In all 90 people were arrested throughout the region.",
        "Catalonia",
    ),
    "districts of a state": (
        (
            "Bakers strike in Gujarat\n\nBakers marched in Surat. Police held 120 protesters in "
            "nine districts of the state."
        ),
        "Gujarat",
    ),
    "a city of its own": (
        STRIKE + "Police arrested 17 protesters in Barcelona and patrolled across the region.",
        "Barcelona",
    ),
    "two of its cities": (
        "Bakers strike\n\nPolice arrested 17 bakers at marches in Barcelona and Girona.",
        "Catalonia",
    ),
    "a city that is no part of its region": (
        "Bakers strike\n\nPolice arrested 17 bakers at marches in St Petersburg and Kolpino.",
        "Russia",
    ),
    "cities of two regions": (
        "Bakers strike\n\nPolice arrested 17 bakers at marches in Barcelona and Zaragoza.",
        "Spain",
    ),
    "the state a story plays in": (
        (
            "Refuge occupier freed\n\nA farmer was let go by a judge of the United States after a "
            "protest. He had sung at a refuge of Oregon. Songs from Oregon are long. A man from "
            "Nevada wept. Oregon's ranchers wept.\n\nThe judge is old. The refuge is cold. A mill "
            "burnt.\n\nThe farmer had been indicted along with 17 others arrested over the protest."
        ),
        "Oregon",
    ),
    "a city of the state before": (
        (
            "Bakers block a road in Tucson\n\nBakers sat down in Tucson, Arizona. The heat in "
            "Arizona was great.\n\nPolice arrested 17 protesters."
        ),
        "Tucson",
    ),
    "a region nobody has named": (
        "Bakers march in Barcelona\n\nPolice arrested 17 marchers in towns across the region.",
        "Barcelona",
    ),
}


@pytest.mark.parametrize("case", STORIES)
def test_what_is_told_of_all_of_a_region_is_the_regions(claims_of: Extract, case: str) -> None:
    text, place = STORIES[case]
    told = [c for c in claims_of(text) if c.kind == "detention" and c.figure != 4]  # the part
    assert [claim.place.name for claim in told if claim.place] == [place]


@pytest.mark.parametrize(
    ("text", "capital", "latitude", "longitude"),
    [
        ("Marches in Illinois. Nine were held in the state capital.", "Springfield", 39.8, -89.6),
        ("Marches in Maine. Nine were held in the state capital.", "Augusta", 44.3, -69.8),
        ("Marches in Vermont. Nine were held in the state capital.", "Montpelier", 44.3, -72.6),
        ("Marches in Delaware. Nine were held in the state capital.", "Dover", 39.2, -75.5),
        (
            "Marches in West Virginia. Nine were held in the state capital.",
            "Charleston",
            38.3,
            -81.6,
        ),
        ("Marches in Minnesota. Nine were held in the state capital.", "St Paul", 44.9, -93.1),
    ],
)
def test_a_state_lies_where_its_capital_does(
    text: str, capital: str, latitude: float, longitude: float
) -> None:
    for place in (mention.place for mention in load_gazetteer().find(text)):
        assert place.latitude == pytest.approx(latitude, abs=0.1)
        assert place.longitude == pytest.approx(longitude, abs=0.1)
    assert load_gazetteer().find(text)[-1].place.name == capital


@pytest.mark.parametrize(
    ("cities", "region"),
    [
        (("Dallas", "Houston"), "Texas"),
        (("St Louis", "Kansas City"), "Missouri"),
        (("Oakland", "Berkeley"), "California"),
        (("London", "Manchester"), None),
        (("St Petersburg", "Kolpino"), None),
    ],
)
def test_a_city_is_of_the_region_that_holds_it(cities: tuple[str, str], region: str | None) -> None:
    gazetteer = load_gazetteer()
    found = [gazetteer.region(each.place) for each in gazetteer.find(" and ".join(cities))]
    assert [each.name if each else None for each in found] == [region, region]
