"""The dashboard's server while it runs: its log lines in one form, its figures for Prometheus."""

from __future__ import annotations

import logging
import signal
import threading
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import streamlit.logger

from dashboard.live import shared
from vigil.log import setup_logging
from vigil.metrics import Reading, exporting
from vigil.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@asynccontextmanager
async def watched(_app: object) -> AsyncIterator[dict[str, Any] | None]:
    """Log as the settings say and serve metrics where they ask for it, while the server runs."""
    settings = load_settings()
    setup_logging(settings)
    join_logs()
    with exporting(settings, "dashboard", _readings):
        yield None


def end_in_order() -> None:
    """Let SIGTERM be an end with status 0; called while the web server runs.

    Left alone it ends its work, and then hands the signal on to the system, which calls that a
    death. Asked to end by its own switch it does the same and returns.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    server: Any = getattr(signal.getsignal(signal.SIGTERM), "__self__", None)
    if hasattr(server, "should_exit"):
        signal.signal(signal.SIGTERM, lambda *_: setattr(server, "should_exit", True))


def join_logs() -> None:
    """Let Streamlit's log lines, and those of its web server, go the way of ours.

    Streamlit gives each of its loggers a handler and a form of its own, now and whenever it makes
    another one; there is no setting for it. Who asked for which page is not logged: an address
    says what somebody looks for.
    """
    streamlit.logger.setup_formatter = _let_through
    streamlit.logger.update_formatter()
    for name in ("uvicorn", "uvicorn.access", "uvicorn.asgi", "uvicorn.error"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _let_through(logger: logging.Logger) -> None:
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
    logger.propagate = True


def _readings() -> list[Reading]:
    source = shared.source()
    return [
        Reading("vigil_up", not source.problem),
        Reading("vigil_store_reads", source.polls),
        Reading("vigil_store_read_failures", source.failed_polls),
        Reading("vigil_store_to_dashboard_seconds", source.delays.counted()),
    ]
