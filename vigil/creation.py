"""Making the topics that are not there, where whoever asks may do so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafka.errors import (
    AuthorizationError,
    TopicAlreadyExistsError,
    UnknownTopicOrPartitionError,
)

from vigil import topics
from vigil.errors import BrokerError

if TYPE_CHECKING:
    from kafka import KafkaAdminClient

    from vigil.settings import Settings


def create_missing(settings: Settings, admin: KafkaAdminClient) -> None:
    """Create our topics that are not there; leave those that are, or are not for us, as they stand.

    On a Kafka with access lists a service sees only the topics it works with: of the others it
    is told that they are none of its business, and not whether they are there.

    Raises:
        BrokerError: A topic we work with is not there, and we may not make it.
    """
    told = admin.describe_topics([topic.name for topic in topics.ALL])
    errors = {one["name"]: one["error_code"] for one in told}
    for topic in topics.ALL:
        if errors.get(topic.name) == UnknownTopicOrPartitionError.errno:
            _create(admin, topic, settings)


def _create(admin: KafkaAdminClient, topic: topics.Topic, settings: Settings) -> None:
    wanted = {
        topic.name: {
            "num_partitions": settings.partitions,
            "replication_factor": settings.replication,
            "configs": dict(topic.configs) | _in_sync(settings.replication),
        }
    }
    try:
        admin.create_topics(wanted, wait_for_metadata=True)
    except TopicAlreadyExistsError:
        return  # another service was first: that is what was wanted
    except AuthorizationError as error:
        message = (
            f"there is no topic {topic.name} on {settings.kafka}, and this user may not make it: "
            "run `vigil topics` once as a user who may"
        )
        raise BrokerError(message) from error


def _in_sync(replication: int) -> dict[str, str]:
    """Return how many copies must have a message before it counts as written.

    Two where there are three or more: whichever broker is lost, another one has it, and writing
    goes on without the one that is lost.
    """
    return {"min.insync.replicas": str(min(2, replication - 1))} if replication > 1 else {}
