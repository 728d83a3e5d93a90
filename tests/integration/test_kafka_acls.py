"""The rights of ``deploy/kafka-acls.txt``, granted as documented with the tool of Kafka itself."""

from __future__ import annotations

import re
import shlex
import subprocess
from typing import TYPE_CHECKING

import pytest
from kafka.admin import (
    ACLFilter,
    ACLOperation,
    ACLPermissionType,
    ACLResourcePatternType,
    ResourcePatternFilter,
    ResourceType,
)

from tests.integration.commands import environment
from tests.real.secured import DEPLOY, PASSWORD, Kafka, rights_of, start_secured_kafka
from tests.real.servers import JAVA, kafka_tools
from vigil import broker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [pytest.mark.integration, pytest.mark.slow, pytest.mark.long]

DOCS = (DEPLOY.parent / "docs" / "security.md").read_text()
ANY = ACLFilter(
    principal=None,
    host=None,
    operation=ACLOperation.ANY,
    permission_type=ACLPermissionType.ANY,
    resource_pattern=ResourcePatternFilter(
        resource_type=ResourceType.ANY,
        resource_name=None,
        pattern_type=ACLResourcePatternType.ANY,
    ),
)


@pytest.fixture
def kafka(tmp_path: Path) -> Iterator[Kafka]:
    """A broker on which nobody but an administrator may do anything."""
    some = start_secured_kafka(tmp_path / "kafka", ["admin"])
    yield some
    some.server.process.stop()


def granted(kafka: Kafka, folder: Path, *, password: str) -> subprocess.CompletedProcess[str]:
    """Run the documented command, with the documented file of the administrator."""
    [written] = re.findall(r"(?m)^# admin.properties\n((?:[a-z.]+=.*\n)+)", DOCS)
    config = written.replace("ADMIN_PASSWORD", password)
    config = config.replace("/etc/vigil/ca.pem", str(kafka.authority.file))
    (folder / "admin.properties").write_text(config)
    # Stands for the file of that name in Kafka's own distribution, which runs this class.
    tool = folder / "kafka-acls.sh"
    java = shlex.join([*JAVA, "-cp", f"{kafka_tools()}/*", "org.apache.kafka.tools.AclCommand"])
    tool.write_text(f'#!/bin/sh\nexec {java} "$@"\n')
    tool.chmod(0o755)
    [command] = re.findall(r'KAFKA_ACLS="(.*?)" deploy/kafka-acls.sh', DOCS)
    env = environment()
    env["PATH"] = f"{folder}:{env['PATH']}"
    env["KAFKA_ACLS"] = command.replace("kafka.example:9093", kafka.server.address)
    return subprocess.run(
        [DEPLOY / "kafka-acls.sh"], cwd=folder, env=env, check=False, capture_output=True, text=True
    )


def rights(kafka: Kafka) -> list[str]:
    with broker.administering(kafka.settings("admin")) as admin:
        found, _ = admin.describe_acls(ANY)
    return sorted(map(str, found))


def test_documented_command_grants_what_is_listed_and_nothing_else(
    kafka: Kafka, tmp_path: Path
) -> None:
    done = granted(kafka, tmp_path, password="hunter2-wrong")  # noqa: S106  # of nobody
    assert done.returncode, "refused by Kafka, and taken for done"
    assert rights(kafka) == []
    done = granted(kafka, tmp_path, password=PASSWORD.format("admin"))
    assert done.returncode == 0, done.stdout + done.stderr
    listed = rights_of((DEPLOY / "kafka-acls.txt").read_text())
    assert rights(kafka) == sorted(map(str, listed))
