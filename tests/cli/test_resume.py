"""A fetch that was killed or stopped goes on: what is in the file is not asked for again."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing, suppress
from typing import TYPE_CHECKING

import pytest

from lsq.sandbox import ACCESS_KEY, SECRET_KEY, Behaviour, Sandbox, lead_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LONG_S = 60.0
IDS = [lead_id(number) for number in range(200)]
BATCH = 5


class Place:
    """A sandbox, a sheet of ids and a cache file, for one fetch after the other."""

    def __init__(self, folder: Path) -> None:
        """Write the sheet and start the sandbox."""
        self.sheet, self.report = folder / "ids.txt", folder / "report.json"
        self.cache = folder / "leads.db"
        self.sheet.write_text("\n".join(IDS), encoding="utf-8")
        self.sandbox = self._sandbox(port=0)

    def start(self, *, rate: str) -> subprocess.Popen[bytes]:
        """Start `lsq fetch` in a process of its own."""
        words = [self.sheet, "--columns", "FirstName", "--report", self.report]
        return subprocess.Popen(  # noqa: S603 - our own program and arguments
            [sys.executable, "-m", "lsq", "fetch", *words],
            env={
                **os.environ,
                "LSQ_HOST": self.sandbox.base_url,
                "LSQ_ACCESS_KEY": ACCESS_KEY,
                "LSQ_SECRET_KEY": SECRET_KEY,
                "LSQ_BATCH": str(BATCH),
                "LSQ_RATE": rate,
                "LSQ_CACHE": str(self.cache),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            umask=0,
        )

    def kept(self) -> set[str]:
        """Return the ids that are in the file."""
        if not self.cache.exists():
            return set()
        address = f"{self.cache.as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True)) as database, suppress(sqlite3.Error):
            return {id_ for (id_,) in database.execute("SELECT id FROM leads")}
        return set()

    def asked(self) -> list[str]:
        """Return all ids that the sandbox was asked for."""
        return [id_ for call in self.sandbox.arrivals for id_ in call.ids]

    def go_on(self) -> tuple[list[str], dict[str, object]]:
        """Fetch again, to the end; return the ids that were asked for now, and the report."""
        # A new one, so that no call of the killed process can still arrive.
        port = int(self.sandbox.base_url.rpartition(":")[2])
        self.sandbox.stop()
        self.sandbox = self._sandbox(port=port)
        with self.start(rate="1000/1") as process:
            _, said = process.communicate(timeout=LONG_S)
        assert process.returncode == 0, said
        return self.asked(), json.loads(self.report.read_text(encoding="utf-8"))

    def _sandbox(self, *, port: int) -> Sandbox:
        sandbox = Sandbox(behaviour=Behaviour(max_calls=None, latency_s=0.01), port=port)
        sandbox.start()
        return sandbox


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path)
    yield made
    made.sandbox.stop()


def wait_until(reached: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    end_s, pause = time.monotonic() + LONG_S, threading.Event()
    while not reached():
        assert process.poll() is None
        assert time.monotonic() < end_s
        pause.wait(0.01)


def test_after_a_kill_exactly_what_was_not_answered_is_asked(place: Place) -> None:
    with place.start(rate="7/300") as process:  # seven calls go out, and the others wait
        wait_until(lambda: len(place.kept()) == 7 * BATCH, process)
        files = place.cache.parent.glob("leads.db*")
        modes = {path.name: path.stat().st_mode & 0o777 for path in files}
        process.kill()
    answered = place.asked()
    assert len(answered) == 7 * BATCH
    assert modes == dict.fromkeys(("leads.db", "leads.db-wal", "leads.db-shm"), 0o600)
    asked, report = place.go_on()
    assert sorted(asked) == sorted(set(IDS).difference(answered))
    assert (report["returned"], report["from_cache"]) == (len(IDS), len(answered))
    assert place.cache.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("calls", [1, 20])
def test_killed_at_any_time_nothing_that_is_in_the_file_is_asked_again(
    calls: int, place: Place
) -> None:
    with place.start(rate="1000/1") as process:
        wait_until(lambda: len(place.sandbox.arrivals) >= calls, process)
        process.kill()
    kept = place.kept()
    asked, report = place.go_on()
    assert sorted(asked) == sorted(set(IDS).difference(kept))
    assert (report["returned"], report["from_cache"]) == (len(IDS), len(kept))


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_after_a_stop_exactly_what_was_not_asked_is_asked(
    how: signal.Signals, place: Place
) -> None:
    with place.start(rate="7/300") as process:
        wait_until(lambda: len(place.kept()) == 7 * BATCH, process)
        process.send_signal(how)
        process.communicate(timeout=LONG_S)
    assert process.returncode == 130
    stopped = json.loads(place.report.read_text(encoding="utf-8"))
    assert sorted(stopped["not_asked"]) == sorted(set(IDS).difference(place.asked()))
    asked, report = place.go_on()
    assert sorted(asked) == sorted(stopped["not_asked"])
    assert report["returned"] == len(IDS)


def test_calls_under_way_at_a_stop_end_in_the_file(place: Place) -> None:
    place.sandbox.behaviour = Behaviour(max_calls=None, latency_s=1.0)
    with place.start(rate="7/300") as process:  # the first call goes alone, then six together
        wait_until(lambda: len(place.sandbox.arrivals) == 7, process)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=LONG_S)
    assert process.returncode == 130
    assert b"Waiting for the calls under way" in said
    assert len(place.kept()) == 7 * BATCH
    stopped = json.loads(place.report.read_text(encoding="utf-8"))
    assert set(place.kept()) & set(stopped["not_asked"])
    asked, _ = place.go_on()
    assert len(asked) == len(IDS) - 7 * BATCH


def test_a_fetch_of_what_is_fresh_asks_nothing(place: Place) -> None:
    place.go_on()
    asked, report = place.go_on()
    assert (asked, report["calls"], report["from_cache"]) == ([], 0, len(IDS))
