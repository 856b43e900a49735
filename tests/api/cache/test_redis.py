"""The cache in Redis alone: its keys, their end, and a Redis that is gone, full or stuck."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

import pytest

from lsq.api.cache.redis import RedisCache
from lsq.api.shared import shared_client
from tests.api.cache.made_up import ME, OTHER, count, get, page

if TYPE_CHECKING:
    from collections.abc import Iterator

    import redis

    from tests.redis_server import RedisServer

LONG_S = 20.0


@pytest.fixture
def inside(redis_server: RedisServer) -> Iterator[redis.Redis]:
    """Look into the server."""
    with redis_server.client() as client:
        yield client


@pytest.fixture
def cache(redis_server: RedisServer) -> RedisCache:
    return RedisCache(shared_client(redis_server.url), ttl_s=900.0)


def wait_until_kept(cache: RedisCache) -> None:
    end_s = time.monotonic() + LONG_S
    while not count(cache, "a"):
        assert time.monotonic() < end_s
        cache.put(ME, page("a"))


def test_every_key_names_the_account_by_its_fingerprint_and_ends_by_itself(
    cache: RedisCache, inside: redis.Redis
) -> None:
    cache.put(ME, page("a", "b"))
    keys = list(inside.scan_iter())
    assert len(keys) == 4
    for key in keys:
        assert key.decode().startswith(f"lsq:{{{ME.fingerprint}}}:leads:")
        assert 0 < inside.pttl(key) <= 900_000


def test_no_key_of_the_account_goes_to_redis(cache: RedisCache, inside: redis.Redis) -> None:
    cache.put(ME, page("a"))
    kept = b"".join(key + (inside.get(key) or b"") for key in inside.scan_iter("*:a"))
    assert b"a.A" in kept
    assert b"0marker0" not in kept
    assert b"0" * 40 not in kept


@pytest.mark.parametrize("name", ["shelves", "pages"])
def test_a_list_lasts_as_long_as_what_lasts_longest_on_it(
    cache: RedisCache, redis_server: RedisServer, inside: redis.Redis, name: str
) -> None:
    brief = RedisCache(shared_client(redis_server.url), ttl_s=1.0)
    cache.put(ME, page("a"))
    brief.put(ME, page("b"))
    assert inside.pttl(f"lsq:{{{ME.fingerprint}}}:leads:{name}") > 100_000


@pytest.mark.parametrize("name", ["shelves", "pages"])
def test_what_has_had_its_time_is_taken_off_the_list(
    redis_server: RedisServer, inside: redis.Redis, name: str
) -> None:
    cache = RedisCache(shared_client(redis_server.url), ttl_s=0.05)
    end_s = time.monotonic() + LONG_S
    cache.put(ME, page("a", columns="A"))
    while inside.exists(f"lsq:{{{ME.fingerprint}}}:leads:{name}"):
        assert time.monotonic() < end_s
    RedisCache(shared_client(redis_server.url)).put(ME, page("a", columns="B"))
    assert inside.zcard(f"lsq:{{{ME.fingerprint}}}:leads:{name}") == 1


def test_leads_are_counted_without_being_sent(cache: RedisCache, inside: redis.Redis) -> None:
    cache.put(ME, page("a", "b"))
    inside.config_resetstat()
    assert count(cache, "a b x") == 2
    commands = inside.info("commandstats")
    assert commands["cmdstat_exists"]["calls"] == 3
    assert "cmdstat_mget" not in commands


def test_forgetting_leaves_what_others_keep_in_the_same_redis(
    cache: RedisCache, inside: redis.Redis
) -> None:
    others = [f"lsq:{{{ME.fingerprint}}}:slots", "session:a"]
    for key in others:
        inside.set(key, "theirs")
    cache.put(ME, page(*map(str, range(2500))))
    cache.put(ME, page(*map(str, range(1500, 3000)), columns="B"))
    cache.put(OTHER, page("a"))
    cache.forget(ME)
    assert inside.dbsize() == 5
    assert [inside.get(key) for key in others] == [b"theirs"] * 2


def test_forgetting_looks_at_nothing_but_the_account_s_own(
    cache: RedisCache, inside: redis.Redis
) -> None:
    cache.put(ME, page("a", "b"))
    inside.config_resetstat()
    cache.forget(ME)
    assert inside.dbsize() == 0
    commands = inside.info("commandstats")
    assert not {"cmdstat_scan", "cmdstat_keys"} & commands.keys()


def test_what_is_forgotten_is_not_served_even_if_redis_fails_in_the_middle(
    cache: RedisCache, redis_server: RedisServer, inside: redis.Redis
) -> None:
    cache.put(ME, page("a"))
    inside.set(f"lsq:{{{ME.fingerprint}}}:leads:pages", "not a sorted set")
    cache.forget(ME)
    again = RedisCache(shared_client(redis_server.url))
    assert len(get(again, "a")) == count(again, "a") == 0
    assert 0 < inside.pttl(next(inside.scan_iter("*:a"))) <= 900_000


def test_a_redis_that_is_gone_costs_calls_and_no_time_and_is_found_again(
    cache: RedisCache, redis_server: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    cache.put(ME, page("a"))
    redis_server.stop()
    started_s = time.monotonic()
    for _ in range(50):
        cache.put(ME, page("a"))
        assert len(get(cache, "a")) == count(cache, "a") == 0
    cache.forget(ME)
    assert time.monotonic() - started_s < 2.0
    (said,) = (record.getMessage() for record in caplog.records if record.levelno > logging.INFO)
    assert said == (
        "The Redis of the lead cache (LSQ_SHARED) fails (ConnectionError). "
        "Leads are fetched all the same, and not kept meanwhile."
    )
    redis_server.start()
    wait_until_kept(cache)


def test_a_restart_between_two_calls_goes_unnoticed(
    cache: RedisCache, redis_server: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    cache.put(ME, page("a"))
    redis_server.restart()
    cache.put(ME, page("b"))
    assert list(get(cache, "a b").ids) == ["b"]
    assert caplog.records == []


def test_a_redis_that_is_stuck_costs_one_timeout_and_not_one_for_every_page(
    cache: RedisCache, redis_server: RedisServer
) -> None:
    cache.put(ME, page("a"))
    redis_server.freeze()
    started_s = time.monotonic()
    for _ in range(50):
        cache.put(ME, page("a"))
    assert 0.9 < time.monotonic() - started_s < 4.0
    redis_server.thaw()
    wait_until_kept(cache)


def test_a_redis_that_is_full_costs_calls_only(
    cache: RedisCache, inside: redis.Redis, caplog: pytest.LogCaptureFixture
) -> None:
    inside.config_set("maxmemory", 1)
    try:
        cache.put(ME, page("a", mark="-marker"))
    finally:
        inside.config_set("maxmemory", 0)
    assert len(get(cache, "a")) == 0
    assert len(caplog.records) == 1
    assert "marker" not in caplog.text


@pytest.mark.parametrize("value", [b"", b"1 2", b"1 2 [", b"x 2 []", b"1 2 [1,2]", b"1 2 \xff"])
def test_a_value_that_is_not_ours_is_not_there(
    value: bytes, cache: RedisCache, inside: redis.Redis, caplog: pytest.LogCaptureFixture
) -> None:
    cache.put(ME, page("a"))
    (key,) = inside.scan_iter("*:a")
    inside.set(key, value)
    assert len(get(cache, "a")) == 0
    assert len(caplog.records) == 1


def test_one_client_a_process_serves_every_cache_of_an_address(redis_url: str) -> None:
    assert shared_client(redis_url) is shared_client(redis_url)
