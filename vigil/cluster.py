"""Redis Cluster behind the calls of one server: it connects late, and its pipelines run scripts."""

from __future__ import annotations

from hashlib import blake2b
from threading import Lock
from typing import TYPE_CHECKING, Any

from redis._parsers import Encoder
from redis.cluster import ClusterPipeline, RedisCluster
from redis.commands.core import Script
from redis.exceptions import NoScriptError, TryAgainError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from redis.retry import Retry


class ClusterStore:
    """A client of a cluster that, like that of one server, connects with its first command.

    Keys that one script changes share a hash tag (``vigil/keys.py``), so that each script finds
    all its keys on one node. Whatever is not written here is redis-py's ``RedisCluster``.
    """

    def __init__(
        self, node: str, *, retry: Retry, timeout: float, trust: Mapping[str, Any] | None = None
    ) -> None:
        """Remember where to find a cluster: the address of one of its nodes.

        ``trust`` is what redis-py is given beside it for TLS.
        """
        self._trust: dict[str, Any] = dict(trust or {})
        self._node = node
        self._retry = retry
        self._timeout = timeout
        self._scripts: list[Script] = []
        self._connecting = Lock()
        self._client: RedisCluster | None = None

    def connected(self) -> RedisCluster:
        """Return the client that knows the whole cluster.

        Raises:
            RedisClusterException: The node does not answer, or is in no cluster.
        """
        with self._connecting:
            if self._client is None:
                self._client = RedisCluster(
                    url=self._node,
                    decode_responses=True,
                    legacy_responses=False,
                    socket_timeout=self._timeout,
                    socket_connect_timeout=self._timeout,
                    retry=self._retry,
                    **self._trust,
                )
            return self._client

    def __getattr__(self, name: str) -> Any:
        return getattr(self.connected(), name)

    def close(self) -> None:
        """End its connections, where it has any."""
        if self._client is not None:
            self._client.close()

    def get_encoder(self) -> Encoder:
        """Return how scripts become bytes, without asking the cluster."""
        make: Any = Encoder  # redis-py left it untyped
        encoder: Encoder = make("utf-8", "strict", decode_responses=True)
        return encoder

    def info(self, section: str) -> dict[str, Any]:
        """Return what every primary says of itself, by its name."""
        told: dict[str, Any] = self.connected().info(section, target_nodes=RedisCluster.PRIMARIES)
        # Of a cluster with one primary redis-py returns what that one says, and not by its name.
        return told if all(isinstance(one, dict) for one in told.values()) else {"": told}

    def servers(self) -> str:
        """Return a hash of which processes are the primaries: another after every fail-over.

        Raises:
            TryAgainError: A node that was taken for a primary is none any more.
        """
        roles = self.info("replication").values()
        if any(one["role"] != "master" for one in roles):
            self.connected().nodes_manager.initialize()
            message = "a primary was replaced"
            raise TryAgainError(message)
        runs = sorted(str(one["run_id"]) for one in self.info("server").values())
        return blake2b(" ".join(runs).encode(), digest_size=8).hexdigest()

    def register_script(self, script: str) -> Script:
        """Return the script, and remember it for nodes that do not know it yet."""
        registered = Script(self, script)  # type: ignore[arg-type]  # all of it that is used
        self._scripts.append(registered)
        return registered

    def load_scripts(self) -> None:
        """Tell every primary all scripts; those it knows cost nothing."""
        for script in self._scripts:
            self.connected().script_load(script.script)

    def pipeline(self, *, transaction: bool = False) -> ClusterPipeline:
        """Return a pipeline without a transaction, which no cluster has over several nodes.

        Raises:
            ValueError: A transaction was asked for.
        """
        if transaction:
            message = "a pipeline over the nodes of a cluster is no transaction"
            raise ValueError(message)
        return _Pipeline(self)


class _Pipeline(ClusterPipeline):
    """A pipeline that runs scripts, which redis-py's own refuses on a cluster.

    It refuses them because a node that was restarted, or has just become primary, may know none:
    then all are loaded, and everything is sent again, for what is written here is idempotent.
    """

    def __init__(self, store: ClusterStore) -> None:
        client = store.connected()
        super().__init__(
            nodes_manager=client.nodes_manager,
            commands_parser=client.commands_parser,
            result_callbacks=client.result_callbacks,
            cluster_response_callbacks=client.cluster_response_callbacks,
            reinitialize_steps=client.reinitialize_steps,
            retry=client.retry,
            lock=client._lock,  # noqa: SLF001  # as RedisCluster.pipeline does
            decode_responses=True,
        )
        self._store = store

    def evalsha(self, sha: str, numkeys: int, *keys_and_args: Any) -> Any:
        """Queue a script; its keys say to which node."""
        queue: Any = self.execute_command
        return queue("EVALSHA", sha, numkeys, *keys_and_args)

    def execute(self, raise_on_error: bool = True) -> list[Any]:
        """Run what was queued; the answers in its order."""
        queued = [one.args for one in self._execution_strategy.command_queue]
        try:
            return list(super().execute(raise_on_error))
        except NoScriptError:
            self._store.load_scripts()
            queue: Any = self.execute_command
            for args in queued:
                queue(*args)
            return list(super().execute(raise_on_error))
