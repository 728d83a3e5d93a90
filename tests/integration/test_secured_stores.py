"""Sentinels and a Redis Cluster that speak TLS alone and let nobody in whom they do not know."""

from __future__ import annotations

import re
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
import trustme
from pydantic import SecretStr
from redis.exceptions import NoPermissionError

from consumers.aggregator.ledger import Ledger
from dashboard.reader import Reader
from tests.consumers.aggregator.ledgers import KAZAN, MINSK, NOW, ORDER, claim, give
from tests.integration.cluster import secured_cluster
from tests.integration.commands import environment, vigil
from tests.integration.running import wait_for
from tests.real.secured import DEPLOY, PASSWORD, Authority
from tests.real.sentinels import NAME, Watched, watched
from vigil.checks.stores import check_redis
from vigil.claim import ClaimSet
from vigil.errors import StoreError, StoreUnavailable
from vigil.settings import Settings
from vigil.store import make_store, read_version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from vigil.checks.finding import Finding

pytestmark = pytest.mark.integration

SETS = [
    ClaimSet(f"{number:024x}", "r1", NOW, (claim(number + 5, place),))
    for number, place in enumerate([KAZAN, MINSK] * 5)
]
ESTIMATES = 4  # of two cities and their countries
WRONG = SecretStr("hunter2-wrong")
DOCS = (DEPLOY.parent / "docs" / "security.md").read_text()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of an authority that signed nothing here."""
    path = tmp_path_factory.mktemp("stranger") / "another.pem"
    trustme.CA().cert_pem.write_to_path(path)
    return path


@pytest.fixture(scope="module")
def guards(tmp_path_factory: pytest.TempPathFactory, authority: Authority) -> Iterator[Watched]:
    """Sentinels by ``deploy/sentinel.conf``, and what they watch over."""
    with watched(tmp_path_factory.mktemp("guards"), authority) as some:
        yield some


@pytest.fixture(scope="module")
def nodes(
    tmp_path_factory: pytest.TempPathFactory, authority: Authority
) -> Iterator[tuple[str, list[Any]]]:
    """A cluster, whose users may what the documentation adds for one."""
    [everybody] = re.findall(r"On a Redis Cluster add `([^`]+)`", DOCS)
    folder = tmp_path_factory.mktemp("nodes") / "cluster"
    with secured_cluster(folder, authority, everybody=everybody) as some:
        yield some


def behind(guards: Watched, user: str = "aggregator", **others: Any) -> Settings:
    """Return settings of a service that comes as ``user`` to Redis behind these Sentinels."""
    assert guards.authority
    address = f"rediss+sentinel://{user}:{PASSWORD.format(user)}@{guards.where}/{NAME}"
    told = {
        "redis": SecretStr(address),
        "redis_ca": guards.authority.file,
        "sentinel_user": "vigil",
        "sentinel_password": SecretStr(PASSWORD.format("vigil")),
    }
    return Settings().model_copy(update=told | others)


def among(nodes: tuple[str, list[Any]], authority: Authority, **others: Any) -> Settings:
    """Return settings of an aggregator that comes to this cluster."""
    address = f"rediss+cluster://aggregator:{PASSWORD.format('aggregator')}@{nodes[0]}"
    told = {"redis": SecretStr(address), "redis_ca": authority.file}
    return Settings().model_copy(update=told | others)


def counted(settings: Settings) -> int:
    """Count claims as the aggregator, and return how many estimates the dashboard reads."""
    with closing(make_store(settings)) as store:
        give(Ledger(store, authority_order=ORDER), SETS)
    address = settings.redis.get_secret_value().replace("aggregator", "dashboard")
    reading = settings.model_copy(update={"redis": SecretStr(address)})
    with closing(make_store(reading)) as store:
        return len(Reader(store).read().estimates)


def told(settings: Settings, about: str) -> list[tuple[str, str]]:
    """Return what the doctor says of one thing; nothing of it is secret."""
    found: list[Finding] = list(check_redis(settings))
    assert "hunter2" not in str(found)
    return [(one.level, one.said) for one in found if one.about == about]


def test_redis_behind_sentinels_is_written_and_read_over_tls(guards: Watched) -> None:
    settings = behind(guards)
    assert counted(settings) == ESTIMATES
    with make_store(settings) as store:
        assert "hunter2" not in repr(store) + repr(settings) + repr(store.connection_pool)


def test_commands_take_the_password_of_sentinels_from_a_file_and_tell_none(
    guards: Watched, tmp_path: Path
) -> None:
    counted(behind(guards))
    settings = behind(guards, "reader")
    (tmp_path / "vigil_redis").write_text(settings.redis.get_secret_value())
    env = environment() | {
        "VIGIL_SECRETS": str(tmp_path),
        "VIGIL_REDIS_CA": str(settings.redis_ca),
        "VIGIL_SENTINEL_USER": "vigil",
        "VIGIL_LOG_LEVEL": "debug",
    }
    for password, status in ((PASSWORD.format("vigil"), 0), ("hunter2-wrong", 1)):
        (tmp_path / "vigil_sentinel_password").write_text(password)
        done = vigil("export", "--format", "csv", env=env)
        assert done.returncode == status, done.stderr
        assert ("Kazan" in done.stdout) == (not status)
        assert ("VIGIL_SENTINEL_PASSWORD" in done.stderr) == bool(status)
        assert "hunter2" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"sentinel_password": WRONG}, "the Sentinels do not know this user with this password"),
        ({"sentinel_user": None, "sentinel_password": None}, "look at VIGIL_SENTINEL_USER"),
        ({"redis_ca": None}, "certificate is not to be trusted: is VIGIL_REDIS_CA"),
        ({"redis_ca": "stranger"}, "certificate is not to be trusted: is VIGIL_REDIS_CA"),
    ],
    ids=["password", "nobody", "authority", "another"],
)
def test_who_is_not_let_in_by_sentinels_is_told_why(
    guards: Watched, stranger: Path, wrong: dict[str, Any], said: str
) -> None:
    if wrong.get("redis_ca"):
        wrong = {"redis_ca": stranger}
    settings = behind(guards, **wrong)
    with pytest.raises(StoreError, match=said) as caught:
        read_version(make_store(settings, retries=0))
    assert not caught.value.retriable
    assert "hunter2" not in str(caught.value) + str(caught.value.__cause__)
    levels = [level for level, _ in told(settings, "Sentinels")]
    assert levels == ["problem"] * 4  # each of them, and that none told anything


def test_redis_password_that_is_wrong_is_not_taken_for_the_sentinels(guards: Watched) -> None:
    address = f"rediss+sentinel://aggregator:hunter2-wrong@{guards.where}/{NAME}"
    settings = behind(guards, redis=SecretStr(address))
    with pytest.raises(StoreError, match=r"look at VIGIL_REDIS$"):
        read_version(make_store(settings, retries=0))
    assert told(settings, "Redis")[0][0] == "problem"


def test_user_that_the_documentation_gives_vigil_may_nothing_else(guards: Watched) -> None:
    asking: Any = guards._client(guards.sentinel_ports[0], user="vigil")
    tried: list[Callable[[], Any]] = [
        lambda: asking.execute_command("SENTINEL", "REMOVE", NAME),
        lambda: asking.execute_command("SENTINEL", "SET", NAME, "quorum", "1"),
        lambda: asking.execute_command("SENTINEL", "FAILOVER", NAME),
        lambda: asking.execute_command("SENTINEL", "CONFIG", "GET", "*"),
    ]
    for refused in tried:
        with pytest.raises(NoPermissionError):
            refused()


def test_doctor_finds_sentinels_well(guards: Watched) -> None:
    at = f"127.0.0.1:{guards.ports[0]}"
    assert told(behind(guards), "Sentinels") == [
        ("ok", f"3 answer, and name {at} as {NAME!r}"),
        ("ok", "could replace the primary: 3, of which 2 have to agree"),
    ]
    [(level, said)] = told(behind(guards), "Redis")
    assert (level, said.partition(" at ")[2]) == ("ok", f"{NAME}, as Sentinels call it")


def test_doctor_tells_a_name_that_sentinels_do_not_know(guards: Watched) -> None:
    address = behind(guards).redis.get_secret_value().removesuffix(NAME) + "olds"
    settings = behind(guards, redis=SecretStr(address))
    said = f"knows no primary called 'olds'; those it knows: {NAME}"
    assert [(level, one[-len(said) :]) for level, one in told(settings, "Sentinels")] == [
        ("problem", said)
    ] * 3
    with pytest.raises(StoreUnavailable, match="no Sentinel knows a primary called 'olds'"):
        read_version(make_store(settings, retries=0))


def test_doctor_tells_a_quorum_that_is_never_met(guards: Watched) -> None:
    for number in range(3):
        guards.sentinel(number).execute_command("SENTINEL", "SET", NAME, "quorum", "4")
    try:
        level, said = told(behind(guards), "Sentinels")[-1]
        assert level == "warning"
        assert "could not replace the primary" in said
    finally:
        for number in range(3):
            guards.sentinel(number).execute_command("SENTINEL", "SET", NAME, "quorum", "2")


def test_cluster_is_written_and_read_over_tls(
    nodes: tuple[str, list[Any]], authority: Authority
) -> None:
    settings = among(nodes, authority)
    assert counted(settings) == ESTIMATES
    levels = {one.about: one.level for one in check_redis(settings)}
    assert levels.pop("Redis on disk") == "warning"
    assert set(levels.values()) == {"ok"}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"redis_ca": None}, "certificate is not to be trusted: is VIGIL_REDIS_CA"),
        ({"redis": WRONG}, "does not know this user with this password: look at VIGIL_REDIS"),
    ],
    ids=["authority", "password"],
)
def test_who_is_not_let_in_by_a_cluster_is_told_why(
    nodes: tuple[str, list[Any]], authority: Authority, wrong: dict[str, Any], said: str
) -> None:
    if wrong.get("redis"):
        wrong = {"redis": SecretStr(f"rediss+cluster://aggregator:hunter2-wrong@{nodes[0]}")}
    settings = among(nodes, authority, **wrong)
    with pytest.raises(StoreError, match=said) as caught:
        read_version(make_store(settings, retries=0))
    assert not caught.value.retriable
    assert "hunter2" not in str(caught.value)
    assert told(settings, "Redis")[0][0] == "problem"


def test_doctor_tells_slots_that_belong_to_no_node(
    nodes: tuple[str, list[Any]], authority: Authority
) -> None:
    settings = among(nodes, authority)
    first = nodes[1][0]
    assert told(settings, "Redis Cluster") == [
        ("ok", "all 16,384 slots are covered by 3 primaries")
    ]
    first.execute_command("CLUSTER DELSLOTSRANGE", 0, 9)
    try:
        [(level, said)] = told(settings, "Redis Cluster")
        assert (level, said.partition(":")[0]) == (
            "problem",
            "10 of 16,384 slots belong to no node",
        )
        with pytest.raises(StoreUnavailable, match="slots are not covered"):
            read_version(make_store(settings, retries=0))
    finally:
        first.execute_command("CLUSTER ADDSLOTSRANGE", 0, 9)
    wait_for(lambda: told(settings, "Redis Cluster")[0][0] == "ok", what="the slots covered again")


# Last, for what they do to the servers.


def test_redis_over_tls_fails_over(guards: Watched) -> None:
    settings = behind(guards)
    counted(settings)
    guards.sentinel(0).sentinel_failover(NAME)
    guards.wait_for_primary(1)
    wait_for(lambda: _written(settings), what="the new primary written")
    assert told(settings, "Redis")[0][0] == "ok"


def _written(settings: Settings) -> bool:
    try:
        return counted(settings) == ESTIMATES
    except StoreUnavailable:
        return False


def test_doctor_tells_sentinels_that_are_away(guards: Watched) -> None:
    for process, left in zip(guards.sentinels, (2, 1, 0), strict=True):
        process.popen.kill()
        process.popen.wait()
        found = told(behind(guards), "Sentinels")
        away = [one for one in found if "does not answer" in one[1]]
        assert away
        assert [level for level, _ in away] == ["warning"] * (3 - left)
        assert (("problem", "none answers") in found) == (not left)
