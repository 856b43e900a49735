"""What holds for every test."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

from tests.redis_server import redis_process, redis_server, redis_url

__all__ = ["redis_process", "redis_server", "redis_url"]

# A loaded machine is no failure, and the same commit gives the same examples everywhere.
settings.register_profile(
    "house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")


@pytest.fixture(autouse=True)
def _limiters_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test inherit a limiter: the port of an earlier test's sandbox may come again."""
    monkeypatch.setattr("lsq.api.rate_limit.window._limiters", {})
    monkeypatch.setattr("lsq.api.shared._limiters", {})
