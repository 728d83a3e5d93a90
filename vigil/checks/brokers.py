"""Is Kafka there, and are the topics kept as Vigil needs them?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kafka.admin import ConfigResource, ConfigResourceType

from vigil import broker, topics
from vigil.checks.finding import Finding, ok, problem, warning
from vigil.errors import BrokerError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kafka import KafkaAdminClient

    from vigil.settings import Settings
    from vigil.topics import Topic

_KAFKA: Final = "Kafka"
_BOOTSTRAP_MS: Final = 5_000  # for a person who waits
_OLDEST: Final = (3, 0)  # what is older was never tried

Told = dict[str, Any]


def check_kafka(settings: Settings) -> Iterator[Finding]:
    """Yield what there is to say of the brokers and of every topic."""
    try:
        with (
            broker.administering(settings, bootstrap_ms=_BOOTSTRAP_MS) as admin,
            broker.map_errors(f"asking {settings.kafka}"),
        ):
            cluster = admin.describe_cluster()
            version = _version(admin, cluster)
            there = _topics(admin)
            kept = _configs(admin, there)
    except BrokerError as error:
        yield problem(
            _KAFKA, str(error), "start Kafka, or set VIGIL_KAFKA to where it listens for clients"
        )
        return
    yield from _brokers(cluster, version)
    for topic in topics.ALL:
        yield from _topic(topic, there.get(topic.name), kept.get(topic.name, {}), cluster, settings)


def _version(admin: KafkaAdminClient, cluster: Told) -> tuple[int, ...]:
    [first, *_] = cluster["brokers"]
    version: tuple[int, ...] = admin.get_broker_version_data(first["broker_id"]).broker_version
    return version


def _topics(admin: KafkaAdminClient) -> dict[str, Told]:
    ours = {topic.name for topic in topics.ALL}
    there = sorted(ours & set(admin.list_topics()))
    return {one["name"]: one for one in admin.describe_topics(there)} if there else {}


def _configs(admin: KafkaAdminClient, there: Mapping[str, Told]) -> dict[str, dict[str, str]]:
    """Return what the broker tells of how topics are kept; Tansu tells nothing."""
    if not there:
        return {}
    asked = [ConfigResource(ConfigResourceType.TOPIC, name, configs=None) for name in there]
    told = admin.describe_configs(asked, config_filter="all").get("topic", {})
    return {
        name: {key: str(value["value"]) for key, value in configs.items()}
        for name, configs in told.items()
    }


def _brokers(cluster: Told, version: tuple[int, ...]) -> Iterator[Finding]:
    number = ".".join(map(str, version))
    count = len(cluster["brokers"])
    said = f"{count} broker{'s' if count > 1 else ''}, version {number} by what it offers"
    if version < _OLDEST:
        yield warning(_KAFKA, said, "update Kafka: Vigil is tested with version 4")
    else:
        yield ok(_KAFKA, said)


def _topic(
    topic: Topic, told: Told | None, kept: dict[str, str], cluster: Told, settings: Settings
) -> Iterator[Finding]:
    about = f"topic {topic.name}"
    brokers = len(cluster["brokers"])
    if told is None:
        if settings.replication > brokers:
            yield problem(
                about,
                f"is not there, and {settings.replication} copies need as many brokers, "
                f"of which there are {brokers}",
                f"set VIGIL_REPLICATION to {brokers} at most",
            )
        else:
            yield warning(
                about, "is not there yet", "start vigil extract or vigil push: they make it"
            )
        return
    found = [
        *_shares(about, told, settings),
        *_copies(about, told, kept, brokers),
        *_keeping(about, topic, kept),
    ]
    yield from found or [ok(about, _as_it_is(told, kept))]


def _as_it_is(told: Told, kept: dict[str, str]) -> str:
    parts = told["partitions"]
    copies = len(parts[0]["replica_nodes"])
    how = kept.get("cleanup.policy", "in a way this broker does not tell")
    return f"{len(parts)} partitions, {copies} cop{'ies' if copies > 1 else 'y'}, kept by: {how}"


def _shares(about: str, told: Told, settings: Settings) -> Iterator[Finding]:
    count = len(told["partitions"])
    if count < settings.partitions:
        yield warning(
            about,
            f"has {count} partitions where VIGIL_PARTITIONS says {settings.partitions}: "
            f"no more than {count} consumers share it",
            f"set VIGIL_PARTITIONS to {count}, or move to new topics: partitions that are added "
            "part an article's messages",
        )


def _copies(about: str, told: Told, kept: dict[str, str], brokers: int) -> Iterator[Finding]:
    parts = told["partitions"]
    headless = [one["partition_index"] for one in parts if one["leader_id"] < 0]
    behind = [one for one in parts if len(one["isr_nodes"]) < len(one["replica_nodes"])]
    copies = min(len(one["replica_nodes"]) for one in parts)
    needed = int(kept.get("min.insync.replicas", "1"))
    if headless:
        yield problem(
            about,
            f"partitions {', '.join(map(str, headless))} have no leader: nobody reads or writes",
            "start the brokers that hold them",
        )
    elif behind:
        yield warning(
            about,
            f"{len(behind)} of {len(parts)} partitions have copies that lag behind or are away",
            "look which broker is down or slow",
        )
    if needed > copies:
        yield problem(
            about,
            f"wants {needed} copies to acknowledge a message and has {copies}",
            f"set its min.insync.replicas to {copies}, or give it more copies",
        )
    if brokers >= 3 and copies == 1:  # noqa: PLR2004  # as many as can lose one and still agree
        yield warning(
            about,
            f"has one copy although there are {brokers} brokers: it is gone with one of them",
            "give it three with kafka-reassign-partitions, and set VIGIL_REPLICATION to 3",
        )


def _keeping(about: str, topic: Topic, kept: dict[str, str]) -> Iterator[Finding]:
    wanted = topic.configs.get("cleanup.policy", "delete")
    policy = kept.get("cleanup.policy")
    for_ever = kept.get("retention.ms") == "-1" and kept.get("retention.bytes", "-1") == "-1"
    forgets = "delete" in (policy or "") and "delete" not in wanted and not for_ever
    if policy and "compact" in wanted and (forgets or "compact" not in policy):
        yield problem(
            about,
            f"is kept by {policy}, where it is to be kept by {wanted}: what it says is lost after "
            "a while, and a rebuild would not find it",
            f"set its cleanup.policy to {wanted} with kafka-configs",
        )
    if policy and "compact" not in wanted and "compact" in policy:
        yield warning(
            about,
            f"is kept by {policy}: it grows for ever",
            f"set its cleanup.policy to {wanted} with kafka-configs",
        )
    largest = int(kept.get("max.message.bytes", broker.MAX_MESSAGE_BYTES))
    if largest < broker.MAX_MESSAGE_BYTES:
        yield warning(
            about,
            f"takes messages of {largest:,} bytes at most: longer articles are refused",
            f"set its max.message.bytes to {broker.MAX_MESSAGE_BYTES + 4_096} with kafka-configs",
        )
