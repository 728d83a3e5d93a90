"""Find who counted: a monitor, an official body, an organiser, or nobody named."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from consumers.extractor.dictionary import load
from vigil.claim import Authority

if TYPE_CHECKING:
    from vigil.claim import AuthorityKind

_KINDS: Final[tuple[AuthorityKind, ...]] = ("monitor", "official", "organiser")
# "according to X", "X-based", "cited X", "data from X"
_ACCORDING: Final = re.compile(
    r"\b(?:according to|cit(?:ed|es|ing)|quot(?:ed|es|ing)|data (?:from|by)|(?:count|"
    r"tally|figures?|estimates?|reported|compiled|published|documented|monitored|"
    r"announced) (?:by|from|of))\s+(?:\w+[ ,]+){0,6}?$",
    re.IGNORECASE,
)
_NEAR: Final = 60
_RECENT: Final = 64  # sentences: each is asked about once for every figure in it
_UNNAMED: Final = "rights groups"
_MINISTRY: Final = "Interior Ministry"
# "the group", "the monitors": a body named before
_THE_GROUP: Final = re.compile(
    r"\b[Tt]h(?:e|is|ese) (?:same )?(?:(?:human |civil )?rights |monitoring |independent |"
    r"legal aid )*"
    r"(?:group|monitors?|watchdog|volunteers|organi[sz]ation|NGO)\b"
    r"(?! (?:of|were|was (?:detained|arrested|held)))"
)
_THE_MINISTRY: Final = re.compile(r"\b[Tt]he [Mm]inistry\b")
_IT: Final = re.compile(
    r"\b(?:[Ii]ts|[Tt]heir) (?:own )?(?:\w+ )?(?:list|figures?|count|total|tally|table|counter|"
    r"finding|"
    r"number)\b|\b[Ii]t (?:now |also )?(?:has|had|lists|listed|counts|counted|recorded|"
    r"registered|"
    r"said|says|added)\b|\b[Tt]hey (?:also )?(?:counted|listed|registered|recorded|said|say)\b|"
    r"\b[Ss]ame source\b|\b[Bb]y (?:that|the same|this|its|their) (?:reckoning|count|tally)\b|"
    r"\b[Oo]f (?:these|those|them)\b|\bof the (?:detentions|arrests)\b|"
    r"\b[Tt]h(?:at|is) (?:number|figure|total) includes\b"
)
_OWN_FIGURE: Final = re.compile(
    r"['\u2019]s? (?:own |latest |official |new )*(?:figures?|count|numbers?|total|tally|list|"
    r"estimates?|side|table|counter|board)\b"
)
_REPORTED: Final = re.compile(
    r"(?:This|That|It|The (?:figures?|numbers?|data|count))\b.{0,20}\b(?:reported|"
    r"announced|published|given|compiled|according|comes?|came|provided)\b",
    re.IGNORECASE,
)


def find_authority(
    sentence: str,
    *,
    figure: int,
    following: str = "",
    before: str = "",
    last: Authority | None = None,
    elliptic: bool = False,
) -> Authority:
    """Return who counted, by the attribution in a sentence nearest to the figure.

    Args:
        sentence: The sentence.
        figure: Where the figure starts in it.
        following: The sentence after it, which may tell the source: "This was reported by ...".
        before: The text before it, in which "the group" was named.
        last: Who counted the figure told last before, whom "it" and "they" mean.
        elliptic: Whether the sentence has no words of its own and goes on from that figure.
    """
    own = _nearest(sentence, figure)
    if (own is None or own.name == _UNNAMED) and _holds(_THE_GROUP, sentence):
        own = _last_named(before) or own
    if own is None and _holds(_THE_MINISTRY, sentence):
        own = _last_ministry(before)
    if own is None and _REPORTED.match(following):
        own = _nearest(following, 0)
    if own is None and _holds(_THE_MINISTRY, sentence):
        return Authority()
    if own is None and last is not None and (elliptic or _holds(_IT, sentence)):
        own = last
    return own or Authority()


def home_of(text: str) -> str | None:
    """Return the code of the one country that the monitors named in a text watch, or None."""
    homes = load("authorities")["home"]
    found = {
        homes[name] for _, name, pattern in _patterns() if name in homes and pattern.search(text)
    }
    return found.pop() if len(found) == 1 else None


def _last_named(text: str) -> Authority | None:
    """Return the monitor with a name of its own that a text names last."""
    found = [
        (match.start(), name)
        for kind, name, pattern in _patterns()
        if kind == "monitor" and name[0].isupper()
        for match in pattern.finditer(text)
    ]
    return Authority(max(found)[1], "monitor") if found else None


def _last_ministry(text: str) -> Authority | None:
    found = next(pattern for _, name, pattern in _patterns() if name == _MINISTRY).search(text)
    return Authority(_MINISTRY, "official") if found else None


def _nearest(sentence: str, figure: int) -> Authority | None:
    best: tuple[int, Authority] | None = None
    for start, end, named, authority in _sources(sentence):
        distance = min(abs(start - figure), abs(figure - end)) + (0 if named else _NEAR)
        if best is None or distance < best[0]:
            best = distance, authority
    return best[1] if best else None


@lru_cache(maxsize=_RECENT)
def _holds(pattern: re.Pattern[str], sentence: str) -> bool:
    return pattern.search(sentence) is not None


@lru_cache(maxsize=_RECENT)
def _sources(sentence: str) -> tuple[tuple[int, int, bool, Authority], ...]:
    """Return who is named as a source in a sentence: from where to where, and if by name."""
    found = []
    for kind, name, pattern in _patterns():
        # OVD-Info detains nobody: where it is named it is the source, and before all others.
        named = kind == "monitor" and name[0].isupper()
        found += [
            (match.start(), match.end(), named, Authority(name, kind))
            for match in pattern.finditer(sentence)
            if named or _is_source(sentence, match)
        ]
    return tuple(found)


def _is_source(sentence: str, match: re.Match[str]) -> bool:
    """Say whether a body is named as the one who says so, and not as the one who detains."""
    if _ACCORDING.search(sentence[max(0, match.start() - _NEAR) : match.start()]):
        return True
    if _OWN_FIGURE.match(sentence, match.end()):
        return True
    after = sentence[match.end() : match.end() + _NEAR]
    before = sentence[max(0, match.start() - _NEAR) : match.start()]
    return bool(_says().match(after) or _said_by().search(before))


@cache
def _verbs() -> str:
    return str(load("authorities")["saying"]["verbs"])


@cache
def _says() -> re.Pattern[str]:
    # the body, an apposition or a person in it, then the verb
    return re.compile(
        rf"(?:[\w\u2019'\s-]{{0,40}}?)(?:,[^.;]{{0,90}}?)?\s(?:have |has |had |also "
        rf"|later )*(?:{_verbs()})\b"
    )


@cache
def _said_by() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_verbs()})\s+(?:by )?(?:the |a |an )?(?:\w+ ){{0,3}}$")


@cache
def _patterns() -> tuple[tuple[AuthorityKind, str, re.Pattern[str]], ...]:
    book = load("authorities")
    return tuple(
        (kind, name, re.compile(rf"\b(?:{pattern})\b"))
        for kind in _KINDS
        for name, pattern in book[kind].items()
    )
