"""Is Redis there, does it keep what it is given, and may we do what we have to?"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from vigil import keys
from vigil.checks.finding import Finding, ok, problem, warning
from vigil.checks.sentinels import check_sentinels
from vigil.checks.slots import check_slots
from vigil.errors import SettingsError, StoreError, StoreUnavailable
from vigil.sentinel import watch_of
from vigil.store import make_store, map_errors, memory_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redis import Redis

    from vigil.settings import Settings

_REDIS: Final = "Redis"
_OLDEST: Final = (7, 0)  # what is older was never tried
_SKEW_SECONDS: Final = 2.0
_NEARLY_FULL, _FILLING = 0.9, 0.75
_START: Final = "start Redis, or set VIGIL_REDIS to where it listens"
_ALLOW: Final = "look at user and password in VIGIL_REDIS, and at what that user may do (ACL LIST)"
_MIB: Final = 1_048_576

Told = dict[str, Any]


def check_redis(settings: Settings) -> Iterator[Finding]:
    """Yield what there is to say of the store; its address is told without user and password."""
    try:
        where = _where(settings)
        store = make_store(settings, timeout=3.0, retries=0)
    except (ValueError, SettingsError):
        yield problem(
            _REDIS,
            "VIGIL_REDIS is no address of a Redis",
            "write it as redis://user:password@host:6379/0, the password with %2F for /",
        )
        return
    try:
        named = yield from check_sentinels(settings)
        if named and (yield from check_slots(store)):
            yield from _servers(store, where, settings)
            yield from _rights(store)
    except StoreError as error:
        away = isinstance(error, StoreUnavailable) and "NOAUTH" not in str(error)
        yield problem(_REDIS, f"at {where}: {error}", _START if away else _ALLOW)
    finally:
        store.close()


def _where(settings: Settings) -> str:
    if watch := watch_of(settings, timeout=0):
        return f"{watch.name}, as Sentinels call it"
    address = urlsplit(settings.redis.get_secret_value())
    if "@" in address.path:  # a password with a stroke in it: what is before that is no host
        message = "user and password are not quoted"
        raise ValueError(message)
    return f"{address.hostname or 'its socket'}:{address.port or 6379}"


def _servers(store: Redis, where: str, settings: Settings) -> Iterator[Finding]:
    asked = time.time()
    servers = _told(store, "server")
    answered = time.time()
    yield from _version(servers, where)
    yield from _clock(servers, asked, answered)
    alone = "+cluster" not in settings.redis.get_secret_value().partition("://")[0]
    if alone and _told(store, "cluster")[0].get("cluster_enabled"):
        yield problem(
            _REDIS,
            "is one node of a cluster, and VIGIL_REDIS does not say so",
            "begin VIGIL_REDIS with redis+cluster:// (rediss+cluster:// with TLS)",
        )
    for one in _told(store, "replication"):
        if one.get("role") == "slave":
            yield problem(
                _REDIS,
                "is a replica, which takes no writes",
                "set VIGIL_REDIS to its primary",
            )
    for one in _told(store, "persistence"):
        yield from _persistence(store, one)
    yield from _memory(store)


def _told(store: Redis, section: str) -> list[Told]:
    """Return what every server says of itself: one, or the primaries of a cluster."""
    with map_errors(f"asking for {section}"):
        told: Any = store.info(section)
    several = told and all(isinstance(one, dict) for one in told.values())
    several = several and section != "keyspace"
    return list(told.values()) if several else [told]


def _version(servers: list[Told], where: str) -> Iterator[Finding]:
    told = servers[0]
    valkey = told.get("valkey_version")
    name = f"Valkey {valkey}" if valkey else f"version {told.get('redis_version', 'unknown')}"
    nodes = f", {len(servers)} primaries" if len(servers) > 1 else ""
    number = tuple(int(part) for part in str(told.get("redis_version", "0")).split(".")[:2])
    if number < _OLDEST:
        yield warning(_REDIS, f"{name} at {where}", "update it: Vigil is tested with 7 and newer")
    else:
        yield ok(_REDIS, f"{name} at {where}{nodes}")


def _clock(servers: list[Told], asked: float, answered: float) -> Iterator[Finding]:
    skews = [
        max(theirs - answered, asked - theirs, 0.0)
        for theirs in (int(one.get("server_time_usec", 0)) / 1e6 for one in servers)
        if theirs
    ]
    if not skews:
        return
    if max(skews) > _SKEW_SECONDS:
        yield warning(
            "clock",
            f"this machine's and Redis's differ by {max(skews):,.0f} s: what is shown as seconds "
            "ago, and who is silent, is wrong by as much",
            "let both machines set their clocks by NTP",
        )
    else:
        yield ok("clock", "is Redis's, as far as it can be told")


def _persistence(store: Redis, told: Told) -> Iterator[Finding]:
    about = "Redis on disk"
    failed = [
        name
        for name in ("rdb_last_bgsave_status", "aof_last_write_status", "aof_last_bgrewrite_status")
        if told.get(name, "ok") != "ok"
    ]
    if failed:
        yield problem(
            about,
            f"its last writing failed ({', '.join(failed)}), and it may refuse what it is given",
            "look at its log: the disk may be full",
        )
    elif told.get("aof_enabled"):
        yield ok(about, "every change is appended to a file")
    else:
        saves = _saves(store)
        how = "a picture now and then (save)" if saves else "nothing that is known of"
        yield warning(
            about,
            f"keeps {how}: what was counted since is gone after a crash",
            "set appendonly to yes; after a loss, vigil rebuild fills it again",
        )


def _saves(store: Redis) -> str:
    try:
        with map_errors("asking how it saves"):
            told: Any = store.config_get("save")
    except StoreError:
        return ""  # managed ones do not tell
    return str(told.get("save", ""))


def _memory(store: Redis) -> Iterator[Finding]:
    about = "Redis memory"
    memory = memory_of(store)
    used = f"{memory.used / _MIB:,.1f} MiB"
    if memory.evicts:
        yield problem(
            about,
            f"drops keys when it is full ({memory.evicts}), and counters with them",
            "set its maxmemory-policy to noeviction",
        )
    machine = sum(int(one.get("total_system_memory", 0)) for one in _told(store, "memory"))
    limit = memory.limit or machine
    if not limit:
        yield ok(about, f"{used} used")
        return
    share = memory.used / limit
    of = "its limit" if memory.limit else "the machine's"
    said = f"{used} used, {share:.0%} of {of} ({limit / _MIB:,.0f} MiB)"
    step = "give it more memory, or keep fewer days (VIGIL_RETENTION_DAYS)"
    if share > _NEARLY_FULL:
        yield problem(about, f"{said}: soon nothing can be counted", step)
    elif share > _FILLING:
        yield warning(about, said, step)
    elif not memory.evicts:
        yield ok(about, said)


def _rights(store: Redis) -> Iterator[Finding]:
    """Look whether this user may run scripts on Vigil's keys, which changes none of them."""
    script = "return redis.call('EXISTS', KEYS[1])"
    with map_errors("running a script on Vigil's keys"):
        store.register_script(script)(keys=[keys.VERSION])  # as all scripts are run: by EVALSHA
    yield ok("Redis rights", "scripts may be run on Vigil's keys")
