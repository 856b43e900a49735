"""The Redis that several processes share (`LSQ_SHARED`): a process's clients and limiters there.

Imported only where that is set, because the redis package is an extra.
"""

from __future__ import annotations

import threading
from functools import cache
from typing import TYPE_CHECKING

from redis import ConnectionError as NoConnection
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from lsq.api.rate_limit.queue import QueueLimiter
from lsq.api.rate_limit.redis import RedisSlots

if TYPE_CHECKING:
    from lsq.api.account import Account
    from lsq.api.rate_limit import RateLimit

__all__ = ["impatient_client", "shared_client", "shared_limiter_for"]

_TIMEOUT_S = 1.0
_IMPATIENT_S = 0.4  # while it is waited for, a stop is not heard


@cache
def shared_client(url: str) -> Redis:
    """Return a client that gives up within about a second; it connects when it is first used.

    Args:
        url: A `redis://`, `rediss://` or `unix://` address, checked by the settings.
    """
    # One more try at once: a connection that a restarted Redis has dropped shows only in use.
    return Redis.from_url(
        url,
        socket_timeout=_TIMEOUT_S,
        socket_connect_timeout=_TIMEOUT_S,
        retry=Retry(NoBackoff(), 1, supported_errors=(NoConnection,)),
    )


@cache
def impatient_client(url: str) -> Redis:
    """Return a client that gives up within half a second and never tries again by itself.

    Args:
        url: As for `shared_client`.
    """
    # With protocol 3 the client does not look whether an idle connection was dropped meanwhile.
    return Redis.from_url(
        url,
        socket_timeout=_IMPATIENT_S,
        socket_connect_timeout=_IMPATIENT_S,
        retry=Retry(NoBackoff(), 0),
        protocol=2,
    )


_limiters: dict[tuple[str, str], QueueLimiter] = {}
_limiters_lock = threading.Lock()


def shared_limiter_for(account: Account, limit: RateLimit, url: str) -> QueueLimiter:
    """Return this process's one limiter of an account that counts in Redis; see `limiter_for`.

    Args:
        account: Told apart by its fingerprint.
        limit: The limit from now on, for the account's other clients too.
        url: As for `shared_client`.
    """
    key = (account.fingerprint, url)
    with _limiters_lock:
        if key not in _limiters:
            client = impatient_client(url)
            slots = RedisSlots(limit, fingerprint=account.fingerprint, client=client)
            _limiters[key] = QueueLimiter(slots)
        _limiters[key].keep_to(limit)
        return _limiters[key]
