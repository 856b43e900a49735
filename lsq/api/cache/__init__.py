"""Leads that were fetched and are still fresh: one entry a lead, per account.

protocol.py says what a cache is; memory.py keeps it in this process; gated.py can be shut.
"""

from __future__ import annotations

from lsq.api.cache.gated import GatedCache
from lsq.api.cache.memory import MemoryCache
from lsq.api.cache.protocol import LeadCache, NoCache

__all__ = ["GatedCache", "LeadCache", "MemoryCache", "NoCache"]
