"""Apache Kafka and Redis as a desk should run them: TLS, users with passwords, least privilege."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import trustme
from cryptography.hazmat.primitives import serialization
from kafka import KafkaAdminClient
from kafka.admin import ACL, ACLOperation, ACLPermissionType, ResourcePattern, ResourceType
from pydantic import SecretStr

from tests.real.servers import redis_program, start_kafka
from vigil import broker
from vigil.embedded import Server
from vigil.processes import accepts, free_port, spawn, wait_until_ready
from vigil.settings import Settings

DEPLOY: Final = Path(__file__).resolve().parents[2] / "deploy"
PASSWORD: Final = "hunter2-of-{}"  # noqa: S105  # what no log and no message may hold
_PLAIN: Final = "org.apache.kafka.common.security.plain.PlainLoginModule"
_SCRAM: Final = "org.apache.kafka.common.security.scram.ScramLoginModule"


@dataclass(frozen=True, slots=True)
class Authority:
    """An authority for certificates of one test run, and files with what it issued."""

    folder: Path
    ca: Any = field(default_factory=trustme.CA)

    @property
    def file(self) -> Path:
        """The certificate to trust."""
        path = self.folder / "ca.pem"
        if not path.exists():
            self.ca.cert_pem.write_to_path(path)
        return path

    def issue(self, name: str) -> tuple[Path, Path]:
        """Return files with a certificate in that name for loopback, and its key."""
        cert, key = self.folder / f"{name}.pem", self.folder / f"{name}.key"
        if not cert.exists():
            issued = self.ca.issue_cert("127.0.0.1", "localhost", common_name=name)
            loaded = serialization.load_pem_private_key(issued.private_key_pem.bytes(), None)
            key.write_bytes(
                loaded.private_bytes(  # Kafka reads keys in no other form
                    serialization.Encoding.PEM,
                    serialization.PrivateFormat.PKCS8,
                    serialization.NoEncryption(),
                )
            )
            cert.write_bytes(b"".join(blob.bytes() for blob in issued.cert_chain_pems))
        return cert, key


@dataclass(frozen=True, slots=True)
class Kafka:
    """A broker that talks to nobody whom it does not know.

    Attributes:
        server: Its process, and where it takes a user and a password over TLS.
        by_certificate: Where it takes a client's certificate instead.
    """

    server: Server
    by_certificate: str
    authority: Authority

    def settings(self, user: str, password: str | None = None) -> Settings:
        """Return what a service is set to that comes as ``user``."""
        return Settings().model_copy(
            update={
                "kafka": self.server.address,
                "kafka_security": "sasl_ssl",
                "kafka_ca": self.authority.file,
                "kafka_user": user,
                "kafka_password": SecretStr(password or PASSWORD.format(user)),
            }
        )

    def allow(self, listed: str) -> None:
        """Grant what a file as ``deploy/kafka-acls.txt`` lists."""
        admin = KafkaAdminClient(**broker._common(self.settings("admin")))
        told = admin.create_acls(rights_of(listed))
        assert not told["failed"], told
        admin.close()


def rights_of(listed: str) -> list[ACL]:
    """Return what a file as ``deploy/kafka-acls.txt`` lists, as Kafka takes it."""
    lines = re.sub("#.*", "", listed).splitlines()
    return [_right(*line.split()) for line in lines if line.split()]


def _right(user: str, may: str, kind: str, name: str) -> ACL:
    return ACL(
        principal=f"User:{user}",
        host="*",
        operation=ACLOperation[re.sub("(?<=[a-z])(?=[A-Z])", "_", may).upper()],
        permission_type=ACLPermissionType.ALLOW,
        resource_pattern=ResourcePattern(ResourceType[kind.upper()], name),
    )


def start_secured_kafka(folder: Path, users: list[str]) -> Kafka:
    """Start a broker with a listener for passwords and one for certificates, all of it over TLS."""
    folder.mkdir(parents=True)
    authority = Authority(folder)
    cert, key = authority.issue("kafka")
    both = folder / "kafka-both.pem"
    both.write_bytes(key.read_bytes() + cert.read_bytes())
    port, certified, controller = free_port(), free_port(), free_port()
    plain = " ".join(f'user_{user}="{PASSWORD.format(user)}"' for user in users)
    lines = {
        "controller.quorum.voters": f"1@127.0.0.1:{controller}",
        "listeners": f"PASSWORDS://127.0.0.1:{port},CERTIFICATES://127.0.0.1:{certified},"
        f"CONTROLLER://127.0.0.1:{controller}",
        "advertised.listeners": f"PASSWORDS://127.0.0.1:{port},"
        f"CERTIFICATES://127.0.0.1:{certified}",
        "listener.security.protocol.map": "PASSWORDS:SASL_SSL,CERTIFICATES:SSL,CONTROLLER:SSL",
        "inter.broker.listener.name": "CERTIFICATES",
        "sasl.enabled.mechanisms": "SCRAM-SHA-512,PLAIN",
        "listener.name.passwords.scram-sha-512.sasl.jaas.config": f"{_SCRAM} required;",
        "listener.name.passwords.plain.sasl.jaas.config": f"{_PLAIN} required {plain};",
        "listener.name.certificates.ssl.client.auth": "required",
        "listener.name.controller.ssl.client.auth": "required",
        "ssl.keystore.type": "PEM",
        "ssl.keystore.location": str(both),
        "ssl.truststore.type": "PEM",
        "ssl.truststore.location": str(authority.file),
        # Of a certificate's whole name, what ACLs speak of is the part that is the service's.
        "ssl.principal.mapping.rules": "RULE:^.*CN=([^,]+).*$/$1/,DEFAULT",
        "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        "super.users": "User:kafka;User:admin",
    }
    formatting = [
        option
        for user in users
        for option in (
            "--add-scram",
            f"SCRAM-SHA-512=[name={user},password={PASSWORD.format(user)},iterations=4096]",
        )
    ]
    server = start_kafka(folder, port=port, more=lines, formatting=formatting)
    return Kafka(server, f"127.0.0.1:{certified}", authority)


@dataclass(frozen=True, slots=True)
class SecuredRedis:
    """A Redis over TLS alone, with the users of ``deploy/redis-users.acl``."""

    server: Server
    authority: Authority

    def settings(self, user: str, password: str | None = None) -> Settings:
        """Return what a service is set to that comes as ``user``."""
        return Settings().model_copy(
            update={
                "redis": SecretStr(self.address(user, password)),
                "redis_ca": self.authority.file,
            }
        )

    def address(self, user: str, password: str | None = None) -> str:
        """Return the address with its user in it."""
        return f"rediss://{user}:{password or PASSWORD.format(user)}@{self.server.address}/0"


def start_secured_redis(folder: Path) -> SecuredRedis:
    """Start a Redis that knows the users of ``deploy/redis-users.acl``, and no plain port."""
    folder.mkdir(parents=True)
    authority = Authority(folder)
    port = free_port()
    command = [redis_program(folder), "--bind", "127.0.0.1", "--dir", str(folder), "--save", ""]
    command += [*over_tls(authority, port), "--aclfile", str(users_file(folder))]
    process = spawn("redis", command, folder=folder)
    wait_until_ready(process, lambda: accepts(port))
    return SecuredRedis(Server(process, f"127.0.0.1:{port}"), authority)


def over_tls(authority: Authority, port: int) -> list[str]:
    """Return the options of a Redis that is spoken to over TLS alone."""
    cert, key = authority.issue("redis")
    options = ["--port", "0", "--tls-port", str(port), "--tls-auth-clients", "no"]
    options += ["--tls-cert-file", str(cert), "--tls-key-file", str(key)]
    return [*options, "--tls-ca-cert-file", str(authority.file)]


def users_file(folder: Path, *, also: str = "", everybody: str = "") -> Path:
    """Return a file with the users of ``deploy/redis-users.acl``.

    ``also`` are lines with users more, ``everybody`` is what all may that may not do everything.
    """
    listed = (DEPLOY / "redis-users.acl").read_text() + also
    listed = re.sub(r"(?m)-@all.*$", rf"\g<0> {everybody}", listed)
    users = folder / "users.acl"
    users.write_text(with_passwords(listed))
    return users


def with_passwords(text: str) -> str:
    """Return a text with the passwords of the tests in place of ``..._PASSWORD``."""
    return re.sub(r"([A-Z]+)_PASSWORD\b", lambda it: PASSWORD.format(it[1].lower()), text)
