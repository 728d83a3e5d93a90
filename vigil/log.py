"""Logging set up once by a command: one line an event, as text or as JSON, to standard error."""

from __future__ import annotations

import json
import logging
import os
import sys
import threading
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from vigil.thinning import Thinning

if TYPE_CHECKING:
    from types import TracebackType

    from vigil.settings import Settings

log = logging.getLogger("vigil")

# While Kafka is away its client tells that several times a second, from each of its threads.
_KAFKA_AGAIN_SECONDS: Final = 5.0

# Attributes every LogRecord has; whatever else is on one came through `extra=`. The web server adds
# its message once more, in colours.
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {
    "message", "asctime", "taskName", "color_message",
}  # fmt: skip


def setup_logging(settings: Settings) -> None:
    """Send log lines of this process to standard error in the form the settings ask for.

    Errors that nobody catches, in any thread, and warnings are lines like all others.
    """
    _send(settings.log_level, as_json=settings.log_format == "json")


def begin_logging() -> None:
    """Log in the form that was asked for, before it is known whether the settings make sense."""
    _send("info", as_json=os.environ.get("VIGIL_LOG_FORMAT") == "json")


def in_json() -> bool:
    """Return whether every line of this process is to be JSON."""
    return any(isinstance(one.formatter, JsonFormatter) for one in logging.getLogger().handlers)


def _send(level: str, *, as_json: bool) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter() if as_json else TextFormatter())
    handler.addFilter(Thinning("kafka", seconds=_KAFKA_AGAIN_SECONDS, clock=time.monotonic))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread
    # The client libraries tell every reconnect at warning level and each rebalance step at info.
    logging.getLogger("kafka").setLevel(logging.ERROR)
    # ... and the watcher of folders an event that comes after it was stopped.
    logging.getLogger("watchdog").setLevel(logging.CRITICAL)
    quiet_readers()


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    log.critical("ended by an error nobody expected", exc_info=(kind, error, trace))


def _uncaught_in_thread(ended: threading.ExceptHookArgs) -> None:
    if ended.exc_value is None or isinstance(ended.exc_value, SystemExit):
        return
    log.critical(
        "a thread was ended by an error nobody expected",
        exc_info=(ended.exc_type, ended.exc_value, ended.exc_traceback),
        extra={"thread_name": ended.thread.name if ended.thread else ""},
    )


def quiet_readers() -> None:
    """Silence the HTML readers: what they discard is told as a refusal, with the file's name."""
    for name in ("trafilatura", "htmldate", "warcio"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def quiet_kafka() -> None:
    """Silence the Kafka client, whose every reconnect is an error to it: we say that we wait."""
    logging.getLogger("kafka").setLevel(logging.CRITICAL)


class TextFormatter(logging.Formatter):
    """``12:51:07 warning aggregator: slot changed under us  slot=RU:2022-02-24``."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line."""
        when = datetime.fromtimestamp(record.created, UTC).strftime("%H:%M:%S")
        facts = "".join(f"  {key}={value}" for key, value in _facts(record).items())
        line = f"{when} {record.levelname.lower()} {record.name}: {record.getMessage()}{facts}"
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


class JsonFormatter(logging.Formatter):
    """One JSON object a line, for collectors."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **_facts(record),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def _facts(record: logging.LogRecord) -> dict[str, object]:
    return {key: value for key, value in vars(record).items() if key not in _STANDARD}
