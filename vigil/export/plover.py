"""Events in the terms of PLOVER, the Political Language Ontology for Verifiable Event Records.

Draft 2.0 of its manual, https://github.com/openeventdata/PLOVER (PLOVER_MANUAL.tex).
``docs/export.md`` tells how each field was chosen.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from vigil.export.events import country_codes, events
from vigil.export.tables import Table, links, quotes, why

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigil.export.events import Event
    from vigil.export.source import Content, Wanted
    from vigil.rows import Row


@dataclass(frozen=True, slots=True)
class _Term:
    """What PLOVER calls a kind; None where Vigil does not know enough to choose.

    ``quad`` numbers the categories of the manual: 3 verbal conflict, 4 material conflict.
    """

    event: str
    mode: str | None
    quad: int | None
    size_of: str


_TERMS = MappingProxyType(
    {
        "detention": _Term("COERCE", "arrest", 4, "arrested"),
        # A demonstration, a strike or a riot: Vigil reads how many, not of what sort.
        "protest": _Term("PROTEST", None, 4, "participants"),
        "petition": _Term("ACCUSE", "disapprove", 3, "signatories"),
        # Charged is ACCUSE `allege`, convicted SANCTION `convict`: Vigil counts both as one kind.
        "prosecution": _Term("ACCUSE; SANCTION", None, None, "prosecuted"),
    }
)

# PLOVER's level of resolution of a location.
_RESOLUTION = MappingProxyType({"city": 4, "region": 2, "country": 1})


def _rows(content: Content, wanted: Wanted) -> Iterator[Row]:
    for event in events(content, wanted):
        yield _row(content, event)


def _row(content: Content, event: Event) -> Row:
    estimate, bucket = event.estimate, event.estimate.bucket
    place, term = bucket.place, _TERMS[bucket.kind]
    alpha3, _, country = country_codes(place.country if place else None)
    return {
        "id": f"vigil-{event.identity}",
        "date": bucket.day.isoformat() if bucket.day else None,
        "event": term.event,
        "mode": term.mode,
        "quad_code": term.quad,
        "size": event.size,
        "size_low": event.low,
        "size_high": event.high,
        "size_of": term.size_of,
        "resolved_place": place.name if place else None,
        "geonameid": place.geoname if place else None,
        "lat": place.latitude if place and place.scope == "city" else None,
        "lon": place.longitude if place and place.scope == "city" else None,
        "city": place.name if place and place.scope == "city" else None,
        "province": place.name if place and place.scope == "region" else None,
        "country": country,
        "country_code": alpha3,
        "resolution": _RESOLUTION.get(place.scope) if place else None,
        "rest_of_country": event.rest,
        "text": quotes(content, estimate),
        "publication": list(estimate.outlets),
        "url": links(content, estimate),
        "authority": estimate.authority.name or estimate.authority.kind,
        "coder": "vigil",
        "codebook": "plover-base-2.0-draft",
        "comment": why(estimate),
    }


PLOVER = Table(
    MappingProxyType(
        {
            "id": "text", "date": "day", "event": "text", "mode": "text", "quad_code": "number",
            "size": "number", "size_low": "number", "size_high": "number", "size_of": "text",
            "resolved_place": "text", "geonameid": "number", "lat": "float", "lon": "float",
            "city": "text", "province": "text", "country": "text", "country_code": "text",
            "resolution": "number", "rest_of_country": "truth", "text": "texts",
            "publication": "texts", "url": "texts", "authority": "text", "coder": "text",
            "codebook": "text", "comment": "text",
        }
    ),
    _rows,
)  # fmt: skip
