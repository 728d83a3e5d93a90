"""Every topic, with what it carries and how it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

_DAY_MS = 24 * 60 * 60 * 1000


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic: its name and the broker settings it is created with."""

    name: str
    configs: Mapping[str, str] = field(default_factory=dict)


# Key: article id. Value: Article. Kept by time: claims outlive the texts they came from.
ARTICLES = Topic("articles", MappingProxyType({"retention.ms": str(30 * _DAY_MS)}))
# Of a month nothing is compacted: so long a rebuild brings back what was known when, too.
_COMPACTED = MappingProxyType(
    {"cleanup.policy": "compact", "min.compaction.lag.ms": str(30 * _DAY_MS)}
)
# Key: article id. Value: ClaimSet. Compacted: the newest ClaimSet of each article, for ever.
CLAIMS = Topic("claims", _COMPACTED)
# Key: ARTICLE#FINGERPRINT. Value: Review. Compacted: the newest of each claim, for ever.
REVIEWS = Topic("reviews", _COMPACTED)
# Key and value as received; headers say stage, error, topic, partition, offset, time and tries.
DEAD = Topic("articles.dead", MappingProxyType({"retention.ms": str(30 * _DAY_MS)}))
# Key: PARTITION-OFFSET of a dead letter. Value: what a person did with it. Kafka deletes no single
# message, so that is noted here; compacted, and kept twice as long as the letters.
HANDLED = Topic(
    "articles.dead.handled",
    MappingProxyType({"cleanup.policy": "compact,delete", "retention.ms": str(60 * _DAY_MS)}),
)

ALL = (ARTICLES, CLAIMS, REVIEWS, DEAD, HANDLED)
