"""Events as rows in the style of ACLED, the Armed Conflict Location & Event Data project.

The columns and terms are of its codebook of 2024, https://acleddata.com. These rows are Vigil's
and not ACLED's: ``docs/export.md`` tells how each field was chosen and what it does not mean.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from vigil.export.events import country_codes, events
from vigil.export.tables import Table, links, quotes, why

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigil.estimate import Estimate
    from vigil.export.events import Event
    from vigil.export.source import Content, Wanted
    from vigil.rows import Row


@dataclass(frozen=True, slots=True)
class _Term:
    """What ACLED calls a kind; None where Vigil does not know enough to choose."""

    disorder: str
    event: str
    sub_event: str | None
    actors: tuple[tuple[str, str], ...]  # the group as it is named for a country, and its type
    people: str


# Petitions and prosecutions are no events of ACLED's.
_TERMS = MappingProxyType(
    {
        "detention": _Term(
            "Strategic developments",
            "Strategic developments",
            "Arrests",
            (("State Forces", "State forces"), ("Civilians", "Civilians")),
            "reported detained",
        ),
        "protest": _Term(
            "Demonstrations",
            "Protests",
            None,
            (("Protesters", "Protesters"),),
            "reported at a protest",
        ),
    }
)

# Names of countries where ACLED's differ from GeoNames'; the number in `iso` is the safer key.
_NAMES = MappingProxyType(
    {
        "CD": "Democratic Republic of Congo", "CG": "Republic of Congo", "CZ": "Czech Republic",
        "NL": "Netherlands", "PS": "Palestine", "SZ": "eSwatini", "TL": "East Timor",
    }
)  # fmt: skip

# 1: the town itself; 3: only the country or a part of it is known.
_EXACT_PLACE, _WIDE_PLACE = 1, 3
_EXACT_DAY = 1


def _rows(content: Content, wanted: Wanted) -> Iterator[Row]:
    for event in events(content, wanted):
        bucket = event.estimate.bucket
        if bucket.kind in _TERMS and bucket.place and bucket.place.country:
            yield _row(content, event)


def _row(content: Content, event: Event) -> Row:
    estimate, bucket = event.estimate, event.estimate.bucket
    place, term = bucket.place, _TERMS[bucket.kind]
    code = place.country if place else None
    _, numeric, known = country_codes(code)
    country = _NAMES.get(code or "") or known or code
    actors = [*term.actors, None, None][:2]
    in_city = place is not None and place.scope == "city"
    return {
        "event_id": f"VIGIL{event.identity}",
        "event_date": bucket.day.isoformat() if bucket.day else None,
        "year": bucket.day.year if bucket.day else None,
        "time_precision": _EXACT_DAY,
        "disorder_type": term.disorder,
        "event_type": term.event,
        "sub_event_type": term.sub_event,
        "actor1": f"{actors[0][0]} ({country})" if actors[0] else None,
        "inter1": actors[0][1] if actors[0] else None,
        "actor2": f"{actors[1][0]} ({country})" if actors[1] else None,
        "inter2": actors[1][1] if actors[1] else None,
        "iso": numeric,
        "country": country,
        "admin1": place.name if place and place.scope == "region" else None,
        "location": place.name if place else None,
        "latitude": place.latitude if place and in_city else None,
        "longitude": place.longitude if place and in_city else None,
        "geo_precision": _EXACT_PLACE if in_city else _WIDE_PLACE,
        "source": list(estimate.outlets),
        "source_url": links(content, estimate),
        "notes": _notes(content, event, term),
        "tags": f"crowd size={event.size}" if bucket.kind == "protest" else None,
        "people": event.size,
        "people_low": event.low,
        "people_high": event.high,
        "rest_of_country": event.rest,
    }


def _notes(content: Content, event: Event, term: _Term) -> str:
    """Return what was counted, who says so, why this number, and the sentence, as one text."""
    estimate = event.estimate
    where = estimate.bucket.place.name if estimate.bucket.place else ""
    people = f"{event.size:,} {'person' if event.size == 1 else 'people'}"
    # Nobody gave the rest as a figure: it is what is left of one that somebody gave.
    left = f" beyond the cities listed, of {estimate.best:,} in all" if event.rest else ""
    notes = f"{people} {term.people} in {where}{left} ({_authority(estimate)}). {why(estimate)}"
    said = quotes(content, estimate)
    return f"{notes} “{said[0]}”" if said else notes


def _authority(estimate: Estimate) -> str:
    if estimate.authority.name:
        return f"counted by {estimate.authority.name}"
    kind = estimate.authority.kind
    return "nobody named as having counted" if kind == "unattributed" else f"counted by {kind}"


ACLED = Table(
    MappingProxyType(
        {
            "event_id": "text", "event_date": "day", "year": "number", "time_precision": "number",
            "disorder_type": "text", "event_type": "text", "sub_event_type": "text",
            "actor1": "text", "inter1": "text", "actor2": "text", "inter2": "text",
            "iso": "number", "country": "text", "admin1": "text", "location": "text",
            "latitude": "float", "longitude": "float", "geo_precision": "number",
            "source": "texts", "source_url": "texts", "notes": "text", "tags": "text",
            "people": "number", "people_low": "number", "people_high": "number",
            "rest_of_country": "truth",
        }
    ),
    _rows,
)  # fmt: skip
