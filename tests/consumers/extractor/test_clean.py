"""Noise of web pages is blanked, and nothing moves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumers.extractor.clean import clean


@pytest.mark.parametrize(
    "noise",
    [
        "<p class='x'>",
        "<!-- a comment -->",
        "https://example.org/arrests/1,450",
        "&#171;",
        "&# 171;",
        "&nbsp;",
        "[COMMENT]",
        "(AFP via Getty Images)",
        "{{< image picture='12' >}}",
    ],
)
def test_noise_inside_a_line_is_blanked(noise: str) -> None:
    text = f"Police arrested 30 {noise} people."
    out = clean(text)
    assert out.split() == ["Police", "arrested", "30", "people."]
    assert len(out) == len(text)


@pytest.mark.parametrize(
    ("misread", "meant"),
    [
        ("\u00e2\u20ac\u0153At least 30 were held,\u00e2\u20ac\u009d", '"At least 30 were held,"'),
        ("Graz\u00e2\u20ac\u2122s bakers", "Graz\u2019s bakers"),
        ("bakers\u00e2\u20ac\u201c30 of them", "bakers\u201430 of them"),
        ("30 held\u00c2\u00a0in Graz", "30 held in Graz"),
        ("a ch\u00e2teau", "a ch\u00e2teau"),
    ],
)
def test_signs_read_in_the_wrong_encoding_are_read_again(misread: str, meant: str) -> None:
    out = clean(misread)
    assert out.replace("  ", "").replace("\u00a0", "") == meant.replace("\u00a0", "")
    assert len(out) == len(misread)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Nine were held <br>\nin Graz.", 2),
        ("Nine were held. <br>\nin Graz all was quiet.", 6),
        ("Nine were held <br>In Graz all was quiet.", 5),
        ("Nine were held <p>in Graz.", 4),
    ],
)
def test_a_break_that_only_wraps_a_sentence_is_no_line_end(text: str, lines: int) -> None:
    assert len(clean(text).split("\n")) == lines


@pytest.mark.parametrize(
    "line",
    [
        "Read more: Five arrested at a march in the north",
        "Share this on Facebook",
        "Sign up to our newsletter for 10 stories a day",
        "Advertisement",
        "Source: Read Full Article",
        "Related Stories",
        "Man held over protest that shut 3 roads [REVEALED]",
        "We use cookies to count 1,000 visitors",
        "image: https://example.org/30-arrested.jpg",
    ],
)
def test_noise_line_is_blanked_whole(line: str) -> None:
    assert clean(f"First.\n{line}\nLast.") == f"First.\n{' ' * len(line)}\nLast."


def test_text_of_a_link_stays_and_its_address_goes() -> None:
    text = 'There were [30 arrests](https://example.org/x "5 dead") there.'
    assert clean(text).split() == ["There", "were", "30", "arrests", "there."]


def test_block_tags_part_what_they_parted() -> None:
    assert clean("<p>One.</p><p>Two.</p>").split() == ["One.", "Two."]
    assert "\n" in clean("One.<br>Two.")


def test_front_matter_keeps_the_title_and_loses_its_key() -> None:
    assert clean("title: Thirty held at rally").strip() == "Thirty held at rally"


def test_doubled_full_stop_ends_a_sentence_once() -> None:
    assert clean("Thirty were held.. Others fled.") == "Thirty were held.  Others fled."


def test_prose_about_cookies_stays() -> None:
    text = "The bakery handed out cookies to 300 protesters."
    assert clean(text) == text


@given(st.text(alphabet=st.sampled_from('ab <>[](){}&#;.\n"/:*_!|x1'), max_size=400))
def test_length_never_changes(text: str) -> None:
    assert len(clean(text)) == len(text)


@given(st.text(max_size=300))
def test_no_letter_is_invented(text: str) -> None:
    once = clean(text)
    kept = [sign for sign in once if sign.isalnum()]
    pool = list(text)
    assert all(sign in pool for sign in kept)


def test_row_of_a_table_parts_its_cells_as_label_and_value() -> None:
    assert clean("| Tomsk | 212 |\n").split() == ["Tomsk", ":", "212"]


def test_rule_of_a_table_is_blank() -> None:
    assert clean("|---|---|\n").strip() == ""


def test_figure_loses_its_brackets_before_people() -> None:
    assert clean("a total of (318) people").split() == ["a", "total", "of", "318", "people"]


def test_figure_in_brackets_after_its_words_goes() -> None:
    assert clean("seven (7) people").split() == ["seven", "people"]
