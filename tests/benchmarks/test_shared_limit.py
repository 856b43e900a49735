"""The benchmark of a shared limit works: on few leads and without a figure to reach."""

from __future__ import annotations

from tests.benchmarks.fetch_speed import server
from tests.benchmarks.shared_limit import fetch


def test_two_processes_bring_all_leads_and_no_refusal(redis_url: str) -> None:
    with server(0.0) as running:
        done = fetch(redis_url, running.base_url, leads=1500, ahead_s=1.0)
        assert [(one.leads, one.calls) for one in done] == [(1500, 2)] * 2
        assert running.refusals() == 0
