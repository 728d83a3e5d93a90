"""The extractor as a whole: order, offsets, masks, errors, and time in proportion to length."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consumers.extractor import pipeline
from consumers.extractor.names import MASK
from consumers.extractor.pipeline import Extractor
from tests.consumers.extractor.conftest import TODAY, make_article
from vigil.errors import ExtractionError, SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from vigil.claim import Claim

NAMED = (
    "Activist Jana Novakova held\n\nPolice in Minsk detained the activist Jana Novakova at a "
    "protest on Sunday. Novakova said 30 people had been detained at the protest with her."
)


def test_answers_come_in_the_order_of_the_articles(extractor: Extractor) -> None:
    texts = ["Nothing here.", "A protest\n\nPolice arrested 30 protesters.", "", NAMED]
    articles = [make_article(text) for text in texts]
    found = extractor.extract(articles, today=TODAY)
    assert [each.claims.article for each in found] == [article.id for article in articles]
    assert [len(each.claims.claims) for each in found] == [0, 1, 0, 2]


def test_claim_set_carries_what_orders_revisions(extractor: Extractor) -> None:
    article = make_article(NAMED, published="2023-05-08")
    (found,) = extractor.extract([article], today=TODAY)
    assert found.claims.order == (article.seen_at, article.revision)
    assert found.claims.published == article.published


def test_same_article_gives_the_same_claims(extractor: Extractor) -> None:
    article = make_article(NAMED)
    alone = extractor.extract([article], today=TODAY)
    among = extractor.extract([make_article("Thousands marched."), article], today=TODAY)
    assert alone[0] == among[1]


def test_names_are_masked_and_hashed(extractor: Extractor) -> None:
    (found,) = extractor.extract([make_article(NAMED)], today=TODAY)
    assert "Novakova" not in repr(found.claims)
    assert MASK in found.claims.title
    named = [claim for claim in found.claims.claims if claim.named]
    assert [len(claim.named) for claim in named] == [1]
    assert found.names.count(("Jana Novakova",)) == 1


def test_marks_show_the_figure_after_masking(extractor: Extractor) -> None:
    (found,) = extractor.extract([make_article(NAMED)], today=TODAY)
    (claim,) = [claim for claim in found.claims.claims if not claim.named]
    assert claim.sentence.startswith(MASK)
    assert claim.sentence[claim.mark_start : claim.mark_end] == "30"


def test_accents_that_stand_apart_change_nothing_and_hide_no_less(extractor: Extractor) -> None:
    text = NAMED.replace("Jana Novakova", "Jana Nov\u00e1kov\u00e1").replace(
        "Novakova said", "Nov\u00e1kov\u00e1 said"
    )
    title = text.partition("\n")[0]
    whole = replace(make_article(text), title=title)
    apart = replace(whole, text=normalize("NFD", text), title=normalize("NFD", title))
    assert apart.text != whole.text
    one, other = extractor.extract([whole, apart], today=TODAY)
    assert one.names == other.names
    assert one.claims.title == other.claims.title
    assert _unplaced(one.claims.claims) == _unplaced(other.claims.claims)
    shown = [other.claims.title, *(claim.sentence for claim in other.claims.claims)]
    assert not any("Nov" in each or "\u0301" in each for each in shown)


def _unplaced(claims: Iterable[Claim]) -> list[Claim]:
    return [replace(claim, start=0, end=0) for claim in claims]


def test_offsets_are_of_the_text_as_received_where_accents_stand_apart(
    showing: Extractor,
) -> None:
    text = normalize("NFD", NAMED.replace("Novakova", "Nov\u00e1kov\u00e1"))
    text += normalize(
        "NFD", " Police took away 12 people in L\u00f3d\u017a on Monday, in Nov\u00e1"
    )
    (found,) = showing.extract([make_article(text)], today=TODAY)
    claims = found.claims.claims
    assert len(claims) == 3
    for claim in claims:
        assert normalize("NFC", text[claim.start : claim.end]) == claim.sentence


@pytest.fixture(scope="module")
def showing() -> Extractor:
    """An extractor that masks nothing."""
    return Extractor(model=None, names_key=b"k", show_names=True)


def test_setting_shows_names(showing: Extractor) -> None:
    (found,) = showing.extract([make_article(NAMED)], today=TODAY)
    assert "Jana Novakova" in found.claims.title


def test_same_person_in_two_articles_has_one_hash(extractor: Extractor) -> None:
    other = "Second day of protest\n\nJana Novakova was arrested at a protest in Brest."
    one, two = extractor.extract([make_article(NAMED), make_article(other)], today=TODAY)
    hashes = [claim.named for each in (one, two) for claim in each.claims.claims if claim.named]
    assert len(hashes) == 2
    assert hashes[0] == hashes[1]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Jane Roe was arrested at the protest.", "Jane Roe"),
        ("Police arrested Jane Roe at the protest.", "Jane Roe"),
        ("The arrest of Jane Roe led to protests.", "Jane Roe"),
        ("Among the detained was Jane Roe, an activist.", "Jane Roe"),
        ("The opposition leader Jane Roe said she had been detained.", "Jane Roe"),
        ("Jane Roe was among 30 people detained at the protest.", "Jane Roe"),
    ],
)
def test_person_detained_is_named(sentence: str, name: str, extractor: Extractor) -> None:
    article = make_article(f"News from the protest.\n\n{sentence}")
    (found,) = extractor.extract([article], today=TODAY)
    assert (name,) in found.names


@pytest.mark.parametrize(
    "sentence",
    [
        "The wife of Jane Roe was arrested at the protest.",
        "Jane Roe was not arrested at the protest.",
        "Jane Roe could be arrested at the protest.",
        "Jane Roe condemned the arrest of protesters.",
        "Police arrested protesters, Jane Roe said.",
    ],
)
def test_person_not_detained_is_not_named(sentence: str, extractor: Extractor) -> None:
    article = make_article(f"News from the protest.\n\n{sentence}")
    (found,) = extractor.extract([article], today=TODAY)
    assert ("Jane Roe",) not in found.names


PIECES = st.sampled_from(
    [
        "Police arrested 30 protesters in Minsk on Sunday. ",
        "In Brest, <b>dozens</b> were detained at a rally.\n\n",
        "OVD-Info said 1,450 people had been held at protests; ",
        "Jane Roe was detained at the march.\n",
        "[300 people marched](https://example.org/a) there. ",
        "«No to war!», they chanted.. ",
        "12 vans & 3 buses stood by. ",
        "Read more: five held\n",
        "\n\n## Second day\n\n",
    ]
)


@settings(max_examples=40)
@given(st.lists(PIECES, max_size=12))
def test_offsets_point_to_the_sentence_as_received(extractor: Extractor, parts: list[str]) -> None:
    text = "".join(parts)
    showing = extractor.extract([make_article(text)], today=TODAY)[0]
    for claim in showing.claims.claims:
        printed = text[claim.start : claim.end]
        assert printed == printed.strip()
        assert claim.sentence.replace(MASK, "") == printed.replace("Jane Roe", "").replace(
            "Roe", ""
        )
        assert 0 <= claim.mark_start < claim.mark_end <= len(claim.sentence)


@settings(max_examples=40)
@given(st.text(max_size=400))
def test_any_text_is_read_without_error(extractor: Extractor, text: str) -> None:
    (found,) = extractor.extract([make_article(f"Protest {text} 30 arrested")], today=TODAY)
    assert len(found.names) == len(found.claims.claims)


def test_failure_names_the_article(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(text: str) -> str:
        raise ValueError(text)

    monkeypatch.setattr(pipeline, "clean", broken)
    article = make_article("Police arrested 30 protesters called Jane Roe.")
    with pytest.raises(ExtractionError, match=rf"article {article.id}: ValueError") as caught:
        extractor.extract([article], today=TODAY)
    assert "Roe" not in str(caught.value)


def test_missing_model_is_a_settings_error() -> None:
    with pytest.raises(SettingsError, match="no_such_model is not installed: set VIGIL_MODEL"):
        Extractor(model="no_such_model", names_key=b"k")


def test_import_loads_no_model() -> None:
    code = "import sys, consumers.extractor.pipeline; print('spacy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


# The longest text for each: what takes the parser long is tried on less.
FULL, LESS = 200_000, 40_000
ENDLESS = {
    "digits": ("1", FULL),
    "groups of digits": ("1,234 ", FULL),
    "brackets": ("[(", FULL),
    "closing brackets": ("])", FULL),
    "tags": ("<a ", FULL),
    "entities": ("&", FULL),
    "full stops": (". ", FULL),
    "quotes": ('"', FULL),
    "blank lines": ("\n", FULL),
    "number words": ("one hundred ", FULL),
    "capitals": ("Aa Bb ", FULL),
    "cues": ("arrested ", FULL),
    "items of a list": ("30 in Minsk, ", LESS),
}


def seconds(extractor: Extractor, text: str) -> float:
    start = time.process_time()
    extractor.extract([make_article(text)], today=TODAY)
    return time.process_time() - start


@pytest.mark.parametrize(("unit", "length"), ENDLESS.values(), ids=ENDLESS.keys())
def test_time_is_in_proportion_to_length(unit: str, length: int, extractor: Extractor) -> None:
    # Four times the length may take eight times as long beside other work, never sixteen: what is
    # quadratic does.
    head = "Police arrested 30 protesters in Minsk on Sunday. "
    short = seconds(extractor, head + unit * (length // 4 // len(unit)))
    long = seconds(extractor, head + unit * (length // len(unit)))
    assert long < 8 * short + 0.2


@pytest.mark.slow
def test_megabyte_of_prose_is_read_in_time(extractor: Extractor) -> None:
    unit = "Police arrested {} protesters in Minsk on Sunday. The rally began at noon.\n\n"
    unit += 3 * "The harbour museum showed its old ships all day. Rain was forecast.\n\n"
    text = "".join(unit.format(number) for number in range(2, 3_500))
    assert len(text) > 900_000
    assert seconds(extractor, text) < 60


def test_ten_thousand_nested_brackets_hide_no_claim(
    claims_of: Callable[[str], list[Claim]],
) -> None:
    text = "Police arrested 30 protesters.\n\n" + "[" * 10_000 + "]" * 10_000
    assert [claim.low for claim in claims_of(text)] == [30]
