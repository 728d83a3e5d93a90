"""Quarters listed as towns stand for their city; towns of their own, however near, do not."""

from __future__ import annotations

import pytest

from consumers.extractor.places import load_gazetteer


def names(text: str) -> list[str]:
    return [m.place.name for m in load_gazetteer().find(text)]


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("Lagos police held nine in Ikeja.", "Lagos"),
        ("They met in Croydon and marched through London.", "London"),
        ("A crowd in Charlottenburg blocked Berlin's ring.", "Berlin"),
        ("They were held in the Zeytinburnu district.", "Istanbul"),
        ("He was taken from the area of Bawana.", "Delhi"),
        ("Nine were held in Footscray, a walk from the heart of Melbourne.", "Melbourne"),
    ],
)
def test_a_quarter_stands_for_its_city(text: str, city: str) -> None:
    assert set(names(text)) == {city}


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("Nine were held in Khimki, not far from Moscow.", "Khimki"),
        ("Nine were held in Noida, across the river from Delhi.", "Noida"),
        ("Nine were held in the town of Croydon, south of London.", "Croydon"),
        ("Nine were held in Ferguson, a suburb of St Louis.", "Ferguson"),
    ],
)
def test_a_town_of_its_own_stays(text: str, town: str) -> None:
    assert town in names(text)


def test_a_town_in_a_landmark_is_no_place() -> None:
    assert names("They met at Ramna Park in Dhaka.") == ["Dhaka"]


def test_a_small_town_in_capitals_may_be_an_abbreviation() -> None:
    assert names("Marchers stopped at ITO in Delhi.") == ["Delhi"]


@pytest.mark.parametrize(
    ("text", "seat"),
    [
        ("in the capital of Russia's Tatarstan republic", "Kazan"),
        ("in Dagestan's capital", "Makhachkala"),
        ("in Kenya's capital", "Nairobi"),
        ("in Sindh, where the provincial capital stayed calm", "Karachi"),
    ],
)
def test_a_capital_is_known_by_what_it_is_of(text: str, seat: str) -> None:
    assert seat in names(f"They marched {text}.")


@pytest.mark.parametrize(
    ("written", "name"), [("Guilan", "Gilan"), ("Daqahlia", "Dakahlia"), ("Menoufia", "Monufia")]
)
def test_a_province_has_one_name(written: str, name: str) -> None:
    assert names(f"Nine were held in {written} province.") == [name]
