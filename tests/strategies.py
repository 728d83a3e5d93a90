"""Hypothesis strategies for the values that cross topics."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from vigil.article import Article, article_id, revision_of
from vigil.claim import Authority, Claim, ClaimSet
from vigil.place import Place

if TYPE_CHECKING:
    from vigil.period import Period

MOSCOW = Place("Moscow", "city", "RU", 55.75, 37.62, 524901)
PETERSBURG = Place("St Petersburg", "city", "RU", 59.94, 30.31, 498817)
RUSSIA = Place("Russia", "country", "RU", 55.75, 37.62)

# Whole seconds around two years: enough moments to differ, few enough to meet.
moments = st.integers(0, 63_072_000).map(
    lambda seconds: datetime(2021, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
days = st.dates(min_value=date(2021, 1, 1), max_value=date(2022, 12, 31))
texts = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=60)
authorities = st.sampled_from(
    [
        Authority(),
        Authority("OVD-Info", "monitor"),
        Authority("police", "official"),
        Authority("organisers", "organiser"),
    ]
)


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    low = draw(st.integers(1, 5_000))
    bound = draw(st.sampled_from(["exact", "at_least", "more_than", "about", "vague"]))
    dated = draw(st.sampled_from(["day", "period", "undated"]))
    first = draw(days)
    sentence = draw(texts)
    return Claim(
        kind=draw(st.sampled_from(["detention", "protest"])),
        low=low,
        high=low if bound in {"exact", "about"} else None,
        bound=bound,  # type: ignore[arg-type]  # one of the literals above
        sentence=sentence,
        start=0,
        end=len(sentence),
        rule="test",
        place=draw(st.sampled_from([MOSCOW, PETERSBURG, RUSSIA, None])),
        day=first if dated == "day" else None,
        period=draw(st.sampled_from(_periods(first))) if dated == "period" else None,
        authority=draw(authorities),
    )


def _periods(day: date) -> list[Period]:
    """Return the periods there can be beside a day: whole, without a beginning, without an end."""
    return [(day, day + timedelta(days=3)), (None, day), (day, None)]


@st.composite
def claim_sets(draw: st.DrawFn) -> ClaimSet:
    return ClaimSet(
        article=draw(st.sampled_from(["a", "b", "c", "d"])),
        revision=draw(st.sampled_from(["r1", "r2", "r3"])),
        seen_at=draw(moments),
        claims=tuple(draw(st.lists(claims(), max_size=3))),
        outlet=draw(st.sampled_from([None, "The Lantern", "Northline"])),
        title=draw(texts),
    )


@st.composite
def articles(draw: st.DrawFn) -> Article:
    text = draw(texts)
    url = draw(st.sampled_from([None, "https://lantern.example/1"]))
    published = draw(st.none() | moments)
    return Article(
        id=article_id(url=url, text=text),
        revision=revision_of(text=text, published=published, outlet=None),
        seen_at=draw(moments),
        text=text,
        published=published,
        url=url,
    )
