"""``vigil extract``, ``vigil aggregate``: one service each, until told to stop."""

from __future__ import annotations

from vigil.cli.console import as_service, stop_on_signals


def extract() -> None:
    """Read articles, find their claims, send them on; run as many as you have partitions."""
    with as_service() as settings:
        stopping = stop_on_signals()
        from consumers.extractor import service  # spaCy takes a second to import

        service.serve(settings, stopping=stopping)


def aggregate() -> None:
    """Read claims, resolve them, keep the counters in Redis; run as many as you like."""
    with as_service() as settings:
        stopping = stop_on_signals()
        from consumers.aggregator import service

        service.serve(settings, stopping=stopping)
