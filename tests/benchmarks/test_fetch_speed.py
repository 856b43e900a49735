"""The benchmark itself works: on few leads and without a figure to reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lsq.api.cache import MemoryCache, SqliteCache
from lsq.sandbox import Sandbox, lead_id
from tests.benchmarks.fetch_again import measure
from tests.benchmarks.fetch_speed import bound_s, one_at_a_time, server, together
from tests.benchmarks.fetch_with_faults import FAULTS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("leads", "seconds"), [(1, 0.3), (25_000, 0.3), (25_001, 5.3), (100_000, 15.3)]
)
def test_the_bound_is_full_windows_and_one_answer(leads: int, seconds: float) -> None:
    assert bound_s(leads, 0.3) == pytest.approx(seconds)


def test_both_ways_bring_all_leads_and_no_refusal() -> None:
    ids = [lead_id(number) for number in range(1500)]
    with server(0.0) as running:
        assert len(together(running.base_url, ids).leads) == 1500
        assert one_at_a_time(running.base_url, ids) == 1500
        assert running.refusals() == 0


def test_the_server_plays_the_faults_of_the_benchmark_and_all_leads_come() -> None:
    ids = [lead_id(number) for number in range(1500)]
    with server(0.0, share=0.5, faults=FAULTS[1:3]) as running:
        fetched = together(running.base_url, ids)
        assert len(fetched.leads) == 1500
        assert fetched.stats.retries
        assert running.refusals() == 0


def test_leads_that_are_fresh_cost_no_call_from_either_cache(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ids = [lead_id(number) for number in range(30)]
    with Sandbox() as sandbox:
        for cache in (MemoryCache(), SqliteCache(tmp_path / "leads.db")):
            measure("memory", sandbox.base_url, ids, cache, cache)
        assert len(sandbox.arrivals) == 2
    assert capsys.readouterr().out.count("30 leads, 0 calls") == 2
