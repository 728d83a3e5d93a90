"""Find persons without a name or a number who were detained: "a reporter", "a man and a woman"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from consumers.extractor import grammar
from consumers.extractor.dictionary import words
from consumers.extractor.number_reading import Count
from consumers.extractor.sums import behind_ages, is_kin

if TYPE_CHECKING:
    from spacy.tokens import Token

    from consumers.extractor.cues import Cue
    from consumers.extractor.grammar import Parsed

_ARTICLES: Final = frozenset({"a", "an", "another"})
_TELLER: Final = "i"  # "I was arrested": who writes was detained
_ANOTHER: Final = "another"  # "one was fined and another was arrested"
_FORMS: Final = frozenset({"verb", "phrase"})


def find_single(parsed: Parsed, cue: Cue) -> Count | None:
    """Return the person without a name whom a cue is about, or the two, counted, or None.

    One told of before ("the poet") is none of these.
    """
    verb = parsed.token_at(cue.start)
    if cue.kind != "detention" or cue.form not in _FORMS or grammar.is_noun(verb):
        return None
    passive = grammar.is_passive(verb)
    if _is_caption(verb, passive=passive):
        return None
    if verb.dep_ in {"amod", "acl", "relcl"} and not _opens(verb.head):
        return None
    nouns = grammar.subjects(verb) if passive else grammar.objects(verb)
    person = next((noun for noun in nouns if _is_single(noun, told=passive)), None)
    if person is None:
        return None
    start = person.idx
    others = sum(child.dep_ == "conj" for child in person.children)
    people = 1 + (others or sum(behind_ages(parsed.text, start + len(person))))
    return Count(start, start + len(person), start, people, people, "exact")


def _is_caption(verb: Token, *, passive: bool) -> bool:
    """Say whether a verb tells of what a picture shows: "police detain a man", "one is held"."""
    if not passive:
        return verb.tag_ != "VBD"
    auxes = {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"}}
    return bool(auxes & {"is", "being", "are", "am", "'m", "\u2019m"}) or verb.tag_ == "VBG"


def _is_single(noun: Token, *, told: bool) -> bool:
    if any(child.dep_ == "nummod" for child in noun.children) or noun.dep_ == "conj":
        return False
    if noun.lower_ == _ANOTHER:
        return told and noun.tag_ == "DT" and not any(noun.children)
    others = [child for child in noun.children if child.dep_ == "conj"]
    if others and not (len(others) == 1 and _is_another(others[0])):
        return False
    if noun.lower_ == _TELLER:
        return told
    if noun.tag_ not in {"NN", "NNP"} or noun.lower_ not in words("cues", "people", "single"):
        return False
    articles = [child.lower_ for child in noun.children if child.dep_ in {"det", "poss"}]
    return any(each in _ARTICLES for each in articles) or (not articles and _opens(noun))


def _is_another(noun: Token) -> bool:
    """Say whether a noun adds one person to another: "a man and a woman", "and his son"."""
    articles = [child.lower_ for child in noun.children if child.dep_ in {"det", "poss"}]
    single = noun.lower_ in words("cues", "people", "single")
    another = is_kin(noun) or (single and articles[:1] in (["a"], ["an"]))
    return another and not any(child.dep_ == "conj" for child in noun.children)


def _opens(noun: Token) -> bool:
    """Say whether a noun opens its line as in headlines, which leave articles out."""
    return all(each.tag_ in {"JJ", "NN", "NNP", "VBG", "HYPH", ":"} for each in noun.doc[: noun.i])
