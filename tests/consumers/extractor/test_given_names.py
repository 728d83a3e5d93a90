"""Names of persons are found by their given names, and streets and bodies are nobody's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumers.extractor.given_names import people_of


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Olga Sorokina, the wife of Pavel Kruglov, was held.", ["Olga Sorokina", "Pavel Kruglov"]),
        ("Friends of Anna-Maria Lindqvist were held.", ["Anna-Maria Lindqvist"]),
        ("Reza al Tamimi and John F. Whitlock walked.", ["Reza al Tamimi", "John F. Whitlock"]),
        ("PRESIDENT Maria da Costa Reis spoke.", ["Maria da Costa Reis"]),
        ("Police held Mahsa\n  Rostami's brother.", ["Mahsa Rostami"]),
        ("Sean O'Donovan was led away.", ["Sean O'Donovan"]),
        ("Ivan K. and Olga K were led away.", ["Ivan K", "Olga K"]),
        ("Ekrem Özdemir and Gülşen Żak were held.", ["Ekrem Özdemir", "Gülşen Żak"]),
        ("Hüseyin İnce and Petra Čermáková walked.", ["Hüseyin İnce", "Petra Čermáková"]),
        ("Ahmed al-Tamimi and Hassan ben Salah walked.", ["Ahmed al-Tamimi", "Hassan ben Salah"]),
        ("OLGA SOROKINA AMONG 30 HELD", ["OLGA SOROKINA"]),
        ("30 HELD ON GEORGE SQUARE", []),
        ("Officers held 40 on Martin Luther King Boulevard.", []),
        ("They met at Roman Catholic churches and in George Square.", []),
        ("Ivan was held, and so was Olga.", []),
        ("Police said Monday that 40 were held in Minsk.", []),
        ("", []),
    ],
)
def test_people_of_a_text(text: str, people: list[str]) -> None:
    assert people_of(text) == people


@given(st.lists(st.sampled_from(["Ivan", "Sokolov", "J.", "al", "x", " ", "\n", "-", "'"])))
def test_every_name_stands_in_the_text(parts: list[str]) -> None:
    text = "".join(parts)
    words = " ".join(text.split())
    assert all(name in words for name in people_of(text))


def test_time_is_in_proportion_to_length() -> None:
    assert people_of("Ivan " * 200_000)  # quadratic, this would not end
