"""Leadsheet: a spreadsheet of LeadSquared lead ids in, every lead out.

This is the menu of the Python side; it loads no pandas and no Streamlit.
"""

from __future__ import annotations

import logging

from lsq.api.account import Account
from lsq.api.cache import LeadCache, MemoryCache, NoCache, SqliteCache
from lsq.api.client import LeadSquared
from lsq.api.errors import (
    AccountError,
    BadReply,
    BadRequest,
    InvalidArgument,
    KeysRefused,
    LsqError,
    NoAnswer,
    NoLeadId,
    NoSuchCall,
    NotLeadSquared,
    RateLimited,
    Redirected,
    Rejected,
    RequestError,
    ResponseError,
    ServerFailed,
    SettingsError,
    Unreachable,
    UnsafeConnection,
)
from lsq.api.lead_id import LeadId, parse_lead_id
from lsq.api.models import Fetched, FetchStats, LeadTable, Oddities, Outcome, Progress
from lsq.api.rate_limit import RateLimit
from lsq.api.retry import RetryPolicy

__all__ = [
    "Account",
    "AccountError",
    "BadReply",
    "BadRequest",
    "FetchStats",
    "Fetched",
    "InvalidArgument",
    "KeysRefused",
    "LeadCache",
    "LeadId",
    "LeadSquared",
    "LeadTable",
    "LsqError",
    "MemoryCache",
    "NoAnswer",
    "NoCache",
    "NoLeadId",
    "NoSuchCall",
    "NotLeadSquared",
    "Oddities",
    "Outcome",
    "Progress",
    "RateLimit",
    "RateLimited",
    "Redirected",
    "Rejected",
    "RequestError",
    "ResponseError",
    "RetryPolicy",
    "ServerFailed",
    "SettingsError",
    "SqliteCache",
    "Unreachable",
    "UnsafeConnection",
    "__version__",
    "parse_lead_id",
]

__version__ = "0.1.0"

logging.getLogger(__name__).addHandler(logging.NullHandler())
