"""The three caches, one after the other, and a clock that is moved by hand."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
import redis

from lsq.api.cache import MemoryCache, SqliteCache
from lsq.api.cache.redis import RedisCache
from tests.api.cache.made_up import Hands

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from lsq.api.cache import LeadCache


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture(params=["memory", "sqlite", "redis"])
def open_cache(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Callable[..., LeadCache]]:
    """Open caches of one kind; those in a file or in Redis hold the same leads."""
    with ExitStack() as stack:

        def make(ttl_s: float = 900.0) -> LeadCache:
            if request.param == "memory":
                return MemoryCache(ttl_s=ttl_s)
            if request.param == "sqlite":
                cache = SqliteCache(tmp_path / "leads.db", ttl_s=ttl_s)
                stack.callback(cache.close)
                return cache
            url = request.getfixturevalue("redis_url")
            client = stack.enter_context(redis.Redis.from_url(url))
            return RedisCache(client, ttl_s=ttl_s)

        yield make


@pytest.fixture
def any_cache(open_cache: Callable[..., LeadCache]) -> LeadCache:
    """Open one cache of each kind in turn."""
    return open_cache()
