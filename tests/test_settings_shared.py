"""LSQ_SHARED: clients of all processes go through the limiter that counts in Redis."""

from __future__ import annotations

import builtins
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from lsq.api.account import Account
from lsq.api.cache import NoCache
from lsq.api.errors import SettingsError
from lsq.api.rate_limit import RateLimit
from lsq.api.rate_limit.redis import RedisSlots
from lsq.api.shared import shared_limiter_for
from lsq.sandbox import ACCESS_KEY, SECRET_KEY
from lsq.settings import read_settings

if TYPE_CHECKING:
    from types import ModuleType

ACCOUNT = Account(host="api.leadsquared.com", access_key=ACCESS_KEY, secret_key=SECRET_KEY)
URL = "redis://:marker@127.0.0.1:1/0"
MALFORMED = [
    "http://marker.example.com",
    "redis://:marker@h:port/0",
    "redis:///0",
    "unix://",
    "marker",
    "redis://:marker@h/leads",
    "redis://:marker@a..b/0",
    "REDIS://:marker@h/0",
    "http://u:marker@h/0",
    "redis://:marker@h:x/0",
    "marker/@@:",
    "redis://:marker@h/0?db=x",
    "redis://:marker@h/0?db=",
    "redis://:marker@h/0?db=1&db=2",
    "redis://h/0?password=marker",
    "redis://:marker@h/0?socket_timeout=abc",
    "redis://:marker@h/0?socket_timeout=60",
    "redis://:marker@h/0?decode_responses=True",
    "unix://:marker@/run/redis.sock?foo=1",
]


@pytest.mark.parametrize("text", MALFORMED)
def test_a_malformed_address_is_said_before_anything_is_asked_and_never_repeated(text: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({"LSQ_SHARED": text})
    assert str(caught.value) == (
        "LSQ_SHARED is set, and cannot be read. Write redis://HOST:6379/0, rediss://HOST:6379/0 "
        "(TLS) or unix:///PATH/redis.sock, with no option but ?db=0."
    )


@pytest.mark.parametrize(
    "text",
    [
        "redis://h",
        "redis://h:6379/",
        "redis://user:p%40ss@my_redis:6379/15",
        "redis://[::1]:6379/0",
        "rediss://h/0?db=3",
        "unix:///run/redis.sock",
        "unix://:pass@/run/redis.sock?db=3",
    ],
)
def test_a_shared_address_may_name_its_database_in_either_place(text: str) -> None:
    assert read_settings({"LSQ_SHARED": text}).shared == text


def test_no_repr_shows_the_password_of_the_shared_address() -> None:
    assert "marker" not in repr(read_settings({"LSQ_SHARED": "redis://:marker@h/0"}))


def test_a_shared_setting_gives_clients_the_limiter_of_that_redis() -> None:
    with read_settings({"LSQ_SHARED": URL, "LSQ_RATE": "7/5"}).client(
        ACCOUNT, cache=NoCache()
    ) as client:
        limiter = client._connection.limiter  # noqa: SLF001 - who counts is seen in nothing else
    assert limiter is shared_limiter_for(ACCOUNT, RateLimit(7, 5.0), URL)
    assert isinstance(limiter._slots, RedisSlots)  # noqa: SLF001 - likewise
    assert limiter.state().max_calls == 7


def test_accounts_and_redises_have_limiters_of_their_own() -> None:
    other = replace(ACCOUNT, host="api-in21.leadsquared.com")
    limiter = shared_limiter_for(ACCOUNT, RateLimit(), URL)
    assert limiter is not shared_limiter_for(other, RateLimit(), URL)
    assert limiter is not shared_limiter_for(ACCOUNT, RateLimit(), URL[:-1] + "1")


def test_the_limit_given_last_holds() -> None:
    limiter = shared_limiter_for(ACCOUNT, RateLimit(9, 5.0), URL)
    shared_limiter_for(ACCOUNT, RateLimit(8, 2.0), URL)
    assert (limiter.state().max_calls, limiter.state().window_s) == (8, 2.0)


def test_a_missing_redis_package_is_said_before_anything_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    load = builtins.__import__

    def no_redis(name: str, *args: object) -> ModuleType:
        if name in ("redis", "lsq.api.shared"):
            raise ModuleNotFoundError(name)
        return load(name, *args)

    monkeypatch.setattr(builtins, "__import__", no_redis)
    with pytest.raises(SettingsError, match="the redis package is not installed"):
        read_settings({"LSQ_SHARED": URL}).client(ACCOUNT, cache=NoCache())


def test_without_the_setting_redis_is_not_even_imported() -> None:
    code = (
        "import sys; from lsq import Account, NoCache; from lsq.settings import read_settings; "
        "account = Account(host='api.leadsquared.com', access_key='a', secret_key='b'); "
        "read_settings({}).client(account, cache=NoCache()).close(); print('redis' in sys.modules)"
    )
    done = subprocess.run(  # noqa: S603 - our own interpreter on our own text
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
