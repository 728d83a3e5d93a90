"""Stories whose own sentence tells a country, a quarter, or nothing: the scene is elsewhere."""

from __future__ import annotations

# Each text with the figures it tells and their places.
SCENES: dict[str, tuple[str, list[tuple[int, str]]]] = {
    "police in a country": (
        (
            "Police break up protest"
            "\n\nPolice in Kyrgyzstan have broken up a protest in support of a jailed singer and "
            "detained around 90 people. The crowd had gathered on Monday in front of the "
            "courthouse in Osh."
        ),
        [(90, "Osh")],
    ),
    "police in a country of two rallies": (
        (
            "Protesters held"
            "\n\nPolice in Kyrgyzstan have detained around 90 people at rallies over prices. The "
            "biggest crowd gathered in Osh, while in Bishkek some 300 marched."
        ),
        [(90, "Kyrgyzstan")],
    ),
    "the next sentence": (
        (
            "Left-wing opponents held"
            "\n\nGerman police arrested 37 demonstrators during a far-right march on Saturday. "
            "Officers said the marchers had walked through the northern town of Celle. A "
            "gathering in Trier was quiet."
        ),
        [(37, "Celle")],
    ),
    "the place that opens a clause": (
        (
            "Rallies in two towns"
            "\n\nIn Geelong, 12 activists were arrested at a gate, and others in Perth sat down."
        ),
        [(12, "Geelong")],
    ),
    "a figure told again": (
        (
            "Rallies in many towns"
            "\n\nPolice detained 310 protesters in Ghent and 40 in Lyon. Crowds also met in "
            "London. Of the 310 protesters arrested in the city, most were let go."
        ),
        [(310, "Ghent"), (40, "Lyon")],
    ),
    "on a square": (
        (
            "Court hears activists"
            "\n\nSome 26 protesters were detained on Red Square and near the Supreme "
            "Court of the Russian Federation."
        ),
        [(26, "Moscow")],
    ),
    "police of no province": (
        (
            "Brotherhood members held in Egypt"
            "\n\nPeople met in Cairo. In the Nile Delta province of Sharqia police detained 19 "
            "protesters who were to travel to Cairo for the rally."
        ),
        [(19, "Sharqia")],
    ),
    "headings that are places": (
        (
            "Weekly round-up of protests in Poland"
            "\n\nKrakow\n\nTwenty-two protesters were detained after a sit-in."
            "\n\nLublin\n\nPolice arrested 31 protesters."
        ),
        [(22, "Krakow"), (31, "Lublin")],
    ),
    "a capital for its government": (
        (
            "Rights group on lawyers"
            "\n\nActivists met in Oslo. Beijing has detained 40 protesters since July, it said."
        ),
        [(40, "China")],
    ),
    "a title that tells the country": (
        (
            "70 arrested in Malaysia march"
            "\n\nMalaysian police made 70 arrests on Saturday during a march in the capital. "
            "Crowds had filled Kuala Lumpur."
        ),
        [(70, "Kuala Lumpur")],
    ),
    "what is demanded": (
        (
            "VILNIUS (Agency) - Lithuanian police have detained 28 protesters on a march to the "
            "ministry to demand the release of a student arrested last week in Minsk."
        ),
        [(28, "Vilnius")],
    ),
    "a capital beside its demonym": (
        "Youth activists held\n\nPolice detained 17 protesters in the Azerbaijani capital of Baku.",
        [(17, "Baku")],
    ),
    "a camp named after a city": (
        (
            "41 arrested in Occupy Denver protest"
            "\n\nDENVER - The arrests of 41 members of a group of protesters marked a new stage, "
            "organisers said Sunday. Similar camps stood in Boston and Tampa."
        ),
        [(41, "Denver")],
    ),
    "a campus": (
        (
            "Students held in Arizona"
            "\n\nOfficers arrested 72 protesters at Arizona State University on Saturday."
        ),
        [(72, "Tempe")],
    ),
    "what a march is about": (
        (
            "Marchers held\n\nBOSTON _ A march over the beating of a poet in Vermont ended in "
            "31 arrests."
        ),
        [(31, "Boston")],
    ),
    "what a rally answers": (
        (
            "Rally broken up\n\nIn Eugene, Ore., police made 12 arrests at a rally sparked by "
            "riots in Lima."
        ),
        [(12, "Eugene")],
    ),
    "the White House": (
        "Sit-in ends\n\nPolice arrested 18 people at a protest outside the White House.",
        [(18, "Washington")],
    ),
    "the police of Capitol Hill": (
        (
            "Women held\n\nAbout 80 women at a protest against a judge were arrested by Capitol "
            "Hill police."
        ),
        [(80, "Washington")],
    ),
    "abroad, and far before": (
        (
            "Weavers block a mill in Perth\n\nA mill in Perth stood still, and weavers in Perth "
            "sang. The wool of the mill had been spun in Lima, they said. Ropes were tied to its "
            "gates. A drum was beaten. A baker sang. Two mounted officers fell. By noon 26 people "
            "had been arrested at the protest."
        ),
        [(26, "Perth")],
    ),
    "where they never came": (
        (
            "Weavers march on the capital\n\nIn Jaipur weavers walked all night. Police rounded up "
            "310 weavers headed for Delhi."
        ),
        [(310, "Jaipur")],
    ),
    "whose detention people march against": (
        "Rally\n\nHundreds marched in Lyon on Monday against Peru's detention of six weavers.",
        [(6, "Peru")],
    ),
    "somebody else, elsewhere": (
        (
            "Mill in Linz occupied\n\nWeavers held a mill in Linz. Seven were arrested at a gate "
            "during the protest and another surrendered to officers in Graz."
        ),
        [(7, "Linz")],
    ),
    "where they marched to": (
        (
            "March for Darfur\n\nThe war in Darfur goes on. People from Darfur sang for Darfur. "
            "Officers arrested 16 protesters after they marched to the White House."
        ),
        [(16, "Washington")],
    ),
    "by the water": (
        (
            "Coal ships stopped\n\nAs a minister was speaking in Canberra, police arrested 44 "
            "protesters on Newcastle Harbour, north of Sydney."
        ),
        [(44, "Newcastle")],
    ),
    "another city's gallery": (
        (
            "Glued to a frame\n\nTwo climate activists were arrested on Sunday at the National "
            "Gallery of Victoria in Melbourne."
        ),
        [(2, "Melbourne")],
    ),
    "a sentence of two lines": (
        (
            "Rallies in two towns\n\nTwenty protesters were arrested in Denver at a rally; and 11 "
            "protesters were arrested <br>\nin Reno, Nevada."
        ),
        [(20, "Denver"), (11, "Reno")],
    ),
    "a capital that acts": (
        (
            "Weavers watched\n\nBeijing has stepped up its crackdown on guilds, tightening the law "
            "and detaining hundreds of activists."
        ),
        [(200, "China")],
    ),
    "two letters": (
        "Two marches\n\nA total of 53 bakers were arrested at two marches in L.A., officers said.",
        [(53, "Los Angeles")],
    ),
}
