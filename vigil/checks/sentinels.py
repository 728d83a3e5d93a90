"""Do the Sentinels answer, do they know the primary, and could they replace it?"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from redis.exceptions import AuthenticationError, NoPermissionError, RedisError, ResponseError

from vigil.checks.finding import Finding, ok, problem, warning
from vigil.sentinel import sentinels_of, watch_of
from vigil.store import is_untrusted

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from redis import Redis

    from vigil.settings import Settings

_ABOUT: Final = "Sentinels"
_ENOUGH: Final = 3  # of fewer, a majority is lost with one of them
_TIMEOUT: Final = 3.0
_USER: Final = "set VIGIL_SENTINEL_USER and VIGIL_SENTINEL_PASSWORD to what they ask for"
_RIGHTS: Final = "let that user ask what deploy/sentinel.conf lists"


@dataclass(frozen=True, slots=True)
class _Told:
    """What one Sentinel says of the primary we want.

    Attributes:
        state: Of the primary, None where the Sentinel knows none of that name.
        others: The names it knows instead.
        stuck: Why it could not have the primary replaced, "" where it could, None where it may not
            tell us.
    """

    state: Mapping[str, Any] | None
    others: tuple[str, ...] = ()
    stuck: str | None = ""


def check_sentinels(settings: Settings) -> Generator[Finding, None, bool]:
    """Yield what there is to say of the Sentinels; nothing where ``VIGIL_REDIS`` names none.

    Returns:
        Whether there is a primary to look at: one that Sentinels name, or no Sentinels at all.

    Raises:
        SettingsError: The address is none.
    """
    watch = watch_of(settings, timeout=_TIMEOUT)
    if watch is None:
        return True
    told: dict[str, _Told] = {}
    for where, sentinel in sentinels_of(watch).items():
        try:
            with closing(sentinel):
                told[where] = _ask(sentinel, watch.name)
        except RedisError as error:
            yield _silent(where, error, alone=len(watch.hosts) == 1)
    states = {where: one.state for where, one in told.items() if one.state}
    for where, one in told.items():
        if one.state is None:
            known = ", ".join(one.others) or "none"
            yield problem(
                _ABOUT,
                f"{where} knows no primary called {watch.name!r}; those it knows: {known}",
                "correct the name at the end of VIGIL_REDIS, or have it monitored there",
            )
    if not states:
        if not told:
            yield problem(_ABOUT, "none answers", "start them, or correct VIGIL_REDIS")
        return False
    yield from _primary(watch.name, states)
    yield from _replaceable(told, states)
    return True


def _ask(sentinel: Redis, name: str) -> _Told:
    masters: Any = sentinel.sentinel_masters()
    if name not in masters:
        return _Told(None, tuple(sorted(masters)))
    try:
        ask: Any = sentinel.execute_command  # redis-py left it untyped
        ask("SENTINEL", "CKQUORUM", name)
    except NoPermissionError:
        return _Told(masters[name], stuck=None)
    except ResponseError as error:
        return _Told(masters[name], stuck=str(error).removeprefix("NOQUORUM "))
    return _Told(masters[name])


def _silent(where: str, error: RedisError, *, alone: bool) -> Finding:
    """Return what there is to say of a Sentinel that told nothing."""
    if isinstance(error, AuthenticationError):
        return problem(_ABOUT, f"{where} does not know this user with this password", _USER)
    if isinstance(error, NoPermissionError):
        return problem(_ABOUT, f"{where} does not let this user ask for the primary", _RIGHTS)
    if is_untrusted(error):
        return problem(
            _ABOUT,
            f"{where} has a certificate that is not to be trusted",
            "is VIGIL_REDIS_CA the authority that signed it, and the name it was made out to the "
            "one in VIGIL_REDIS?",
        )
    said = f"{where} does not answer ({error})"
    step = "start it, or take it out of VIGIL_REDIS"
    return problem(_ABOUT, said, step) if alone else warning(_ABOUT, said, step)


def _primary(name: str, states: Mapping[str, Mapping[str, Any]]) -> Iterator[Finding]:
    named = sorted({f"{one['ip']}:{one['port']}" for one in states.values()})
    if len(named) > 1:
        yield warning(
            _ABOUT,
            f"name different primaries: {', '.join(named)}",
            "look again in a minute: a fail-over may be under way; else let them find one another",
        )
        return
    ill = [where for where, one in states.items() if one["is_sdown"] or one["is_odown"]]
    if ill:
        yield problem(
            _ABOUT,
            f"{len(ill)} of {len(states)} call the primary {named[0]} down",
            "look at that server; if it stays away, see why no replica took over",
        )
    else:
        yield ok(_ABOUT, f"{len(states)} answer, and name {named[0]} as {name!r}")


def _replaceable(
    told: Mapping[str, _Told], states: Mapping[str, Mapping[str, Any]]
) -> Iterator[Finding]:
    """Yield whether a primary that is lost would be replaced."""
    some = max(states.values(), key=lambda one: int(one["num-other-sentinels"]))
    size, quorum = int(some["num-other-sentinels"]) + 1, some["quorum"]
    stuck = [(where, one.stuck) for where, one in told.items() if one.state and one.stuck]
    if stuck:
        where, why = stuck[0]
        yield warning(
            _ABOUT,
            f"could not replace the primary, says {where}: {why}",
            "start the Sentinels that are missing; a quorum of more than are there is never met",
        )
    elif size < _ENOUGH:
        yield warning(
            _ABOUT,
            f"are {size}: with one of them the majority is lost that replaces a primary",
            "run three or more, each on a machine of its own",
        )
    elif not int(some["num-slaves"]):
        yield warning(
            _ABOUT,
            "know no replica: a primary that is lost cannot be replaced",
            "start a replica of the primary",
        )
    elif any(one.stuck is None for one in told.values()):
        yield warning(_ABOUT, "do not tell us whether they could replace the primary", _RIGHTS)
    else:
        yield ok(_ABOUT, f"could replace the primary: {size}, of which {quorum} have to agree")
