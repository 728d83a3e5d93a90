"""A sentence about detained people is printed without the names of anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from consumers.extractor.names import MASK
from tests.consumers.extractor.conftest import TODAY, make_article

if TYPE_CHECKING:
    from consumers.extractor.pipeline import Extractor


def printed(extractor: Extractor, text: str) -> list[str]:
    """Return the title of an article and the sentences of its claims."""
    (found,) = extractor.extract([make_article(text)], today=TODAY)
    assert found.claims.claims
    return [found.claims.title, *(claim.sentence for claim in found.claims.claims)]


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        (
            (
                "Protest in Kazan\n\nOlga Sorokina, the wife of Pavel Kruglov, was detained at the "
                "protest in Kazan on Sunday."
            ),
            ["Sorokina", "Kruglov"],
        ),
        (
            (
                "Protest in Kazan\n\nSupporters of Zufar Kamalov rallied and 40 of the protesters "
                "were detained in Kazan on Sunday."
            ),
            ["Kamalov"],
        ),
        (
            (
                "Protest in Minsk\n\nThe march was called by Iryna Zhuk. Police arrested 30 "
                "protesters in Minsk on Sunday, among them neighbours of Zhuk."
            ),
            ["Zhuk"],
        ),
        (
            (
                "Yauhen Lipski among 30 detained at Minsk protest\n\nPolice arrested 30 "
                "protesters in Minsk on Sunday."
            ),
            ["Lipski"],
        ),
        (
            (
                "Şahin Öztürk among 13 detained at Istanbul protest\n\nPolice in Istanbul detained "
                "Şahin Öztürk and 12 other protesters on Sunday."
            ),
            ["Şahin", "Öztürk"],
        ),
        (
            (
                "Protest in Istanbul\n\nPolice detained 14 protesters in Istanbul on Sunday, "
                "relatives of Özdemir said."
            ),
            ["Özdemir"],
        ),
        (
            (
                "OLEG SAVIN AMONG 30 DETAINED AT MINSK PROTEST\n\nPolice arrested 30 protesters "
                "in Minsk on Sunday, among them Oleg Savin."
            ),
            ["SAVIN", "Savin"],
        ),
        (
            (
                "IRYNA ZHUK AMONG 30 DETAINED AT MINSK PROTEST\n\nPolice arrested 30 protesters "
                "in Minsk on Sunday."
            ),
            ["ZHUK"],
        ),
        (
            (
                "Protest in Reno\n\nPolice in Davis looked on. Three protesters were arrested in "
                "Reno, it is said: Harmony Davis, 19, was charged with affray; Merit Lao (22) was "
                "not."
            ),
            ["Harmony", "Davis,", "Merit", "Lao"],
        ),
        (
            (
                "Weavers in court\n\nThe 12 weavers indicted over the protest are Birch Whitlow, "
                "34, of Provo, Utah; Fern Quill, 44, of Reno, Nevada; and Brook Tarn, 59, of "
                "Kanab, Utah."
            ),
            ["Whitlow", "Quill", "Tarn"],
        ),
        (
            (
                "Weavers in court\n\nFour weavers at the protest in Graz \u2013 Zhu Lanfen, Merit "
                "Osk, Brook Tarn and Fern Quill \u2013 were charged with affray in Graz."
            ),
            ["Lanfen", "Merit", "Osk", "Tarn", "Quill"],
        ),
        (
            (
                "Protest in Graz\n\nBrook Tarn, 40, is a weaver. Officers arrested 30 protesters "
                "in Graz on Sunday, and neighbours of Tarn came."
            ),
            ["Tarn"],
        ),
    ],
)
def test_nobody_is_named(extractor: Extractor, text: str, secret: list[str]) -> None:
    shown = " ".join(printed(extractor, text))
    assert [name for name in secret if name in shown] == []
    assert MASK in shown


@pytest.mark.parametrize(
    "sentence",
    [
        "Police arrested 30 protesters in Minsk on Sunday, Viasna said.",
        "Police arrested 30 protesters on Independence Avenue in Minsk on Sunday.",
        "Human Rights Watch said that 30 protesters were detained in Minsk on Sunday.",
        "Police arrested 30 protesters in Minsk, and King Street was searched on Sunday.",
        "Police arrested 30 protesters in Minsk, Brest, 40, and Gomel, 12, on Sunday.",
        "Police arrested 30 protesters in Minsk, with 13 in Brest and Greater Gomel (12).",
        "In Minsk, 30 protesters for the Bread Action were arrested on Sunday.",
        "The Union of Rye Bakers, 1,612 strong, said 30 protesters were arrested in Minsk.",
    ],
)
def test_what_is_no_person_stays(extractor: Extractor, sentence: str) -> None:
    assert sentence in printed(extractor, f"Protest in Minsk\n\n{sentence}")
