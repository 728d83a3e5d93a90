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
        (
            "Tram drivers march in Leipzig"
            "\n\nThe drivers want shorter shifts. Police said 17 protesters were arrested."
            "\n\nGermany has seen many strikes this year. Officers detained another 5 "
            "people for blocking the rails."
        ),
        [(17, "Leipzig"), (5, "Leipzig")],
    ),
    "lead": (
        (
            "Bakers rally against flour tax"
            "\n\nHundreds rallied in Tunis on Friday. Tunisia raised the tax in May."
            "\n\nTunisian police detained 21 demonstrators, a lawyer said."
        ),
        [(21, "Tunis")],
    ),
    "dateline": (
        (
            "SEVILLE, Spain (Agency) - Officers detained 44 demonstrators on Monday at a "
            "rally to mark a year since the U.S. bombing of Iran."
        ),
        [(44, "Seville")],
    ),
    "possessive": (
        (
            "Gunfire at dawn"
            "\n\nAccra's central market stood empty. The protests met a heavy police "
            "presence, and 33 protesters were arrested, the Ghana Bar Association said."
        ),
        [(33, "Accra")],
    ),
    "country in its own sentence": (
        (
            "Protest in Leipzig"
            "\n\nStudents marched in Leipzig. In Austria, police arrested 8 protesters."
        ),
        [(8, "Austria")],
    ),
    "nationwide": (
        (
            "Protest in Almaty"
            "\n\nPeople rallied in Almaty. Across the country, 310 protesters were "
            "detained."
        ),
        [(310, "Kazakhstan")],
    ),
    "embassy": (
        (
            "Vigil in Prague"
            "\n\nAbout a hundred people met in Prague. Police detained 6 protesters outside "
            "the Russian embassy."
        ),
        [(6, "Prague")],
    ),
    "whom it is about": (
        (
            "Vigil in Prague"
            "\n\nA small crowd met in Prague. Eleven activists who had stood up for Cuban "
            "protesters were detained."
        ),
        [(11, "Prague")],
    ),
    "body": (
        (
            "Protest in Leeds"
            "\n\nPeople sat down in Leeds. Police arrested 12 Sudan Solidarity Campaign "
            "supporters."
        ),
        [(12, "Leeds")],
    ),
    "authorities of a country": (
        (
            "Unrest spreads"
            "\n\nBolivian authorities have arrested 260 protesters, the ombudsman said."
        ),
        [(260, "Bolivia")],
    ),
    "a city's police": (
        (
            "MULTAN: Kasur police arrested 37 opposition workers and searched homes in "
            "Pattoki before the rally."
        ),
        [(37, "Kasur")],
    ),
    "there": (
        (
            "Rallies in two towns"
            "\n\nA reporter in the northern city of Gdansk said 19 protesters had been "
            "arrested there."
        ),
        [(19, "Gdansk")],
    ),
    "former capital": (
        (
            "Protest in Lagos"
            "\n\nPeople marched in Lagos. Nigerian police arrested 16 protesters in the "
            "country's former capital."
        ),
        [(16, "Lagos")],
    ),
    "the capital and another": (
        (
            "Vote protests in Kazakhstan"
            "\n\nPolice detained 90 protesters in the capital and in Almaty."
        ),
        [(90, "Kazakhstan")],
    ),
    "districts": (
        (
            "Crackdown before rally"
            "\n\nPolice arrested 230 opposition activists in 14 districts, including "
            "Khulna, in Bangladesh."
        ),
        [(230, "Bangladesh")],
    ),
    "part of a figure": (
        (
            "Rallies in Belarus"
            "\n\nPeople rallied in Belarus on Sunday. A total of 512 protesters were "
            "detained, including 301 in Minsk."
        ),
        [(512, "Belarus"), (301, "Minsk")],
    ),
    "coordination": (
        (
            "Protests in Armenia"
            "\n\nPolice held 25 protesters in the capital Yerevan, while in the city of "
            "Gyumri up to 40 were arrested."
        ),
        [(25, "Yerevan"), (40, "Gyumri")],
    ),
    "region's capital": (
        (
            "Draft protests"
            "\n\nPolice detained 70 protesters in the capital of Russia's Buryatia "
            "republic."
        ),
        [(70, "Ulan-Ude")],
    ),
    "the second city of": (
        ("Coup protest\n\nPolice detained 5 protesters in Poland's western city of Poznan."),
        [(5, "Poznan")],
    ),
    "origin": (
        (
            "Protest in Rome"
            "\n\nPeople marched in Rome. Police arrested 9 protesters. Marco Bindi from "
            "Turin spoke."
            "\n\nAnother 4 demonstrators were detained later."
        ),
        [(9, "Rome"), (4, "Rome")],
    ),
    "district": (
        (
            "Protest in Ankara"
            "\n\nPeople marched in Ankara. Police detained 13 protesters in the Cankaya "
            "district."
        ),
        [(13, "Ankara")],
    ),
    "street": (
        (
            "Protest in Cairo"
            "\n\nPeople marched in Cairo. Nine protesters were arrested in Talaat Harb "
            "Street, three in Giza."
        ),
        [(9, "Cairo"), (3, "Giza")],
    ),
    "parliament": (
        (
            "Bill angers students in Georgia"
            "\n\nPolice arrested 28 protesters outside the Georgian parliament on Friday."
        ),
        [(28, "Tbilisi")],
    ),
    "building": (
        (
            "Clashes in Alexandria"
            "\n\nPolice in Alexandria arrested 15 protesters who attacked the Alexandria "
            "Governorate Building."
        ),
        [(15, "Alexandria")],
    ),
    "a city and its province": (
        (
            "Quebec students clash with police over tuition"
            "\n\nMONTREAL — Thousands of students marched on Tuesday night against a "
            "tuition hike. Police declared the march illegal and arrested 118 people."
            "\n\nQuebec has seen weeks of student protests. In Quebec City, 31 students "
            "were detained near the National Assembly."
        ),
        [(118, "Montreal"), (31, "Quebec City")],
    ),
    "a quarter of a capital": (
        (
            "Iraqi forces disperse sit-in in Karrada"
            "\n\nIraqi security forces detained 14 protesters in Baghdad's Karrada district "
            "on Sunday, two activists said. The protesters demanded jobs. Another 9 were "
            "held in Sadr City."
        ),
        [(14, "Baghdad"), (9, "Baghdad")],
    ),
    "nationwide and a state": (
        (
            "Venezuela: opposition march blocked"
            "\n\nCaracas (AFP) - Venezuelan National Guard troops fired tear gas on "
            "Saturday at opposition marchers in Caracas. The rights group Foro Penal said "
            "47 people had been arrested nationwide, including 12 in the state of Tachira."
        ),
        [(47, "Venezuela"), (12, "Tachira")],
    ),
    "two cities": (
        (
            "Chilean police detained 58 people in Santiago on Friday night after clashes in "
            "Plaza Italia. In Valparaiso, 13 were arrested."
        ),
        [(58, "Santiago"), (13, "Valparaíso")],
    ),
    "a rally in many places, two cities": (
        (
            "Rallies held across Spain in support of Palestinians"
            "\n\nMADRID: Spanish police arrested 22 people in Madrid on Sunday during a "
            "pro-Palestinian protest that halted the Vuelta. The protest began near Atocha "
            "station."
            "\n\nTwo officers were hurt and 5 more demonstrators were arrested in Bilbao."
        ),
        [(22, "Madrid"), (5, "Bilbao")],
    ),
    "an embassy of a third country": (
        (
            "Thai court frees activists"
            "\n\nThai police arrested 11 protesters outside the Chinese embassy in Bangkok "
            "on Wednesday. They had protested against China's treatment of Uyghurs."
        ),
        [(11, "Bangkok")],
    ),
    "dateline and lead": (
        (
            "Sri Lanka police arrest student leaders"
            "\n\nColombo, Aug 19: Police in Sri Lanka on Thursday arrested 20 people, "
            "including the convener of the Inter University Students' Federation, during a "
            "protest march in Colombo. The march started at Union Place."
        ),
        [(20, "Colombo")],
    ),
    "a country's capital": (
        (
            "Police in Zimbabwe's capital arrested 13 opposition supporters on Friday. The "
            "party said 5 of its members were abducted from Chitungwiza."
        ),
        [(13, "Harare")],
    ),
    "war elsewhere": (
        (
            "Anti-war activists detained in Kazan"
            "\n\nActivists in Kazan held one-person pickets against the war in Ukraine on "
            "Sunday. Police detained at least 7 people, OVD-Info said. Since the start of "
            "the war more than 15,000 people have been detained in Russia."
        ),
        [(7, "Kazan"), (15000, "Russia")],
    ),
    "parliament of a dateline": (
        (
            "March for the murdered"
            "\n\nBUENOS AIRES, Argentina — Federal police officers clashed with retirees "
            "outside Congress on Wednesday. The Security Ministry said 31 demonstrators "
            "were arrested."
        ),
        [(31, "Buenos Aires")],
    ),
    "a title with a demonym": (
        (
            "Hanoi police break up anti-China rally"
            "\n\nVietnamese police arrested 22 protesters at an anti-China rally in central "
            "Hanoi on Sunday. About 300 people had gathered near the Chinese embassy before "
            "marching around Hoan Kiem lake."
        ),
        [(22, "Hanoi")],
    ),
    "authorities and a clause of its own": (
        (
            "Protesters held in Addis"
            "\n\nEthiopian authorities arrested 34 people who protested outside the US "
            "embassy in Addis Ababa. They were taken to a police station in the Bole area."
        ),
        [(34, "Addis Ababa")],
    ),
    "across a country": (
        (
            "Kurdish protesters arrested in Diyarbakir"
            "\n\nTurkish police detained 43 people in the southeastern city of Diyarbakir "
            "on Monday. Across Turkey, 180 people were detained over the weekend."
        ),
        [(43, "Diyarbakir"), (180, "Turkey")],
    ),
    "a city of a state": (
        (
            "Occupy Oakland"
            "\n\nOAKLAND, Calif. (AP) — Police cleared a camp of anti-Wall Street "
            "protesters in Oakland early Tuesday. City officials said 75 people were "
            "arrested. Interim Chief Howard Jordan said officers used tear gas."
            "\n\nSimilar camps have sprung up in New York."
        ),
        [(75, "Oakland")],
    ),
    "a march through the capital": (
        (
            "Paris: 147 arrests at May Day march"
            "\n\nFrench police arrested 147 people on the fringes of Wednesday's march "
            "through the capital. The interior minister said hooded youths had attacked "
            "shops near Place de la Bastille."
        ),
        [(147, "Paris")],
    ),
    "part of a country's": (
        (
            "Rangoon monks"
            "\n\nMyanmar's military government said 1,500 people were arrested during "
            "September's demonstrations, including 200 in Rangoon."
        ),
        [(1500, "Myanmar"), (200, "Yangon")],
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
