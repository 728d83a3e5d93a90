"""Names that stand for a city, names that say whose something is, and places no gazetteer lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from consumers.extractor.places import load_gazetteer
from consumers.extractor.sentences import split

if TYPE_CHECKING:
    from collections.abc import Callable

    from vigil.claim import Claim

    Extract = Callable[..., list[Claim]]


def found(text: str) -> list[tuple[str, str | None]]:
    return [(m.place.name, m.place.country) for m in load_gazetteer().find(text)]


def places(claims: list[Claim]) -> list[tuple[int | None, str]]:
    return [
        (claim.low, claim.place.name if claim.place else "")
        for claim in claims
        if claim.kind == "detention" and not claim.named
    ]


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("They walked to Triumfalnaya Ploshchad at noon.", "Moscow"),
        ("They were driven to Evin prison at noon.", "Tehran"),
        ("They stood at Mandi House with candles.", "Delhi"),
        ("They met on Riad al-Solh Square.", "Beirut"),
        ("They sat down on Wenceslas Square.", "Prague"),
        ("They crossed the Margaret Bridge.", "Budapest"),
        ("They climbed the fence of Parliament Hill.", "Ottawa"),
        ("They gathered at Uhuru Park.", "Nairobi"),
    ],
)
def test_a_square_or_a_prison_stands_for_its_city(text: str, city: str) -> None:
    assert [name for name, _ in found(text)] == [city]


def test_a_square_of_a_country_not_spoken_of_is_no_place() -> None:
    text = "Russian police in Omsk cleared October Square. Omsk will rebuild October Square."
    assert {name for name, _ in found(text)} == {"Omsk", "Russia"}


@pytest.mark.parametrize("word", ["Piazza", "Metro", "Universidad", "Downtown", "Duma"])
def test_a_common_word_is_no_town(word: str) -> None:
    text = f"A crowd in Italy and Spain met at {word} gates. {word} staff watched it."
    assert {name for name, _ in found(text)} == {"Italy", "Spain"}


@pytest.mark.parametrize("word", ["Kurdish", "Tamil", "Mapuche"])
def test_a_people_before_a_hyphen_is_no_village(word: str) -> None:
    text = f"There were protests in {word}-majority provinces of Turkey."
    assert ("Turkey", "TR") in found(text)
    assert word not in {name for name, _ in found(text)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Farmers in Ireland blocked a road in Co Mayo.", "County Mayo"),
        ("Farmers in Ireland blocked a road in County Kerry.", "County Kerry"),
        ("Loggers in Canada left northern B.C. on Friday.", "British Columbia"),
        ("Deputies in North Dakota of the Morgate County line met.", "Morgate County"),
        ("A Tollbar County Sheriff's deputy said so.", "Tollbar County"),
    ],
)
def test_a_county_is_a_region(text: str, name: str) -> None:
    regions = [m.place.name for m in load_gazetteer().find(text) if m.place.scope == "region"]
    assert name in regions


def test_the_court_of_a_county_is_no_region() -> None:
    assert found("They left the Tollbar County Courthouse in Ohio.") == [("Ohio", "US")]


@pytest.mark.parametrize(
    "text",
    [
        "Peace activists in Britain met at the naval base at Varsloch on Sunday.",
        "Farmers in Mexico blocked a road in Varsloch, 80 km from the coast.",
        "Farmers in Mexico blocked a road in Varsloch, a small town in the hills.",
    ],
)
def test_a_name_said_to_be_a_place_is_one(text: str) -> None:
    assert "Varsloch" in {name for name, _ in found(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Guards in Iran raided a hall in the Karimabad area of Zahedan.",
        "Guards in Iran raided a hall in the Karimabad district of the city of Zahedan.",
    ],
)
def test_a_quarter_is_of_the_city_named_behind_it(text: str) -> None:
    assert {name for name, _ in found(text)} == {"Iran", "Zahedan"}


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Police in the UK held ten people in East London.", "London", "GB"),
        ("South Africa saw marches, and ten people were held in East London.", "East London", "ZA"),
        ("Police in Egypt held ten people in Fayoum.", "Fayoum", "EG"),
        ("Police in Ethiopia held ten people in Adama.", "Adama", "ET"),
        ("Police in Sudan held ten people in El Gadarif.", "Gedaref", "SD"),
    ],
)
def test_a_name_written_otherwise_is_the_same_city(text: str, name: str, country: str) -> None:
    assert (name, country) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ten members of Hizb ut-Tahrir were held in Baku.",
        "Ten people were held in the Forest Park sector in Baku.",
        "Ten people were held by Chief Howard Jordan in Baku.",
        "Ten people were held in Baku over what is the longest march globally.",
    ],
)
def test_what_only_looks_like_a_place_is_none(text: str) -> None:
    assert found(text) == [("Baku", "AZ")]


def test_sentences_with_no_blank_between_are_two() -> None:
    text = "Nine were held near the old mill.In Lyon, a further six were held at dawn."
    assert len(split(text)) == len(["Nine", "six"])


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "Outside the U.S. mission in Geneva, 31 protesters were arrested on Friday.",
            [(31, "Geneva")],
        ),
        (
            "Police arrested 22 protesters outside the UK Visas office in Lagos on Friday.",
            [(22, "Lagos")],
        ),
        (
            "Police in Lyon detained 40 pro-Palestinian students at a rally on Friday.",
            [(40, "Lyon")],
        ),
        (
            "Nineteen people were arrested at the Occupy Albany camp in New York on Friday.",
            [(19, "Albany")],
        ),
        (
            (
                "Rallies filled Bihar and Punjab in India. In Bihar and Punjab 77 people were "
                "detained on Friday."
            ),
            [(77, "India")],
        ),
        (
            (
                "Officers detained 44 people, including a poet and his son, during a march in "
                "Gomel, Belarus."
            ),
            [(44, "Gomel")],
        ),
        (
            (
                "Ghent saw a march on Friday. Ghent sent for officers from across the country."
                "\n\nPolice detained 35 people in the march, a spokesman said."
            ),
            [(35, "Ghent")],
        ),
        (
            "Belgium protests\n\nPolice detained 61 people in Ghent and elsewhere on Friday.",
            [(61, "Belgium")],
        ),
        (
            "Police in Ukraine detained 14 protesters who had stormed the Verkhovna Rada.",
            [(14, "Kyiv")],
        ),
        (
            (
                "Students across the United States rallied. From coast to coast 510 people were "
                "arrested on Friday."
            ),
            [(510, "United States")],
        ),
        (
            "Police held 12 protesters over days of clashes in the Latvia capital Riga.",
            [(12, "Riga")],
        ),
        (
            "Police held 12 protesters near the building of Poland's mission in rainy Vilnius.",
            [(12, "Vilnius")],
        ),
        (
            (
                "MOSCOW \u2014 Some 40 people who marched against Armenia's new law were held in "
                "the country's capital and in its second city."
            ),
            [(40, "Armenia")],
        ),
        (
            (
                "The bakers of Ghent, one of the oldest guilds globally, marched, and police "
                "detained 12 protesters there."
            ),
            [(12, "Ghent")],
        ),
        (
            (
                "Marchers gathered in Porto. Police held 33 protesters, some from outside "
                "Portugal, on Friday."
            ),
            [(33, "Porto")],
        ),
        (
            "Police in Oakland met a march. Officers held 32 protesters, Chief Howard Jordan said.",
            [(32, "Oakland")],
        ),
        (
            (
                "Students in Chicago, Boston and Denver marched. At pro-Palestinian camps across "
                "the nation 410 people were arrested."
            ),
            [(410, "United States")],
        ),
    ],
)
def test_a_claim_goes_where_its_sentence_says(
    claims_of: Extract, text: str, rows: list[tuple[int, str]]
) -> None:
    assert places(claims_of(text, published="2024-06-14")) == rows
