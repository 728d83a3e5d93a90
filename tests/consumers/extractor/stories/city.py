"""Stories of a city: its title, its dateline, its quarters and streets, and a second city."""

from __future__ import annotations

# Each text with the figures it tells and their places.
CITIES: dict[str, tuple[str, list[tuple[int, str]]]] = {
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
    "coordination": (
        (
            "Protests in Armenia"
            "\n\nPolice held 25 protesters in the capital Yerevan, while in the city of "
            "Gyumri up to 40 were arrested."
        ),
        [(25, "Yerevan"), (40, "Gyumri")],
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
    "dateline and lead": (
        (
            "Sri Lanka police arrest student leaders"
            "\n\nColombo, Aug 19: Police in Sri Lanka on Thursday arrested 20 people, "
            "including the convener of the Inter University Students' Federation, during a "
            "protest march in Colombo. The march started at Union Place."
        ),
        [(20, "Colombo")],
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
}
