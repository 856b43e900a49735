"""The Redis that several processes share (`LSQ_SHARED`): a process's clients for every address.

Imported only where that is set, because the redis package is an extra.
"""

from __future__ import annotations

from functools import cache

from redis import ConnectionError as NoConnection
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

__all__ = ["impatient_client", "shared_client"]

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
