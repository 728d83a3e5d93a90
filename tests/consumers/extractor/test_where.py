"""The place of a claim: the city of the story, its quarters, and names that are no scene."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from vigil.claim import Claim

    Extract = Callable[..., list[Claim]]

Row = tuple[int, str]

# Each text with the figures it tells and their places.
STORIES: dict[str, tuple[str, list[Row]]] = {
    "title": (
        "Tram drivers march in Leipzig\n\nThe drivers want shorter shifts. Police said 17 "
        "protesters were arrested.\n\nGermany has seen many strikes this year. Officers detained "
        "another 5 people for blocking the rails.",
        [(17, "Leipzig"), (5, "Leipzig")],
    ),
    "lead": (
        "Bakers rally against flour tax\n\nHundreds rallied in Tunis on Friday. Tunisia raised the "
        "tax in May.\n\nTunisian police detained 21 demonstrators, a lawyer said.",
        [(21, "Tunis")],
    ),
    "dateline": (
        "SEVILLE, Spain (Agency) - Officers detained 44 demonstrators on Monday at a rally to mark "
        "a year since the U.S. bombing of Iran.",
        [(44, "Seville")],
    ),
    "possessive": (
        "Gunfire at dawn\n\nAccra's central market stood empty. The protests met a heavy police "
        "presence, and 33 protesters were arrested, the Ghana Bar Association said.",
        [(33, "Accra")],
    ),
    "country in its own sentence": (
        "Protest in Leipzig\n\nStudents marched in Leipzig. In Austria, police arrested 8 protesters.",
        [(8, "Austria")],
    ),
    "nationwide": (
        "Protest in Almaty\n\nPeople rallied in Almaty. Across the country, 310 protesters were "
        "detained.",
        [(310, "Kazakhstan")],
    ),
    "embassy": (
        "Vigil in Prague\n\nAbout a hundred people met in Prague. Police detained 6 protesters "
        "outside the Russian embassy.",
        [(6, "Prague")],
    ),
    "whom it is about": (
        "Vigil in Prague\n\nA small crowd met in Prague. Eleven activists who had stood up for "
        "Cuban protesters were detained.",
        [(11, "Prague")],
    ),
    "body": (
        "Protest in Leeds\n\nPeople sat down in Leeds. Police arrested 12 Sudan Solidarity Campaign "
        "supporters.",
        [(12, "Leeds")],
    ),
    "authorities of a country": (
        "Unrest spreads\n\nBolivian authorities have arrested 260 protesters, the ombudsman said.",
        [(260, "Bolivia")],
    ),
    "a city's police": (
        "MULTAN: Kasur police arrested 37 opposition workers and searched homes in Pattoki "
        "before the rally.",
        [(37, "Kasur")],
    ),
    "there": (
        "Rallies in two towns\n\nA reporter in the northern city of Gdansk said 19 protesters had "
        "been arrested there.",
        [(19, "Gdansk")],
    ),
    "former capital": (
        "Protest in Lagos\n\nPeople marched in Lagos. Nigerian police arrested 16 protesters in the "
        "country's former capital.",
        [(16, "Lagos")],
    ),
    "the capital and another": (
        "Vote protests in Kazakhstan\n\nPolice detained 90 protesters in the capital and in Almaty.",
        [(90, "Kazakhstan")],
    ),
    "districts": (
        "Crackdown before rally\n\nPolice arrested 230 opposition activists in 14 districts, "
        "including Khulna, in Bangladesh.",
        [(230, "Bangladesh")],
    ),
    "part of a figure": (
        "Rallies in Belarus\n\nPeople rallied in Belarus on Sunday. A total of 512 protesters were "
        "detained, including 301 in Minsk.",
        [(512, "Belarus"), (301, "Minsk")],
    ),
    "coordination": (
        "Protests in Armenia\n\nPolice held 25 protesters in the capital Yerevan, while in the "
        "city of Gyumri up to 40 were arrested.",
        [(25, "Yerevan"), (40, "Gyumri")],
    ),
    "region's capital": (
        "Draft protests\n\nPolice detained 70 protesters in the capital of Russia's Buryatia "
        "republic.",
        [(70, "Ulan-Ude")],
    ),
    "the second city of": (
        "Coup protest\n\nPolice detained 5 protesters in Poland's western city of Poznan.",
        [(5, "Poznan")],
    ),
    "origin": (
        "Protest in Rome\n\nPeople marched in Rome. Police arrested 9 protesters. Marco Bindi from "
        "Turin spoke.\n\nAnother 4 demonstrators were detained later.",
        [(9, "Rome"), (4, "Rome")],
    ),
    "district": (
        "Protest in Ankara\n\nPeople marched in Ankara. Police detained 13 protesters in the "
        "Cankaya district.",
        [(13, "Ankara")],
    ),
    "street": (
        "Protest in Cairo\n\nPeople marched in Cairo. Nine protesters were arrested in Talaat Harb "
        "Street, three in Giza.",
        [(9, "Cairo"), (3, "Giza")],
    ),
    "parliament": (
        "Bill angers students in Georgia\n\nPolice arrested 28 protesters outside the Georgian "
        "parliament on Friday.",
        [(28, "Tbilisi")],
    ),
    "building": (
        "Clashes in Alexandria\n\nPolice in Alexandria arrested 15 protesters who attacked the "
        "Alexandria Governorate Building.",
        [(15, "Alexandria")],
    ),
}


@pytest.mark.parametrize("case", STORIES)
def test_a_claim_goes_to_its_place(claims_of: Extract, case: str) -> None:
    text, rows = STORIES[case]
    told = [
        (claim.low or claim.high, claim.place.name if claim.place else "")
        for claim in claims_of(text, published="2024-06-12")
        if claim.kind == "detention" and not claim.named
    ]
    assert sorted(told, key=str) == sorted(rows, key=str)
