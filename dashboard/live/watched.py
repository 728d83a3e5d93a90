"""The dashboard's server while it runs: its log lines in one form, its figures for Prometheus."""

from __future__ import annotations

import signal
import sys
import threading
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import streamlit.logger

from dashboard.live import shared
from vigil.log import setup_logging
from vigil.metrics import Reading, exporting
from vigil.settings import load_settings

if TYPE_CHECKING:
    import logging
    from collections.abc import AsyncIterator


@asynccontextmanager
async def watched(_app: object) -> AsyncIterator[dict[str, Any] | None]:
    """Log as the settings say and serve metrics where they ask for it, while the server runs."""
    settings = load_settings()
    setup_logging(settings)
    join_logs()
    with exporting(settings, "dashboard", _readings):
        yield None


def end_with_status_zero() -> None:
    """Let SIGTERM be an end in order.

    The web server ends its work first, and then gives the signal to whoever wanted it before:
    left alone, that is the system, which would call it a death.
    """
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))


def join_logs() -> None:
    """Let Streamlit's log lines, and those of its web server, go the way of ours.

    Streamlit gives each of its loggers a handler and a form of its own, now and whenever it makes
    another one; there is no setting for it.
    """
    streamlit.logger.setup_formatter = _let_through
    streamlit.logger.update_formatter()


def _let_through(logger: logging.Logger) -> None:
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
    logger.propagate = True


def _readings() -> list[Reading]:
    source = shared.source()
    return [
        Reading("vigil_up", not source.failing),
        Reading("vigil_store_reads", source.polls),
        Reading("vigil_store_read_failures", source.failed_polls),
        Reading("vigil_store_to_dashboard_seconds", source.delays.counted()),
    ]
