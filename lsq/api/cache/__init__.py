"""Leads that were fetched and are still fresh: one entry a lead, per account.

protocol.py says what a cache is; memory.py keeps it in this process, sqlite.py in a file, redis.py
in a Redis that processes share; gated.py stands before one of them for one fetch. redis.py is
imported only where it is asked for: its package is an extra.
"""

from __future__ import annotations

from lsq.api.cache.gated import GatedCache
from lsq.api.cache.memory import MemoryCache
from lsq.api.cache.protocol import LeadCache, NoCache
from lsq.api.cache.sqlite import SqliteCache

__all__ = ["GatedCache", "LeadCache", "MemoryCache", "NoCache", "SqliteCache"]
