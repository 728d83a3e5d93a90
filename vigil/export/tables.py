"""Tables of estimates and of claims: their columns, and a slot's content as their rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from vigil import keys
from vigil.estimate import Rule
from vigil.export.source import Content, Wanted, place_order, reference_parts
from vigil.review import claim_id, fingerprint
from vigil.rows import Row, claim_row, estimate_row

if TYPE_CHECKING:
    from vigil.claim import Claim, ClaimSet
    from vigil.estimate import Estimate, Figure
    from vigil.review import Review

ColumnType = Literal["text", "texts", "number", "numbers", "float", "day", "moment", "truth"]


@dataclass(frozen=True, slots=True)
class Table:
    """What is exported.

    Attributes:
        columns: Name -> type, in the order of the table.
        rows: Yields a slot's rows, those that are wanted, in a fixed order.
        whole: Whether every article of a slot is needed for them, or only the evidence.
        corrections: Whether they are made of corrections, and need these instead.
    """

    columns: Mapping[str, ColumnType]
    rows: Callable[[Content, Wanted], Iterator[Row]]
    whole: bool = False
    corrections: bool = False


def evidence(content: Content, estimate: Estimate) -> Iterator[tuple[ClaimSet, Claim]]:
    """Yield the claims an estimate's best figure rests on, each with its article."""
    for reference in estimate.rests_on:
        article, number = reference_parts(reference)
        said = content.articles.get(article)
        # An article that changed since is left out; the export says that the store changed.
        if said and number < len(said.claims):
            yield said, said.claims[number]


def quotes(content: Content, estimate: Estimate) -> list[str]:
    """Return the sentences an estimate rests on, each once, in the order of its claims."""
    return list(dict.fromkeys(claim.sentence for _, claim in evidence(content, estimate)))


def links(content: Content, estimate: Estimate) -> list[str]:
    """Return the addresses of the articles an estimate rests on, sorted."""
    return sorted({said.url for said, _ in evidence(content, estimate) if said.url})


def why(estimate: Estimate) -> str:
    """Return the rule that chose the number, as a sentence; as it is named where it is unknown."""
    known = {rule.value: rule.sentence for rule in Rule}
    return known.get(estimate.rule, estimate.rule)


def _estimate_rows(content: Content, wanted: Wanted) -> Iterator[Row]:
    for estimate in content.estimates:
        bucket = estimate.bucket
        if not wanted.takes(bucket.kind, bucket.place):
            continue
        row = _with_period(estimate_row(estimate))
        yield row | {
            "geoname": bucket.place.geoname if bucket.place else None,
            "authority_kind": estimate.authority.kind,
            "bound": _bound(estimate),
            "why": why(estimate),
            "unspecified": estimate.unspecified,
            "figures": [_figure(figure) for figure in estimate.figures],
            "rests_on": list(estimate.rests_on),
            "confirmed": list(estimate.confirmed),
            "overruled": list(estimate.overruled),
            "quotes": quotes(content, estimate),
            "links": links(content, estimate),
        }


def _claim_rows(content: Content, wanted: Wanted) -> Iterator[Row]:
    counting = {one for estimate in content.estimates for one in estimate.rests_on}
    here = [
        (said, number, claim)
        for said in content.articles.values()
        for number, claim in enumerate(said.claims)
        if keys.slot_of(claim) == content.slot and wanted.takes(claim.kind, claim.place)
    ]
    here.sort(key=lambda one: (one[2].kind, *place_order(one[2].place), one[0].article, one[1]))
    for said, number, claim in here:
        place = claim.place
        yield _with_period(claim_row(said.article, claim)) | {
            "number": number,
            "latitude": place.latitude if place else None,
            "longitude": place.longitude if place else None,
            "geoname": place.geoname if place else None,
            "outlet": said.outlet,
            "url": said.url,
            "title": said.title or None,
            "published": said.published.isoformat() if said.published else None,
            "seen_at": said.seen_at.isoformat(),
            "counts": f"{said.article}#{number}" in counting,
            **_review(said.article, claim, content.review_of(said.article, claim)),
        }


def _review(article: str, claim: Claim, review: Review | None) -> Row:
    return {
        "claim_id": claim_id(article, fingerprint(claim)),
        "verdict": review.verdict if review else None,
        "verdict_reason": review.reason if review else None,
        "verdict_by": review.by if review else None,
        "verdict_at": review.at.isoformat() if review else None,
    }


def _with_period(row: Row) -> Row:
    first, last = row["period"] or (None, None)
    return {**row, "period_from": first, "period_to": last}


def _bound(estimate: Estimate) -> str | None:
    """Return how the best figure was put; None where it is a sum or counts names."""
    stated = [
        one
        for one in estimate.figures
        if one.authority == estimate.authority and estimate.best in {one.low, one.high}
    ]
    return stated[0].bound if stated and estimate.rule != Rule.CITIES else None


def _figure(figure: Figure) -> str:
    """Return ``OVD-Info 1702 exact``, ``police 500 or more at_least``."""
    low, high = figure.low, figure.high
    if high is None:
        span = f"{low} or more"
    elif low is None:
        span = f"up to {high}"
    else:
        span = str(low) if low == high else f"{low} to {high}"
    return f"{figure.authority.name or figure.authority.kind} {span} {figure.bound}"


ESTIMATES = Table(
    MappingProxyType(
        {
            "kind": "text", "date": "day", "period_from": "day", "period_to": "day",
            "country": "text", "place": "text", "scope": "text", "geoname": "number",
            "latitude": "float", "longitude": "float",
            "low": "number", "best": "number", "high": "number", "bound": "text",
            "authority": "text", "authority_kind": "text", "rule": "text", "why": "text",
            "cities": "number", "unspecified": "number", "unconfirmed": "numbers",
            "figures": "texts", "outlets": "texts", "claims": "number", "rests_on": "texts",
            "confirmed": "texts", "overruled": "texts",
            "quotes": "texts", "links": "texts",
        }
    ),
    _estimate_rows,
)  # fmt: skip

CLAIMS = Table(
    MappingProxyType(
        {
            "article": "text", "number": "number", "kind": "text", "date": "day",
            "period_from": "day", "period_to": "day", "day_basis": "text",
            "country": "text", "place": "text", "scope": "text", "geoname": "number",
            "latitude": "float", "longitude": "float", "place_basis": "text",
            "low": "number", "high": "number", "bound": "text",
            "authority": "text", "authority_kind": "text", "named": "number",
            "cities": "number", "counts": "truth", "sentence": "text", "start": "number",
            "end": "number", "rule": "text", "outlet": "text", "title": "text", "url": "text",
            "published": "moment", "seen_at": "moment",
            "claim_id": "text", "verdict": "text", "verdict_reason": "text",
            "verdict_by": "text", "verdict_at": "moment",
        }
    ),
    _claim_rows,
    whole=True,
)  # fmt: skip
