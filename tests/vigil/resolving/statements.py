"""Statements of one evening, as short as a worked example wants them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.consumers.aggregator.ledgers import ORDER
from vigil.resolving.resolve import Statement, resolve

if TYPE_CHECKING:
    from vigil.claim import Claim
    from vigil.estimate import Estimate


def at(hour: int) -> datetime:
    return datetime(2022, 2, 24, hour, 0, tzinfo=UTC)


def said(
    what: Claim, *, hour: int = 12, outlet: str | None = "Northline", article: str | None = None
) -> Statement:
    return Statement(what, article or f"{outlet}-{hour}", 0, at(hour), outlet)


def resolved(*statements: Statement) -> Estimate:
    return resolve(statements, authority_order=ORDER)


def span(estimate: Estimate) -> tuple[int, int, int | None]:
    return estimate.low, estimate.best, estimate.high
