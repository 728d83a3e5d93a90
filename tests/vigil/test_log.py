"""Whatever a service says, were it its last word, is a line in the form that was asked for."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.integration.commands import environment

SETUP = """
import logging, threading, warnings
from vigil.log import setup_logging
from vigil.settings import Settings
setup_logging(Settings(log_format="json"))
"""
ENDS = {
    "the main thread": "raise ValueError('nobody expected this')",
    "another thread": (
        "one = threading.Thread(target=lambda: [][1], name='letters')\none.start()\none.join()"
    ),
    "a warning": "warnings.warn('this is old', DeprecationWarning, stacklevel=1)",
    "a line in two": "logging.getLogger('vigil').error('one\\ntwo\\u2028three')",
}


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.split("\n") if line]


@pytest.mark.parametrize("end", ENDS)
def test_errors_and_warnings_of_all_kinds_are_one_line_of_json(end: str) -> None:
    command = [sys.executable, "-W", "always", "-c", SETUP + ENDS[end]]
    done = subprocess.run(
        command, capture_output=True, text=True, env=environment(), timeout=60, check=False
    )
    [line] = lines(done.stderr)
    assert done.returncode == (end == "the main thread")
    if "thread" in end:
        assert line["level"] == "critical"
        assert "Traceback" in line["trace"]


def test_client_of_kafka_that_says_the_same_at_once_is_heard_once() -> None:
    code = "for _ in range(50): logging.getLogger('kafka.net').error('Connection failed: %s', 111)"
    done = subprocess.run(
        [sys.executable, "-c", SETUP + code],
        capture_output=True, text=True, env=environment(), timeout=60, check=False,
    )  # fmt: skip
    assert [line["message"] for line in lines(done.stderr)] == ["Connection failed: 111"]


def test_settings_that_make_no_sense_are_told_in_the_form_they_ask_for() -> None:
    env = environment() | {"VIGIL_LOG_FORMAT": "json", "VIGIL_PARTITIONS": "many"}
    done = subprocess.run(
        [sys.executable, "-m", "vigil", "aggregate"],
        capture_output=True, text=True, env=env, timeout=60, check=False,
    )  # fmt: skip
    [line] = lines(done.stderr)
    assert done.returncode == 1
    assert line["level"] == "error"
    assert "VIGIL_PARTITIONS" in line["message"]
