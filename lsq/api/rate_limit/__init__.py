"""The account's rate limit, and the promise that while we are its only caller no call is refused.

protocol.py says what a limiter is; queue.py gives turns, window.py counts the slots in one process,
learned.py is what refusals teach when others call the account too, part.py leaves room for them.
For several processes redis.py counts the slots: board.py keeps them in Redis, held.py knows the
process's own, trust.py says what to keep to while Redis is gone. These are imported only where they
are asked for: the redis package is an extra.
"""

from __future__ import annotations

from lsq.api.rate_limit.protocol import (
    RATES,
    Lease,
    LimiterState,
    RateLimit,
    RateLimiter,
    Slots,
    Stopped,
)

__all__ = ["RATES", "Lease", "LimiterState", "RateLimit", "RateLimiter", "Slots", "Stopped"]
