"""Figures of a country that a text about one city tells, and the city where it is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from vigil.claim import Claim

    Extract = Callable[..., list[Claim]]

# Each text with the figures it tells and their places.
STORIES: dict[str, tuple[str, list[tuple[int, str]]]] = {
    "a city set off behind the country's figure": (
        (
            "Detentions at Friday's rallies across Tunisia have reached 410, a group said late in "
            "the evening, with Sfax far ahead."
        ),
        [(410, "Tunisia")],
    ),
    "several town centres": (
        (
            "TUNIS (Agency) - A march over bread filled the main avenue in Tunis on Friday."
            "\n\nSome 260 people were detained as anger was heard in city centres."
        ),
        [(260, "Tunisia")],
    ),
    "dozens of towns behind a city": (
        (
            "Bread marches"
            "\n\nThe death of a baker in a cell in Sfax set off marches, and hundreds of people "
            "were detained in dozens of towns."
        ),
        [(200, "Tunisia")],
    ),
    "dozens of quarters of a city": (
        (
            "Bread marches in Sfax"
            "\n\nHundreds of protesters were detained in dozens of districts of Sfax."
        ),
        [(200, "Sfax")],
    ),
    "a country's police before the event": (
        (
            "TUNIS (Agency) - Tunisian police detained 26 people on Friday to prevent rallies "
            "over bread."
            "\n\nOfficers closed the central avenue in Tunis at dawn. A march in Tunis was "
            "called off."
        ),
        [(26, "Tunisia")],
    ),
    "a country's police at one rally": (
        (
            "TUNIS (Agency) - A march over bread filled the main avenue in Tunis on Friday."
            "\n\nTunisian police detained 26 people when they broke up the rally."
        ),
        [(26, "Tunis")],
    ),
    "a city's share of the dead": (
        (
            "Bread and the price"
            "\n\nThe strike committee in Tunisia counted rallies in 40 towns on Friday. Two of "
            "the nine wounded were treated in Sfax. It also recorded 314 arrests."
        ),
        [(314, "Tunisia")],
    ),
    "some of those who marched in a city": (
        (
            "Bread and the price"
            "\n\nMillers marched in Sfax on Friday. Nine of the 60 marchers were hurt in Sfax. "
            "Police arrested 14 people."
        ),
        [(14, "Sfax")],
    ),
    "where a wave of protests began": (
        (
            "Bread marches in Tunisia"
            "\n\nA monitor has documented 314 arrests since the protests began in Sfax on 28 May."
        ),
        [(314, "Tunisia")],
    ),
    "where a city's own protests began": (
        (
            "Bread marches in Sfax"
            "\n\nA monitor has documented 314 arrests since the protests began in Sfax on 28 May."
        ),
        [(314, "Sfax")],
    ),
    "a total since some day": (
        (
            "Bread marches shake Tunisia"
            "\n\nCrowds marched in Tunis again on Friday. In Tunis the central avenue was shut."
            "\n\nThe shops stayed open until noon, and the trams ran."
            "\n\nSince the protests began 840 people have been detained, a lawyer said."
        ),
        [(840, "Tunisia")],
    ),
    "a minister's figure": (
        (
            "Bread marches shake Tunisia"
            "\n\nCrowds marched in Tunis again on Friday. In Tunis the central avenue was shut."
            "\n\nThe shops stayed open until noon, and the trams ran."
            "\n\nThe interior ministry said 615 people had been arrested over bread protests."
        ),
        [(615, "Tunisia")],
    ),
    "a nationwide total beside a city": (
        (
            "Bread marches"
            "\n\nPolice in Tunisia cleared the gate of a mill on Friday, bringing the nationwide "
            "total of arrests to 700 since the first protests in Sfax."
        ),
        [(700, "Tunisia")],
    ),
    "another clause": (
        (
            "Bread marches"
            "\n\nIt was unclear how many were held in Sfax, but across Tunisia more than 350 "
            "protesters were detained on Friday."
        ),
        [(350, "Tunisia")],
    ),
    "many districts behind a city": (
        (
            "Bread marches"
            "\n\nTunisian police arrested 331 protesters across the country, including 80 from "
            "Sfax and 251 from various districts."
        ),
        [(331, "Tunisia"), (80, "Sfax"), (251, "Tunisia")],
    ),
    "a name in apposition": (
        (
            "Held before a rally"
            "\n\nPolice arrested 19 people planning to hold a rally in the Kyrgyz capital, Bishkek."
            "\n\nAnother 12 protesters were detained in the centre of Kyrgyzstan's second city, "
            "Osh."
        ),
        [(19, "Bishkek"), (12, "Osh")],
    ),
    "an event of a country": (
        (
            "By Ann Lee SYDNEY, Australia - Students threw paint at Sydney police on Friday in "
            "Australia's loudest protest yet. Officers arrested 33 people."
        ),
        [(33, "Sydney")],
    ),
    "police of a city that are called as another's": (
        (
            "Raids over prices"
            "\n\nThe Dhaka Metropolitan Police arrested 44 protesters in parts of the capital."
        ),
        [(44, "Dhaka")],
    ),
    "a city with most of them": (
        "Bakers march in Tunisia\n\nOn Friday 310 people were arrested, most of them in Tunis.",
        [(310, "Tunisia")],
    ),
    "a city with some of a region's": (
        "On Friday 310 people were arrested at a march in Tunis, mostly in the port.",
        [(310, "Tunis")],
    ),
    "two cities, each called by what it is": (
        (
            "Bakers were angry."
            "\n\nSome 40 protesters were detained on Friday in the Tunisian capital of Tunis "
            "and the southern trading hub of Sfax."
        ),
        [(40, "Tunisia")],
    ),
    "the paragraph before, of another country than the story": (
        (
            "Bakers storm the U.S. Embassy in Tunisia"
            "\n\nTUNIS (Agency) - Bakers marched on the U.S. Embassy in Tunis on Friday."
            "\n\nIn Tunisia bread is dear. Flour in Tunisia is dearer, a Tunisian union said."
            "\n\nMoroccan bakers clashed with police in Rabat on Friday. It rained. It was dark."
            "\n\nSixteen people were hurt, the ministry said. Twelve protesters were arrested."
        ),
        [(12, "Rabat")],
    ),
    "a look back in the paragraph before": (
        (
            "Bakers march in Tunis"
            "\n\nTUNIS (Agency) - Bakers marched in Tunis on Friday over the price of flour."
            "\n\nIt was like the marches in Rabat last year. Nobody knows why."
            "\n\nIt rained. Twelve protesters were arrested."
        ),
        [(12, "Tunis")],
    ),
    "a city that was the scene": (
        (
            "CHICAGO - Rallies against the war were held across the United States on Friday."
            "\n\nSan Diego, where marches began in May, was once more the scene of protests. "
            "Police said they detained about 60 people by noon."
        ),
        [(60, "San Diego")],
    ),
}


# How a sentence about a crowd goes on behind a lead of one city, and the place of the crowd.
CROWDS: dict[str, str] = {
    "thousands of Tunisians took to the streets to protest against the minister.": "Tunisia",
    "thousands of young Tunisians have poured into the streets to protest.": "Tunisia",
    "thousands of Tunisian citizens have taken to the streets to rally for bread.": "Tunisia",
    "thousands of Tunisians took to the streets of Sfax to protest.": "Sfax",
    "thousands of Tunisian citizens joined the protest at the theatre.": "Tunis",
    "thousands of people took to the streets to protest against the minister.": "Tunis",
}


@pytest.mark.parametrize("said", CROWDS)
def test_people_of_a_country_are_of_no_single_city(claims_of: Extract, said: str) -> None:
    lead = "Bread march in Tunis\n\nCrowds filled the main avenue in Tunis on Friday.\n\n"
    (told,) = [c for c in claims_of(f"{lead}At noon, {said}") if c.kind == "protest"]
    assert told.place is not None
    assert told.place.name == CROWDS[said]


@pytest.mark.parametrize("case", STORIES)
def test_a_claim_goes_to_its_place(claims_of: Extract, case: str) -> None:
    text, rows = STORIES[case]
    told = [
        (claim.figure, claim.place.name if claim.place else "")
        for claim in claims_of(text, published="2024-06-12")
        if claim.kind == "detention" and not claim.named
    ]
    assert sorted(told, key=str) == sorted(rows, key=str)
