"""The dashboard's websocket, where all it shows goes through: under which names it is answered."""

from __future__ import annotations

import base64
import http.client
import secrets
import sys
from typing import TYPE_CHECKING

import pytest

from tests.integration.commands import environment
from vigil.processes import accepts, free_port, spawn, wait_until_ready

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigil.settings import Settings

pytestmark = [pytest.mark.integration, pytest.mark.slow]


@pytest.fixture(scope="module")
def port(store_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Where a dashboard listens that a proxy makes known as vigil.example."""
    port = free_port()
    env = environment(store_settings) | {"VIGIL_PORT": str(port), "VIGIL_DOMAIN": "vigil.example"}
    command = [sys.executable, "-m", "vigil", "dashboard"]
    process = spawn("dashboard", command, folder=tmp_path_factory.mktemp("door"), env=env)
    wait_until_ready(process, lambda: accepts(port), seconds=60)
    yield port
    process.stop()


@pytest.mark.parametrize(
    ("name", "status"),
    [("vigil.example", 101), ("127.0.0.1", 101), ("localhost", 101), ("evil.example", 403)],
)
def test_it_answers_under_its_own_names(port: int, name: str, status: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {
        "Host": f"{name}:{port}",
        "Origin": f"http://{name}:{port}",
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": base64.b64encode(secrets.token_bytes(16)).decode(),
    }
    connection.request("GET", "/_stcore/stream", headers=headers)
    assert connection.getresponse().status == status
    connection.close()


def test_every_answer_has_the_headers(port: int) -> None:
    for path in ("/", "/wall", "/_stcore/health", "/app/static/favicon.png"):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", path)
        answer = connection.getresponse()
        assert answer.status == 200
        assert "frame-ancestors 'none'" in str(answer.getheader("Content-Security-Policy"))
        assert answer.getheader("X-Frame-Options") == "DENY"
        assert answer.getheader("Referrer-Policy") == "same-origin"
        connection.close()
