"""``vigil watch`` as a person runs it: files dropped while it runs, stopped, started again."""

from __future__ import annotations

import json
import signal
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.integration.articles import write_articles
from tests.integration.commands import environment, vigil
from vigil import broker
from vigil.embedded import start_broker
from vigil.processes import spawn
from vigil.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def env(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    server = start_broker(tmp_path_factory.mktemp("broker"))
    settings = Settings().model_copy(update={"kafka": server.address})
    broker.ensure_topics(settings)
    yield environment() | {"VIGIL_KAFKA": server.address}
    server.process.stop()


def test_file_dropped_while_it_watches_is_sent(tmp_path: Path, env: dict[str, str]) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    command = [sys.executable, "-m", "vigil", "watch", str(folder)]
    process = spawn("watch", command, folder=tmp_path, env=env)
    try:
        wait_until(lambda: "watching" in process.log.read_text())
        write_articles(folder)
        write_articles(folder / "later")
        wait_until(lambda: len(list(folder.rglob("*.receipt.json"))) == 8)
    finally:
        process.popen.send_signal(signal.SIGTERM)
        process.popen.wait(60)
    assert process.popen.returncode == 0
    assert "8 files taken, 4 articles sent, 4 were sent before" in process.log.read_text()


def test_once_takes_what_is_there_and_ends(tmp_path: Path, env: dict[str, str]) -> None:
    paths = write_articles(tmp_path)
    (tmp_path / "broken.json").write_text("{")
    first = vigil("watch", tmp_path, "--once", "--json", env=env)
    assert first.returncode == 3, first.stderr
    told = [json.loads(line) for line in first.stdout.splitlines()]
    assert sum(one["sent"] for one in told) == len(paths)
    assert [one["file"] for one in told if one["reasons"]] == [str(tmp_path / "broken.json")]
    second = vigil("watch", tmp_path, "--once", "--json", env=env)
    assert (second.returncode, second.stdout) == (0, "")


def test_retry_tries_again_what_is_in_quarantine(tmp_path: Path, env: dict[str, str]) -> None:
    (tmp_path / "broken.json").write_text("{")
    vigil("watch", tmp_path, "--once", env=env)
    again = vigil("watch", tmp_path, "--once", "--retry", env=env)
    assert again.returncode == 3
    assert "1 files moved back from quarantine" in again.stderr
    assert (tmp_path / ".quarantine" / "broken.json").exists()


def test_folder_that_is_not_there_is_told(tmp_path: Path, env: dict[str, str]) -> None:
    done = vigil("watch", tmp_path / "nowhere", env=env)
    assert done.returncode == 1
    assert "there is no folder" in done.stderr
    assert "Traceback" not in done.stderr


def wait_until(condition: object, *, seconds: float = 60) -> None:
    assert callable(condition)
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.05)
