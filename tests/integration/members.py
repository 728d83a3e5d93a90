"""Extractors and aggregators in any number: started, ended in order, killed, stopped, resumed."""

from __future__ import annotations

import signal
import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from consumers.aggregator.ledger import Ledger
from consumers.aggregator.service import GROUP
from consumers.extractor.pipeline import Extractor
from producers.files import as_published, read
from tests.integration.commands import environment
from tests.integration.faults import exports
from vigil.article import Article
from vigil.cli.settle import wait_until_counted
from vigil.namekey import names_key
from vigil.processes import spawn, wait_until_ready
from vigil.store import make_store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from vigil.processes import Process
    from vigil.settings import Settings

_AT_A_TIME = 500
_PATIENCE = 60.0  # seconds a member may take to begin or to end beside other tests
# A short silence and small batches: more moments to be disturbed in.
HURRIED = {"VIGIL_SESSION_TIMEOUT_MS": "2000", "VIGIL_BATCH": "20"}


class Members:
    """The services of a stream, each a process of its own; whoever is not killed must live."""

    def __init__(self, settings: Settings, folder: Path, env: Mapping[str, str] = HURRIED) -> None:
        self._env = environment(settings) | dict(env)
        self._settings = settings
        self._folder = folder
        self._number = 0
        self.running: dict[str, list[Process]] = {"extract": [], "aggregate": []}

    def add(self, service: str, count: int = 1, **env: str) -> Process:
        """Start some more; return the last."""
        for _ in range(count):
            self._number += 1
            command = [sys.executable, "-m", "vigil", service]
            name = f"{service}-{self._number}"
            process = spawn(name, command, folder=self._folder, env=self._env | env)
            self.running[service].append(process)
        return process

    def kill(self, service: str) -> None:
        """End the oldest of a kind with SIGKILL."""
        process = self.running[service].pop(0)
        process.popen.kill()
        process.popen.wait()

    def remove(self, service: str) -> None:
        """End the oldest of a kind in order."""
        process = self.running[service].pop(0)
        wait_until_ready(process, lambda: "topic=" in process.tail(), seconds=_PATIENCE)
        process.popen.terminate()
        process.popen.wait(_PATIENCE)
        ended = process.popen.returncode
        assert ended == 0, f"status {ended}: {process.tail()}"

    def freeze(self, service: str) -> Process:
        """Stop the oldest of a kind without a word; whoever froze it has to resume it."""
        process = self.running[service][0]
        process.popen.send_signal(signal.SIGSTOP)
        return process

    def check(self) -> None:
        """Fail where one has ended that nobody killed."""
        for some in self.running.values():
            for process in some:
                assert process.running, process.tail()

    def logs(self, service: str) -> str:
        """Return all that members of a kind have ever said."""
        files = sorted(self._folder.glob(f"{service}-*.log"))
        return "".join(one.read_text(errors="replace") for one in files)

    def settle(self, sent: Iterable[tuple[str, str]]) -> None:
        """Wait until all that was sent stands in the store."""
        failed = wait_until_counted(sent, self._settings, group=GROUP, check=self.check)
        assert failed == []


@contextmanager
def members(
    settings: Settings,
    folder: Path,
    *,
    extractors: int = 2,
    aggregators: int = 2,
    env: Mapping[str, str] = HURRIED,
) -> Iterator[Members]:
    """Run some members while the block runs."""
    some = Members(settings, folder, env)
    try:
        some.add("extract", extractors)
        some.add("aggregate", aggregators)
        yield some
    finally:
        for process in (one for kind in some.running.values() for one in kind):
            process.popen.kill()  # whether it is frozen or not
            process.popen.wait()


def undisturbed(paths: Sequence[Path], settings: Settings) -> dict[str, str]:
    """Return the exports of some articles that go straight into an empty store."""
    store = make_store(settings)
    store.flushall()
    ledger = Ledger(store, authority_order=settings.authority_order)
    extractor = Extractor(
        model=settings.model, names_key=names_key(settings), show_names=settings.show_names
    )
    articles = [one for one in read(paths, seen_at=as_published) if isinstance(one, Article)]
    assert len(articles) == len(paths)
    now = datetime.now(UTC)
    for at in range(0, len(articles), _AT_A_TIME):
        found = extractor.extract(articles[at : at + _AT_A_TIME], today=now.date())
        ledger.apply([one.claims for one in found], now=now)
    store.close()
    return exports(settings)
