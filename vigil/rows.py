"""Estimates and claims as flat rows, for tables, CSV and JSON."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from vigil.claim import Claim
    from vigil.estimate import Estimate

Row = dict[str, Any]

ESTIMATE_FIELDS = (
    "kind", "place", "scope", "country", "latitude", "longitude", "date", "period",
    "low", "best", "high", "authority", "rule", "cities", "outlets", "claims", "unconfirmed",
)  # fmt: skip


def estimate_row(estimate: Estimate) -> Row:
    """Return an estimate as one row; a null date means undated, a null high open upward."""
    bucket, place = estimate.bucket, estimate.bucket.place
    return {
        "kind": bucket.kind,
        "place": place.name if place else None,
        "scope": place.scope if place else None,
        "country": place.country if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "date": _iso(bucket.day),
        "period": [_iso(day) for day in bucket.period] if bucket.period else None,
        "low": estimate.low,
        "best": estimate.best,
        "high": estimate.high,
        "authority": estimate.authority.name or estimate.authority.kind,
        "rule": estimate.rule,
        "cities": estimate.cities,
        "outlets": list(estimate.outlets),
        "claims": estimate.claims,
        "unconfirmed": list(estimate.unconfirmed),
    }


def estimate_rows(estimates: Iterable[Estimate]) -> list[Row]:
    """Return the rows in the order of a report: by kind, day (undated last), country, size."""
    rows = [estimate_row(estimate) for estimate in estimates]
    return sorted(rows, key=_report_order)


def claim_row(article: str, claim: Claim, names: Sequence[str] | None = None) -> Row:
    """Return a claim as one row.

    Args:
        article: What stands for its article: the stem of its file.
        claim: The claim.
        names: The names as printed, to show in place of their number.
    """
    place = claim.place
    return {
        "article": article,
        "kind": claim.kind,
        "low": claim.low,
        "high": claim.high,
        "bound": claim.bound,
        "place": place.name if place else None,
        "scope": place.scope if place else None,
        "country": place.country if place else None,
        "date": _iso(claim.day),
        "period": [_iso(day) for day in claim.period] if claim.period else None,
        "place_basis": claim.place_basis,
        "day_basis": claim.day_basis,
        "authority": claim.authority.name,
        "authority_kind": claim.authority.kind,
        "named": len(claim.named) if names is None else list(names),
        "cities": claim.cities,
        "sentence": claim.sentence,
        "start": claim.start,
        "end": claim.end,
        "rule": claim.rule,
    }


def to_json(rows: Sequence[Row]) -> str:
    """Return the rows as a JSON list, one row a line, so that two runs can be compared."""
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return f"[\n{lines}\n]\n" if rows else "[]\n"


def to_csv(rows: Sequence[Row], fields: Sequence[str]) -> str:
    """Return the rows as CSV with a header; lists are joined by "; ", nulls are empty.

    A cell that a spreadsheet would take for a formula is led by an apostrophe: outlets and
    authorities are text from outside.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(fields)
    for row in rows:
        writer.writerow([_cell(row[field]) for field in fields])
    return text.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, list):
        value = "; ".join(str(part) for part in value)
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return value


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _report_order(row: Row) -> tuple[object, ...]:
    period = [day or "" for day in row["period"] or ("", "")]
    when = row["date"] or period[0] or period[1] or "9999"
    size = -int(row["best"])
    return (
        row["kind"], when, period, row["country"] or "~", row["scope"] != "country", size,
        row["place"] or "", row["latitude"] or 0.0, row["longitude"] or 0.0,
    )  # fmt: skip
