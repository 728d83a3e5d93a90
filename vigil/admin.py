"""What is asked of Kafka itself: how far a group has come, and which topic a name means today."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kafka.errors import for_code

from vigil import broker

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kafka import KafkaAdminClient, OffsetAndMetadata, TopicPartition

    from vigil.settings import Settings
    from vigil.topics import Topic


def committed(settings: Settings, *, group: str, topic: Topic) -> dict[int, int]:
    """Return the offset a group will read next, by partition of a topic; none where it has none.

    Raises:
        BrokerUnavailable: No bootstrap address answers.
    """
    doing = f"asking for the offsets of {group} on {settings.kafka}"
    with broker.map_errors(doing):
        # The first question a cluster is ever asked about a group makes it create the topic that
        # holds the answers, and is refused until that topic is there.
        found: dict[str, dict[TopicPartition, OffsetAndMetadata]]
        found = broker.asked(settings, lambda admin: admin.list_group_offsets([group]))
    offsets = found.get(group, {})
    return {tp.partition: at.offset for tp, at in offsets.items() if tp.topic == topic.name}


def topic_ids(settings: Settings, some: Iterable[Topic]) -> dict[str, str]:
    """Return the id of each topic by its name: one that is made anew has another.

    Raises:
        BrokerUnavailable: No bootstrap address answers, or one of the topics is not there.
    """
    names = [topic.name for topic in some]
    doing = f"asking for the ids of {', '.join(names)} on {settings.kafka}"
    with broker.map_errors(doing):
        return broker.asked(settings, partial(_ids, names))


def _ids(names: list[str], admin: KafkaAdminClient) -> dict[str, str]:
    told = admin.describe_topics(names)
    for one in told:
        if one["error_code"]:
            raise for_code(one["error_code"])(one["name"])
    return {one["name"]: str(one["topic_id"]) for one in told}
