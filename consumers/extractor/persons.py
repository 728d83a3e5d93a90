"""Find the persons whom a sentence says were detained, by name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from consumers.extractor import grammar
from consumers.extractor.capitals import UPPER
from consumers.extractor.name_lists import names_before, names_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Span, Token

    from consumers.extractor.cues import Cue
    from consumers.extractor.grammar import Parsed

_PRONOUNS: Final = frozenset({"he", "she", "him", "her"})
_LISTED: Final = re.compile(
    r"[^.;]{0,30}\b(?:include[sd]?|including|was|were|is|are|among them)\b", re.IGNORECASE
)
_AMONG: Final = re.compile(
    r" (was|were|is|are) (?:\w+ )?(?:among|one of) [^.;]{0,60}$", re.IGNORECASE
)
_INCLUDING: Final = re.compile(r"[^.;:]{0,120}?,? including ")
_AUXILIARY: Final = re.compile(
    r"[^.;:,]{0,40},? (?:(?:were|was|have|had|has|been|being|also) ){1,3}"
)
_NEXT: Final = 70  # characters to the name that a list opens with
_INITIALS: Final = 2  # letters that are no name yet
_AMONG_ANY: Final = re.compile(
    rf"[{UPPER}][\w\u2019'-]+ (?:was|were|is|are) (?:\w+ )?(?:among|one of)\b"
)
_NAMING: Final = re.compile(
    rf"\b(?:of|included|includes|including|was|were)\b[^.;]{{0,60}}?[ '\u2019-][{UPPER}][^\W\d_]+"
)
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?\b(?!['\u2019]s)")
_OF_OUTLET: Final = re.compile(r"\b(?:from|of|for|at|with|by|against) (?:the )?$")
_INCLUDE: Final = re.compile(r" (?:\w+ly )?include[sd]?\b")
_SAYS_WHO: Final = re.compile(r"\b(?:according to|said|told|reported|wrote)\b")
_OPENING: Final = 60  # "Among the detained was X" opens its sentence
_REACH: Final = 100  # characters to the first of a list of names
_MOST: Final = 12


def find_persons(
    parsed: Parsed, cue: Cue, *, before: str, full: dict[str, str], places: frozenset[str]
) -> list[str]:
    """Return the full names of the persons one cue is about.

    Args:
        parsed: The sentence, with its named entities.
        cue: A cue of detention in it.
        before: The sentence before, for "he" and "she".
        full: Full names of the article by surname.
        places: Names of places, which are taken for persons now and then.
    """
    verb = parsed.token_at(cue.start)
    people = [span for span in parsed.doc.ents if span.label_ == "PERSON"]
    if cue.form == "noun" or grammar.is_noun(verb):
        named = _of_noun(parsed, cue, people)
    elif cue.form == "state":
        named = []
    elif grammar.is_passive(verb):
        listed = _listed(parsed, cue, people) if cue.start < _OPENING else []
        named = listed or _among(parsed, cue, people, full)
        named = named or names_before(parsed.text, cue)
        named = named or _pick(parsed, grammar.subjects(verb), people, before, full)
    else:
        named = _pick(parsed, grammar.objects(verb), people, before, full)
    if not named and cue.form in {"verb", "phrase"}:
        named = _including(parsed, cue, people)
    return sorted({_whole(name, full) for name in named if is_name(name, places)})


def may_name(parsed: Parsed, cue: Cue) -> bool:
    """Say whether a cue can be about a person by name: worth looking for names in the sentence."""
    verb = parsed.token_at(cue.start)
    if cue.form == "state":
        return False
    if cue.form == "noun" or grammar.is_noun(verb):
        return bool(_NAMING.search(parsed.text))
    if cue.start < _OPENING and _LISTED.match(parsed.text, cue.end):
        return True
    if " including " in parsed.text:
        return True
    nouns = [*grammar.subjects(verb), *grammar.objects(verb)]
    return any(_may_be_person(token) for noun in nouns for token in _persons_of(noun)) or bool(
        _AMONG_ANY.search(parsed.text[: cue.start])
    )


def _may_be_person(token: Token) -> bool:
    return token.tag_ in {"NNP", "NNPS"} or token.lower_ in _PRONOUNS


def _pick(
    parsed: Parsed, nouns: Iterable[Token], people: list[Span], before: str, full: dict[str, str]
) -> list[str]:
    found: list[str] = []
    for noun in nouns:
        for token in _persons_of(noun):
            span = next((each for each in people if each.start <= token.i < each.end), None)
            if span is not None and _is_head(token, span):
                found.append(span.text)
            elif token.text in full and token.tag_ in {"NNP", "NNPS"}:
                found.append(token.text)
            elif token.lower_ in _PRONOUNS and token is noun:
                found.extend(_meant(token, people, before, full))
    return found


def _persons_of(noun: Token) -> Iterator[Token]:
    """Yield a noun and those coordinated or in apposition; "the wife of X" is not X."""
    stack, seen = [noun], 0
    while stack and seen < _MOST:
        token = stack.pop()
        seen += 1
        yield token
        stack.extend(child for child in token.children if child.dep_ in {"conj", "appos"})


def _is_head(token: Token, span: Span) -> bool:
    # "Navalny's wife": the wife was detained, not he
    return not any(each.dep_ == "poss" and each.head not in span for each in span) and token in span


def _meant(pronoun: Token, people: list[Span], before: str, full: dict[str, str]) -> list[str]:
    """Return whom "he" or "she" means: the last person before it, or the first one before that."""
    earlier = [span for span in people if span.end <= pronoun.i]
    if earlier:
        return [earlier[-1].text]
    words = _WORD.findall(before)
    return next(([word] for word in words if word in full), [])


def _among(parsed: Parsed, cue: Cue, people: list[Span], full: dict[str, str]) -> list[str]:
    """Read "X and Y were among the 40 people detained"."""
    match = _AMONG.search(parsed.text, max(0, cue.start - _REACH), cue.start)
    if match is None:
        return []
    subjects = grammar.subjects(parsed.token_at(match.start(1)))
    return _pick(parsed, subjects, people, "", full)


def _including(parsed: Parsed, cue: Cue, people: list[Span]) -> list[str]:
    """Read "20 people were detained, including X and Y"; "20 people, including X, were"."""
    text = parsed.text
    after = _INCLUDING.match(text, cue.end)
    if after:
        named, listed = _chained(text, people, after.end()), names_from(text, after.end())
        return listed if named and len(listed) > len(named) else named
    before = text.rfind(" including ", max(0, cue.start - 2 * _REACH), cue.start)
    if before < 0:
        return []
    names = _chained(text[: cue.start], people, before + len(" including "))
    last = max((each.end_char for each in people if each.text in names), default=cue.start)
    return names if _AUXILIARY.fullmatch(text, last, cue.start) else []


def _chained(text: str, people: Iterable[Span], start: int) -> list[str]:
    """Return the persons a list names from an offset on, as long as none stands far off."""
    found: list[str] = []
    until = _SAYS_WHO.search(text, start)
    last = start
    for span in people:
        if until and span.start_char > until.start():
            break
        if last <= span.start_char < last + (_REACH if found else _NEXT) and not _OF_OUTLET.search(
            text, start, span.start_char
        ):
            found.append(span.text)
            last = span.end_char
    return found


def _of_noun(parsed: Parsed, cue: Cue, people: list[Span]) -> list[str]:
    """Read "the arrest of X", "among the detained was X", "detainees included X"."""
    text = parsed.text
    found = [
        span.text
        for span in people
        if span.start_char >= cue.end
        and re.fullmatch(r" of (?:[\w\u2019'-]+,? ){0,6}", text[cue.end : span.start_char])
    ]
    return found or _listed(parsed, cue, people)


def _listed(parsed: Parsed, cue: Cue, people: list[Span]) -> list[str]:
    text = parsed.text
    match = _LISTED.match(text, cue.end)
    head = text[: cue.start].lower()
    if not match or not re.search(
        r"\b(?:among|the|those|detainees|arrested|detained)\b",
        head + text[cue.start : cue.end].lower(),
    ):
        return []
    if (
        not _INCLUDE.match(text, cue.end)
        and not re.search(r"\b(?:among (?:the|those)|the|those)\s+(?:\w+ )?$", head)
        and not text[cue.start : cue.end].lower().startswith("detainee")
    ):
        return []
    found = _chained(text, people, match.end())
    listed = names_from(text, match.end() + 1)
    return listed if len(listed) > len(found) else found


def _whole(name: str, full: dict[str, str]) -> str:
    parts = [
        part
        for part in name.split()
        if part not in {"Mr", "Mr.", "Ms", "Ms.", "Mrs", "Mrs.", "Dr", "Dr."}
    ]
    clean = " ".join(parts)
    return full.get(clean, clean)


def is_name(name: str, places: frozenset[str]) -> bool:
    """Say whether what was taken for a name is one: no place, no figure, no initials."""
    if name in places or name.rsplit(maxsplit=1)[-1] in places:
        return False
    letters = [part for part in name.split() if part[:1].isupper()]
    digits = any(sign.isdigit() for sign in name)
    return bool(letters) and len(name) > _INITIALS and not digits
