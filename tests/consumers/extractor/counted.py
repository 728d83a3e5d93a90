"""Sentences of our own with the figures of people detained that each of them tells."""

from __future__ import annotations

Span = tuple[int | None, int | None]

COUNTED: list[tuple[str, list[Span]]] = [
    ("On Friday 33 Still Cry Wolf protesters were held by officers at the gate.", [(33, 33)]),
    ("Some 210 (so the ministry) protesters are being arrested at the rally.", [(210, 210)]),
    ("He said at least 13 people tied to the protest camp had been arrested.", [(13, None)]),
    ("During the rally were detained about 60 activists.", [(60, 60)]),
    ("Lawyers say that on Sunday were detained more than 900 protesters.", [(900, None)]),
    ("By noon 19 protesters were forced into detention.", [(19, 19)]),
    ("The arrests at the protests total about 2,600.", [(2600, 2600)]),
    ("Protest arrests top 350 after a second night", [(350, None)]),
    ("Police arrested 16 protesters on Friday and 140 on Saturday.", [(16, 16), (140, 140)]),
    ("Some 45 protesters were injured and around 170 detained.", [(170, 170)]),
    ("Two local fishermen and no others were arrested at the protest.", [(2, 2)]),
    ("Officers took 27 volunteer medics into custody at the protest.", [(27, 27)]),
    ("Eleven marchers had been taken into preventive administrative custody.", [(11, 11)]),
    ("The sit-in blocked a bridge, leading to 44 arrests.", [(44, 44)]),
    ("More than a hundred participants of the rally were taken to the police.", [(100, None)]),
    ("The march ended in the detention of all seven members of the committee.", [(7, 7)]),
    ("As many as 3,317 people were detained at the protests.", [(3317, 3317)]),
    ("As many as 3,300 people were detained at the protests.", [(None, 3300)]),
    ("Cops nab 19 at the rally.", [(19, 19)]),
    ("The protest camp was cleared, 26 taken away.", [(26, 26)]),
    ("19 were taken to the Lesnoy district department after the protest.", [(19, 19)]),
    ("Police took 21 protesters to a nearby police station.", [(21, 21)]),
    ("Some 45 protesters were ferried to a police barracks.", [(45, 45)]),
    ("Police plucked 32 protesters off the railings.", [(32, 32)]),
    ("About 90 protesters were secured by police.", [(90, 90)]),
    ("No fewer than 140 protesters have been apprehended.", [(140, None)]),
    ("Sources gave the number of protesters detained as between 41 and 60.", [(41, 60)]),
    ("Lawyers of those held at the protest had a list of more than 700.", [(700, None)]),
    ("Two mayors were among dozens of activists arrested at dawn.", [(24, None)]),
    ("Eight members of the choir, who began to march from the port, have been detained.", [(8, 8)]),
    ("Police arrested the leaders of the march, including 16 members of the council.", [(16, 16)]),
    ("21,000 strikers marching through the city, 600 detained: minister", [(600, 600)]),
    ("3f9c41204ab88 - 27 detained at the protest", [(27, 27)]),
    ("Cases were opened against 13 protesters in Graz, nine of them have been arrested.", [(9, 9)]),
    ("Police arrested 214 protesters in the capital on Monday.", [(214, 214)]),
    ("At least 90 people were detained at the rally, the monitoring group said.", [(90, None)]),
    (
        "More than 3,400 demonstrators have been taken into custody since the protests began.",
        [(3400, None)],
    ),
    ("Officers made 56 arrests during the march, a police spokesman said.", [(56, 56)]),
    ("There were 17 arrests at the demonstration.", [(17, 17)]),
    ("The demonstration ended with 130 arrests.", [(130, 130)]),
    (
        "The opposition said the number of people detained at the protests had risen to 812.",
        [(812, 812)],
    ),
    ("That took the total number of arrests at the protests to 317.", [(317, 317)]),
    ("The rights group put the number of detained protesters at 655.", [(655, 655)]),
    ("Detentions passed the 1,000 mark by nightfall as the protests went on.", [(1000, None)]),
    (
        "Nearly 400 arrests and detentions have been recorded since Saturday's protest.",
        [(400, 400)],
    ),
    ("HRANA says 2,270 other protesters have been arrested.", [(2270, 2270)]),
    ("Police have apprehended seven more protesters.", [(7, 7)]),
    ("Of the 300 people who marched, 45 were arrested.", [(45, 45)]),
    ("Thousands rallied in the square and dozens were dragged into police vans.", [(24, None)]),
    ("Riot police bundled at least 20 activists into vans.", [(20, None)]),
    ("Security forces rounded up hundreds of opposition supporters overnight.", [(200, None)]),
    ("Dozens of activists were rounded up ahead of the vote.", [(24, None)]),
    ("Among the 62 detained were five journalists, the opposition said.", [(62, 62)]),
    (
        "Police detained 80 people in Kazan, 77 in Omsk and 15 in Tomsk during protests.",
        [(15, 15), (77, 77), (80, 80)],
    ),
    (
        (
            "A total of 1,100 people were held across the country, including 430 "
            "in the capital, during the protests."
        ),
        [(1100, 1100), (430, 430)],
    ),
    (
        (
            "More than 900 people were detained at protests nationwide, including "
            "212 in Minsk and 45 in Brest."
        ),
        [(212, 212), (45, 45), (900, None)],
    ),
    (
        (
            "Police said they had made 12 arrests, while activists put the figure "
            "at 30 at the protest."
        ),
        [(12, 12), (30, 30)],
    ),
    ("Between 40 and 50 protesters were detained.", [(40, 50)]),
    ("Some 50 to 60 protesters were detained near the parliament.", [(50, 60)]),
    ("As many as 70 demonstrators were arrested.", [(None, 70)]),
    ("Up to 200 demonstrators have been detained.", [(None, 200)]),
    ("Two women and a man were arrested at the protest.", [(3, 3)]),
    ("One protester was arrested for throwing a bottle.", [(1, 1)]),
    ("Eleven people have been arrested after climate activists blocked the bridge.", [(11, 11)]),
    ("Protesters clashed with police, who arrested about 30 of them.", [(30, 30)]),
    (
        (
            "The police, who fired tear gas at protesters, said 26 people had been "
            "arrested and 14 injured."
        ),
        [(26, 26)],
    ),
    ("Fifteen people were injured and 43 arrested in the clashes with protesters.", [(43, 43)]),
    ("Scores injured, 200 arrested as protests turn violent", [(200, 200)]),
    ("Hundreds detained at anti-war rallies", [(200, None)]),
    ("Over 1,300 arrested in Russia protests", [(1300, None)]),
    ("Police arrest 24 at protest outside embassy", [(24, 24)]),
    ("30 held after protest at airport", [(30, 30)]),
    ("Tens of thousands protested and several hundred were detained.", [(200, None)]),
    ("A handful of protesters were arrested.", [(3, None)]),
    ("A dozen protesters were arrested outside the ministry.", [(12, 12)]),
    ("Several protesters were detained.", [(3, None)]),
    ("Another 35 people were arrested at a second protest.", [(35, 35)]),
    ("A further 16 activists were in custody on Sunday after the rally.", [(16, 16)]),
    (
        (
            "More than 15,000 people have been arrested in Iran since protests "
            "erupted in September, and at least 400 killed."
        ),
        [(15000, None)],
    ),
    (
        "Police dispersed a crowd of 2,000 and took 19 of them into custody at the protest.",
        [(19, 19)],
    ),
    ("The sit-in ended when officers led away 33 protesters.", [(33, 33)]),
    ("By midnight 102 protesters had been hauled off to police stations.", [(102, 102)]),
    ("Some of the 60 activists arrested on Friday were beaten.", [(60, 60)]),
    ("OVD-Info reported 1,960 detentions in 56 cities during anti-war protests.", [(1960, 1960)]),
    ("According to OVD-Info, 5,021 were detained at protests on Sunday.", [(5021, 5021)]),
    ("In Moscow alone, 1,608 people were detained at the rally.", [(1608, 1608)]),
    (
        (
            "The biggest number of detentions at the protests was in Moscow, with "
            "1,608, followed by St Petersburg, with 1,022."
        ),
        [(1022, 1022), (1608, 1608)],
    ),
    (
        "Moscow (1,608) and St Petersburg (1,022) saw the most detentions at the protests.",
        [(1022, 1022), (1608, 1608)],
    ),
    ("Police have arrested more than 1,000 in connection with the riots.", [(1000, None)]),
    ("The detention of 23 activists sparked new protests.", [(23, 23)]),
    ("The arrest of four opposition leaders drew protests.", [(4, 4)]),
    ("Four opposition leaders have been arrested.", [(4, 4)]),
    (
        (
            "Almost 750 people were arrested, most of them in the capital, as "
            "police broke up protests."
        ),
        [(750, 750)],
    ),
    ("A thousand people were arrested during the unrest.", [(1000, 1000)]),
    ("Half of the 40 people detained at the rally were students.", [(40, 40)]),
    (
        "Police arrested dozens of people, including the party's leader, at an opposition rally.",
        [(24, None)],
    ),
    ("Police moved in to clear the camp, arresting 108 protesters.", [(108, 108)]),
    (
        (
            "The operation to clear the square resulted in the arrest of 77 "
            "people, police said of the protest."
        ),
        [(77, 77)],
    ),
    ("20 students were picked up by police during a protest on campus.", [(20, 20)]),
    (
        "The police detained more than 20 people, mostly on curfew violations, after the protest.",
        [(20, None)],
    ),
    ("Officials said 67 were arrested for rioting.", [(67, 67)]),
    ("The crackdown has led to the arrest of some 20,000 people, activists say.", [(20000, 20000)]),
    ("Roughly 60 demonstrators spent the night behind bars after the march.", [(60, 60)]),
    ("Police said two officers were hurt and four demonstrators arrested.", [(4, 4)]),
    (
        "Eight Greenpeace activists have been detained after boarding an oil platform in protest.",
        [(8, 8)],
    ),
    (
        (
            "The ministry said that 338 people had been detained for taking part "
            "in unauthorised rallies."
        ),
        [(338, 338)],
    ),
    ("As of 9pm, 412 people had been detained at rallies in 29 cities.", [(412, 412)]),
    (
        "By evening, the tally of detainees at the rallies stood at 1,373 in 38 cities.",
        [(1373, 1373)],
    ),
    ("The number of those arrested at the rallies climbed from 590 to 742.", [(742, 742)]),
    ("Opposition activists said 35 of their members were in custody.", [(35, 35)]),
    ("More than 100 students, some of them minors, were detained at a rally.", [(100, None)]),
    ("Two people were killed, 13 were wounded and 90 were detained in the protests.", [(90, 90)]),
    ("Mass protests brought out 100,000 people; 633 were arrested.", [(633, 633)]),
    ("Police used batons against protesters and made more than 60 arrests.", [(60, None)]),
    ("Dozens of detentions were reported at the rally.", [(24, None)]),
    ("At least three dozen people were arrested at the protest.", [(36, None)]),
    (
        (
            "Police said that they detained 103 people in Minsk and 21 in Grodno "
            "at opposition rallies."
        ),
        [(103, 103), (21, 21)],
    ),
    ("In Minsk 103 people were detained at rallies, in Grodno 21.", [(103, 103), (21, 21)]),
    ("Detained at the protests: 1,450 people.", [(1450, 1450)]),
    ("Protests: 1,450 detained, 30 injured", [(1450, 1450)]),
    ("Police detained him and 12 other activists at the rally.", [(12, 12)]),
    ("The activist was detained along with 12 others at the rally.", [(12, 12)]),
    ("The student leader and six supporters were arrested.", [(6, 6)]),
    ("Police stopped 300 protesters but arrested only two.", [(2, 2)]),
    ("Officers were seen arresting at least a dozen marchers.", [(12, None)]),
    ("Ten of the marchers were arrested, six of them women.", [(10, 10)]),
    ("All 16 activists arrested at the protest have since been released.", [(16, 16)]),
    ("Seventeen were charged and 40 detained after the protest.", [(40, 40)]),
    ("Police detained over a hundred people at the protest.", [(100, None)]),
    ("A couple of dozen people were detained at the rally.", [(24, None)]),
    ("Police said 1.2 million people marched and 52 were arrested.", [(52, 52)]),
    (
        "Twenty-two thousand people have been arrested over the protests, state media said.",
        [(22000, 22000)],
    ),
    ("The 28 people arrested at the rally will appear in court on Monday.", [(28, 28)]),
    ("Police detained at least 14 journalists covering the protest.", [(14, None)]),
    (
        "Police in riot gear detained nearly 70 people, including four reporters, at the protest.",
        [(70, 70)],
    ),
    ("On Tuesday 34 more activists were detained.", [(34, 34)]),
    ("The protest left 23 people injured and led to 120 arrests.", [(120, 120)]),
    ("Police reported 62 arrests; organisers spoke of over 100 at the rally.", [(62, 62)]),
    ("I was arrested with 40 other protesters.", [(40, 40)]),
    ("Since 2020 more than 35,000 Belarusians have been arrested for protesting.", [(35000, None)]),
    ("Some 2,000 protesters, most of them students, had been arrested by Friday.", [(2000, 2000)]),
    ("The protesters, 15 of whom were arrested, had chained themselves to the gate.", [(15, 15)]),
    ("Thirteen of the protesters were arrested on suspicion of aggravated trespass.", [(13, 13)]),
    ("There have been 20 people arrested so far at the demonstration.", [(20, 20)]),
    ("Police confirmed that they had 11 people in custody after the march.", [(11, 11)]),
    ("Up to 50 people were believed to have been arrested at the march.", [(None, 50)]),
    ("The total of those detained at the marches has reached 4,300.", [(4300, 4300)]),
    (
        "The death toll in the protests rose to 21, with more than 700 people in detention.",
        [(700, None)],
    ),
    ("The group says 528 protesters have been killed and 19,660 detained.", [(19660, 19660)]),
    (
        (
            "More than 58 people, 46 protesters and 12 security personnel, have "
            "been killed and 2,900 arrested."
        ),
        [(2900, 2900)],
    ),
    ("He was one of 30 activists arrested during the sit-in.", [(30, 30)]),
    ("She was among dozens of women detained at the march.", [(24, None)]),
    ("Three of the five organisers of the rally were detained.", [(3, 3)]),
    ("In 2019, 2,700 people were detained in Moscow at rallies over two months.", [(2700, 2700)]),
    ("Police carried away 47 climate activists who had glued themselves to the road.", [(47, 47)]),
    (
        "Police arrested almost 100, among them several lawmakers, as the opposition marched.",
        [(100, 100)],
    ),
    ("Demonstrators were met by 400 police officers, who made a dozen arrests.", [(12, 12)]),
    ("The police made hundreds of arrests during the unrest.", [(200, None)]),
    ("Police took 29 people to a station after the picket.", [(29, 29)]),
    ("At the picket 29 people were taken to police stations.", [(29, 29)]),
    ("A total of 61 people have been charged and 140 arrested over the riots.", [(140, 140)]),
]
