"""Names of detained people: hashed with a key, and masked wherever they would be seen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from consumers.extractor.capitals import PARTICLE
from consumers.extractor.gazetteer import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

MASK: Final = "[name]"
_HASH_BYTES: Final = 16
_PARTICLE: Final = re.compile(rf"^{PARTICLE}(?=\w)", re.IGNORECASE)
_LONGEST_KEY: Final = 64  # blake2b takes no longer key
_HONORIFICS: Final = frozenset({"mr", "mrs", "ms", "dr", "prof", "sir", "dame", "miss", "madam"})


def normal_form(name: str) -> str:
    """Return what two spellings of one name share: letters without accents, case and titles.

    Only the first and the last word are kept, so that a middle name makes no other person.
    """
    # A Turkish i without a dot, a Polish l with a stroke: no accents, and left out as readily.
    text = fold(name.casefold())
    parts = [part for part in re.split(r"[^\w]+", text) if part and part not in _HONORIFICS]
    return " ".join(parts if len(parts) <= 1 else (parts[0], parts[-1]))


def hash_name(name: str, *, key: bytes) -> str:
    """Return the keyed hash that stands for a person of this name."""
    short = key if len(key) <= _LONGEST_KEY else blake2b(key).digest()
    return blake2b(normal_form(name).encode(), key=short, digest_size=_HASH_BYTES).hexdigest()


@dataclass(frozen=True, slots=True)
class Mask:
    """Replaces the names of some people by ``[name]``, wherever they occur.

    Attributes:
        pattern: What is replaced, or None where nobody is named.
    """

    pattern: re.Pattern[str] | None

    @classmethod
    def of(cls, names: Iterable[str]) -> Mask:
        """Return the mask of full names, their surnames and their first names with surnames."""
        forms: set[str] = set()
        for name in names:
            parts = [part for part in name.split() if part.rstrip(".").lower() not in _HONORIFICS]
            forms.update((name, " ".join(parts)))
            # Of al-Qahtani the article may go on as Al-Qahtani.
            last = [_PARTICLE.sub("", part) for part in parts[-1:]]
            forms.update(part for part in (*parts[-1:], *last) if len(part) > 2)  # noqa: PLR2004  # "Li" is a word too
        forms.update([form.upper() for form in forms])  # in a shouted headline
        written = sorted((form for form in forms if form.strip()), key=len, reverse=True)
        if not written:
            return cls(None)
        body = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in written)
        return cls(re.compile(rf"(?<!\w)(?:{body})(?!\w)"))

    def hide(self, text: str) -> str:
        """Return a text with the names replaced."""
        return self.pattern.sub(MASK, text) if self.pattern else text

    def moved(self, text: str, offset: int) -> int:
        """Return where a place in a text stands after ``hide``; inside a name: at the mask."""
        if self.pattern is None:
            return offset
        shift = 0
        for match in self.pattern.finditer(text):
            if match.end() <= offset:
                shift += len(MASK) - len(match[0])
            elif match.start() < offset:
                return match.start() + shift
            else:
                break
        return offset + shift
