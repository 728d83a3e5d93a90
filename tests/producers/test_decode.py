"""Bytes become text where the encoding is certain, and are refused where it is a gamble."""

from __future__ import annotations

import codecs

import pytest

from producers.decode import decode
from producers.refusal import Unreadable

ENGLISH = "Police in Tver held 1,450 people on Sunday, a rights group said. The crowd went home. "
RUSSIAN = (
    ENGLISH + "Издание \u00abВолга\u00bb сообщает, что задержано более 1\u00a0400 человек. "  # noqa: RUF001  # Cyrillic is what it is about
)
WESTERN = ENGLISH + "The café on the plaça was shut \u2013 \u201cfor good\u201d, said Señor Muñoz. "


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_unicode_is_decoded_and_its_mark_dropped(mark: bytes, encoding: str) -> None:
    assert decode(mark + RUSSIAN.encode(encoding)) == RUSSIAN


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN * 40, "cp1251"),
        (RUSSIAN.translate({0xAB: '"', 0xBB: '"'}), "koi8_r"),
        (WESTERN, "cp1252"),
        (WESTERN * 40, "cp1252"),
        (ENGLISH + "The café in Besançon.", "latin-1"),
        (ENGLISH * 60 + "It\u2019s over.", "cp1252"),
        ("Police held 1\u00a0450 people in Tver. " * 3, "cp1252"),
        (ENGLISH * 4_000 + RUSSIAN, "cp1251"),
    ],
)
def test_eight_bit_text_is_recognised(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    "data",
    [
        b"caf\xe9",
        b"\xff\xfe\xfd",
        RUSSIAN.encode() + WESTERN.encode("cp1252"),
        ("Police in Athens, \u0395\u03bb\u03bb\u03ac\u03b4\u03b1, held 40. ").encode("cp1253"),
        ("\u8b66\u65b9\u62d8\u7559\u4e86\u56db\u5341\u4eba\u3002" * 9).encode("gb18030"),
        codecs.BOM_UTF16_LE + b"T\0v\0e",
        codecs.BOM_UTF16_LE + b"\x00\xd8T\0",
        codecs.BOM_UTF8 + b"caf\xe9",
    ],
)
def test_doubtful_encoding_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable, match=r"^encoding unknown$"):
        decode(data)


def test_utf16_without_a_mark_is_taken_for_binary() -> None:
    with pytest.raises(Unreadable, match=r"^binary file$"):
        decode(ENGLISH.encode("utf-16-le"))


def test_nul_in_marked_text_is_binary() -> None:
    with pytest.raises(Unreadable, match=r"^binary file$"):
        decode(codecs.BOM_UTF16_LE + "Tver\0".encode("utf-16-le"))


def test_single_control_characters_do_not_make_a_file_binary() -> None:
    assert decode(b"Tver\x0c 43 people held\x1a") == "Tver\x0c 43 people held\x1a"


def test_declared_encoding_is_believed_where_the_guess_would_be_none() -> None:
    text = "\u8b66\u65b9\u62d8\u7559\u4e86\u56db\u5341\u4eba\u3002"
    assert decode(text.encode("gb18030"), declared="GB2312") == text


def test_declared_latin_is_windows() -> None:
    assert decode(b"It\x92s \x93over\x94.", declared="iso-8859-1") == "It\u2019s \u201cover\u201d."


def test_utf8_beats_a_wrong_declaration() -> None:
    assert decode(RUSSIAN.encode(), declared="windows-1251") == RUSSIAN


@pytest.mark.parametrize("declared", ["rot13", "hex", "idna", "punycode", "utf-7", "no-such"])
def test_declarations_that_are_no_encodings_of_text_are_ignored(declared: str) -> None:
    with pytest.raises(Unreadable, match=r"^encoding unknown$"):
        decode(b"caf\xe9", declared=declared)
