"""Claims of whole articles: place, day, authority, cities, and each figure told once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from vigil.claim import Claim

    Extract = Callable[..., list[Claim]]

MONDAY = "2023-05-08"

Row = tuple[int, str, str | None]  # figure, place, day

ARTICLES: list[tuple[str, str, list[Row]]] = [
    (
        # Where people come from is not where they were detained.
        "Police in Lyon detained 14 protesters on Sunday, half a dozen of them from Italy.",
        MONDAY,
        [(14, "Lyon", "2023-05-07")],
    ),
    (
        (
            "Rally in Kazan ends in arrests\n\nKAZAN, Russia, May 8 (Agency) - Police detained 34 "
            "people on Sunday at a protest against the war."
        ),
        MONDAY,
        [(34, "Kazan", "2023-05-07")],
    ),
    (
        (
            "Hundreds held as Belarus opposition marches\n\nMINSK — Riot "
            "police arrested 340 people in "
            "Minsk on Sunday, the rights group Viasna said. In Gomel, "
            "another 27 were detained, and "
            "12 in Brest."
        ),
        MONDAY,
        [(340, "Minsk", "2023-05-07"), (27, "Gomel", "2023-05-07"), (12, "Brest", "2023-05-07")],
    ),
    (
        (
            "Protests across Kazakhstan\n\nPolice in Almaty detained at least 60 activists on "
            "Saturday. In the capital, Astana, 25 people were taken to "
            "police stations. Nationwide, "
            "more than 120 were detained, the interior ministry said."
        ),
        MONDAY,
        [
            (60, "Almaty", "2023-05-06"),
            (25, "Astana", "2023-05-06"),
            (120, "Kazakhstan", "2023-05-06"),
        ],
    ),
    (
        (
            "London climate protest\n\nTwenty-two people have been "
            "arrested after climate activists "
            "blocked roads in central London, the Metropolitan Police said. The protest began on "
            "Sunday morning near Parliament Square."
        ),
        MONDAY,
        [(22, "London", "2023-05-07")],
    ),
    (
        (
            "Zimbabwe opposition says 40 members arrested\n\nHARARE, May 6 (Agency) - Police in "
            "Zimbabwe arrested 40 members of the main opposition party at a meeting in Budiriro, a "
            "suburb of Harare, on Saturday."
        ),
        MONDAY,
        [(40, "Harare", "2023-05-06")],
    ),
    (
        (
            "Khabarovsk: thousands march again\n\nThousands marched in Khabarovsk on Saturday in "
            "support of the governor. Nobody was detained. In Vladivostok, where about 500 people "
            "rallied, police arrested three."
        ),
        "2020-08-09",
        [(3, "Vladivostok", "2020-08-08")],
    ),
    (
        (
            "Detentions at anti-war pickets\n\nPolice detained people in several cities on 6 March "
            "2022. By city:\n\nMoscow — 1,000\nSt Petersburg — 500\nKazan — 30\n"
        ),
        "2022-03-07",
        [
            (1000, "Moscow", "2022-03-06"),
            (500, "St Petersburg", "2022-03-06"),
            (30, "Kazan", "2022-03-06"),
        ],
    ),
    (
        (
            "Protest in Yerevan\n\nArmenian police on Monday detained "
            "286 people taking part in civil "
            "disobedience in the capital Yerevan."
        ),
        MONDAY,
        [(286, "Yerevan", "2023-05-08")],
    ),
    (
        (
            "Marches in Siberia\n\nIn Novosibirsk, thousands marched on "
            "Sunday. Police detained over "
            "80 people."
        ),
        MONDAY,
        [(80, "Novosibirsk", "2023-05-07")],
    ),
]


def detentions(claims: list[Claim]) -> list[Claim]:
    return [claim for claim in claims if claim.kind == "detention" and not claim.named]


@pytest.mark.parametrize(("text", "published", "rows"), ARTICLES)
def test_claims_have_place_and_day(
    text: str, published: str, rows: list[Row], claims_of: Extract
) -> None:
    found = detentions(claims_of(text, published=published))
    told = [
        (claim.figure, claim.place.name if claim.place else None, str(claim.day)) for claim in found
    ]
    assert sorted(told, key=str) == sorted(rows, key=str)


def test_national_figure_stays_national(claims_of: Extract) -> None:
    text = (
        "Anti-war rallies in Russia\n\nRallies were seen in Moscow. Police have arrested 1,667 "
        "people at protests in 53 cities, OVD-Info said."
    )
    (claim,) = detentions(claims_of(text))
    assert claim.place is not None
    assert (claim.place.name, claim.place.scope, claim.cities) == ("Russia", "country", 53)
    assert claim.authority.name == "OVD-Info"


def test_headline_and_body_are_told_once(claims_of: Extract) -> None:
    text = "Russia: 1,300 held at rallies\n\nMore than 1,300 people were held at rallies in Russia."
    assert [claim.bound for claim in detentions(claims_of(text))] == ["more_than"]


def test_vague_headline_gives_way_to_the_figure(claims_of: Extract) -> None:
    text = "Hundreds detained at Minsk rally\n\nPolice detained 712 people at a rally in Minsk."
    assert [claim.low for claim in detentions(claims_of(text))] == [712]


def test_growing_figures_are_claims_of_their_own(claims_of: Extract) -> None:
    text = (
        "Live: protest in Lima\n\n14:30 Police in Lima have arrested 42 demonstrators.\n\n"
        "18:10 The number of people arrested in Lima has risen to 61."
    )
    assert [claim.figure for claim in detentions(claims_of(text))] == [42, 61]


def test_equal_figures_of_two_groups_are_two_claims(claims_of: Extract) -> None:
    text = "Protest\n\nAbout 40 marchers were detained, while another 40 were arrested at a vigil."
    assert [claim.figure for claim in detentions(claims_of(text))] == [40, 40]


def test_nothing_in_the_text_gives_no_day_and_no_place(claims_of: Extract) -> None:
    (claim,) = detentions(claims_of("A protest\n\nPolice arrested 30 protesters."))
    assert (claim.place, claim.place_basis) == (None, None)
    assert (claim.day, claim.period, claim.day_basis) == (None, None, None)


def test_dateline_is_the_last_resort_and_says_so(claims_of: Extract) -> None:
    text = "Student protest\n\nOMSK, May 8 (Agency) — Police arrested 30 students at a protest."
    (claim,) = detentions(claims_of(text, published=MONDAY))
    assert claim.place is not None
    assert claim.place.name == "Omsk"


def test_period_is_no_day(claims_of: Extract) -> None:
    text = (
        "Russia: anti-war protests\n\nMore than 6,800 people have been detained at anti-war "
        "protests in Russia since 24 February."
    )
    (claim,) = detentions(claims_of(text, published="2022-03-01"))
    assert claim.day is None
    assert claim.period is not None


def test_day_of_another_event_is_not_taken(claims_of: Extract) -> None:
    text = "Turkey arrests\n\nPolice detained 30 activists in Ankara ahead of Sunday's march."
    (claim,) = detentions(claims_of(text, published="2023-05-05"))
    assert claim.day is None


@pytest.mark.parametrize(
    ("sentence", "kind", "figure"),
    [
        ("About 2,000 people marched in Minsk.", "protest", 2000),
        ("A rally in Minsk drew 3,000 people.", "protest", 3000),
        ("At least 65 deputies have signed a petition against the war.", "petition", 65),
        ("In Bern 4,000 angry marchers demanded that the mayor step down.", "protest", 4_000),
        ("In Minsk 12 protesters were jailed on Monday.", "prosecution", 12),
    ],
)
def test_other_kinds_are_told(sentence: str, kind: str, figure: int, claims_of: Extract) -> None:
    found = claims_of(f"News from the protest.\n\n{sentence}")
    assert [(claim.kind, claim.figure) for claim in found] == [(kind, figure)]


def test_soldiers_killed_are_no_claim(claims_of: Extract) -> None:
    text = "War and protest\n\nThe minister said 450 troops had been killed since the protest."
    assert claims_of(text) == []
