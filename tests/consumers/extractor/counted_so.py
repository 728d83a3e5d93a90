"""More sentences of our own with the figures of people detained: ages, parts, lists, words."""

from __future__ import annotations

Span = tuple[int | None, int | None]

# One of these is what a claim of detention needs beside its cue.
SETTINGS = [
    "The baker sat in the road in defiance of a ban.",
    "The bakers had squatted outside the mill for six days.",
    "Sanitation staff were lathi-charged at the gate.",
    "Workers had staged a road roko on the bypass.",
    "The women courted arrest at noon.",
    "A scuffle broke out between bakers and guards.",
    "The port lay still on the third day of the hartal.",
    "Someone had unfurled a banner from the crane.",
    "Bakers chained themselves to the gate of the mill.",
    "They were blocking the northern motorway for an hour.",
    "Petrol bombs were thrown at the town hall.",
    "Officers fired rubber bullets over the roofs.",
    "The bakers ignored repeated orders to disperse.",
    "It was a breach of the peace, a sergeant said.",
    "The tents on the lawn were taken down.",
    "The trade union called it a shame.",
    "The charge was one of sedition.",
    "Hunt saboteurs had stood at the kennels.",
    "A counterprotest drew more people than the march of the brewers.",
    "Crowds had filled the bridge at dusk.",
]

COUNTED: list[tuple[str, list[Span]]] = [
    # ages are no people, and do not hide those who have them
    ("Three men, aged between 23 and 40, were arrested.", [(3, 3)]),
    ("Three men aged between 23 and 40 were arrested.", [(3, 3)]),
    ("Four women, aged 23, 35, 36 and 40, were arrested.", [(4, 4)]),
    ("Nine bakers ranging in age from 18 to 61 were arrested.", [(9, 9)]),
    ("A 61- year old man was arrested at the march in Leeds.", [(1, 1)]),
    ("A woman of 72 who stood alone was arrested.", []),
    ("Two men aged 23 and 40 others were arrested.", [(2, 2), (40, 40)]),
    ("Twelve people, 9 of them under 18, were arrested.", [(12, 12)]),
    # neither are houses, pages and contingents
    ("Two contingents of bakers who slept at the mill were arrested.", []),
    ("Arrests were made when bakers marched to the mill at 40 Harbour Street.", []),
    ("Police detained the owners of 19 web pages on bread.", []),
    ("Police arrested 30 Graz students.", [(30, 30)]),
    # ranges
    ("Five or six of her cousins were arrested.", [(5, 6)]),
    ("Two or three hundred people were arrested.", [(200, 300)]),
    ("Two to three hundred people were arrested.", [(200, 300)]),
    ("Police arrested between 50 and two hundred people.", [(50, 200)]),
    # parts of a number told before
    ("As many as 43 bakers, eleven women among them, were arrested.", [(None, 43)]),
    ("At least 13 bakers, five of them women, were arrested.", [(13, None)]),
    ("Some 47 bakers, 13 women and a child among them, were arrested.", [(47, 47)]),
    ("They took 12 bakers into custody, ten for contempt and two for affray.", [(12, 12)]),
    ("Police arrested 61 bakers. Among those held were 19 minors.", [(61, 61)]),
    ("Among those held at the rally were 19 minors.", [(19, 19)]),
    ("Some 43 bakers, eleven of them in Graz, were arrested.", [(43, 43), (11, 11)]),
    ("Of the 23 arrests four were for trespass and nine for affray.", [(23, 23)]),
    ("Of the 23 arrests at the mill four bakers were held for trespass.", [(23, 23)]),
    ("Police put the number of arrests at 33.", [(33, 33)]),
    ("Police arrested 30 people and put the number of injured officers at 9.", [(30, 30)]),
    # numbers that grew
    (("Police arrested 62 bakers over the long quarrel about the price of bread on Monday, and "
      "that number has since grown to 90."), [(62, 62), (90, 90)]),
    ("Graz saw 62 arrests; by dusk the figure had risen to 90.", [(62, 62), (90, 90)]),
    # what people did before or after
    (("Fourteen bakers refused to move at the heeding of state guards, the Graz Union reports, "
      "and were arrested and charged with disorderly conduct, a violation."), [(14, 14)]),
    ("Sixty bakers stayed in a cell on Monday after they were arrested at the mill.", [(60, 60)]),
    ("Sixty bakers sang while millers fled, and were arrested.", []),
    ("The guild knew of 3,100 people it believed were arrested.", [(3100, 3100)]),
    # shapes
    ("Eight bakers, among whom was the head of their guild, were detained on Monday.", [(8, 8)]),
    ("Police baton-charged and took into custody over three dozen bakers.", [(36, None)]),
    ("This brings to 129 the number of people arrested.", [(129, 129)]),
    ("The group raised to 891 the number of people arrested.", [(891, 891)]),
    (
        "Of those, 520 were held in Graz, where a band played, and 344 in Linz.",
        [(520, 520), (344, 344)],
    ),
    ("Graz leads with 571 detained bakers.", [(571, 571)]),
    ("A man and a woman were arrested on Monday.", [(2, 2)]),
    ("Nineteen students and two lecturers were detained.", [(21, 21)]),
    ("Police detained two fishermen and a teacher.", [(3, 3)]),
    # words
    ("Some 11 bakers were handcuffed and driven off.", [(11, 11)]),
    ("At least five people are in handcuffs.", [(5, None)]),
    ("Graz cops took in 23 bakers.", [(23, 23)]),
    ("Police hauled at least 180 people off the streets.", [(180, None)]),
    ("Six men were taken from their homes by police.", [(6, 6)]),
    ("Sixteen bakers were taken for questioning.", [(16, 16)]),
    ("Two students were taken by plainclothes officers.", [(2, 2)]),
    ("Some 70 bakers were arrested-and beaten in their cells.", [(70, 70)]),
    ("Some 70 bakers were detained--many of them by night.", [(70, 70)]),
    ("Police threw 16 bakers into jail.", [(16, 16)]),
    ("Sixteen bakers were thrown into jails across the city.", [(16, 16)]),
    ("Guards hauled 16 protesters off.", [(16, 16)]),
    ("Police carted 16 protesters away.", [(16, 16)]),
    ("Officers led 16 women away.", [(16, 16)]),
    ("Plainclothes men whisked three students away.", [(3, 3)]),
    ("Police dragged some away.", [(3, None)]),
    ("Police rounded 16 marchers up.", [(16, 16)]),
    ("Police locked 16 marchers up.", [(16, 16)]),
    ("Officers hustled 16 marchers into vans.", [(16, 16)]),
    ("Sixteen marchers were zip-tied.", [(16, 16)]),
    ("Sixteen marchers were frog-marched away.", [(16, 16)]),
    ("The seizure of 16 activists followed.", [(16, 16)]),
    ("The rounding up of 16 activists followed.", [(16, 16)]),
    ("No fewer than 16 arrests of protesters were counted.", [(16, None)]),
    ("Graz saw 16 arrests of protesters, against seven in Linz.", [(16, 16), (7, 7)]),
    # objects of two verbs
    ("The council detained or threatened dozens of bakers.", [(24, None)]),
    ("Police detained and deported 24 activists.", [(24, 24)]),
    ("Police have detained or questioned more than 30 bakers.", [(30, None)]),
    ("Police beat and then detained 19 bakers.", [(19, 19)]),
    ("Police arrested, beat and robbed 14 bakers.", [(14, 14)]),
    ("Officers detained and later released 12 bakers.", [(12, 12)]),
    ("Officers detained, photographed, and then released 12 bakers.", [(12, 12)]),
    ("Eighteen bakers were beaten, then taken away.", [(18, 18)]),
    ("Bakers were arrested and injured three officers.", []),
    ("Police released 12 bakers.", []),
    # what looks like them
    ("The seizure of 16 telephones followed.", []),
    ("Medics carried 16 protesters away.", []),
    ("Two bakers were dragged off the stage.", []),
    ("Marchers dragged 16 barriers away.", []),
    ("Police picked 16 stones up.", []),
]  # fmt: skip
