"""Stories that name a country, its authorities, its embassies or its capital."""

from __future__ import annotations

# Each text with the figures it tells and their places.
COUNTRIES: dict[str, tuple[str, list[tuple[int, str]]]] = {
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
    "authorities of a country": (
        (
            "Unrest spreads"
            "\n\nBolivian authorities have arrested 260 protesters, the ombudsman said."
        ),
        [(260, "Bolivia")],
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
    "parliament": (
        (
            "Bill angers students in Georgia"
            "\n\nPolice arrested 28 protesters outside the Georgian parliament on Friday."
        ),
        [(28, "Tbilisi")],
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
    "an embassy of a third country": (
        (
            "Thai court frees activists"
            "\n\nThai police arrested 11 protesters outside the Chinese embassy in Bangkok "
            "on Wednesday. They had protested against China's treatment of Uyghurs."
        ),
        [(11, "Bangkok")],
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
