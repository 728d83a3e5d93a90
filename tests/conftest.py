"""Real servers for tests, started on free ports and stopped afterwards."""

from __future__ import annotations

import os
import signal
import socket
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NoReturn

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from vigil import broker
from vigil.embedded import embedded, start_store
from vigil.errors import EmbeddedError
from vigil.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from redis import Redis

hypothesis_settings.register_profile(
    "vigil",
    deadline=None,  # the machines are shared: a slow example is not a wrong one
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    derandomize=bool(os.environ.get("CI")),
)
hypothesis_settings.load_profile("vigil")

FEW_KILLS = 6  # of every run; a make target that asks for more has time
_ENDING_SECONDS = 10  # for the thread of a producer that was told to end

NOON = datetime(2022, 2, 24, 12, 0, tzinfo=UTC)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let ``make faults`` ask for more than every run has time for."""
    parser.addoption("--kills", default=FEW_KILLS, type=int, help="how often test_faults.py kills")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave to ``make scale-faults`` what takes long and shows little that others do not."""
    if int(config.getoption("--kills")) > FEW_KILLS:
        return
    long = [item for item in items if item.get_closest_marker("long")]
    if long and len(long) < len(items):
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]


def pytest_configure() -> None:
    """Let Ctrl-C reach what tests start: a run in the background of a shell would ignore it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Give the tests of a file to one worker, and all of the browser's: they share what is slow.

    (``--dist loadgroup`` is made for this; xdist 3.8 does not see its marks under pytest 9.2.)
    """
    from xdist.scheduler import LoadScopeScheduling  # noqa: PLC0415  # only with several workers

    class ByFile(LoadScopeScheduling):  # type: ignore[misc]  # xdist carries no types
        def _split_scope(self, nodeid: str) -> str:
            return "browser" if nodeid.startswith("tests/browser/") else nodeid.split("::", 1)[0]

    return ByFile(config, log)


def missing(part: str, next_step: str) -> NoReturn:
    """Skip loudly at home, fail in CI: a part that tests need is not there."""
    text = f"{part} is missing: {next_step}"
    if os.environ.get("CI"):
        pytest.fail(text)
    pytest.skip(text)


@pytest.fixture(scope="session")
def store_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings that lead to a real store, one for the whole run."""
    try:
        server = start_store(tmp_path_factory.mktemp("store"))
    except EmbeddedError as error:
        missing("the embedded store", str(error))
    yield Settings().model_copy(
        update={"redis": type(Settings().redis)(server.address), "data": server.process.log.parent}
    )
    server.process.stop()


@pytest.fixture
def store(store_settings: Settings) -> Iterator[Redis]:
    """A client of the real store, empty at the start of each test."""
    from vigil.store import make_store  # noqa: PLC0415  # only where a store is asked for

    client = make_store(store_settings)
    client.flushall()
    yield client
    client.close()


@pytest.fixture(scope="module", autouse=True)
def no_producer_left() -> Iterator[None]:
    """Fail tests that leave a producer behind, which would go on trying through all others."""
    yield
    left = [one for one in threading.enumerate() if one.name.endswith("-network-thread")]
    for one in left:
        one.join(_ENDING_SECONDS)
    assert not [one.name for one in left if one.is_alive()], "a producer is still trying"


@pytest.fixture
def nobody() -> Iterator[str]:
    """An address where nobody answers: its port is taken, so that no other server comes to it."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"127.0.0.1:{taken.getsockname()[1]}"


@pytest.fixture(scope="session")
def real_pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings that lead to Apache Kafka and Redis, one pair for the whole run."""
    from tests.real.servers import real_servers  # noqa: PLC0415  # it reports missing() from here

    with real_servers(tmp_path_factory.mktemp("real") / "servers") as settings:
        yield settings


@pytest.fixture(params=["embedded", "real"])
def servers(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Settings that lead to a broker and a store with nothing but empty topics in them.

    Every test that asks for them runs twice: on the embedded pair, and on Apache Kafka and Redis.
    """
    folder = tmp_path / "servers"
    folder.mkdir()
    if request.param == "real":
        from tests.real.servers import emptied, one_at_a_time  # noqa: PLC0415

        pair: Settings = request.getfixturevalue("real_pair")
        with one_at_a_time():
            yield emptied(pair.model_copy(update={"data": folder}))
        return
    try:
        with embedded(Settings(data=folder), folder) as settings:
            broker.ensure_topics(settings)
            yield settings
    except EmbeddedError as error:
        missing("an embedded server", str(error))
