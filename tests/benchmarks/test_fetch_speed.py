"""The benchmark itself works: on few leads and without a figure to reach."""

from __future__ import annotations

import pytest

from lsq.sandbox import lead_id
from tests.benchmarks.fetch_speed import bound_s, one_at_a_time, server, together


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
