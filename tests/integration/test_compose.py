"""docker-compose.yml: valid, closed to the world, and its services run from its settings."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from consumers.aggregator.service import GROUP
from producers.files import as_published, read
from tests.conftest import missing
from tests.integration.articles import write_articles
from tests.integration.commands import environment, vigil
from tests.integration.test_services import exported
from vigil.article import Article
from vigil.cli.settle import wait_until_counted
from vigil.processes import Process, spawn, wait_until_ready

if TYPE_CHECKING:
    from vigil.settings import Settings

pytestmark = [pytest.mark.integration, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[2]
# The library that Docker Compose reads its files with, and its own command that checks one.
COMPOSE_GO = "github.com/compose-spec/compose-go/v2/cmd@v2.16.2"
OURS = {"extractor", "aggregator", "dashboard", "replay"}


@pytest.fixture(scope="session")
def services() -> dict[str, Any]:
    """The services as a compose implementation understands the file, references resolved."""
    if _docker_compose():
        check = ["docker", "compose", "--profile", "*", "config", "--format", "json"]
    elif shutil.which("go"):
        check = ["go", "run", COMPOSE_GO, "-format", "json", "docker-compose.yml"]
    else:
        missing("a compose implementation", "install Docker Compose or Go")
    env = {**os.environ, "COMPOSE_PROFILES": "*"}
    result = subprocess.run(check, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    described: dict[str, Any] = json.loads(result.stdout)["services"]
    return described


def _docker_compose() -> bool:
    if not shutil.which("docker"):
        return False
    asked = subprocess.run(["docker", "compose", "version"], capture_output=True, check=False)
    return asked.returncode == 0


@pytest.mark.parametrize("name", sorted({"kafka", "redis", *OURS}))
def test_service_is_pinned_confined_and_watched(services: dict[str, Any], name: str) -> None:
    service = services[name]
    image, _, version = service["image"].rpartition(":")
    assert image
    assert version[0].isdigit()
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service.get("user") != "root"
    if name != "replay":
        assert service["restart"] == "unless-stopped"
        assert service["healthcheck"]["test"]
    if name != "kafka":  # its image writes its configuration beside the program
        assert service["read_only"] is True


def test_only_the_dashboard_is_reachable_and_only_from_this_machine(
    services: dict[str, Any],
) -> None:
    ports = {name: service["ports"] for name, service in services.items() if service.get("ports")}
    assert list(ports) == ["dashboard"]
    assert [port["host_ip"] for port in ports["dashboard"]] == ["127.0.0.1"]


def test_metrics_are_told_inside_alone_where_prometheus_asks(services: dict[str, Any]) -> None:
    asked = (ROOT / "deploy/prometheus.yml").read_text()
    [names] = re.findall(r"names: \[(.+)\]", asked)
    [port] = re.findall(r"port: (\d+)", asked)
    assert set(names.split(", ")) == OURS - {"replay"}
    for name in OURS:
        assert services[name]["environment"]["VIGIL_METRICS_PORT"] == port
        assert services[name]["expose"] == [port]
        assert port not in str(services[name].get("ports"))
        assert "inside" in services[name]["networks"]


def test_services_wait_for_healthy_servers(services: dict[str, Any]) -> None:
    for name in OURS:
        awaited = services[name]["depends_on"]
        assert {"kafka", "redis"} <= set(awaited)
        assert {part["condition"] for part in awaited.values()} == {"service_healthy"}


def test_secrets_stand_in_no_environment_and_no_command(services: dict[str, Any]) -> None:
    for service in services.values():
        assert "VIGIL_REDIS" not in service.get("environment", {})
        assert "VIGIL_NAMES_KEY" not in service.get("environment", {})
    assert {secret["source"] for secret in services["extractor"]["secrets"]} == {
        "vigil_redis",
        "vigil_names_key",
    }


def test_secrets_are_made_once_and_closed_to_others(tmp_path: Path) -> None:
    script = shutil.copy(ROOT / "deploy/secrets.sh", tmp_path)
    subprocess.run([script], check=True, capture_output=True)
    folder = tmp_path / "secrets"
    made = {path.name: path.read_text() for path in folder.iterdir()}
    subprocess.run([script], check=True, capture_output=True)
    assert {path.name: path.read_text() for path in folder.iterdir()} == made
    assert made["redis_password"] in made["vigil_redis"]
    assert len(made["redis_password"]) == len(made["vigil_names_key"]) == 64
    assert folder.stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("secrets.")] == [
        "secrets.sh"
    ]


@pytest.mark.parametrize("servers", ["real"], indirect=True)  # what the file asks for
def test_its_services_run_as_plain_processes_from_its_settings(
    services: dict[str, Any], servers: Settings, tmp_path: Path
) -> None:
    paths = write_articles(tmp_path / "articles")
    secrets = tmp_path / "secrets"
    secrets.mkdir()
    (secrets / "vigil_redis").write_text(servers.redis.get_secret_value())
    (secrets / "vigil_names_key").write_text("0" * 64)

    def start(name: str, *arguments: str, number: int = 0) -> Process:
        service = services[name]
        env = environment() | service["environment"]
        # What differs on one machine: where Kafka is, and folders of the container's own.
        env |= {"VIGIL_KAFKA": servers.kafka, "VIGIL_SECRETS": str(secrets)}
        env |= {"VIGIL_ALIVE": str(tmp_path / f"{name}-{number}"), "VIGIL_DATA": str(tmp_path)}
        # ... and that all of them would have one port there.
        env |= {"VIGIL_METRICS_PORT": "0", "VIGIL_METRICS_HOST": "127.0.0.1"}
        command = [sys.executable, "-m", "vigil", *service["command"], *arguments]
        process = spawn(f"{name}-{number}", command, folder=tmp_path, env=env)
        stack.callback(process.stop)
        return process

    with ExitStack() as stack:
        running = [
            start(name, number=number)
            for name in ("extractor", "aggregator")
            for number in range(services[name]["deploy"]["replicas"])
        ]

        def check() -> None:
            for process in running:
                assert process.running, process.tail()

        replay = start("replay", str(tmp_path / "articles"), "--rate", "50")
        assert replay.popen.wait(60) == 0, replay.tail()
        items = read([tmp_path / "articles"], seen_at=as_published)
        sent = [(one.id, one.revision) for one in items if isinstance(one, Article)]
        wait_until_counted(sent, servers, group=GROUP, check=check)
        for process in running:
            beat = process.log.with_suffix("")
            wait_until_ready(process, beat.exists, what="touch its file")
        undisturbed = vigil("batch", "--format", "csv", *paths)
        assert exported(servers) == undisturbed.stdout
        assert "redis://" not in "".join(process.tail() for process in [*running, replay])
