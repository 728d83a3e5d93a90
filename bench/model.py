"""How much machine a stream of news needs: a pure function of what one item costs."""

from __future__ import annotations

import math
from dataclasses import dataclass

_DAY = 86_400
_GB = 1e9
PARTITIONS_STEP = 6
LATEST_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Costs:
    """What one item costs, each measured: seconds of one core, or bytes.

    Attributes:
        extract_other: The extractor, for an article without a claim.
        extract_claims: The extractor, for an article with claims.
        aggregate_other: The aggregator, for an article without a claim.
        aggregate_claims: The aggregator, for an article with claims.
        store_other: Redis, for an article without a claim.
        store_claims: Redis, for an article with claims.
        broker_write: Kafka, to write one copy of a message.
        broker_read: Kafka, to hand a message to one reader.
        settle: Aggregator and Redis, for each claim that a country's day holds already, each
            time that day is resolved again: once a batch that speaks of it.
        claims_each: Claims of an article that has any.
        article_bytes: An article as a message.
        claims_bytes: The claims of an article that has any, as a message.
        empty_bytes: That an article has none, as a message.
        stored_claim_bytes: Memory of Redis, a claim.
        stored_other_bytes: Memory of Redis, an article without a claim.
    """

    extract_other: float = 0.99e-3
    extract_claims: float = 15.6e-3
    aggregate_other: float = 0.04e-3
    aggregate_claims: float = 0.31e-3
    store_other: float = 0.013e-3
    store_claims: float = 0.058e-3
    broker_write: float = 20e-6
    broker_read: float = 6e-6
    settle: float = 30e-6
    claims_each: float = 3.0
    article_bytes: float = 4_400
    claims_bytes: float = 1_855
    empty_bytes: float = 201
    stored_claim_bytes: float = 1_346
    stored_other_bytes: float = 285


@dataclass(frozen=True, slots=True)
class Load:
    """What comes in and how it is kept: the assumptions.

    Attributes:
        rate: Articles a second, on average over a day.
        relevant: Part of them that make claims.
        peak: How many times the average the busiest hour has.
        busy: Part of a core that may be used then: what is checked costs up to twice what is said.
        batch: Messages an aggregator takes at a time.
        hottest: Part of a day's claims that speak of one country and day.
        keep_days: Days that Redis keeps.
        topic_days: Days that the topic of articles keeps.
        copies: Copies of every message.
    """

    rate: float
    relevant: float = 0.05
    peak: float = 3.0
    busy: float = 0.5
    batch: int = 1_000
    hottest: float = 0.1
    keep_days: float = 365
    topic_days: float = 30
    copies: int = 3


@dataclass(frozen=True, slots=True)
class Needs:
    """What carries a load.

    Attributes:
        extractors: Processes of ``vigil extract``, a core each.
        aggregators: Processes of ``vigil aggregate``, a core each; where the hottest day is not
            carried, those for all other days.
        store_cores: Cores that Redis is busy on; one server has one for commands.
        broker_cores: Cores that all brokers together are busy on.
        partitions: Partitions of each topic.
        kafka_gb: Disk of all brokers together.
        kafka_mb_s: What is written to all brokers in a second of the busiest hour, megabytes.
        redis_gb: Memory of Redis.
        day_claims: Claims of the hottest country and day.
        day_seconds: How long it takes to resolve that day once: so much later its figures are,
            and no number of aggregators helps, for only one of them can change it at a time.
        carried: Whether that is little enough.
    """

    extractors: int
    aggregators: int
    store_cores: float
    broker_cores: float
    partitions: int
    kafka_gb: float
    kafka_mb_s: float
    redis_gb: float
    day_claims: float
    day_seconds: float
    carried: bool


def cores(load: Load, other: float, claims: float) -> float:
    """Return the cores that work at the average rate costs, of articles of both kinds."""
    return load.rate * ((1 - load.relevant) * other + load.relevant * claims)


def needs(load: Load, costs: Costs) -> Needs:
    """Return what carries a load in its busiest hour, and what it keeps."""
    room = load.peak / load.busy
    day_claims = load.rate * load.relevant * costs.claims_each * _DAY * load.hottest
    # Over a day it grows from nothing to that, so half of it stands there on average.
    again = costs.settle * day_claims / 2
    extract = cores(load, costs.extract_other, costs.extract_claims) * room
    aggregate = cores(load, costs.aggregate_other, costs.aggregate_claims) * room
    store = cores(load, costs.store_other, costs.store_claims) * room
    # Every batch with one article of that day resolves it again, whoever's batch it is.
    speaks = 1 - (1 - load.relevant * load.hottest) ** load.batch
    batches = load.rate * load.peak / load.batch
    carried = costs.settle * day_claims <= LATEST_SECONDS
    if carried:
        aggregate += batches * speaks * again / load.busy
    extractors, aggregators = math.ceil(extract), math.ceil(aggregate)
    most = max(extractors, aggregators, 1)
    return Needs(
        extractors=extractors,
        aggregators=aggregators,
        store_cores=store,
        broker_cores=_broker_cores(load, costs),
        partitions=math.ceil(most / PARTITIONS_STEP) * PARTITIONS_STEP,
        kafka_gb=_kafka_bytes(load, costs) / _GB,
        kafka_mb_s=load.rate * load.peak * load.copies * _message_bytes(load, costs) / 1e6,
        redis_gb=load.rate * _DAY * load.keep_days * _stored_bytes(load, costs) / _GB,
        day_claims=day_claims,
        day_seconds=costs.settle * day_claims,
        carried=carried,
    )


def _broker_cores(load: Load, costs: Costs) -> float:
    """Return the cores for two messages an article, itself and its claims, each read once."""
    each = load.copies * costs.broker_write + costs.broker_read
    return 2 * load.rate * each * load.peak / load.busy


def _message_bytes(load: Load, costs: Costs) -> float:
    """Return the bytes of an article and of what is made of it, on average."""
    made = load.relevant * costs.claims_bytes + (1 - load.relevant) * costs.empty_bytes
    return costs.article_bytes + made


def _kafka_bytes(load: Load, costs: Costs) -> float:
    """Return the bytes on disk: articles for a month, claims for as long as Redis keeps days."""
    made = _message_bytes(load, costs) - costs.article_bytes
    daily = costs.article_bytes * load.topic_days + made * load.keep_days
    return load.rate * _DAY * load.copies * daily


def _stored_bytes(load: Load, costs: Costs) -> float:
    claims = load.relevant * costs.claims_each * costs.stored_claim_bytes
    return claims + (1 - load.relevant) * costs.stored_other_bytes
