"""The spaCy component that finds the numbers and the cues of a sentence and ties them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from consumers.extractor.counts import find_counts
from consumers.extractor.cues import find_cues
from consumers.extractor.grammar import Parsed
from consumers.extractor.link import link

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language
    from spacy.tokens import Doc

NAME: Final = "vigil_links"
_FOUND: Final = ("counts", "cues", "links")


def add_to(nlp: Language) -> None:
    """Add the component to the end of a pipeline."""
    _register()
    nlp.add_pipe(NAME)


@cache
def _register() -> None:
    """Make the component known to spaCy: when it is first used, since loading spaCy takes long."""
    from spacy.language import Language  # noqa: PLC0415  # takes a second to load
    from spacy.tokens import Doc  # noqa: PLC0415  # ... as part of it

    for name in _FOUND:
        Doc.set_extension(name, default=(), force=True)
    Language.factory(
        NAME,
        assigns=[f"doc._.{name}" for name in _FOUND],
        requires=["token.tag", "token.dep", "token.head"],
        func=_made,
    )


def _made(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # spaCy calls it so
    return tie


def tie(doc: Doc) -> Doc:
    """Set the counts, the cues and the links of a parsed sentence."""
    parsed = Parsed.of(doc)
    found = doc._
    found.counts = find_counts(parsed.text)
    found.cues = find_cues(parsed.text)
    found.links = link(parsed, found.counts, found.cues)
    return doc
