"""A Redis server of our own on loopback: started once, emptied for every test."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
from typing import TYPE_CHECKING

import pytest
import redis

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["RedisServer", "redis_process", "redis_server", "redis_url"]

PROGRAM = shutil.which("redis-server")


class RedisServer:
    """One `redis-server` process, on the same port however often it is started."""

    def __init__(self, folder: Path) -> None:
        """Choose a free port; `folder` is its working directory, in which it writes nothing."""
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._folder = folder
        self._process: subprocess.Popen[str] | None = None

    @property
    def is_running(self) -> bool:
        """Whether the process is there."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start it, empty, unless it runs; it takes connections when this returns."""
        if self.is_running:
            return
        words = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir"]
        self._process = subprocess.Popen(  # noqa: S603 - the server found on the path
            [str(PROGRAM), *words, str(self._folder)], stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if "Ready to accept connections" in line:
                return
        pytest.fail("redis-server ended before it took connections")

    def stop(self) -> None:
        """Kill it, as a machine that fails does; everything in it is gone."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def restart(self) -> None:
        """Stop it and start it, empty, on the same port."""
        self.stop()
        self.start()

    def freeze(self) -> None:
        """Let it answer nothing more while its connections stay open, until `thaw`."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on after `freeze`."""
        self._signal(signal.SIGCONT)

    def client(self) -> redis.Redis:
        """Return a new client; close it, or use it as a context manager."""
        return redis.Redis.from_url(self.url)

    def _signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)


@pytest.fixture(scope="session")
def redis_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """One server for a worker's whole session; tests ask for `redis_server` or `redis_url`."""
    if PROGRAM is None:
        why = "redis-server is not on this machine's path"
        if os.environ.get("CI"):
            pytest.fail(f"{why}, and CI asks for the tests with Redis")
        pytest.skip(why)
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    yield server
    server.stop()


@pytest.fixture
def redis_server(redis_process: RedisServer) -> Iterator[RedisServer]:
    """Run the server, empty; whatever a test does to it is undone for the next one."""
    redis_process.start()
    with redis_process.client() as client:
        client.flushall()
    yield redis_process
    if redis_process.is_running:
        redis_process.thaw()


@pytest.fixture
def redis_url(redis_server: RedisServer) -> str:
    """Return the address of a running, empty Redis."""
    return redis_server.url
