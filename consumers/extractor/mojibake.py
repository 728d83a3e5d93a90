"""Read signs again that were read in the wrong encoding: UTF-8 taken for Windows-1252."""

from __future__ import annotations

import re

# The three bytes of a quotation mark, an apostrophe or a dash, by the last of them as it was read:
# Windows-1252 where it has a sign for the byte, Latin-1 where it has none.
_SIGNS = {"\u0153": '"', "\u009c": '"', "\u009d": '"', "\ufffd": '"'}
_SIGNS |= dict.fromkeys("\u02dc\u2122\u0098\u0099", "\u2019")
_SIGNS |= dict.fromkeys("\u201c\u201d\u0093\u0094", "\u2014")
_MISREAD = re.compile(f"\u00e2[\u20ac\u0080][{''.join(_SIGNS)}]")
# The first of the two bytes of a space that does not break, or of a sign of money.
_MISREAD_SPACE = re.compile("\u00c2(?=[\\s\u00a0\u00a3\u00a9\u00ab\u00bb\u00b7])")


def reread(text: str) -> str:
    """Return a text of the same length with the signs that were meant, padded with blanks."""
    if "\u00c2" in text:
        text = _MISREAD_SPACE.sub(" ", text)
    return _MISREAD.sub(_meant, text) if "\u00e2" in text else text


def _meant(match: re.Match[str]) -> str:
    return _SIGNS[match[0][-1]] + "  "
