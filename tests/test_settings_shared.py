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
from lsq.api.rate_limit_redis import RedisSlots
from lsq.api.shared import shared_limiter_for
from lsq.sandbox import ACCESS_KEY, SECRET_KEY
from lsq.settings import read_settings

if TYPE_CHECKING:
    from types import ModuleType

ACCOUNT = Account(host="api.leadsquared.com", access_key=ACCESS_KEY, secret_key=SECRET_KEY)
URL = "redis://:marker@127.0.0.1:1/0"


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
