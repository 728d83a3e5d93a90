"""Places are found, resolved to the right namesake, and words that are no places are left alone."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest

from consumers.extractor.places import PlaceMention, dateline, load_gazetteer


def found(text: str) -> list[tuple[str, str | None]]:
    return [(m.place.name, m.place.country) for m in load_gazetteer().find(text)]


def only(text: str) -> PlaceMention:
    (mention,) = load_gazetteer().find(text)
    return mention


@pytest.mark.parametrize(
    ("written", "name", "country"),
    [
        ("St. Petersburg", "St Petersburg", "RU"),
        ("Saint Petersburg", "St Petersburg", "RU"),
        ("Petersburg", "St Petersburg", "RU"),
        ("Ekaterinburg", "Yekaterinburg", "RU"),
        ("Nizhniy Novgorod", "Nizhny Novgorod", "RU"),
        ("Rostov-on-Don", "Rostov-on-Don", "RU"),
        ("Kiev", "Kyiv", "UA"),
        ("Kharkov", "Kharkiv", "UA"),
        ("Hrodna", "Grodno", "BY"),
        ("Nur-Sultan", "Astana", "KZ"),
        ("Bombay", "Mumbai", "IN"),
        ("Calcutta", "Kolkata", "IN"),
        ("Rangoon", "Yangon", "MM"),
        ("New York", "New York City", "US"),
        ("Hong Kong", "Hong Kong", "HK"),
        ("Kowloon", "Hong Kong", "HK"),
        ("Yau Ma Tei", "Hong Kong", "HK"),
        ("Brooklyn", "New York City", "US"),
        ("Taksim Square", "Istanbul", "TR"),
        ("Tahrir Square", "Cairo", "EG"),
        ("Trafalgar Square", "London", "GB"),
        ("Pushkinskaya Square", "Moscow", "RU"),
        ("Palace Square", "St Petersburg", "RU"),
        ("the Netherlands", "Netherlands", "NL"),
        ("the US", "United States", "US"),
        ("the U.K.", "United Kingdom", "GB"),
        ("Dagestan", "Dagestan", "RU"),
        ("Xinjiang", "Xinjiang", "CN"),
        ("Crimea", "Crimea", "UA"),
        ("Kashmir", "Kashmir", "IN"),
        ("Uttar Pradesh", "Uttar Pradesh", "IN"),
        ("Medellin", "Medellín", "CO"),
    ],
)
def test_a_name_takes_its_normal_form(written: str, name: str, country: str) -> None:
    assert found(f"Police made ten arrests in {written} at noon.") == [(name, country)]


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Marchers in Moscow, Idaho, sang.", "Moscow", "US"),
        ("Marchers in Moscow sang.", "Moscow", "RU"),
        ("Ten were held in Birmingham, Alabama.", "Birmingham", "US"),
        ("Ten were held in Portland, Ore., at dawn.", "Portland", "US"),
        ("Ten were held in St. Petersburg, Fla., at dawn.", "St. Petersburg", "US"),
        ("Ten were held in London, Ontario.", "London", "CA"),
        ("Ten were held in Perth at dawn.", "Perth", "AU"),
        ("Ten were held in Cambridge at dawn.", "Cambridge", "GB"),
        ("Ten were held in Paris at dawn.", "Paris", "FR"),
        ("Ten were held in Tripoli, Lebanon.", "Tripoli", "LB"),
    ],
)
def test_the_namesake_is_chosen_by_what_follows_and_by_size(
    text: str, name: str, country: str
) -> None:
    assert found(text) == [(name, country)]


def test_a_state_named_elsewhere_moves_a_namesake() -> None:
    text = "The governor of Florida spoke in Tampa. Police in St. Petersburg held six people."
    assert ("St. Petersburg", "US") in found(text)


@pytest.mark.parametrize(
    ("text", "scope", "country"),
    [
        ("Crowds filled Tbilisi and Batumi. Police in Georgia held fifty.", "country", "GE"),
        ("Crowds filled Atlanta and Savannah. Police in Georgia held fifty.", "region", "US"),
        ("Police in Georgia held fifty.", "country", "GE"),
    ],
)
def test_georgia_is_the_country_or_the_state_by_company(
    text: str, scope: str, country: str
) -> None:
    georgia = load_gazetteer().find(text)[-1].place
    assert (georgia.name, georgia.scope, georgia.country) == ("Georgia", scope, country)


@pytest.mark.parametrize(
    "text",
    [
        "Vladimir Putin and Paris Hilton never met Jack London.",
        "George Washington crossed a river.",
        "Mr Lincoln and Ms. Victoria Smith agreed.",
        "Reading is fun. Most people agree. Of course.",
        "Nice work, said the Police. March was cold.",
        "The Washington Post and The New York Times reported it.",
        "JOIN US NOW",
        "He saw it on https://example.org/Moscow/London.html and left.",
    ],
)
def test_people_words_outlets_and_addresses_are_no_places(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("town", ["Nice", "Reading", "Bath", "Split", "Mobile", "Hull"])
def test_a_word_that_is_a_town_counts_after_a_preposition(town: str) -> None:
    assert [name for name, _ in found(f"Nine students were held in {town} on Sunday.")] == [town]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Russian police held ten.", "RU"),
        ("Ten Belarusians were held.", "BY"),
        ("Chinese students gathered.", "CN"),
        ("South African miners struck.", "ZA"),
    ],
)
def test_a_demonym_stands_for_its_country(text: str, country: str) -> None:
    mention = only(text)
    assert (mention.form, mention.place.scope, mention.place.country) == (
        "demonym",
        "country",
        country,
    )


def test_inhabitants_stand_for_their_city() -> None:
    mention = only("Hundreds of Muscovites stayed at home.")
    assert (mention.place.name, mention.form) == ("Moscow", "demonym")


@pytest.mark.parametrize(
    "phrase",
    [
        "nationwide",
        "across the country",
        "countrywide",
        "all over the country",
        "around the country",
    ],
)
def test_a_phrase_means_the_country_spoken_of(phrase: str) -> None:
    mentions = load_gazetteer().find(f"Police in Minsk held ten and eighty more {phrase}.")
    last = mentions[-1]
    assert (last.form, last.place.name, last.place.scope) == ("phrase", "Belarus", "country")


@pytest.mark.parametrize("word", ["across", "throughout", "all over"])
def test_across_a_country_is_a_phrase(word: str) -> None:
    mention = only(f"Eighty people were held {word} Russia.")
    assert (mention.form, mention.place.name) == ("phrase", "Russia")


def test_around_the_world_has_no_country() -> None:
    place = only("Vigils were held around the world.").place
    assert (place.scope, place.country, place.latitude) == ("world", None, None)


def test_the_capital_of_a_demonym_is_a_city() -> None:
    assert ("Minsk", "BY") in found("Riot police filled the Belarusian capital on Sunday.")


def test_the_capital_is_not_found_twice_when_it_is_named() -> None:
    assert found("In the Serbian capital Belgrade, police held ten.") == [
        ("Serbia", "RS"),
        ("Belgrade", "RS"),
    ]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Khabarovsk territory", "Khabarovsk region"),
        ("Kherson Oblast", "Kherson region"),
        ("Kandahar province", "Kandahar region"),
    ],
)
def test_a_province_named_after_its_seat_is_a_region(written: str, name: str) -> None:
    place = only(f"Police searched homes in the {written} today.").place
    assert (place.name, place.scope) == (name, "region")


def test_a_possessive_is_left_outside() -> None:
    text = "Moscow's mayor resigned."
    mention = only(text)
    assert text[mention.start : mention.end] == "Moscow"


def test_a_city_has_coordinates_and_a_geoname() -> None:
    place = only("A vigil in Moscow ended.").place
    assert place.geoname == 524901
    assert (round(place.latitude or 0), round(place.longitude or 0)) == (56, 38)


def test_a_country_has_coordinates() -> None:
    place = only("A vigil in Kenya ended.").place
    assert (round(place.latitude or 0), round(place.longitude or 0)) == (-1, 37)


def test_a_text_without_capitals_is_read_too() -> None:
    text = (
        "lucknow: about ninety workers were held in kanpur, police said. processions passed off "
        "quietly in agra and meerut, but traders in lucknow kept their shops shut all day."
    )
    names = {name for name, _ in found(text)}
    assert names == {"Lucknow", "Kanpur", "Agra", "Meerut"}


def test_a_text_without_capitals_keeps_its_common_words() -> None:
    text = (
        "police said most people left before the march. nobody was hurt, and the nice weather "
        "held. a polish reporter saw a turkey on the main road and went home to read of it."
    )
    assert found(text) == []


def test_a_township_no_gazetteer_lists_is_a_place_of_the_country_spoken_of() -> None:
    text = (
        "South African officers fired rubber bullets. Six were arrested in Zwelikhanya on Monday."
    )
    assert ("Zwelikhanya", "ZA") in found(text)


def test_an_institution_after_in_is_no_unlisted_place() -> None:
    assert found("The Kenyan student was held in Parliament on Monday.") == [("Kenya", "KE")]


def test_mentions_are_sorted_and_do_not_overlap() -> None:
    text = "Police in New York City, in the Moscow region and across Russia held Russian activists."
    mentions = load_gazetteer().find(text)
    assert all(a.end <= b.start for a, b in pairwise(mentions))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("MOSCOW, Jan 31 (Agency) - Police held ten.", "Moscow"),
        ("A headline\n\nMINSK — Police held ten.", "Minsk"),
        ("A headline\n\nKAMPALA, Uganda — Police held ten.", "Kampala"),
        ("Lucknow: Police held ten.", "Lucknow"),
        ("OSLO, Norway (Agency) _ Police held ten.", "Oslo"),
        ("TRIESTE _ Police held ten.", "Trieste"),
        ("HAVANA The president spoke to reporters.", "Havana"),
        ("Some title-CARACAS, VENEZUELA — -Police held ten.", "Caracas"),
        ('<p><span class="place">BERLIN, Germany</span> Police held ten.</p>', "Berlin"),
    ],
)
def test_a_dateline_is_read(text: str, name: str) -> None:
    mention = dateline(text)
    assert mention is not None
    assert mention.place.name == name


@pytest.mark.parametrize(
    "text",
    ["Police in Moscow held ten.", "Moscow police - once feared - held ten.", "Ten were held."],
)
def test_a_place_in_a_sentence_is_no_dateline(text: str) -> None:
    assert dateline(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "7" * 100_000,
        "(" * 50_000 + ")" * 50_000,
        "Moscow, " * 20_000,
        "<" * 100_000,
        "Aa " * 50_000,
    ],
)
def test_no_input_takes_more_than_linear_time(text: str) -> None:
    gazetteer = load_gazetteer()

    def cost(sample: str) -> float:
        start = time.process_time()
        gazetteer.find(sample)
        return time.process_time() - start

    # Four times the text may take four times as long, with room for noise, not sixteen times.
    assert cost(text) < 10 * cost(text[: len(text) // 4]) + 0.5
