"""Small questions to a parsed sentence: who is the subject, what is the object, which noun."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token  # noqa: TC004  # nothing loads spaCy early

_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
_LEFT_OF_NOUN: Final = frozenset(
    {"nummod", "quantmod", "compound", "amod", "advmod", "nmod", "det", "poss", "npadvmod"}
)
# Tags, not parts of speech: those would need one more component of the model.
_NOUNS: Final = frozenset({"NN", "NNS", "NNP", "NNPS", "CD", "JJ", "JJR", "JJS", "PRP"})
# "A third of the 90 protesters were arrested": not ninety.
_PARTS: Final = frozenset(
    {"third", "thirds", "half", "quarter", "most", "some", "many", "majority", "few", "none",
     "one", "part", "percent", "fraction", "minority", "any", "each", "leader", "leaders",
     "members", "member"}
)  # fmt: skip
PARTICIPLES: Final = frozenset({"taken", "driven", "thrown"})  # never a past tense
_PREFIXES: Final = frozenset({"re", "zip", "frog"})
_VERBS: Final = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})
_JOINTS: Final = _VERBS | {"CC", "RB", ","}  # what may stand between verbs with one object
_NEVER_FAR: Final = 12  # steps up or down a tree before giving up


@dataclass(frozen=True, slots=True)
class Parsed:
    """A parsed sentence with a way from characters to tokens.

    Attributes:
        doc: The sentence, parsed.
        text: Its text (spaCy would put it together anew at each asking).
        starts: Where each token starts, in characters.
    """

    doc: Doc
    text: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, doc: Doc) -> Parsed:
        """Return the parsed sentence of a spaCy Doc."""
        return cls(doc, doc.text, tuple(doc.to_array("IDX").tolist()))

    def token_at(self, char: int) -> Token:
        """Return the token that covers a character."""
        token = self.doc[max(0, bisect_right(self.starts, char) - 1)]
        # "re-arrested" is three tokens
        if token.lower_ in _PREFIXES and token.i + 2 < len(self.doc):
            return self.doc[token.i + 2] if token.nbor().text == "-" else token
        return token

    def between(self, start: int, end: int) -> list[Token]:
        """Return the tokens that start in a stretch of characters."""
        first = bisect_right(self.starts, start - 1)
        last = bisect_right(self.starts, end - 1)
        return list(self.doc[first:last])


def noun_chain(token: Token) -> list[Token]:
    """Return a number's token and the words up to the noun it counts, that noun last."""
    chain = [token]
    while (
        chain[-1].dep_ in _LEFT_OF_NOUN
        and chain[-1].head.i > chain[-1].i
        and chain[-1].head.tag_ in _NOUNS
        and len(chain) < _NEVER_FAR
    ):
        chain.append(chain[-1].head)
    return chain


def noun_after(token: Token) -> Token | None:
    """Return the noun at the end of the words that follow a number, where the parse has none.

    The parser takes "on Friday 15 protesters" for a date of fifteen Fridays.
    """
    last: Token | None = None
    for after in token.doc[token.i + 1 : token.i + 1 + _NEVER_FAR]:
        if after.tag_ in {"NNS", "NNPS", "NN", "NNP"}:
            last = after
        elif after.tag_ not in {"JJ", "HYPH", "VBG", "JJR"} or last is not None:
            break
    return last


def counted_noun(token: Token) -> Token | None:
    """Return the noun a number counts: "people" in "30 people" and "dozens of people"."""
    last = noun_chain(token)[-1]
    if last is not token:
        return last
    near = noun_after(token)
    if near is not None:
        return near
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            return next((each for each in child.children if each.dep_ == "pobj"), None)
    return None


def expand(noun: Token) -> Iterator[Token]:
    """Yield a noun, what is coordinated with it, and what it is a group of."""
    stack, seen = [noun], 0
    while stack and seen < _NEVER_FAR:
        token = stack.pop()
        seen += 1
        yield token
        for child in token.children:
            if child.dep_ in {"conj", "appos"}:
                stack.append(child)
            elif (
                child.dep_ == "prep"
                and child.lower_ in {"of", "between", "including"}
                and (token.lower_ not in _PARTS or child.lower_ == "including")
            ):
                stack.extend(each for each in child.children if each.dep_ == "pobj")


def has_object(verb: Token) -> bool:
    """Say whether a verb form has an object of its own to its right."""
    return any(child.dep_ in {"dobj", "obj"} and child.i > verb.i for child in verb.children)


def agents(verb: Token) -> list[Token]:
    """Return who a passive says did it: "police" in "held by police"."""
    return [
        each
        for by in verb.children if by.dep_ == "agent"
        for each in by.children if each.dep_ == "pobj"
    ]  # fmt: skip


def objects(verb: Token) -> list[Token]:
    """Return the direct objects of a verb, or those it shares: "arrested and deported 24"."""
    own = _own_objects(verb)
    if own or any(child.dep_ in {"auxpass", "agent"} for child in verb.children):
        return own
    for other in _joined(verb):
        between = verb.doc[verb.i + 1 : other.i]
        if all(each.tag_ in _JOINTS for each in between):
            own = own or _own_objects(other)
    return own


def _own_objects(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_ in {"dobj", "obj"}]


def _joined(verb: Token) -> Iterator[Token]:
    """Yield the verbs coordinated with one behind it."""
    at: Token | None = verb
    for _ in range(_NEVER_FAR):
        at = next((each for each in at.children if each.dep_ == "conj"), None) if at else None
        if at is None or at.tag_ not in _VERBS:
            return
        yield at


def _shares_object(verb: Token) -> bool:
    """Say whether the object of a verb stands behind another: "has detained or arrested 30"."""
    if verb.tag_ == "VBN":
        return any(child.dep_ == "conj" and has_object(child) for child in verb.children)
    return bool(objects(verb))


def is_passive(verb: Token) -> bool:
    """Say whether a verb form is passive, an actorless participle or headline form included."""
    if any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.children):
        return True
    if verb.tag_ == "VBN" and not any(
        child.lower_ in {"have", "has", "had", "'ve", "\u2019ve"} for child in verb.children
    ):
        acting = any(child.dep_ == "nsubj" for child in verb.children)
        return not has_object(verb) and not (acting and objects(verb))
    return (
        verb.tag_ in {"VBD", "VBN", "JJ"}
        and not has_object(verb)
        and not _shares_object(verb)
        and (verb.lower_.endswith("ed") or verb.lower_ in PARTICIPLES)
    )


def is_perfect(verb: Token) -> bool:
    """Say whether a verb form is active and has its object: "has held the square"."""
    kinds = {child.dep_ for child in verb.children}
    if "auxpass" in kinds or not has_object(verb):
        return False
    return any(child.lower_ in {"have", "has", "had"} for child in verb.children)


def subjects(verb: Token) -> list[Token]:
    """Return the subjects of a verb, those it shares with another verb included."""
    at = verb
    for _ in range(_NEVER_FAR):
        auxes = [child for child in at.children if child.dep_ in {"aux", "auxpass"}]
        own = [child for each in (at, *auxes) for child in each.children if child.dep_ in _SUBJECTS]
        if own:
            return [_antecedent(child) for child in own]
        if at.dep_ in {"acl", "relcl"}:
            return [at.head]
        if at.dep_ in {"conj", "xcomp", "auxpass", "aux"} and at.head is not at:
            at = at.head
            continue
        return []
    return []


def _antecedent(subject: Token) -> Token:
    """Return what a relative pronoun stands for."""
    verb = subject.head
    if subject.lower_ in {"who", "that", "which", "whom"} and verb.dep_ == "relcl":
        return verb.head
    return subject


def is_noun(token: Token) -> bool:
    """Say whether a token is a noun: "arrests" in "590 arrests"."""
    return token.tag_ in {"NN", "NNS", "NNP", "NNPS"}
