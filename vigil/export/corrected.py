"""The table of corrections: what a figure was, what it is now, who says so, and since when."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from vigil.export.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigil.correction import Correction, Told
    from vigil.export.source import Content, Wanted
    from vigil.rows import Row


def _rows(content: Content, wanted: Wanted) -> Iterator[Row]:
    for one in content.corrections:
        bucket, place = one.bucket, one.bucket.place
        if not wanted.takes(bucket.kind, place):
            continue
        first, last = bucket.period or (None, None)
        yield {
            "kind": bucket.kind,
            "date": bucket.day.isoformat() if bucket.day else None,
            "period_from": first.isoformat() if first else None,
            "period_to": last.isoformat() if last else None,
            "country": place.country if place else None,
            "place": place.name if place else None,
            "scope": place.scope if place else None,
            "geoname": place.geoname if place else None,
            "corrected_at": one.at.isoformat(),
            "cause": one.cause,
            "difference": _difference(one),
            **_figure("was", one.was, content),
            **_figure("now", one.now, content),
        }


def _difference(one: Correction) -> int | None:
    """Return how many fewer; None where no figure took its place."""
    if one.now is None or one.was.low is None:
        return None
    figure = one.now.high if one.now.low is None else one.now.low
    return None if figure is None else figure - one.was.low


def _figure(name: str, told: Told | None, content: Content) -> Row:
    said, claim = (content.told.get(told) if told else None) or (None, None)
    authority = told.authority if told else None
    return {
        f"{name}_low": told.low if told else None,
        f"{name}_high": told.high if told else None,
        f"{name}_bound": told.bound if told else None,
        f"{name}_authority": (authority.name or authority.kind) if authority else None,
        f"{name}_outlet": told.outlet if told else None,
        f"{name}_since": told.seen_at.isoformat() if told else None,
        f"{name}_claim": told.reference if told else None,
        # Of an article that was withdrawn the sentence is gone.
        f"{name}_quote": (claim.sentence or None) if claim else None,
        f"{name}_link": said.url if said else None,
    }


CORRECTIONS = Table(
    MappingProxyType(
        {
            "kind": "text", "date": "day", "period_from": "day", "period_to": "day",
            "country": "text", "place": "text", "scope": "text", "geoname": "number",
            "corrected_at": "moment", "cause": "text", "difference": "number",
            "was_low": "number", "was_high": "number", "was_bound": "text",
            "was_authority": "text", "was_outlet": "text", "was_since": "moment",
            "was_claim": "text", "was_quote": "text", "was_link": "text",
            "now_low": "number", "now_high": "number", "now_bound": "text",
            "now_authority": "text", "now_outlet": "text", "now_since": "moment",
            "now_claim": "text", "now_quote": "text", "now_link": "text",
        }
    ),
    _rows,
    corrections=True,
)  # fmt: skip
