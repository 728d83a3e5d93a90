"""Bytes to text: by what is certain first, by a confident guess last, else not at all."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from producers.refusal import Unreadable

if TYPE_CHECKING:
    from charset_normalizer import CharsetMatch

_BINARY = "binary file"

# The marks of UTF-32 come first: the little-endian one begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ANY_MARK = tuple(mark for mark, _ in _MARKS)

# Control characters that no text file has, and the share above which a file is taken for binary.
# ESC is left out: the Japanese ISO-2022 encodings are made of it.
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b")) + b"\x7f"
_BINARY_SHARE = 0.1

# What English news of the region is found in besides UTF-8. The list is short on purpose: given
# all encodings, the detector reads "1\xa0450" in a Western file as Baltic "1á450" and
# Russian quotes as Hebrew. Eastern European files pass for Western ones and keep their figures.
_CANDIDATES = ("cp1252", "cp1251", "koi8_r")
_NEAR_BYTES = 512 * 1024
_SAMPLE_BYTES = 64 * 1024
_MESS_MARGIN = 0.05
_COHERENCE_MARGIN = 0.1

# Python also "decodes" rot13, hex and idna: only encodings of text may be declared.
_DECLARABLE = re.compile(
    r"cp125\d|cp866|cp874|cp932|cp949|iso8859-\d+|koi8-[rut]|mac-\w+|gb\w+|big5\w*"
    r"|shift_jis\w*|euc_\w+|iso2022_\w+|tis-620"
)
# What pages call ASCII or Latin-1 is Windows-1252: https://encoding.spec.whatwg.org/#names-and-labels
_WESTERN = frozenset({"ascii", "iso8859-1"})


def decode(data: bytes, *, declared: str | None = None) -> str:
    """Return the text of a file, as it stands but for a byte order mark.

    A byte order mark decides; then UTF-8 where it fits, which other encodings practically never
    do by chance; then what the file itself declares; then the detector, where it is confident.

    Args:
        data: The whole file.
        declared: The encoding the file claims to be in, if it does.

    Raises:
        Unreadable: Nothing but white space, binary, or of unknown encoding.
    """
    if data.startswith(_ANY_MARK):
        mark, encoding = next(pair for pair in _MARKS if data.startswith(pair[0]))
        text = _strict(data[len(mark) :], encoding)
    elif b"\0" in data or _is_mostly_control(data):
        raise Unreadable(_BINARY)
    else:
        text = _unmarked(data, declared)
    if text is None:
        message = "encoding unknown"
        raise Unreadable(message)
    if "\0" in text:
        raise Unreadable(_BINARY)
    if not text or text.isspace():
        message = "nothing but white space"
        raise Unreadable(message)
    return text


def _is_mostly_control(data: bytes) -> bool:
    return len(data) - len(data.translate(None, _CONTROLS)) > len(data) * _BINARY_SHARE


def _unmarked(data: bytes, declared: str | None) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        fault = error.start
    encoding = _declarable(declared) if declared else None
    text = _strict(data, encoding) if encoding else None
    return text if text is not None else _guessed(data, around=fault)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _declarable(name: str) -> str | None:
    try:
        encoding = codecs.lookup(name).name
    except LookupError:
        return None
    if encoding in _WESTERN:
        return "cp1252"
    return encoding if _DECLARABLE.fullmatch(encoding) else None


def _guessed(data: bytes, *, around: int) -> str | None:
    """Return the text in the encoding the detector is sure of, else None."""
    import charset_normalizer  # noqa: PLC0415  # slow to load, and hardly any file needs it

    # Only words that tell something: among much ASCII, every guess looks equally good.
    near = data[max(0, around - _NEAR_BYTES) : around + _NEAR_BYTES].split()
    sample = b" ".join(word for word in near if not word.isascii())[:_SAMPLE_BYTES]
    ranked = sorted(
        charset_normalizer.from_bytes(sample, cp_isolation=list(_CANDIDATES)),
        key=lambda match: (match.chaos, -match.coherence, match.encoding),
    )
    if not ranked or not all(_is_beaten(other, by=ranked[0]) for other in ranked[1:]):
        return None
    return _strict(data, ranked[0].encoding)


def _is_beaten(other: CharsetMatch, *, by: CharsetMatch) -> bool:
    """Return whether a guess looks clearly worse: messier, or less like any language."""
    return (
        other.chaos - by.chaos >= _MESS_MARGIN
        or by.coherence - other.coherence >= _COHERENCE_MARGIN
    )
