"""Words somebody looks for, found in what is said of a figure: whole words or parts of them."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a search as ``found`` compares them."""
    return tuple(_plain(text).split())


def found(words: Iterable[str], texts: Iterable[str]) -> bool:
    """Return whether each of the words stands somewhere in the texts.

    Capitals, accents and the order of the words make no difference.
    """
    said = _plain("\n".join(texts))
    return all(word in said for word in words)


def _plain(text: str) -> str:
    text = text.casefold()
    if text.isascii():
        return text
    split = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in split if not unicodedata.combining(letter))
