"""Extraction beside the full small model over whole texts, on one core."""

from __future__ import annotations

import re
import statistics
from datetime import date
from typing import TYPE_CHECKING

import spacy

from bench import texts
from bench.figure import Figure, seconds, spent
from consumers.extractor.gate import may_hold_claim
from consumers.extractor.pipeline import Extractor, installed_model

if TYPE_CHECKING:
    from vigil.article import Article

_TODAY = date(2026, 1, 1)
_REPEATS = 3
_TURNS = 5
# The full model reads six or seven articles a second: no more of them than tell its rate.
_WHOLE = 100
_WARM = 5


def figures() -> list[Figure]:
    """Return the figures of extraction."""
    model = installed_model(None)
    extractor = Extractor(model=model, names_key=b"bench")
    full = spacy.load(model)
    whole = [texts.of_usual_length(article) for article in texts.corpus()]
    read = extractor.extract(whole, today=_TODAY)
    relevant = [one for one, done in zip(whole, read, strict=True) if done.claims.claims]
    mixed = texts.stream(relevant[:20], one_in=20)
    return [
        _beside_model("extraction, articles with claims", relevant, extractor, full, reach=10),
        _beside_model("extraction, one article in twenty", mixed, extractor, full, reach=100),
        _gate(mixed),
    ]


def _beside_model(
    name: str,
    articles: list[Article],
    extractor: Extractor,
    full: spacy.language.Language,
    *,
    reach: float,
) -> Figure:
    whole = [article.text for article in articles[:_WHOLE]]
    list(full.pipe(whole[:_WARM]))
    # In turn, a part of theirs after each of ours: a machine that slows down slows both. Theirs
    # leaves nothing of ours in the processor's caches, so each of ours begins with one uncounted.
    turns = [
        (
            seconds(lambda: extractor.extract(articles, today=_TODAY), repeats=1),
            spent(lambda part=whole[turn::_TURNS]: list(full.pipe(part))),  # type: ignore[misc]  # mypy cannot infer a lambda with a default
        )
        for turn in range(_TURNS)
    ]
    ours = statistics.median(of_ours for of_ours, _ in turns)
    theirs = sum(of_theirs for _, of_theirs in turns) * len(articles) / len(whole)
    return Figure(
        name=name,
        value=len(articles) / ours,
        unit="articles/s",
        ratio=theirs / ours,
        reach=reach,
        how=f"{len(articles)} articles, processor time, median of {_TURNS}; beside the full "
        f"small model over {len(whole)} of them",
    )


def _gate(articles: list[Article]) -> Figure:
    whole = [article.text for article in articles]
    size = sum(len(text.encode()) for text in whole) / 1e6
    pattern = re.compile(r"\b(?:detain|arrest)\w*\b", re.IGNORECASE)
    ours = seconds(lambda: [may_hold_claim(text) for text in whole], repeats=_REPEATS)
    theirs = seconds(lambda: [pattern.findall(text) for text in whole], repeats=_REPEATS)
    return Figure(
        name="gate alone",
        value=size / ours,
        unit="MB/s",
        ratio=theirs / ours,
        reach=0.5,
        how="beside one pass of a compiled regular expression over the same bytes",
    )
