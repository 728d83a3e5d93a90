"""What a consumer's meter reads, as figures for Prometheus."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from vigil.metrics import Reading, exporting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from consumers.metering import Measured, Meter
    from vigil.settings import Settings


@contextmanager
def metering(settings: Settings, meter: Meter) -> Iterator[None]:
    """Let Prometheus read the meter while the block runs, if the settings say where.

    Raises:
        MetricsError: The port is taken or the address not ours.
    """
    service = meter.report().service
    with exporting(settings, service, lambda: readings(meter.measured())):
        yield


def readings(measured: Measured) -> Iterator[Reading]:
    """Yield what was measured; what is not known is left out."""
    report = measured.report
    yield Reading("vigil_up", report.state == "running")
    yield Reading("vigil_articles", report.totals.get("articles", 0))
    yield Reading("vigil_claims", report.totals.get("claims", 0))
    yield Reading("vigil_retries", measured.retries)
    yield Reading("vigil_article_seconds", measured.waits)
    yield Reading("vigil_batch_seconds", measured.batches)
    busy = (report.at - report.busy_since).total_seconds() if report.busy_since else 0.0
    yield Reading("vigil_batch_in_hand_seconds", busy)
    if report.batch:
        done_at = report.batch.done_at
        yield Reading("vigil_last_batch_timestamp_seconds", done_at.timestamp())
        yield Reading("vigil_last_batch_age_seconds", (report.at - done_at).total_seconds())
    for topic, count in (report.lag or {}).items():
        yield Reading("vigil_lag_messages", count, topic)
    # All from the first: of a counter that is not there Prometheus sees no first increase.
    for topic in sorted({*measured.messages, *measured.dead, *(report.lag or {})}):
        yield Reading("vigil_messages", measured.messages.get(topic, 0), topic)
        yield Reading("vigil_dead_letters", measured.dead.get(topic, 0), topic)
