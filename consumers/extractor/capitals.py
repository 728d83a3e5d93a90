"""The letters that names of persons begin with: İmamoğlu, Čermák and al-Qahtani are names, too."""

from __future__ import annotations

from typing import Final

_LATIN: Final = (*range(0x00C0, 0x0250), *range(0x1E00, 0x1F00))  # with accents, of all languages

# The inside of a character class: any capital letter of a Latin script.
UPPER: Final = "A-Z" + "".join(sign for sign in map(chr, _LATIN) if sign.isupper())
# What a name may have before its capital, and no space between them.
PARTICLE: Final = r"(?:(?:a[dlnrstz]|adh|ash|ath|ben|bin|[dl]|el|ul)[-'\u2019])"
